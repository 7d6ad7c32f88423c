//! Turns a syntax tree into operations: looks up names and checks types.

use crate::{
    Band, Comparison, Expr, Formula, Function, ItemIx, Lower, Operator, OptionValue, TOLERANCE,
    Test, Upper, did_you_mean,
};

use super::lex::{FormulaFault, Span};
use super::names::{ScaleType, Scope};
use super::parse::{Argument, Call, SyntaxKind, SyntaxNode};

/// The greatest number of operations of a formula. Each item of a range counts.
const MOST_NODES: usize = 20_000;
/// The greatest depth of nested operations, which bounds recursion over them. A chain of operators is as deep as it is
/// long.
const DEEPEST: usize = 500;
/// The greatest number of errors that are reported for one formula.
const MOST_FAULTS: usize = 20;

/// Infers the type of the value of a tree. Names other than those of scales have numbers as values.
pub(super) fn type_of(node: &SyntaxNode, of_name: &dyn Fn(&str) -> Option<ScaleType>) -> ScaleType {
    match &node.kind {
        SyntaxKind::Truth(_)
        | SyntaxKind::Compare(..)
        | SyntaxKind::And(_)
        | SyntaxKind::Or(_)
        | SyntaxKind::Not(_) => ScaleType::Truth,
        SyntaxKind::Word(word) => ScaleType::Word(vec![word.clone()]),
        SyntaxKind::Name(name) => of_name(name).unwrap_or(ScaleType::Number),
        SyntaxKind::If(_, then, otherwise) => {
            // A loop instead of recursion, because a chain of `else if` is nested as deeply as it is long.
            let (mut branches, mut rest) = (vec![then], otherwise);
            while let SyntaxKind::If(_, then, otherwise) = &rest.kind {
                branches.push(then);
                rest = otherwise;
            }
            branches.push(rest);
            // `missing` fits every type, so only the other branches determine it.
            let known = branches.into_iter().filter(|branch| branch.kind != SyntaxKind::Missing);
            known.map(|branch| type_of(branch, of_name)).reduce(joined).unwrap_or(ScaleType::Number)
        }
        SyntaxKind::Call(call) if matches!(&*call.name, "all" | "any" | "is_missing") => {
            ScaleType::Truth
        }
        // All other functions give numbers. `band` and `items` have no value of their own; `call` reports them.
        _ => ScaleType::Number,
    }
}

