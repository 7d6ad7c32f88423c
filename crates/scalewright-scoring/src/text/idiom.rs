//! Operations that a formula writes as one function, though they are several here.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, ItemIx, Operator, ScaleIx, Test,
};

use super::{FormulaWriter, PRODUCT, SUM};

/// The item and its options, if an aggregate counts which of them are chosen.
fn counted(aggregate: &Aggregate) -> Option<(ItemIx, Vec<usize>)> {
    let plain = aggregate.kind == AggregateKind::Sum && aggregate.weights.is_none();
    let chosen = aggregate.terms.iter().map(|term| match term {
        Expr::Chosen { item, option } => Some((*item, *option)),
        _ => None,
    });
    one_item(chosen).filter(|_| plain)
}

/// The item and its options, if all pairs are of one item.
fn one_item(chosen: impl Iterator<Item = Option<(ItemIx, usize)>>) -> Option<(ItemIx, Vec<usize>)> {
    let chosen: Vec<(ItemIx, usize)> = chosen.collect::<Option<_>>()?;
    let (item, _) = *chosen.first()?;
    let one = chosen.iter().all(|(other, _)| *other == item);
    one.then(|| (item, chosen.into_iter().map(|(_, option)| option).collect()))
}

/// The item and its option, if a condition is that it is chosen.
fn chosen(test: &Test) -> Option<(ItemIx, usize)> {
    let Test::Compare { comparison: Comparison::Equal, left, right } = test else { return None };
    match (&**left, &**right) {
        (Expr::Chosen { item, option }, Expr::Number(1.0)) => Some((*item, *option)),
        _ => None,
    }
}

/// The item and its options, if each condition is that one of them is chosen.
pub(super) fn all_chosen(tests: &[Test]) -> Option<(ItemIx, Vec<usize>)> {
    one_item(tests.iter().map(chosen))
}

/// The three parts of `clamp`.
fn clamped(aggregate: &Aggregate) -> Option<[&Expr; 3]> {
    let [Expr::Aggregate(raised), high] = of_all(aggregate, AggregateKind::Min)? else {
        return None;
    };
    let [of, low] = of_all(raised, AggregateKind::Max)? else { return None };
    Some([of, low, high])
}

/// The terms of an aggregate that needs all of them and does nothing else.
fn of_all(aggregate: &Aggregate, kind: AggregateKind) -> Option<&[Expr]> {
    let Aggregate { kind: of, terms, weights: None, need, mandatory, fill: Fill::Nothing } =
        aggregate
    else {
        return None;
    };
    (*of == kind && *need >= terms.len() && mandatory.is_empty()).then_some(terms)
}

/// The values of which a choice takes the first that is not missing.
fn coalesced(expr: &Expr) -> Vec<&Expr> {
    if let Expr::If { test, then, otherwise, unknown } = expr
        && let Test::IsMissing(first) = &**test
        && (first == otherwise && **unknown == Expr::Missing)
    {
        let mut values: Vec<&Expr> = vec![first];
        values.extend(coalesced(then));
        return values;
    }
    vec![expr]
}

