//! A canonical notation of formulas, in which equal formulas are equal texts: both versions share the names of items
//! and scales, sums and conditions are sorted, and tables and models are identified by their content.

use std::collections::BTreeMap;

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, ItemIx, Model, ModelItem, Operator,
    ScaleIx, Table, Test,
};
use scalewright_scoring::{Accepted, Answer, Asked};

/// The names of the items and scales of one version in the canonical notation.
pub(super) struct Names {
    pub(super) items: Vec<String>,
    pub(super) scales: Vec<String>,
}

/// The numbers that identify the contents of tables and models.
#[derive(Default)]
pub(super) struct Contents(BTreeMap<String, usize>);

impl Contents {
    fn number(&mut self, content: String) -> usize {
        let next = self.0.len();
        *self.0.entry(content).or_insert(next)
    }
}

/// Writes the canonical notation.
pub(super) struct CanonicalWriter<'a> {
    pub(super) names: &'a Names,
    pub(super) contents: &'a mut Contents,
}

impl CanonicalWriter<'_> {
    /// Returns the canonical notation of the formula of a score.
    pub(super) fn formula(&mut self, formula: &Formula) -> String {
        match formula {
            Formula::Number(expr) => self.expr(expr),
            Formula::Truth(test) => format!("truth {}", self.test(test)),
            Formula::Word { position, words } => {
                let position = self.expr(position);
                format!("word {words:?} {position}")
            }
        }
    }

    /// Returns the canonical notation of what counts as an answer.
    pub(super) fn answer(&mut self, answer: Option<&Answer>) -> String {
        let Some(Answer { accepted, asked }) = answer else { return "none".to_owned() };
        let accepted = match accepted {
            Accepted::Values(values) => format!("{values:?}"),
            Accepted::Choices(values) => format!("any of {values:?}"),
            Accepted::Between { min, max, decimals } => {
                format!("{}..{} {decimals}", number(*min), number(*max))
            }
        };
        let asked = asked.as_ref().map(|Asked { when, otherwise }| {
            format!("{} else {}", self.test(when), optional(*otherwise))
        });
        format!("{accepted} if {}", asked.unwrap_or_default())
    }

    /// Returns the canonical notation of a condition.
    pub(super) fn test(&mut self, test: &Test) -> String {
        match test {
            Test::Truth(truth) => truth.to_string(),
            Test::Missing => "missing".to_owned(),
            Test::Flag(scale) => format!("flag {}", self.scale(*scale)),
            Test::Compare { comparison, left, right } => self.compare(*comparison, left, right),
            Test::AtLeast { count, tests } => self.some(*count, tests),
            // All and any are special cases of "at least", so that the three notations can be equal.
            Test::All(tests) => self.some(tests.len(), tests),
            Test::Any(tests) => self.some(1, tests),
            Test::Not(of) => format!("not({})", self.test(of)),
            Test::IsMissing(of) => format!("missing({})", self.expr(of)),
            Test::IsUnknown(of) => format!("unknown({})", self.test(of)),
        }
    }

    fn some(&mut self, count: usize, tests: &[Test]) -> String {
        format!("some({count}: {})", self.tests(tests))
    }

    fn tests(&mut self, tests: &[Test]) -> String {
        sorted(tests.iter().map(|test| self.test(test)).collect())
    }

    fn compare(&mut self, comparison: Comparison, left: &Expr, right: &Expr) -> String {
        let (left, right) = (self.expr(left), self.expr(right));
        match comparison {
            Comparison::Less => format!("({left} < {right})"),
            Comparison::AtMost => format!("({left} <= {right})"),
            // `a > b` must be equal to `b < a`.
            Comparison::Greater => format!("({right} < {left})"),
            Comparison::AtLeast => format!("({right} <= {left})"),
            Comparison::Equal => format!("equal({})", sorted(vec![left, right])),
            Comparison::Unequal => format!("unequal({})", sorted(vec![left, right])),
        }
    }

    fn scale(&self, scale: ScaleIx) -> &str {
        self.names.scales.get(scale.0).map_or("?", String::as_str)
    }

    fn item(&self, item: ItemIx) -> String {
        self.names.items.get(item.0).map_or("?", String::as_str).to_owned()
    }

    fn list(&mut self, terms: &[Expr]) -> String {
        let terms: Vec<String> = terms.iter().map(|term| self.expr(term)).collect();
        terms.join(", ")
    }

    fn expr(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::Number(value) => number(*value),
            Expr::Missing => "missing".to_owned(),
            Expr::Answer(item) => self.item(*item),
            Expr::Chosen { item, option } => format!("chosen({}, {option})", self.item(*item)),
            Expr::Score(scale) => self.scale(*scale).to_owned(),
            Expr::Reverse { of, low, high } => {
                // In the notation of a subtraction, so that a formula that writes the reversal out is equal.
                format!("({} - {})", number(low + high), self.expr(of))
            }
            Expr::Recode { of, table, other, missing } => {
                let rows = table
                    .iter()
                    .map(|(key, value)| format!("{}: {}", number(*key), number(*value)));
                let rows: Vec<String> = rows.collect();
                let (other, missing) = (optional(*other), optional(*missing));
                let of = self.expr(of);
                format!("recode({of}; {}; {other}; {missing})", rows.join(", "))
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => format!("count({need}: {})", self.tests(tests)),
            Expr::LongestRun(terms) => format!("run({})", self.list(terms)),
            Expr::Arithmetic { operator, left, right } => {
                self.arithmetic(expr, *operator, left, right)
            }
            Expr::Apply { function, of } => format!("{function:?}({})", self.expr(of)),
            Expr::Round { of, decimals } => format!("round({decimals}: {})", self.expr(of)),
            Expr::If { .. } => self.choices(expr),
            Expr::Lookup { of, table } => {
                let table = self.table(table);
                format!("table {table}({})", self.list(of))
            }
            Expr::Eap { model, need, sd } => format!("eap({need} {sd} {})", self.model(model)),
        }
    }

    /// Writes a chain of choices. A chain may be long, so a loop follows it instead of a recursion.
    fn choices(&mut self, expr: &Expr) -> String {
        let (mut text, mut next) = (String::new(), expr);
        while let Expr::If { test, then, otherwise, unknown } = next {
            let (test, then) = (self.test(test), self.expr(then));
            text.push_str(&format!("if({test}; {then}; {}) ", self.expr(unknown)));
            next = otherwise;
        }
        text + &self.expr(next)
    }

    fn arithmetic(
        &mut self,
        whole: &Expr,
        operator: Operator,
        left: &Expr,
        right: &Expr,
    ) -> String {
        let sign = match operator {
            // Another order of addition may change the last bit, which is far below the tolerance for scores.
            Operator::Add => {
                let mut terms = Vec::new();
                addends(whole, &mut terms);
                let terms: Vec<String> = terms.into_iter().map(|term| self.expr(term)).collect();
                return format!("sum(all: {})", sorted(terms));
            }
            Operator::Multiply => {
                return format!("product({})", sorted(vec![self.expr(left), self.expr(right)]));
            }
            Operator::Subtract => "-",
            Operator::Divide => "/",
            Operator::Modulo => "mod",
        };
        format!("({} {sign} {})", self.expr(left), self.expr(right))
    }

    /// Writes the terms sorted, each with its weight and its substitute. If all terms are required, substitutes are
    /// never used and are left out.
    fn aggregate(&mut self, aggregate: &Aggregate) -> String {
        let Aggregate { kind, terms, weights, need, mandatory, fill } = aggregate;
        let all = *need >= terms.len() || mandatory.len() >= terms.len();
        // A sum that requires all its terms is the same as their addition.
        if all && *kind == AggregateKind::Sum && weights.is_none() {
            let mut plain = Vec::new();
            terms.iter().for_each(|term| addends(term, &mut plain));
            let plain: Vec<String> = plain.into_iter().map(|term| self.expr(term)).collect();
            return format!("sum(all: {})", sorted(plain));
        }
        let mut written = Vec::with_capacity(terms.len());
        let mut must = mandatory.iter().copied().peekable();
        for (position, term) in terms.iter().enumerate() {
            let mut text = self.expr(term);
            match weights.as_ref().and_then(|weights| weights.get(position)) {
                // A weight of 1 is the same as no weight.
                Some(weight) if (*weight - 1.0).abs() > 0.0 => {
                    text = format!("{} * {text}", number(*weight));
                }
                _ => {}
            }
            // The positions of mandatory terms are ascending.
            let mandatory = must.next_if_eq(&position).is_some();
            if mandatory && !all {
                text.push('!');
            }
            match fill {
                Fill::Constant(value) if !all => text.push_str(&format!(" ?? {}", number(*value))),
                Fill::Each(values) if !all => {
                    text.push_str(&format!(" ?? {}", optional(values.get(position).copied())));
                }
                _ => {}
            }
            written.push(text);
        }
        let need = if all { "all".to_owned() } else { need.to_string() };
        let person = *fill == Fill::PersonMean && !all;
        let kind = match kind {
            AggregateKind::Sum => "sum",
            AggregateKind::Mean => "mean",
            AggregateKind::Min => "min",
            AggregateKind::Max => "max",
        };
        format!("{kind}({need}{}: {})", if person { " prorated" } else { "" }, sorted(written))
    }

    fn table(&mut self, table: &Table) -> usize {
        let Table { name: _, matching, outside, rows, source: _, of_sums: _ } = table;
        self.contents.number(format!("{matching:?} {outside:?} {rows:?}"))
    }

    fn model(&mut self, model: &Model) -> usize {
        let Model { name: _, kind, items, scaling, points, source: _ } = model;
        let items = items.iter().map(|item| {
            let ModelItem { answer, values, discrimination, thresholds } = item;
            format!("{} {values:?} {discrimination:?} {thresholds:?}", self.expr(answer))
        });
        let items = sorted(items.collect());
        self.contents.number(format!("{kind:?} {scaling:?} {points:?} {items}"))
    }
}

/// Collects the addends of a chain of additions and of sums that need all their terms.
fn addends<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Arithmetic { operator: Operator::Add, left, right } => {
            addends(left, found);
            addends(right, found);
        }
        Expr::Aggregate(Aggregate {
            kind: AggregateKind::Sum, terms, weights: None, need, ..
        }) if *need >= terms.len() => {
            terms.iter().for_each(|term| addends(term, found));
        }
        other => found.push(other),
    }
}

fn sorted(mut parts: Vec<String>) -> String {
    parts.sort();
    parts.join(", ")
}

/// Returns the same text for equal numbers.
fn number(value: f64) -> String {
    // Adding 0.0 turns -0.0 into 0.0, which is equal but has another text.
    format!("{:?}", value + 0.0)
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| "missing".to_owned(), number)
}