/// Returns the type of a choice between two types. For two words, it is the words of both. If the types differ, it is
/// the first; the second branch is then reported as an error when it is lowered.
fn joined(first: ScaleType, second: ScaleType) -> ScaleType {
    match (first, second) {
        // In the order of the formula, because the position of a word among these words is its score.
        (ScaleType::Word(mut words), ScaleType::Word(more)) => {
            for word in more {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            ScaleType::Word(words)
        }
        (first, _) => first,
    }
}

/// Turns syntax trees into operations and collects errors. The operations of a tree with errors must not be used.
pub(super) struct Lowering<'a> {
    pub(super) names: &'a Scope<'a>,
    faults: Vec<FormulaFault>,
    size: usize,
    depth: usize,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(names: &'a Scope<'a>) -> Self {
        Self { names, faults: Vec::new(), size: 0, depth: 0 }
    }

    pub(super) fn into_faults(self) -> Vec<FormulaFault> {
        self.faults
    }

    /// Reports an error. Returns `None`, the result of an operation with an error.
    pub(super) fn fault<T>(&mut self, fault: FormulaFault) -> Option<T> {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
        None
    }

    /// Counts one operation. Returns `None` if there are too many.
    pub(super) fn count(&mut self, span: &Span) -> Option<()> {
        self.count_all(1, span)
    }

    /// Counts operations, including copies of repeated ones. Returns `None` if there are too many, and reports this the
    /// first time.
    pub(super) fn count_all(&mut self, more: usize, span: &Span) -> Option<()> {
        let was = self.size;
        // Saturating, because `more` can be the product of two lengths.
        self.size = was.saturating_add(more);
        if self.size <= MOST_NODES {
            return Some(());
        }
        // The limit was passed before, and has been reported then.
        if was > MOST_NODES {
            return None;
        }
        self.fault(
            FormulaFault::new(
                span.clone(),
                format!("the formula has more than {MOST_NODES} operations"),
            )
            .code("formula-too-long")
            .help("move a part of it into a scale of its own"),
        )
    }

    /// Reads a node one level deeper, unless that is too deep.
    pub(super) fn deeper<T>(
        &mut self,
        node: &SyntaxNode,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.count(&node.span)?;
        self.depth += 1;
        let read = match self.depth {
            ..=DEEPEST => read(self),
            // The node is not read, so nothing below it can report the same fault again.
            depth if depth == DEEPEST + 1 => {
                let message = format!("the formula is nested deeper than {DEEPEST} operations");
                self.fault(
                    FormulaFault::new(node.span.clone(), message)
                        .code("formula-too-deep")
                        .help("move a part of it into a scale of its own"),
                )
            }
            _ => None,
        };
        self.depth -= 1;
        read
    }

    fn type_of(&self, node: &SyntaxNode) -> ScaleType {
        let of_name = |name: &str| self.names.scales.get(name).map(|scale| scale.gives.clone());
        type_of(node, &of_name)
    }

    /// Lowers a tree to the result of a scale: a number, a truth value or a word, as its type requires.
    pub(super) fn formula(&mut self, node: &SyntaxNode) -> Option<Formula> {
        match self.type_of(node) {
            ScaleType::Number => self.number(node).map(Formula::Number),
            ScaleType::Truth => self.test(node).map(Formula::Truth),
            ScaleType::Word(words) => {
                Some(Formula::Word { position: self.word(node, &words)?, words })
            }
        }
    }

    /// Lowers a tree to a word, as its position among `words`.
    fn word(&mut self, node: &SyntaxNode, words: &[String]) -> Option<Expr> {
        self.deeper(node, |lower| lower.word_of(node, words))
    }

    fn word_of(&mut self, node: &SyntaxNode, words: &[String]) -> Option<Expr> {
        match &node.kind {
            SyntaxKind::Missing => Some(Expr::Missing),
            SyntaxKind::Word(word) => Some(Expr::Number(position(words, word)?)),
            SyntaxKind::If(test, then, otherwise) => {
                let test = self.test(test);
                // Both branches are lowered before `?`, so that the faults of each are reported. The same applies to
                // all pairs here.
                let (then, otherwise) = (self.word(then, words), self.word(otherwise, words));
                Some(Expr::choice(test?, then?, otherwise?))
            }
            SyntaxKind::Name(name) if matches!(self.type_of(node), ScaleType::Word(_)) => {
                let scale = &self.names.scales[name];
                let ScaleType::Word(own) = &scale.gives else { return None };
                // A word is its position in the list of its own scale. The list of this formula may have another order,
                // or more words.
                let moved = own.iter().enumerate().filter_map(|(index, word)| {
                    #[expect(clippy::cast_precision_loss, reason = "a formula has few words")]
                    Some((index as f64, position(words, word)?))
                });
                Some(Expr::Recode {
                    of: Box::new(Expr::Score(scale.index)),
                    table: moved.collect(),
                    other: None,
                    missing: None,
                })
            }
            _ => self.fault(
                FormulaFault::new(node.span.clone(), "expected a word, as in the other branches")
                    .code("formula-type")
                    .help("write a word in quotes, or `missing`"),
            ),
        }
    }

    /// Lowers a tree to a number.
    pub(super) fn number(&mut self, node: &SyntaxNode) -> Option<Expr> {
        self.deeper(node, |lower| lower.number_of(node))
    }

    fn number_of(&mut self, node: &SyntaxNode) -> Option<Expr> {
        match &node.kind {
            SyntaxKind::Number(number) => Some(Expr::Number(*number)),
            SyntaxKind::Missing => Some(Expr::Missing),
            SyntaxKind::Name(name) => self.name(name, &node.span),
            SyntaxKind::Negative(of) => {
                let of = self.number(of)?;
                // There is no operator for a sign. `0 - x` also avoids a negative zero: `0 - 0` is 0.
                Some(Expr::arithmetic(Operator::Subtract, Expr::Number(0.0), of))
            }
            SyntaxKind::Power(of, exponent) => {
                // Lowered again for each factor, so that each copy counts as operations.
                let mut product = self.number(of)?;
                for _ in 1..*exponent {
                    product = Expr::arithmetic(Operator::Multiply, product, self.number(of)?);
                }
                Some(product)
            }
            SyntaxKind::Binary(operator, left, right) => {
                let (left, right) = (self.number(left), self.number(right));
                Some(Expr::arithmetic(*operator, left?, right?))
            }
            SyntaxKind::If(test, then, otherwise) => {
                let test = self.test(test);
                let (then, otherwise) = (self.number(then), self.number(otherwise));
                Some(Expr::choice(test?, then?, otherwise?))
            }
            SyntaxKind::Call(call) => self.call(call),
            SyntaxKind::Range(..) => self.fault(
                FormulaFault::new(node.span.clone(), "expected a number, found a range of items")
                    .code("formula-type")
                    .help("use the range in a function: `sum(phq_1..phq_9)`"),
            ),
            SyntaxKind::Word(_) => self.fault(
                FormulaFault::new(node.span.clone(), "expected a number, found a word")
                    .code("formula-type")
                    .help("compare words with `=` or `!=`: `sex = \"female\"`; if one branch of an `if` gives a word, all must"),
            ),
            SyntaxKind::Truth(_) | SyntaxKind::Compare(..) | SyntaxKind::And(_) | SyntaxKind::Or(_) | SyntaxKind::Not(_) => {
                self.not_a_number(&node.span)
            }
        }
    }

    fn not_a_number(&mut self, span: &Span) -> Option<Expr> {
        self.fault(
            FormulaFault::new(span.clone(), "expected a number, found a condition")
                .code("formula-type")
                .help("write `if … then 1 else 0`, or count conditions: `count(a >= 2, b >= 1)`"),
        )
    }

    /// Lowers the name of an item or a scale to a number.
    fn name(&mut self, name: &str, span: &Span) -> Option<Expr> {
        if let Some(&item) = self.names.item_ids.get(name) {
            return self.answer(item, span);
        }
        let Some(scale) = self.names.scales.get(name) else { return self.unknown(name, span) };
        match &scale.gives {
            ScaleType::Number => Some(Expr::Score(scale.index)),
            ScaleType::Truth => self.not_a_number(span),
            ScaleType::Word(_) => self.fault(
                FormulaFault::new(span.clone(), format!("`{name}` gives a word, not a number"))
                    .code("formula-type")
                    .help(format!("compare it with a word: `{name} = \"…\"`")),
            ),
        }
    }

    /// Returns the answer to an item, and reports an item whose answers are not numbers.
    pub(super) fn answer(&mut self, item: ItemIx, span: &Span) -> Option<Expr> {
        let response = self.names.response(item);
        if response.limits().is_some() && !self.is_date(item) {
            return Some(Expr::Answer(item));
        }
        let id = &self.names.items[item.0].id;
        let fault = FormulaFault::new(
            span.clone(),
            format!(
                "the item `{id}` has no numbers to score: it is answered on the response scale `{}`",
                response.name
            ),
        );
        let help = match response.kind {
            crate::ResponseKind::SeveralChoice { .. } => {
                "ask for its options: `count(x)`, `any(x, 1, 3)` or `all(x, 1, 3)`"
            }
            crate::ResponseKind::Date => "dates have one function: `years_between(birth, day)`",
            _ => "give it coded options, or leave it out",
        };
        self.fault(fault.code("unscorable-item").help(help))
    }

    /// Reports a name that is unknown, or is an item where a scale is needed.
    pub(super) fn unknown<T>(&mut self, name: &str, span: &Span) -> Option<T> {
        if self.names.item_ids.contains_key(name) {
            let fault = FormulaFault::new(
                span.clone(),
                format!("expected a scale, found the item `{name}`"),
            );
            return self.fault(fault.code("unknown-name").help("name a scale that the item is on"));
        }
        // First as a reversed name, because the plain search suggests nothing that would lose the reversal.
        let near = self.names.reversed(name).or_else(|| did_you_mean(name, self.names.all()));
        let fault = FormulaFault::new(span.clone(), format!("there is no item or scale `{name}`"))
            .code("unknown-name");
        let function = super::call::FUNCTIONS.contains(&name);
        let help = match (near, function) {
            (_, true) => format!("`{name}` is a function: write `{name}(…)`"),
            (Some(near), _) => near,
            (None, _) => "correct the name; write words in quotes".to_owned(),
        };
        self.fault(fault.help(help))
    }

    /// Lowers a tree to a condition.
    pub(super) fn test(&mut self, node: &SyntaxNode) -> Option<Test> {
        self.deeper(node, |lower| lower.test_of(node))
    }

    fn test_of(&mut self, node: &SyntaxNode) -> Option<Test> {
        match &node.kind {
            SyntaxKind::Truth(truth) => Some(Test::Truth(*truth)),
            SyntaxKind::Missing => Some(Test::Missing),
            SyntaxKind::And(parts) => self.tests(parts).map(Test::All),
            SyntaxKind::Or(parts) => self.tests(parts).map(Test::Any),
            SyntaxKind::Not(of) => Some(Test::Not(Box::new(self.test(of)?))),
            SyntaxKind::Compare(comparison, left, right) => self.compare(*comparison, left, right),
            SyntaxKind::Name(name) => match self.names.scales.get(name) {
                Some(scale) if scale.gives == ScaleType::Truth => Some(Test::Flag(scale.index)),
                // An item is a known name, but its answer is a number. So it is not reported as unknown.
                None if !self.names.item_ids.contains_key(name.as_str()) => {
                    self.unknown(name, &node.span)
                }
                _ => self.not_a_test(&node.span, name),
            },
            SyntaxKind::Call(call) if call.name == "is_missing" => self.is_missing(call),
            SyntaxKind::Call(call) if matches!(&*call.name, "all" | "any") => self.any_or_all(call),
            SyntaxKind::If(test, then, otherwise) => {
                // A choice of numbers, because `(test and then) or (not test and otherwise)` is not missing whenever
                // the condition is.
                let (test, then) = (self.test(test), self.test(then));
                let (test, otherwise) = (test?, self.test(otherwise)?);
                let as_number =
                    |test: Test| Expr::choice(test, Expr::Number(1.0), Expr::Number(0.0));
                let chosen = Expr::choice(test, as_number(then?), as_number(otherwise));
                Some(compare(Comparison::Equal, chosen, Expr::Number(1.0)))
            }
            _ => self.not_a_test(&node.span, "a number"),
        }
    }

    fn not_a_test(&mut self, span: &Span, what: &str) -> Option<Test> {
        let name = if what == "a number" { what.to_owned() } else { format!("`{what}`") };
        let example = if what == "a number" { "x" } else { what };
        self.fault(
            FormulaFault::new(span.clone(), format!("expected a condition, found {name}"))
                .code("formula-type")
                .help(format!("compare it with a number: `{example} = 1`")),
        )
    }

    fn tests(&mut self, parts: &[SyntaxNode]) -> Option<Vec<Test>> {
        // All are lowered before the first error ends the work, so that every error is reported.
        let tests: Vec<Option<Test>> = parts.iter().map(|part| self.test(part)).collect();
        tests.into_iter().collect()
    }

    /// Lowers `is_missing(x)` of a number, a condition or a word.
    fn is_missing(&mut self, call: &Call) -> Option<Test> {
        self.stray_rules(call);
        let [Argument::Plain(node)] = &call.entries[..] else {
            return self.wrong_arguments(call, "one argument: `is_missing(phq_1)`");
        };
        if let SyntaxKind::Name(name) = &node.kind
            && let Some(&item) = self.names.item_ids.get(name.as_str())
            && self.is_date(item)
        {
            self.count(&node.span)?;
            return Some(Test::IsMissing(Box::new(Expr::Answer(item))));
        }
        match self.type_of(node) {
            ScaleType::Truth => Some(Test::IsUnknown(Box::new(self.test(node)?))),
            ScaleType::Word(words) => Some(Test::IsMissing(Box::new(self.word(node, &words)?))),
            ScaleType::Number => Some(Test::IsMissing(Box::new(self.number(node)?))),
        }
    }

    /// Reports wrong arguments of a function. `wanted` describes the right ones.
    pub(super) fn wrong_arguments<T>(&mut self, call: &Call, wanted: &str) -> Option<T> {
        let message = format!("`{}` has wrong arguments", call.name);
        let fault = FormulaFault::new(call.name_span.clone(), message).code("formula-arguments");
        self.fault(fault.help(format!("`{}` takes {wanted}", call.name)))
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &SyntaxNode,
        right: &SyntaxNode,
    ) -> Option<Test> {
        match (&left.kind, &right.kind) {
            (_, SyntaxKind::Word(word)) => self.compare_word(comparison, left, (word, &right.span)),
            (SyntaxKind::Word(word), _) => self.compare_word(comparison, right, (word, &left.span)),
            // A case of the general one below with a smaller result: `AtLeast` needs only one copy of the conditions.
            (SyntaxKind::Call(call), SyntaxKind::Number(number)) if self.is_open_count(call) => {
                self.compare_count(comparison, call, *number)
            }
            (SyntaxKind::Number(number), SyntaxKind::Call(call)) if self.is_open_count(call) => {
                self.compare_count(comparison.turned(), call, *number)
            }
            (SyntaxKind::Truth(_), _) | (_, SyntaxKind::Truth(_)) => self.fault(
                FormulaFault::new(
                    left.span.start..right.span.end,
                    "a condition cannot be compared",
                )
                .code("formula-type")
                .help("write the condition without a comparison, or `not` before it"),
            ),
            // A plain comparison would be wrong: a count over the present answers can still grow with the missing ones.
            _ if self.has_open_count(left) || self.has_open_count(right) => {
                let span = left.span.start..right.span.end;
                let (left, right) = (self.side(left), self.side(right));
                let (left, right) = (left?, right?);
                // `between` copies both sides into each of the two comparisons that make up an equality.
                let times = match comparison {
                    Comparison::Equal | Comparison::Unequal => 2,
                    _ => 1,
                };
                self.count_all(times * (left.size() + right.size()), &span)?;
                Some(between(comparison, &left, &right))
            }
            _ => {
                let (left, right) = (self.number(left), self.number(right));
                Some(compare(comparison, left?, right?))
            }
        }
    }

    /// Lowers the comparison of a count with a number. Equality needs two counts of the same conditions.
    fn compare_count(&mut self, comparison: Comparison, call: &Call, number: f64) -> Option<Test> {
        let tests = self.conditions(call)?;
        // `conditions` has counted them once; an equality contains them twice.
        if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            self.count_all(tests.iter().map(Test::size).sum(), &call.name_span)?;
        }
        Some(counted(comparison, tests, number))
    }

    /// Whether a call is a `count` of conditions without a need, which counts over the present answers.
    fn is_open_count(&self, call: &Call) -> bool {
        call.name == "count" && call.need.is_none() && self.several(call).is_none()
    }

    /// Whether a node is a `count` without a need, or a sum or difference that contains one.
    fn has_open_count(&self, node: &SyntaxNode) -> bool {
        match &node.kind {
            SyntaxKind::Call(call) => self.is_open_count(call),
            // Only these two: a product with a negative number would exchange the least and the greatest value.
            SyntaxKind::Binary(Operator::Add | Operator::Subtract, left, right) => {
                self.has_open_count(left) || self.has_open_count(right)
            }
            _ => false,
        }
    }

    /// Lowers one side of a comparison to its least and greatest possible value, given that counts may still grow.
    fn side(&mut self, node: &SyntaxNode) -> Option<CountBounds> {
        self.deeper(node, |lower| lower.side_of(node))
    }

    fn side_of(&mut self, node: &SyntaxNode) -> Option<CountBounds> {
        match &node.kind {
            SyntaxKind::Call(call) if self.is_open_count(call) => {
                let tests = self.conditions(call)?;
                let size: usize = tests.iter().map(Test::size).sum();
                self.count_all(2 * size, &node.span)?;
                // At most, every unknown condition is true as well. A condition is never both true and unknown, so none
                // counts twice.
                let unknown = tests.iter().cloned().map(|test| Test::IsUnknown(Box::new(test)));
                let most = tests.iter().cloned().chain(unknown).collect();
                let counted = |tests| Expr::Count { tests, need: 0 };
                Some(CountBounds { least: counted(tests), most: counted(most) })
            }
            SyntaxKind::Binary(operator @ (Operator::Add | Operator::Subtract), left, right)
                if self.has_open_count(node) =>
            {
                let (left, right) = (self.side(left), self.side(right));
                let (left, right) = (left?, right?);
                // The least difference subtracts the most, and the greatest one the least.
                let (low, high) = match operator {
                    Operator::Subtract => (right.most, right.least),
                    _ => (right.least, right.most),
                };
                Some(CountBounds {
                    least: Expr::arithmetic(*operator, left.least, low),
                    most: Expr::arithmetic(*operator, left.most, high),
                })
            }
            _ => {
                // Nothing in it can still grow, so its least and greatest value are the same.
                let number = self.number(node)?;
                Some(CountBounds { least: number.clone(), most: number })
            }
        }
    }

    /// Lowers `of = "word"`, where the word is the code of an item's option, a word of a scale, or a band.
    fn compare_word(
        &mut self,
        comparison: Comparison,
        of: &SyntaxNode,
        (word, span): (&str, &Span),
    ) -> Option<Test> {
        let equal = match comparison {
            Comparison::Equal => true,
            Comparison::Unequal => false,
            _ => {
                return self.fault(
                    FormulaFault::new(
                        span.clone(),
                        "words have no order, so only `=` and `!=` compare them",
                    )
                    .code("formula-type")
                    .help("write `=` or `!=`"),
                );
            }
        };
        let test = match &of.kind {
            SyntaxKind::Name(name) => self.named_word(name, &of.span, word, span)?,
            SyntaxKind::Call(call) if call.name == "band" => self.band(call, word, span)?,
            _ => {
                return self.fault(
                    FormulaFault::new(
                        of.span.clone(),
                        "only an item, a scale or a band can be compared with a word",
                    )
                    .code("formula-type")
                    .help("compare numbers with a number, written without quotes"),
                );
            }
        };
        Some(if equal { test } else { Test::Not(Box::new(test)) })
    }

    fn named_word(&mut self, name: &str, at: &Span, word: &str, span: &Span) -> Option<Test> {
        if let Some(&item) = self.names.item_ids.get(name) {
            if let crate::ResponseKind::SeveralChoice { .. } = self.names.response(item).kind {
                self.answer(item, at);
                return None;
            }
            let options = self.names.response(item).options();
            // A non-response counts as a missing answer, so a comparison with its code would never be true.
            let codes = options.iter().filter(|option| !option.non_response);
            let codes = codes.filter_map(|option| Some((option.code.as_deref()?, option.value)));
            let codes: Vec<(&str, OptionValue)> = codes.collect();
            let value = codes.iter().find(|(code, _)| *code == word).map(|(_, value)| *value);
            let known: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
            let Some(value) = value else { return self.unknown_word(name, word, &known, span) };
            let value = Expr::Number(value.number());
            return Some(compare(Comparison::Equal, Expr::Answer(item), value));
        }
        let Some(scale) = self.names.scales.get(name) else { return self.unknown(name, at) };
        // A likely mistake: a band is named as if the score were a word.
        let ScaleType::Word(words) = &scale.gives else {
            if scale.bands.iter().any(|band| band.label == word) {
                let fault = FormulaFault::new(
                    at.clone(),
                    format!("`{name}` is a number; `\"{word}\"` is one of its bands"),
                );
                return self.fault(
                    fault.code("unknown-word").help(format!("write `band({name}) = \"{word}\"`")),
                );
            }
            return self.unknown_word(name, word, &[], span);
        };
        match position(words, word) {
            Some(position) => {
                let score = Expr::Score(scale.index);
                Some(compare(Comparison::Equal, score, Expr::Number(position)))
            }
            None => {
                let known: Vec<&str> = words.iter().map(String::as_str).collect();
                self.unknown_word(name, word, &known, span)
            }
        }
    }

    fn unknown_word(
        &mut self,
        name: &str,
        word: &str,
        known: &[&str],
        span: &Span,
    ) -> Option<Test> {
        let fault = FormulaFault::new(span.clone(), format!("`{name}` is never `\"{word}\"`"))
            .code("unknown-word");
        let help = match known.is_empty() {
            true => {
                "it has no words: give its response options a `code`, or compare it with a number"
                    .to_owned()
            }
            false => format!("it can be {}", known.join(", ")),
        };
        self.fault(fault.help(did_you_mean(word, known.iter().copied()).unwrap_or(help)))
    }

    /// Lowers `band(…) = "word"`: whether the score of a scale is in the band with this label.
    fn band(&mut self, call: &Call, word: &str, span: &Span) -> Option<Test> {
        self.stray_rules(call);
        let names: Option<Vec<(&str, &Span)>> = call
            .entries
            .iter()
            .map(|entry| match entry {
                Argument::Plain(SyntaxNode { kind: SyntaxKind::Name(name), span }) => {
                    Some((name.as_str(), span))
                }
                _ => None,
            })
            .collect();
        let ((name, at), set) = match names.as_deref() {
            Some([name]) => (*name, None),
            Some([name, set]) => (*name, Some(*set)),
            _ => {
                return self.wrong_arguments(
                    call,
                    "a scale, and optionally one of its `band-sets`: `band(phq_total)`",
                );
            }
        };
        let Some(scale) = self.names.scales.get(name) else { return self.unknown(name, at) };
        // Labels are unique within a set only, so two sets of one scale can have bands of the same label.
        let bands: &[Band] = match set {
            None => scale.bands,
            Some((set, at)) => match scale.band_sets.iter().find(|other| other.id == set) {
                Some(set) => &set.bands,
                None => {
                    let message = format!("`{name}` has no set of bands `{set}`");
                    let near = did_you_mean(set, scale.band_sets.iter().map(|set| set.id.as_str()));
                    let help = near.unwrap_or_else(|| {
                        "name one of the `band-sets` of the scale, or leave the set out".to_owned()
                    });
                    return self.fault(
                        FormulaFault::new(at.clone(), message).code("unknown-name").help(help),
                    );
                }
            },
        };
        match bands.iter().find(|band| band.label == word) {
            Some(band) => Some(within(band, Expr::Score(scale.index))),
            None => {
                let known: Vec<&str> = bands.iter().map(|band| band.label.as_str()).collect();
                if known.is_empty() {
                    let fault = FormulaFault::new(at.clone(), format!("`{name}` has no bands"));
                    return self.fault(
                        fault
                            .code("unknown-word")
                            .help("give it `bands`, or compare its score with a number"),
                    );
                }
                self.unknown_word(&format!("band({name})"), word, &known, span)
            }
        }
    }
}

