//! Turns tokens into a syntax tree, without looking up names.

use std::ops::Range;

use crate::{Comparison, Operator};

use super::lex::{FormulaFault, Token, tokens};

/// The greatest depth of nested formulas. The parser is recursive, so this bounds its stack.
const DEEPEST: usize = 50;

/// A part of a formula, with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SyntaxNode {
    pub(super) kind: SyntaxKind,
    pub(super) span: Range<usize>,
}

/// The kind of a part of a formula, with its contents.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SyntaxKind {
    Number(f64),
    Word(String),
    Truth(bool),
    Missing,
    Name(String),
    Negative(Box<SyntaxNode>),
    Power(Box<SyntaxNode>, u32),
    Binary(Operator, Box<SyntaxNode>, Box<SyntaxNode>),
    Compare(Comparison, Box<SyntaxNode>, Box<SyntaxNode>),
    And(Vec<SyntaxNode>),
    Or(Vec<SyntaxNode>),
    Not(Box<SyntaxNode>),
    If(Box<SyntaxNode>, Box<SyntaxNode>, Box<SyntaxNode>),
    /// The items from one to another. Only in a list.
    Range(String, String),
    Call(Call),
}

/// A call of a function.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) entries: Vec<Argument>,
    pub(super) need: Option<(Need, Range<usize>)>,
    pub(super) fill: Option<(FillWord, Range<usize>)>,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Argument {
    Plain(SyntaxNode),
    /// `1: 0`, only in `recode`.
    Pair(f64, SyntaxNode),
    /// `else 0`, only in `recode`.
    Else(SyntaxNode),
}

/// How many terms of a list must be present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    All,
    /// A share, and whether exactly this share is enough.
    Share {
        numerator: u64,
        denominator: u64,
        inclusive: bool,
    },
    /// A number, and whether exactly this number is enough.
    Number {
        count: u64,
        inclusive: bool,
    },
}

/// What replaces missing terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FillWord {
    Prorate,
    Substitute(f64),
}

/// Parses a whole formula.
pub(super) fn parse(text: &str) -> Result<SyntaxNode, FormulaFault> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let node = parser.formula()?;
    match parser.peek() {
        Token::End => Ok(node),
        Token::Sign(")") => {
            Err(FormulaFault::new(parser.span(), "this bracket has no opening bracket")
                .help("remove it, or add the opening bracket"))
        }
        _ => Err(parser.unexpected("an operator or the end of the formula")),
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
}

