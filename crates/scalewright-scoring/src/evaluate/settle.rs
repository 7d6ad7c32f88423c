//! From sums and counts to scores, under the rule for missing terms.
//!
//! With `k` terms of which `m` are present and add up to `S`: as they are, `S` or `S/m`; with each
//! missing one at the person's mean, `k·S/m` or `S/m`; with each missing one at `c`,
//! `S + (k−m)·c` or that over `k`. One division, last: the result is the nearest number to the exact one.

use scalewright_model::{Aggregate, AggregateKind, Fill};

use super::chunk::Target;
use super::codes::Sums;
use super::lane::{Lane, ROWS};

/// How many terms are needed; below how many something stands in for those that are missing.
struct Rule<C> {
    need: C,
    all: C,
    fills: bool,
}

impl<C: TryFrom<usize>> Rule<C> {
    /// The rule in numbers of a size that counts of terms fit; nothing when it does not fit itself.
    fn of(aggregate: &Aggregate) -> Option<Self> {
        let short = |count: usize| C::try_from(count).ok();
        Some(Self {
            need: short(aggregate.need.max(1))?,
            all: short(aggregate.terms.len())?,
            fills: aggregate.fill != Fill::Nothing,
        })
    }
}

impl Rule<u16> {
    /// The rule in numbers of a size that all counts fit.
    fn wide(aggregate: &Aggregate) -> Self {
        let short = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        Self {
            need: short(aggregate.need.max(1)),
            all: short(aggregate.terms.len()),
            fills: aggregate.fill != Fill::Nothing,
        }
    }
}

/// What is to be done with a sum and a count, in one place for all kinds of sums.
trait Settle {
    fn with(self, combine: impl Fn(f64, f64) -> f64);
}

/// Settles a sum or mean. A sum of 0 of all terms gives 0 whatever the rule.
#[expect(clippy::cast_precision_loss, reason = "counts of terms are small")]
fn settle(aggregate: &Aggregate, settle: impl Settle) {
    let size = aggregate.terms.len() as f64;
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => {
            settle.with(|sum, count| sum / count);
        }
        (AggregateKind::Mean, Fill::Constant(c)) => {
            let c = *c;
            settle.with(|sum, count| (sum + (size - count) * c) / size);
        }
        (AggregateKind::Mean, Fill::Each(_)) => settle.with(|sum, _| sum / size),
        (_, Fill::PersonMean) => settle.with(|sum, count| sum * size / count),
        (_, Fill::Constant(c)) => {
            let c = *c;
            settle.with(|sum, count| sum + (size - count) * c);
        }
        (_, Fill::Nothing | Fill::Each(_)) => settle.with(|sum, _| sum),
    }
}

/// Settles sums of coded answers.
pub(super) fn codes(aggregate: &Aggregate, mut sums: Sums, target: &mut Target<'_>) {
    if let (Some(rule), Some((sums, counts))) = (Rule::<i8>::of(aggregate), sums.narrow()) {
        return settle(aggregate, Whole { rule, sums, counts, target });
    }
    let (sums, counts) = sums.wide();
    settle(aggregate, Whole { rule: Rule::wide(aggregate), sums, counts, target });
}

/// Whole sums, in the smallest numbers that hold them.
struct Whole<'a, 'b, S, C> {
    rule: Rule<C>,
    sums: &'a mut [S],
    counts: &'a mut [C],
    target: &'a mut Target<'b>,
}

impl<S, C> Settle for Whole<'_, '_, S, C>
where
    S: Copy + Default + Into<f64>,
    C: Copy + PartialOrd + Into<f64>,
{
    fn with(self, combine: impl Fn(f64, f64) -> f64) {
        let Rule { need, all, fills } = self.rule;
        let rows = self.sums.len();
        let (sums, counts) = (&mut self.sums[..rows], &mut self.counts[..rows]);
        let Target { values, present, prorated, .. } = self.target;
        let (values, present, prorated) =
            (&mut values[..rows], &mut present[..rows], &mut prorated[..rows]);
        // While they are small: what is missing becomes 0 of all terms, which settles as 0 without a look at marks.
        for row in 0..rows {
            let (sum, count) = (sums[row], counts[row]);
            let there = count >= need;
            present[row] = there;
            prorated[row] = there & fills & (count < all);
            sums[row] = if there { sum } else { S::default() };
            counts[row] = if there { count } else { all };
        }
        for row in 0..rows {
            values[row] = combine(sums[row].into(), counts[row].into());
        }
    }
}