/// Returns the condition that a score is within a band, by its declared ends.
fn within(band: &Band, score: Expr) -> Test {
    let (low, at_low) = match band.lower {
        Lower::From(from) => (from, Comparison::AtLeast),
        Lower::Above(above) => (above, Comparison::Greater),
    };
    let (high, at_high) = match band.upper {
        Upper::To(to) => (to, Comparison::AtMost),
        Upper::Below(below) => (below, Comparison::Less),
    };
    Test::All(vec![
        compare(at_low, score.clone(), Expr::Number(low)),
        compare(at_high, score, Expr::Number(high)),
    ])
}

/// The least and the greatest value that one side of a comparison can have, whatever the missing answers are.
struct CountBounds {
    least: Expr,
    most: Expr,
}

impl CountBounds {
    fn size(&self) -> usize {
        self.least.size() + self.most.size()
    }
}

/// Compares two sides. True or false as soon as the missing answers can no longer change the result.
fn between(comparison: Comparison, left: &CountBounds, right: &CountBounds) -> Test {
    let not = |test: Test| Test::Not(Box::new(test));
    let known = |comparison, sure: (&Expr, &Expr), possible: (&Expr, &Expr)| {
        let compare =
            |(left, right): (&Expr, &Expr)| compare(comparison, left.clone(), right.clone());
        // `missing and possible` is false if it is impossible, and missing otherwise. So this is true, false or
        // missing.
        Test::Any(vec![compare(sure), Test::All(vec![Test::Missing, compare(possible)])])
    };
    let above =
        |comparison| known(comparison, (&left.least, &right.most), (&left.most, &right.least));
    match comparison {
        Comparison::AtLeast | Comparison::Greater => above(comparison),
        // The negation of a missing condition is missing, so `<` needs no case of its own.
        Comparison::Less => not(above(Comparison::AtLeast)),
        Comparison::AtMost => not(above(Comparison::Greater)),
        Comparison::Equal => {
            Test::All(vec![above(Comparison::AtLeast), not(above(Comparison::Greater))])
        }
        // Not `< or >`: as a negation it is missing exactly when the equality is.
        Comparison::Unequal => not(between(Comparison::Equal, left, right)),
    }
}

