//! Sums, means and lists.

use scalewright_model::{Aggregate, AggregateKind, Comparison, Expr, Fill, ItemIx, Test};

use super::{FormulaWriter, PRODUCT, constant, parenthesised};

/// As many items in a row are written as a range: `phq_1..phq_9`.
const SHORTEST_RANGE: usize = 3;

/// The number of entries at the start of `items` that follow each other in the order of the form.
fn run<T>(items: &[T], item: impl Fn(&T) -> Option<ItemIx>) -> usize {
    let Some(first) = items.first().and_then(&item) else { return 0 };
    let follows = |(at, entry): (usize, &T)| item(entry) == Some(ItemIx(first.0 + at));
    items.iter().enumerate().take_while(|(at, entry)| follows((*at, entry))).count()
}

impl FormulaWriter<'_> {
    /// A list without ranges, for functions that do not accept them.
    pub(super) fn plain_list(&self, terms: &[Expr]) -> String {
        let terms: Vec<String> = terms.iter().map(|term| self.expr(term, 0)).collect();
        terms.join(", ")
    }

    /// A list, with items in a row as a range.
    pub(super) fn list(&self, terms: &[Expr]) -> String {
        let answer = |term: &Expr| if let Expr::Answer(item) = term { Some(*item) } else { None };
        let (mut entries, mut rest) = (Vec::new(), terms);
        while let Some(first) = rest.first() {
            let length = run(rest, answer);
            let (entry, used) = match (length >= SHORTEST_RANGE, &rest[length.max(1) - 1]) {
                (true, last) => (self.range(first, last), length),
                (false, _) => (self.expr(first, 0), 1),
            };
            entries.push(entry);
            rest = &rest[used..];
        }
        entries.join(", ")
    }

    fn range(&self, first: &Expr, last: &Expr) -> String {
        format!("{}..{}", self.expr(first, 0), self.expr(last, 0))
    }

    /// A list of conditions, with the same one of items in a row as a range: `phq_1..phq_8 >= 2`.
    pub(super) fn conditions(&self, tests: &[Test]) -> String {
        let (mut entries, mut rest) = (Vec::new(), tests);
        while let Some(first) = rest.first() {
            let length = run(rest, |test| compared_alike(first, test));
            let (entry, used) = match (length >= SHORTEST_RANGE, first, &rest[length.max(1) - 1]) {
                (
                    true,
                    Test::Compare { comparison, left, right },
                    Test::Compare { left: last, .. },
                ) => {
                    let right = self.side(right);
                    let range = self.range(left, last);
                    (format!("{range} {} {right}", comparison.sign()), length)
                }
                _ => (self.test(first, 0), 1),
            };
            entries.push(entry);
            rest = &rest[used..];
        }
        entries.join(", ")
    }

    pub(super) fn aggregate(&self, aggregate: &Aggregate, around: u8) -> String {
        let Aggregate { kind, terms, weights, need, mandatory, fill } = aggregate;
        let name = match kind {
            AggregateKind::Sum => "sum",
            AggregateKind::Mean => "mean",
            AggregateKind::Min => "min",
            AggregateKind::Max => "max",
        };
        let few = *need < terms.len();
        let replaced = substitutes(aggregate).filter(|_| few);
        let entry = |(at, term): (usize, &Expr)| {
            let binds = if weights.is_some() { PRODUCT } else { 0 };
            let value = match &replaced {
                Some(values) => {
                    format!("coalesce({}, {})", self.expr(term, 0), constant(values[at]))
                }
                None => self.expr(term, binds),
            };
            match weights {
                Some(weights) => format!("{} * {value}", constant(weights[at])),
                None => value,
            }
        };
        let list = match weights.is_none() && replaced.is_none() {
            true => self.list(terms),
            false => terms.iter().enumerate().map(entry).collect::<Vec<String>>().join(", "),
        };
        let rule = match (few && replaced.is_none(), kind, fill) {
            (false, ..) => String::new(),
            (true, AggregateKind::Sum | AggregateKind::Mean, Fill::PersonMean) => {
                format!("; >= {need}; prorate")
            }
            (true, AggregateKind::Sum | AggregateKind::Mean, Fill::Constant(value)) => {
                format!("; >= {need}; substitute {}", constant(*value))
            }
            (true, ..) => format!("; >= {need}"),
        };
        let mut lacking: Vec<String> = mandatory
            .iter()
            .map(|&at| format!("is_missing({})", self.expr(&terms[at], 0)))
            .collect();
        if replaced.is_some() {
            lacking.push(format!("answered({}) < {need}", self.list(terms)));
        }
        let call = format!("{name}({list}{rule})");
        if lacking.is_empty() || (!few && replaced.is_none()) {
            return call;
        }
        let guarded = format!("if {} then missing else {call}", lacking.join(" or "));
        parenthesised(guarded, around > 0)
    }
}

/// The item of `test`, if it makes the same comparison as `first`.
fn compared_alike(first: &Test, test: &Test) -> Option<ItemIx> {
    let parts = |test: &Test| match test {
        Test::Compare { comparison, left, right } => match &**left {
            Expr::Answer(item) => Some((*item, *comparison, (**right).clone())),
            _ => None,
        },
        _ => None,
    };
    let ((_, comparison, right), (item, other, same)) = (parts(first)?, parts(test)?);
    let alike: (Comparison, Expr) = (other, same);
    (alike == (comparison, right)).then_some(item)
}

/// What replaces each missing term, if no rule of the function says it.
fn substitutes(aggregate: &Aggregate) -> Option<Vec<f64>> {
    let extreme = matches!(aggregate.kind, AggregateKind::Min | AggregateKind::Max);
    match &aggregate.fill {
        Fill::Each(each) => Some(each.to_vec()),
        Fill::Constant(value) if extreme => Some(vec![*value; aggregate.terms.len()]),
        Fill::Constant(_) | Fill::Nothing | Fill::PersonMean => None,
    }
}