impl FormulaWriter<'_> {
    /// The expression as a call of a function, if there is one for it.
    pub(super) fn idiom(&self, expr: &Expr) -> Option<String> {
        if let Some((from, to)) = expr.dates_between() {
            return Some(format!("years_between({}, {})", self.item(from), self.item(to)));
        }
        match expr {
            Expr::Aggregate(aggregate) => {
                if let Some((item, chosen)) = counted(aggregate) {
                    return Some(self.choices("count", item, &chosen));
                }
                let parts = clamped(aggregate)?.map(|part| self.expr(part, 0));
                Some(format!("clamp({})", parts.join(", ")))
            }
            Expr::Count { tests, need: 0 } => {
                let present = tests.iter().map(|test| match test {
                    Test::Not(of) => match &**of {
                        Test::IsMissing(of) => Some((**of).clone()),
                        _ => None,
                    },
                    _ => None,
                });
                let present: Vec<Expr> = present.collect::<Option<_>>()?;
                Some(format!("answered({})", self.list(&present)))
            }
            Expr::Arithmetic { operator: Operator::Modulo, left, right } => {
                let Expr::Arithmetic { operator: Operator::Subtract, left: to, right: from } =
                    &**left
                else {
                    return None;
                };
                (**right == Expr::Number(1440.0)).then(|| {
                    format!("minutes_between({}, {})", self.expr(from, 0), self.expr(to, 0))
                })
            }
            Expr::If { test, then, otherwise, .. } if **then == Expr::Missing => {
                let refused = self.refused(test)?;
                let (item, chosen) = match &**otherwise {
                    Expr::Chosen { item, option } => (*item, vec![*option]),
                    Expr::Aggregate(aggregate) => counted(aggregate)?,
                    _ => return None,
                };
                (item == refused).then(|| self.choices("count", item, &chosen))
            }
            Expr::If { .. } if self.words.is_none() => {
                let values = coalesced(expr);
                // The expression itself, if it is another choice.
                if values.len() == 1 {
                    return None;
                }
                let texts: Vec<String> = values.iter().map(|value| self.expr(value, 0)).collect();
                Some(format!("coalesce({})", texts.join(", ")))
            }
            _ => None,
        }
    }

    /// The item of a condition that is true where one of its options counts as no answer.
    fn refused(&self, test: &Test) -> Option<ItemIx> {
        let (item, options) = match test {
            Test::Any(tests) => all_chosen(tests)?,
            one => all_chosen(std::slice::from_ref(one))?,
        };
        let all = self.instrument.response(item).options();
        let refuses = |&at: &usize| all.get(at).is_some_and(|option| option.non_response);
        options.iter().all(refuses).then_some(item)
    }

    /// `any` or `all` of the options of an item of which some count as no answer.
    pub(super) fn with_refusals(&self, tests: &[Test]) -> Option<String> {
        let [Test::All(unknown), Test::All(known)] = tests else { return None };
        let ([refused, Test::Missing], [Test::Not(not), test]) = (&**unknown, &**known) else {
            return None;
        };
        self.refused(refused).filter(|_| **not == *refused)?;
        Some(self.test(test, 0))
    }

    /// A function of the chosen options of an item.
    pub(super) fn choices(&self, function: &str, item: ItemIx, chosen: &[usize]) -> String {
        let options = self.instrument.response(item).options();
        let values = chosen
            .iter()
            .map(|at| options.get(*at).map_or("?".to_owned(), |option| option.value.to_string()));
        let values: Vec<String> = values.collect();
        format!("{function}({}, {})", self.item(item), values.join(", "))
    }

    /// A comparison of a word scale with one of its words.
    pub(super) fn word_of(&self, left: &Expr, right: &Expr) -> Option<(ScaleIx, String)> {
        let (Expr::Score(scale), Expr::Number(position)) = (left, right) else { return None };
        let words = self.instrument.scales[scale.0].words()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position among words"
        )]
        let word = words.get(*position as usize)?;
        Some((*scale, super::quoted(word)))
    }

    /// The comparison of counts that may still grow, which is lowered to one of their least and one of their greatest
    /// values.
    pub(super) fn of_counts(&self, tests: &[Test]) -> Option<String> {
        let [Test::Compare { comparison, left, right }, Test::All(possible)] = tests else {
            return None;
        };
        let [Test::Missing, Test::Compare { comparison: other, left: most, right: least }] =
            &**possible
        else {
            return None;
        };
        let sides = [self.written(left, most, SUM), self.written(right, least, SUM)];
        (comparison == other).then(|| format!("{} {} {}", sides[0], comparison.sign(), sides[1]))
    }

    /// One side of a comparison of counts, from two of its bounds: the shorter of the two lists is the written one.
    fn written(&self, one: &Expr, other: &Expr, around: u8) -> String {
        match (one, other) {
            (Expr::Count { tests, .. }, Expr::Count { tests: more, .. }) => {
                let shorter = if tests.len() <= more.len() { one } else { other };
                self.expr(shorter, around)
            }
            (
                Expr::Arithmetic { operator, left, right },
                Expr::Arithmetic { left: other_left, right: other_right, .. },
            ) => {
                let (sign, binds) = match operator {
                    Operator::Subtract => ("-", PRODUCT),
                    _ => ("+", SUM),
                };
                let left = self.written(left, other_left, SUM);
                let right = self.written(right, other_right, binds);
                super::parenthesised(format!("{left} {sign} {right}"), around > SUM)
            }
            _ => self.expr(one, around),
        }
    }
}