/// Settles sums of scores; answers whether it could.
pub(super) fn scores(
    aggregate: &Aggregate,
    terms: &[&Target<'_>],
    target: &mut Target<'_>,
) -> bool {
    let Some(rule) = Rule::<i8>::of(aggregate) else { return false };
    let rows = target.values.len();
    let mut counts = [0_i8; ROWS];
    let counts = &mut counts[..rows];
    target.values.fill(0.0);
    target.prorated.fill(false);
    for term in terms {
        let (there, marks) = (&term.present[..rows], &term.prorated[..rows]);
        for row in 0..rows {
            counts[row] += i8::from(there[row]);
        }
        let prorated = &mut target.prorated[..rows];
        for row in 0..rows {
            prorated[row] |= marks[row];
        }
    }
    let mut rest = terms;
    while let [first, ..] = rest {
        rest = match rest {
            [a, b, c, rest @ ..] => {
                three(target.values, [a.values, b.values, c.values]);
                rest
            }
            _ => {
                for (value, more) in target.values.iter_mut().zip(&*first.values) {
                    *value += more;
                }
                &rest[1..]
            }
        };
    }
    settle(aggregate, Float { rule, counts, target });
    true
}

/// Adds three terms in one pass, in their order. One that is missing is 0.
fn three(values: &mut [f64], [a, b, c]: [&[f64]; 3]) {
    let rows = values.len();
    let (a, b, c) = (&a[..rows], &b[..rows], &c[..rows]);
    for row in 0..rows {
        values[row] = values[row] + a[row] + b[row] + c[row];
    }
}

/// Settles sums of any numbers. Marks are those of the terms until now.
pub(super) fn lane(aggregate: &Aggregate, lane: &mut Lane, counts: &[u16]) {
    // Where a mandatory term is missing, it is as if none were there.
    let met = counts.iter().zip(&lane.present);
    let counts: Vec<u16> = met.map(|(&count, &met)| if met { count } else { 0 }).collect();
    let rule = Rule::wide(aggregate);
    settle(aggregate, Float { rule, counts: &counts, target: &mut lane.target() });
}

/// Sums of numbers that need not be whole, in the places of the scores.
struct Float<'a, 'b, C> {
    rule: Rule<C>,
    counts: &'a [C],
    target: &'a mut Target<'b>,
}

impl<C: Copy + PartialOrd + Into<f64>> Settle for Float<'_, '_, C> {
    fn with(self, combine: impl Fn(f64, f64) -> f64) {
        let Rule { need, all, fills } = self.rule;
        let rows = self.counts.len();
        let counts = &self.counts[..rows];
        let Target { values, present, prorated, .. } = self.target;
        let (values, present, prorated) =
            (&mut values[..rows], &mut present[..rows], &mut prorated[..rows]);
        for row in 0..rows {
            let there = counts[row] >= need;
            present[row] = there;
            prorated[row] = there & (prorated[row] | (fills & (counts[row] < all)));
        }
        for row in 0..rows {
            let value = combine(values[row], counts[row].into());
            values[row] = if present[row] { value } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use scalewright_model::{Aggregate, AggregateKind, Expr, Fill};

    use super::{Rule, Target, Whole, settle};

    /// Sums and counts of up to four terms, settled by the book.
    fn by_hand(aggregate: &Aggregate, sum: f64, count: f64) -> f64 {
        match (aggregate.kind, &aggregate.fill) {
            (AggregateKind::Mean, Fill::Constant(c)) => (sum + (4.0 - count) * c) / 4.0,
            (AggregateKind::Mean, _) => sum / count,
            (_, Fill::PersonMean) => sum * 4.0 / count,
            (_, Fill::Constant(c)) => sum + (4.0 - count) * c,
            (_, _) => sum,
        }
    }

    #[test]
    fn each_rule_settles_as_by_hand_and_what_is_missing_is_0() {
        for kind in [AggregateKind::Sum, AggregateKind::Mean] {
            for fill in [Fill::Nothing, Fill::PersonMean, Fill::Constant(-2.5)] {
                let terms = vec![Expr::Missing; 4];
                let (weights, mandatory) = (None, Vec::new());
                let fills = fill != Fill::Nothing;
                let aggregate = Aggregate { kind, terms, weights, need: 2, fill, mandatory };
                let (mut sums, mut counts) = ([0_i8, 5, -7, 9, 11], [0_i8, 1, 2, 3, 4]);
                let (mut values, mut present, mut prorated) = ([9.0; 5], [true; 5], [true; 5]);
                let target = &mut Target {
                    values: &mut values,
                    present: &mut present,
                    prorated: &mut prorated,
                    answered: &mut [],
                };
                let rule = Rule::<i8>::of(&aggregate).expect("four fit in a byte");
                let (sums, counts) = (&mut sums, &mut counts);
                settle(&aggregate, Whole { rule, sums, counts, target });
                let expected =
                    [(-7.0, 2.0), (9.0, 3.0), (11.0, 4.0)].map(|(s, c)| by_hand(&aggregate, s, c));
                assert_eq!(values.map(f64::to_bits)[..2], [0, 0], "{aggregate:?}");
                assert_eq!(values[2..].to_vec(), expected, "{aggregate:?}");
                assert_eq!(present, [false, false, true, true, true]);
                assert_eq!(prorated, [false, false, fills, fills, false]);
            }
        }
    }
}