/// Compares a count with a number. Known as soon as the missing answers can no longer change the result.
fn counted(comparison: Comparison, tests: Vec<Test>, number: f64) -> Test {
    let all = tests.len();
    // From 0 to one more than the list has: a count that is always reached, up to one that never is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the list's length"
    )]
    let up_to = |number: f64| number.clamp(0.0, all as f64 + 1.0) as usize;
    let at_least = |count: usize, tests: Vec<Test>| Test::AtLeast { count, tests };
    let (from, above) =
        // The same tolerance as `Comparison::holds`: `>= 3.00000001` must be the same as `>= 3`.
        (up_to((number - TOLERANCE).ceil()), up_to((number + TOLERANCE).floor() + 1.0));
    let not = |test: Test| Test::Not(Box::new(test));
    match comparison {
        Comparison::AtLeast => at_least(from, tests),
        Comparison::Greater => at_least(above, tests),
        Comparison::Less => not(at_least(from, tests)),
        Comparison::AtMost => not(at_least(above, tests)),
        Comparison::Equal | Comparison::Unequal => {
            let equal = Test::All(vec![at_least(from, tests.clone()), not(at_least(above, tests))]);
            if comparison == Comparison::Equal { equal } else { not(equal) }
        }
    }
}

/// Returns the position of a word among `words`, as a score.
#[expect(clippy::cast_precision_loss, reason = "a formula has few words")]
fn position(words: &[String], word: &str) -> Option<f64> {
    words.iter().position(|other| other == word).map(|position| position as f64)
}

/// Creates a comparison of two numbers.
pub(super) fn compare(comparison: Comparison, left: Expr, right: Expr) -> Test {
    Test::Compare { comparison, left: Box::new(left), right: Box::new(right) }
}

/// Creates the application of a function to a number.
pub(super) fn apply(function: Function, of: Expr) -> Expr {
    Expr::Apply { function, of: Box::new(of) }
}