type Read = Result<SyntaxNode, FormulaFault>;

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    fn next(&mut self) -> (Token, Range<usize>) {
        let token = self.tokens[self.at].clone();
        // Never past the last token, so that `peek` always has one to return.
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Token::Sign(found) if *found == sign);
        if there {
            self.next();
        }
        there
    }

    fn take_name(&mut self, name: &str) -> bool {
        let there = matches!(self.peek(), Token::Name(found) if found == name);
        if there {
            self.next();
        }
        there
    }

    fn expect_sign(&mut self, sign: &'static str) -> Result<(), FormulaFault> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn expect_name(&mut self, name: &'static str) -> Result<(), FormulaFault> {
        if self.take_name(name) { Ok(()) } else { Err(self.unexpected(&format!("`{name}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> FormulaFault {
        let token = self.peek();
        let help = match (token, wanted) {
            (Token::End, "`)`" | "`,` or `)`") => "close the bracket: add `)`",
            (Token::End, "`then`" | "`else`") => {
                "write `if … then … else …`; if there is no other value, write `else missing`"
            }
            (_, "`then`" | "`else`") => "write `if … then … else …`",
            (Token::Sign(":"), _) => {
                "`:` is only used in `recode`, after a number: `recode(x, 1: 0, 2: 2)`"
            }
            (Token::Sign(";"), "`,` or `)`") => {
                "a function has at most two rules for missing answers: `sum(list; need; fill)`"
            }
            (Token::Sign(";"), _) => {
                "`;` is only used before the rules of a function: `sum(phq_1..phq_9; >= 7)`"
            }
            (Token::Sign("%"), _) => "write a share as a number: `0.8`",
            (Token::Sign(".."), _) => "a range goes from one item to another: `phq_1..phq_9`",
            (Token::Sign(","), _) => {
                "write decimals with a point: `0.5`; use lists only in functions: `sum(a, b)`"
            }
            (Token::Sign("("), _) => "write `*` to multiply",
            (_, "`prorate` or `substitute`") => {
                "state what replaces missing values: `; prorate` or `; substitute 0`"
            }
            (Token::Number(_) | Token::Word(_) | Token::Name(_), _) => {
                "something is missing before it: an operator (`+`, `=`, `and` …), a comma or a bracket"
            }
            _ => "remove it, or add what is missing before it",
        };
        FormulaFault::new(self.span(), expected(token, wanted)).help(help)
    }

    fn formula(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("the formula is nested deeper than {DEEPEST} levels");
            return Err(FormulaFault::new(self.span(), message)
                .code("formula-too-deep")
                .help("move a part of it into a scale of its own"));
        }
        let node = self.or();
        self.depth -= 1;
        node
    }

    fn or(&mut self) -> Read {
        let mut parts = vec![self.and()?];
        while self.take_name("or") {
            parts.push(self.and()?);
        }
        Ok(joined(parts, SyntaxKind::Or))
    }

    fn and(&mut self) -> Read {
        let mut parts = vec![self.not()?];
        while self.take_name("and") {
            parts.push(self.not()?);
        }
        Ok(joined(parts, SyntaxKind::And))
    }

    fn not(&mut self) -> Read {
        // A loop instead of recursion, because `not not not …` may be of any length.
        let start = self.span().start;
        let mut count = 0_usize;
        while self.take_name("not") {
            count += 1;
        }
        let node = self.comparison()?;
        let span = start..node.span.end;
        Ok(match count {
            0 => node,
            odd if odd % 2 == 1 => SyntaxNode { kind: SyntaxKind::Not(Box::new(node)), span },
            // An even number of `not` is kept as two, so that its operand must still be a condition.
            _ => {
                let inner =
                    SyntaxNode { kind: SyntaxKind::Not(Box::new(node)), span: span.clone() };
                SyntaxNode { kind: SyntaxKind::Not(Box::new(inner)), span }
            }
        })
    }

    fn comparator(&mut self) -> Option<Comparison> {
        let comparison = match self.peek() {
            Token::Sign("<") => Comparison::Less,
            Token::Sign("<=") => Comparison::AtMost,
            Token::Sign("=") => Comparison::Equal,
            Token::Sign("!=") => Comparison::Unequal,
            Token::Sign(">=") => Comparison::AtLeast,
            Token::Sign(">") => Comparison::Greater,
            _ => return None,
        };
        self.next();
        Some(comparison)
    }

    fn comparison(&mut self) -> Read {
        let left = self.sum()?;
        let Some(comparison) = self.comparator() else { return Ok(left) };
        let right = self.sum()?;
        let span = left.span.start..right.span.end;
        let here = self.span();
        if self.comparator().is_some() {
            return Err(FormulaFault::new(here, "comparisons cannot be chained")
                .help("write `0 <= x and x <= 3`"));
        }
        Ok(SyntaxNode {
            kind: SyntaxKind::Compare(comparison, Box::new(left), Box::new(right)),
            span,
        })
    }

    fn sum(&mut self) -> Read {
        let mut node = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Sign("+") => Operator::Add,
                Token::Sign("-") => Operator::Subtract,
                _ => return Ok(node),
            };
            self.next();
            let right = self.product()?;
            node = self.binary(operator, node, right)?;
        }
    }

    fn product(&mut self) -> Read {
        let mut node = self.unary()?;
        loop {
            let operator = match self.peek() {
                Token::Sign("*") => Operator::Multiply,
                Token::Sign("/") => Operator::Divide,
                _ => return Ok(node),
            };
            self.next();
            let right = self.unary()?;
            node = self.binary(operator, node, right)?;
        }
    }

    /// Joins two operands. Refuses a long chain of operators, because its tree is as deep as it is long.
    fn binary(&self, operator: Operator, left: SyntaxNode, right: SyntaxNode) -> Read {
        let span = left.span.start..right.span.end;
        let node = SyntaxNode {
            kind: SyntaxKind::Binary(operator, Box::new(left), Box::new(right)),
            span,
        };
        // Each new operator walks the chain again. The limit keeps this short.
        if leftmost(&node) > 4 * DEEPEST {
            let message = "the chain of operators is too long";
            return Err(FormulaFault::new(node.span, message)
                .code("formula-too-deep")
                .help("write a long sum as `sum(a, b, …)`"));
        }
        Ok(node)
    }

    fn power(&mut self) -> Read {
        let base = self.primary()?;
        if !self.take_sign("^") {
            return Ok(base);
        }
        let (token, span) = self.next();
        let whole = match token {
            Token::Number(number) if number.fract() == 0.0 && (1.0..=12.0).contains(&number) => {
                number
            }
            _ => {
                return Err(FormulaFault::new(
                    span,
                    "the exponent is not a whole number from 1 to 12",
                )
                .help("for other powers: `exp(0.5 * ln(x))`"));
            }
        };
        let span = base.span.start..span.end;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 12")]
        let exponent = whole as u32;
        Ok(SyntaxNode { kind: SyntaxKind::Power(Box::new(base), exponent), span })
    }

    fn unary(&mut self) -> Read {
        let start = self.span().start;
        // A loop instead of recursion, because `- - - …` may be of any length. Two minus signs cancel out.
        let mut negative = false;
        while self.take_sign("-") {
            negative = !negative;
        }
        // The power is read first: `-x^2` is the negative of a square, not the square of a negative number.
        let node = self.power()?;
        let span = start..node.span.end;
        Ok(match (negative, node.kind) {
            // A negative number is a constant, because `recode` takes only constants.
            (true, SyntaxKind::Number(number)) => {
                SyntaxNode { kind: SyntaxKind::Number(-number), span }
            }
            (true, kind) => SyntaxNode {
                kind: SyntaxKind::Negative(Box::new(SyntaxNode { kind, span: node.span })),
                span,
            },
            (false, kind) => SyntaxNode { kind, span },
        })
    }

    fn primary(&mut self) -> Read {
        let (token, span) = self.next();
        let kind = match token {
            Token::Number(number) => SyntaxKind::Number(number),
            Token::Word(word) => SyntaxKind::Word(word),
            Token::Sign("(") => {
                let inner = self.formula()?;
                let end = self.span().end;
                self.expect_sign(")")?;
                // Brackets leave no node of their own: a number or name in brackets is accepted wherever one without
                // is.
                return Ok(SyntaxNode { kind: inner.kind, span: span.start..end });
            }
            Token::Name(name) => return self.named(name, span),
            other => {
                // Only the end: there is no text that could be incomplete.
                if other == Token::End && self.tokens.len() == 1 {
                    let help = "write the formula of the score, or the condition";
                    return Err(FormulaFault::new(0..span.end, "the formula is empty").help(help));
                }
                let message = expected(&other, "a number, a name or `(`");
                let help = match other {
                    Token::End => {
                        "the formula is incomplete: add the rest, or remove the open part"
                    }
                    Token::Sign("=" | "<" | ">") => {
                        "write `>=` for at least, `<=` for at most, `!=` for unequal"
                    }
                    _ => "add what is missing before it, or remove it",
                };
                return Err(FormulaFault::new(span, message).help(help));
            }
        };
        Ok(SyntaxNode { kind, span })
    }

    fn named(&mut self, name: String, span: Range<usize>) -> Read {
        let kind = match name.as_str() {
            "true" => SyntaxKind::Truth(true),
            "false" => SyntaxKind::Truth(false),
            "missing" => SyntaxKind::Missing,
            "if" => return self.if_then(span),
            // A function of this name, beside the rule for missing answers.
            "all" if matches!(self.peek(), Token::Sign("(")) => return self.call(name, span),
            "and" | "or" | "not" | "then" | "else" | "all" | "prorate" | "substitute" => {
                let message = format!("expected a number or a name, found `{name}`");
                let help = match name.as_str() {
                    "not" => "put the condition in brackets: `a = 1 and (not b)`",
                    "all" | "prorate" | "substitute" => {
                        "write a rule for missing answers after `;`: `sum(a, b; all)`"
                    }
                    _ => "add what is missing before it, or remove it",
                };
                return Err(FormulaFault::new(span, message).help(help));
            }
            _ if matches!(self.peek(), Token::Sign("(")) => return self.call(name, span),
            _ if matches!(self.peek(), Token::Sign("..")) => return self.range(name, span),
            _ => SyntaxKind::Name(name),
        };
        Ok(SyntaxNode { kind, span })
    }

    fn range(&mut self, from: String, span: Range<usize>) -> Read {
        self.next();
        match self.next() {
            (Token::Name(to), end) => {
                Ok(SyntaxNode { kind: SyntaxKind::Range(from, to), span: span.start..end.end })
            }
            (other, here) => {
                let message = expected(&other, "an item");
                Err(FormulaFault::new(here, message)
                    .help("a range goes from one item to another: `phq_1..phq_9`"))
            }
        }
    }

    fn if_then(&mut self, span: Range<usize>) -> Read {
        // A chain of `else if` is read in a loop, so that a long chain does not count as deep nesting.
        let mut branches = vec![(self.formula()?, span)];
        let mut values = Vec::new();
        loop {
            self.expect_name("then")?;
            values.push(self.formula()?);
            self.expect_name("else")?;
            // The place of the next `else if`, for the report of a chain that is too long.
            let here = self.span();
            if !self.take_name("if") {
                break;
            }
            if branches.len() > 4 * DEEPEST {
                return Err(FormulaFault::new(here, "the formula has too many `else if` branches")
                    .code("formula-too-deep")
                    .help("use a table and `lookup`"));
            }
            branches.push((self.formula()?, here));
        }
        let mut node = self.formula()?;
        while let (Some((test, span)), Some(then)) = (branches.pop(), values.pop()) {
            let span = span.start..node.span.end;
            node = SyntaxNode {
                kind: SyntaxKind::If(Box::new(test), Box::new(then), Box::new(node)),
                span,
            };
        }
        Ok(node)
    }

    fn call(&mut self, name: String, name_span: Range<usize>) -> Read {
        self.next();
        let mut call = Call {
            name,
            name_span: name_span.clone(),
            entries: Vec::new(),
            need: None,
            fill: None,
        };
        // An empty list is accepted here, because each function reports which arguments it takes.
        if !matches!(self.peek(), Token::Sign(")" | ";")) {
            call.entries.push(self.entry()?);
            while self.take_sign(",") {
                call.entries.push(self.entry()?);
            }
        }
        if self.take_sign(";") {
            call.need = Some(self.need()?);
            if self.take_sign(";") {
                call.fill = Some(self.fill()?);
            }
        }
        let end = self.span().end;
        if !self.take_sign(")") {
            return Err(self.unexpected("`,` or `)`"));
        }
        Ok(SyntaxNode { kind: SyntaxKind::Call(call), span: name_span.start..end })
    }

    fn entry(&mut self) -> Result<Argument, FormulaFault> {
        if self.take_name("else") {
            // Accepted in every function here. Those other than `recode` report it with the arguments that they take.
            return Ok(Argument::Else(self.formula()?));
        }
        let node = self.formula()?;
        match node.kind {
            // Only after a number, so that `:` after anything else is reported at its own place.
            SyntaxKind::Number(key) if self.take_sign(":") => {
                Ok(Argument::Pair(key, self.formula()?))
            }
            _ => Ok(Argument::Plain(node)),
        }
    }

    fn need(&mut self) -> Result<(Need, Range<usize>), FormulaFault> {
        let start = self.span();
        if self.take_name("all") {
            return Ok((Need::All, start));
        }
        let inclusive = match self.peek() {
            Token::Sign(">=") => true,
            Token::Sign(">") => false,
            _ => {
                return Err(self.unexpected("`all`, `>=` or `>`").help(
                    "state how many must be answered: `; all`, `; >= 7`, `; > 50%` or `; >= 2/3`",
                ));
            }
        };
        self.next();
        let (token, span) = self.next();
        let Token::Number(number) = token else {
            let message = expected(&token, "a number");
            return Err(FormulaFault::new(span, message)
                .help("write a number, a percentage or a share: `>= 7`, `>= 80%`, `>= 2/3`"));
        };
        let need = self.share(number, inclusive, span)?;
        // The share may have ended with `%` or a denominator, so the end is that of the last token that was read.
        let end = self.tokens[self.at - 1].1.end;
        Ok((need, start.start..end))
    }

    fn share(
        &mut self,
        number: f64,
        inclusive: bool,
        span: Range<usize>,
    ) -> Result<Need, FormulaFault> {
        if self.take_sign("%") {
            // A whole number of ten-thousandths of a percent, because shares are computed in integer arithmetic.
            let numerator = whole((number * 10_000.0).round(), &span)?;
            return Ok(Need::Share { numerator, denominator: 1_000_000, inclusive });
        }
        let count = whole(number, &span)?;
        if !self.take_sign("/") {
            return Ok(Need::Number { count, inclusive });
        }
        let (token, span) = self.next();
        match token {
            // A denominator of 0 is refused here, where it can be pointed at.
            Token::Number(number) if number >= 1.0 => {
                Ok(Need::Share { numerator: count, denominator: whole(number, &span)?, inclusive })
            }
            other => {
                let message = expected(&other, "a whole number");
                Err(FormulaFault::new(span, message).help("write the share as `2/3`"))
            }
        }
    }

    fn fill(&mut self) -> Result<(FillWord, Range<usize>), FormulaFault> {
        let start = self.span();
        if self.take_name("prorate") {
            return Ok((FillWord::Prorate, start));
        }
        if !self.take_name("substitute") {
            return Err(self.unexpected("`prorate` or `substitute`"));
        }
        // Read here, because the operand must be a plain number and not a formula.
        let negative = self.take_sign("-");
        match self.next() {
            (Token::Number(number), span) => {
                let value = if negative { -number } else { number };
                Ok((FillWord::Substitute(value), start.start..span.end))
            }
            (other, span) => {
                let message = expected(&other, "a number");
                Err(FormulaFault::new(span, message)
                    .help("state what each missing value counts as: `; substitute 0`"))
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be whole and small"
)]
fn whole(number: f64, span: &Range<usize>) -> Result<u64, FormulaFault> {
    if number.fract() == 0.0 && number <= 1e9 {
        return Ok(number as u64);
    }
    Err(FormulaFault::new(span.clone(), format!("`{number}` is not a whole number"))
        .help("write a share as `80%` or `4/5`"))
}

/// Returns the message that `wanted` was expected instead of a token.
fn expected(token: &Token, wanted: &str) -> String {
    match token {
        Token::End => format!("expected {wanted}, but the formula ends"),
        token => format!("expected {wanted}, found {}", token.shown()),
    }
}

/// Joins parts to one node. A single part is returned unchanged.
fn joined(mut parts: Vec<SyntaxNode>, kind: fn(Vec<SyntaxNode>) -> SyntaxKind) -> SyntaxNode {
    if parts.len() == 1 {
        return parts.swap_remove(0);
    }
    let span = parts[0].span.start..parts[parts.len() - 1].span.end;
    SyntaxNode { kind: kind(parts), span }
}

/// Returns the length of the chain of binary operators along the left operands of a node.
fn leftmost(node: &SyntaxNode) -> usize {
    let mut length = 0;
    let mut at = node;
    while let SyntaxKind::Binary(_, left, _) = &at.kind {
        length += 1;
        at = left;
    }
    length
}
