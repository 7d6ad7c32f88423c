//! Turns sums and counts into scores, under the rule for missing terms.
//!
//! Of `k` terms, `m` are present and their sum is `S`. The sum and the mean are:
//!
//! - without substitutes, `S` and `S/m`;
//! - with the person's mean for each missing term, `k·S/m` and `S/m`;
//! - with `c` for each missing term, `S + (k−m)·c` and `(S + (k−m)·c)/k`.
//!
//! The only division comes last, so that the result is the double nearest to the exact number.

use scalewright_model::{Aggregate, AggregateKind, Fill};

use super::chunk::Target;
use super::codes::Sums;
use super::lane::{Lane, ROWS};

/// How many terms are needed, how many there are, and whether missing ones are substituted.
struct MissingRule<C> {
    need: C,
    all: C,
    fills: bool,
}

impl<C: TryFrom<usize>> MissingRule<C> {
    /// The rule in the type of the counts; `None` if its numbers do not fit in that type.
    fn of(aggregate: &Aggregate) -> Option<Self> {
        let short = |count: usize| C::try_from(count).ok();
        Some(Self {
            // Without any term there is no score, even if the definition needs none.
            need: short(aggregate.need.max(1))?,
            all: short(aggregate.terms.len())?,
            fills: aggregate.fill != Fill::Nothing,
        })
    }
}

impl MissingRule<u16> {
    /// The rule in a type in which all counts fit.
    fn wide(aggregate: &Aggregate) -> Self {
        let short = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        Self {
            need: short(aggregate.need.max(1)),
            all: short(aggregate.terms.len()),
            fills: aggregate.fill != Fill::Nothing,
        }
    }
}

/// A destination of settled sums. The formula that combines a sum and a count is passed as a generic parameter, so that
/// each kind of sum compiles to a loop of its own.
trait Settle {
    fn with(self, combine: impl Fn(f64, f64) -> f64);
}

/// Settles a sum or mean: selects the formula of the aggregate. For every rule, a sum of 0 with no missing term gives
/// 0.
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
        // Multiply first: `sum / count * size` would round twice.
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
    if let (Some(rule), Some((sums, counts))) = (MissingRule::<i8>::of(aggregate), sums.narrow()) {
        return settle(aggregate, Whole { rule, sums, counts, target });
    }
    let (sums, counts) = sums.wide();
    settle(aggregate, Whole { rule: MissingRule::wide(aggregate), sums, counts, target });
}

/// Sums of whole numbers, in the smallest type that fits.
struct Whole<'a, 'b, S, C> {
    rule: MissingRule<C>,
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
        let MissingRule { need, all, fills } = self.rule;
        let rows = self.sums.len();
        let (sums, counts) = (&mut self.sums[..rows], &mut self.counts[..rows]);
        let Target { values, present, prorated, .. } = self.target;
        let (values, present, prorated) =
            (&mut values[..rows], &mut present[..rows], &mut prorated[..rows]);
        // A missing row becomes a sum of 0 with no missing term, which every formula turns into 0. The second loop then
        // needs no test, and this one works on the small types.
        for row in 0..rows {
            let (sum, count) = (sums[row], counts[row]);
            let enough = count >= need;
            present[row] = enough;
            prorated[row] = enough & fills & (count < all);
            sums[row] = if enough { sum } else { S::default() };
            counts[row] = if enough { count } else { all };
        }
        for row in 0..rows {
            values[row] = combine(sums[row].into(), counts[row].into());
        }
    }
}

