//! The parser of FHIRPath.

use super::ast::{Ast, Operator, Step};
use super::lex::{Token, tokens};

/// The greatest length of an expression in bytes.
const LONGEST: usize = 200_000;
/// The greatest depth of brackets, which bounds all recursion over expressions.
const DEEPEST: usize = 100;

/// The operators of each precedence, from the loosest to the tightest.
const LEVELS: [&[(&str, Operator)]; 10] = [
    &[("implies", Operator::Implies)],
    &[("or", Operator::Or), ("xor", Operator::Xor)],
    &[("and", Operator::And)],
    &[("in", Operator::In), ("contains", Operator::Contains)],
    &[
        ("=", Operator::Equal),
        ("!=", Operator::Unequal),
        ("~", Operator::Equivalent),
        ("!~", Operator::NotEquivalent),
    ],
    &[
        ("<=", Operator::AtMost),
        (">=", Operator::AtLeast),
        ("<", Operator::Less),
        (">", Operator::Greater),
    ],
    &[("|", Operator::Union)],
    &[("is", Operator::In), ("as", Operator::In)],
    &[("+", Operator::Plus), ("-", Operator::Minus), ("&", Operator::Join)],
    &[
        ("*", Operator::Times),
        ("/", Operator::Over),
        ("div", Operator::Div),
        ("mod", Operator::Mod),
    ],
];

/// The level of `is` and `as`, which are not operators between values.
const TYPES: usize = 7;

/// Reads an expression. The error says why it is not understood, as a clause.
pub(crate) fn parse(text: &str) -> Result<Ast, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err("it is empty".to_owned());
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let ast = parser.level(0)?;
    match parser.peek() {
        None => Ok(ast),
        Some(token) => Err(format!("it has {} where it should end", shown(token))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, String>;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_next(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(next)) if *next == sign)
    }

    fn take(&mut self, sign: &str) -> bool {
        let taken = self.is_next(sign);
        self.at += usize::from(taken);
        taken
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.take(sign) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "nothing".to_owned(), shown);
        Err(format!("it has {found} instead of `{sign}`"))
    }

    /// The operator that is next and its level, if that is at least `lowest`.
    fn operator(&self, lowest: usize) -> Option<(usize, Operator)> {
        let word = match self.peek()? {
            Token::Sign(sign) => *sign,
            Token::Name(name) => name.as_str(),
            _ => return None,
        };
        LEVELS.iter().enumerate().skip(lowest).find_map(|(level, operators)| {
            let found = operators.iter().find(|(name, _)| *name == word);
            found.map(|(_, operator)| (level, *operator))
        })
    }

    /// Operands joined by operators of at least the level `lowest`.
    fn level(&mut self, lowest: usize) -> Parsed<Ast> {
        let mut left = self.signed()?;
        let mut joined = None;
        while let Some((level, operator)) = self.operator(lowest) {
            if level == TYPES {
                return Err("it tests or converts a type by `is` or `as`".to_owned());
            }
            self.at += 1;
            let right = self.level(level + 1)?;
            left = match left {
                Ast::Chain(first, mut rest) if joined == Some(level) => {
                    rest.push((operator, right));
                    Ast::Chain(first, rest)
                }
                left => Ast::Chain(Box::new(left), vec![(operator, right)]),
            };
            joined = Some(level);
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed<Ast> {
        let mut negative = false;
        loop {
            match (self.take("-"), self.is_next("+")) {
                (true, _) => negative = !negative,
                (false, true) => self.at += 1,
                (false, false) => break,
            }
        }
        let of = self.path()?;
        Ok(match (negative, of) {
            (true, Ast::Number(number)) => Ast::Number(-number),
            (true, of) => Ast::Negative(Box::new(of)),
            (false, of) => of,
        })
    }

    fn path(&mut self) -> Parsed<Ast> {
        let mut steps = Vec::new();
        let base = self.primary(&mut steps)?;
        loop {
            if self.take(".") {
                steps.push(self.step()?);
            } else if self.take("[") {
                let index = self.deeper()?;
                self.expect("]")?;
                steps.push(Step::Index(Box::new(index)));
            } else {
                break;
            }
        }
        Ok(match (base, steps.is_empty()) {
            (Some(base), true) => base,
            (base, _) => Ast::Path(base.map(Box::new), steps),
        })
    }

    /// The beginning of a path. A name is the first step from the context.
    fn primary(&mut self, steps: &mut Vec<Step>) -> Parsed<Option<Ast>> {
        let Some(token) = self.peek().cloned() else {
            return Err("it ends too early".to_owned());
        };
        self.at += 1;
        Ok(Some(match token {
            Token::Number(number) => {
                if matches!(self.peek(), Some(Token::Text(_))) || self.is_unit() {
                    return Err("it has a quantity with a unit".to_owned());
                }
                Ast::Number(number)
            }
            Token::Text(text) => Ast::Text(text),
            Token::Variable(name) => Ast::Variable(name),
            Token::Special(name) if name == "this" => Ast::This,
            Token::Special(name) if name == "total" => Ast::Total,
            Token::Special(name) => return Err(format!("it uses `${name}`")),
            Token::Name(name) if name == "true" => Ast::Truth(true),
            Token::Name(name) if name == "false" => Ast::Truth(false),
            Token::Name(name) | Token::Quoted(name) => {
                steps.push(self.named(name)?);
                return Ok(None);
            }
            Token::Sign("(") => {
                let inner = self.deeper()?;
                self.expect(")")?;
                inner
            }
            Token::Sign("{") => {
                self.expect("}")?;
                Ast::Empty
            }
            Token::Sign(sign) => return Err(format!("it has `{sign}` where a value should be")),
        }))
    }

    fn is_unit(&self) -> bool {
        const UNITS: [&str; 14] = [
            "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours",
            "minute", "minutes", "second", "seconds",
        ];
        matches!(self.peek(), Some(Token::Name(name)) if UNITS.contains(&name.as_str()))
    }

    fn step(&mut self) -> Parsed<Step> {
        match self.peek().cloned() {
            Some(Token::Name(name) | Token::Quoted(name)) => {
                self.at += 1;
                self.named(name)
            }
            // `answer.$this` is what some authors write for `answer`.
            Some(token) => Err(format!("it has {} after a dot", shown(&token))),
            None => Err("it ends with a dot".to_owned()),
        }
    }

    fn named(&mut self, name: String) -> Parsed<Step> {
        if !self.take("(") {
            return Ok(Step::Member(name));
        }
        let mut arguments = Vec::new();
        if !self.is_next(")") {
            arguments.push(self.deeper()?);
            while self.take(",") {
                arguments.push(self.deeper()?);
            }
        }
        self.expect(")")?;
        Ok(Step::Call(name, arguments))
    }

    fn deeper(&mut self) -> Parsed<Ast> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("it is nested deeper than {DEEPEST} brackets"));
        }
        let inner = self.level(0);
        self.depth -= 1;
        inner
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Number(number) => format!("the number {number}"),
        Token::Text(text) => format!("the text '{text}'"),
        Token::Name(name) | Token::Quoted(name) => format!("`{name}`"),
        Token::Variable(name) => format!("`%{name}`"),
        Token::Special(name) => format!("`${name}`"),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}