/// Adds and settles scores. Returns `false` if there are too many terms for this path.
pub(super) fn scores(
    aggregate: &Aggregate,
    terms: &[&Target<'_>],
    target: &mut Target<'_>,
) -> bool {
    let Some(rule) = MissingRule::<i8>::of(aggregate) else { return false };
    let rows = target.values.len();
    // The number of terms fits in `i8`, because the rule does. No count can overflow.
    let mut counts = [0_i8; ROWS];
    let counts = &mut counts[..rows];
    target.values.fill(0.0);
    target.prorated.fill(false);
    for term in terms {
        // One loop per array, as in `Lane::add`, for the sake of vector instructions.
        let (given, marks) = (&term.present[..rows], &term.prorated[..rows]);
        for row in 0..rows {
            counts[row] += i8::from(given[row]);
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

/// Adds three terms in one pass. Their order is preserved, because sums of fractions depend on it in the last digit. A
/// missing term is 0.
fn three(values: &mut [f64], [a, b, c]: [&[f64]; 3]) {
    let rows = values.len();
    let (a, b, c) = (&a[..rows], &b[..rows], &c[..rows]);
    for row in 0..rows {
        values[row] = values[row] + a[row] + b[row] + c[row];
    }
}

/// Settles sums of any numbers. On entry, the marks of `lane` are those of its terms.
pub(super) fn lane(aggregate: &Aggregate, lane: &mut Lane, counts: &[u16]) {
    // If a mandatory term is missing, the count becomes 0, which is too few under every rule.
    let met = counts.iter().zip(&lane.present);
    let counts: Vec<u16> = met.map(|(&count, &met)| if met { count } else { 0 }).collect();
    let rule = MissingRule::wide(aggregate);
    settle(aggregate, Float { rule, counts: &counts, target: &mut lane.target() });
}

/// Sums of any numbers, already stored in the target.
struct Float<'a, 'b, C> {
    rule: MissingRule<C>,
    counts: &'a [C],
    target: &'a mut Target<'b>,
}

impl<C: Copy + PartialOrd + Into<f64>> Settle for Float<'_, '_, C> {
    fn with(self, combine: impl Fn(f64, f64) -> f64) {
        let MissingRule { need, all, fills } = self.rule;
        let rows = self.counts.len();
        let counts = &self.counts[..rows];
        let Target { values, present, prorated, .. } = self.target;
        let (values, present, prorated) =
            (&mut values[..rows], &mut present[..rows], &mut prorated[..rows]);
        for row in 0..rows {
            let enough = counts[row] >= need;
            present[row] = enough;
            prorated[row] = enough & (prorated[row] | (fills & (counts[row] < all)));
        }
        for row in 0..rows {
            let value = combine(values[row], counts[row].into());
            // With a count of 0, the formula may have divided by 0.
            values[row] = if present[row] { value } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use scalewright_model::{Aggregate, AggregateKind, Expr, Fill};

    use super::{MissingRule, Target, Whole, settle};

    /// Settles a sum of up to four terms by the formulas in the module documentation.
    fn by_formula(aggregate: &Aggregate, sum: f64, count: f64) -> f64 {
        match (aggregate.kind, &aggregate.fill) {
            (AggregateKind::Mean, Fill::Constant(c)) => (sum + (4.0 - count) * c) / 4.0,
            (AggregateKind::Mean, _) => sum / count,
            (_, Fill::PersonMean) => sum * 4.0 / count,
            (_, Fill::Constant(c)) => sum + (4.0 - count) * c,
            (_, _) => sum,
        }
    }

    #[test]
    fn each_rule_gives_its_formula_and_missing_scores_are_0() {
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
                let rule = MissingRule::<i8>::of(&aggregate).expect("four terms fit in a byte");
                let (sums, counts) = (&mut sums, &mut counts);
                settle(&aggregate, Whole { rule, sums, counts, target });
                let expected = [(-7.0, 2.0), (9.0, 3.0), (11.0, 4.0)]
                    .map(|(s, c)| by_formula(&aggregate, s, c));
                assert_eq!(values.map(f64::to_bits)[..2], [0, 0], "{aggregate:?}");
                assert_eq!(values[2..].to_vec(), expected, "{aggregate:?}");
                assert_eq!(present, [false, false, true, true, true]);
                assert_eq!(prorated, [false, false, fills, fills, false]);
            }
        }
    }
}
