//! Numbers that the survey computes from scoring categories.

use scalewright_model::{Comparison, Operator, TOLERANCE};
use scalewright_scoring::emit::digits;

use super::points::{Categories, CategoryIx, Points};
use super::values::Needs;
use crate::code::lines::{Print, unsupported};

/// The most values of a number that are listed.
const MOST: usize = 20_000;

/// The least distance of two values that a comparison can distinguish, however Qualtrics rounds them: it does not state
/// how many decimals a result has.
const APART: f64 = 0.001;

/// A number computed from scoring categories.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Amount {
    /// A sum of points, and a constant.
    Sum(Points, f64),
    /// Two numbers joined by an operator.
    Of(Operator, Box<Amount>, Box<Amount>),
}

impl Amount {
    /// A constant.
    pub(super) fn number(value: f64) -> Self {
        Self::Sum(Points::default(), value)
    }

    /// The value of a constant.
    fn constant(&self) -> Option<f64> {
        match self {
            Self::Sum(points, constant) if points.0.is_empty() => Some(*constant),
            _ => None,
        }
    }

    /// Two numbers joined by an operator. Sums stay sums where the points do not become fractions.
    pub(super) fn of(operator: Operator, left: Self, right: Self) -> Print<Self> {
        let joined = match (operator, &left, &right) {
            (Operator::Add, Self::Sum(a, c), Self::Sum(b, d)) => {
                Self::joined((a, *c), (b, *d), 1.0)
            }
            (Operator::Subtract, Self::Sum(a, c), Self::Sum(b, d)) => {
                Self::joined((a, *c), (b, *d), -1.0)
            }
            (Operator::Multiply, Self::Sum(a, c), _) => {
                right.constant().map(|k| (a, *c, k)).and_then(times)
            }
            (Operator::Divide, Self::Sum(a, c), _) => {
                right.constant().map(|k| (a, *c, 1.0 / k)).and_then(times)
            }
            (Operator::Modulo, _, _) => {
                return unsupported(
                    "it uses a remainder, which Qualtrics does not document for negative numbers",
                );
            }
            _ => None,
        };
        let swapped = match (operator, &right) {
            (Operator::Multiply, Self::Sum(b, d)) => {
                left.constant().map(|k| (b, *d, k)).and_then(times)
            }
            _ => None,
        };
        let of = || Self::Of(operator, Box::new(left.clone()), Box::new(right.clone()));
        Ok(joined.or(swapped).unwrap_or_else(of))
    }

    fn joined((a, c): (&Points, f64), (b, d): (&Points, f64), sign: f64) -> Option<Self> {
        let mut points = a.clone();
        points.add_all(b, sign);
        let is_whole = points.scale().is_ok();
        is_whole.then_some(Self::Sum(points, c + sign * d))
    }

    /// The ascending values that the number can have if `needs` are met; a value may be listed that no respondent can
    /// reach.
    pub(super) fn values(&self, needs: &Needs) -> Print<Vec<f64>> {
        let mut values = match self {
            Self::Sum(points, constant) => {
                let scale = points.scale()?;
                let (low, high) = points.range();
                let low = needs.least(points).map_or(low, |least| low.max(least));
                let (low, high) = ((low * scale).round(), (high * scale).round());
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "bounded by the comparison"
                )]
                let count = if high - low < MOST as f64 {
                    (high - low) as usize
                } else {
                    return too_many();
                };
                (0..=count).map(|step| (low + step as f64) / scale + constant).collect()
            }
            Self::Of(operator, left, right) => {
                pairs(*operator, &left.values(needs)?, &right.values(needs)?)?
            }
        };
        values.sort_by(f64::total_cmp);
        values.dedup_by(|a, b| (*a - *b).abs() <= TOLERANCE);
        Ok(values)
    }

    /// Whether all its values are whole and it is computed without a division.
    fn is_whole(&self) -> bool {
        match self {
            Self::Sum(points, constant) => points.scale() == Ok(1.0) && constant.fract() == 0.0,
            Self::Of(_, _, _) => false,
        }
    }

    /// The number as the value of a field.
    pub(super) fn field(&self, name: &str, categories: &mut Categories) -> Print<String> {
        let text = self.text(name, categories)?;
        Ok(match text.strip_suffix("/Score") {
            Some(only) if !text.contains(' ') => format!("${{{only}/Score}}"),
            _ => format!("$e{{ {text} }}"),
        })
    }

    /// The number as a part of a formula. All parts are separated by spaces, as Qualtrics requires.
    fn text(&self, name: &str, categories: &mut Categories) -> Print<String> {
        match self {
            Self::Sum(points, constant) => sum_text(points, *constant, name, categories),
            Self::Of(operator, left, right) => {
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "-",
                    Operator::Multiply => "*",
                    Operator::Divide => "/",
                    Operator::Modulo => return unsupported("it uses a remainder"),
                };
                let (left, right) = (left.text(name, categories)?, right.text(name, categories)?);
                Ok(format!("{} {sign} {}", operand(&left), operand(&right)))
            }
        }
    }
}

fn times((points, constant, factor): (&Points, f64, f64)) -> Option<Amount> {
    let product = points.times(factor);
    let is_finite = factor.is_finite() && (constant * factor).is_finite();
    let is_whole = is_finite && product.scale().is_ok();
    is_whole.then_some(Amount::Sum(product, constant * factor))
}

fn too_many<T>() -> Print<T> {
    unsupported("it has too many possible values to compare them in Qualtrics")
}

/// The results of an operator for all pairs of values. A division by 0 has no result.
fn pairs(operator: Operator, left: &[f64], right: &[f64]) -> Print<Vec<f64>> {
    if left.len().saturating_mul(right.len()) > MOST * 5 {
        return too_many();
    }
    let results = left.iter().flat_map(|a| {
        right.iter().map(move |b| match operator {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            Operator::Modulo => a % b,
        })
    });
    Ok(results.filter(|value| value.is_finite()).collect())
}

/// A part of a formula in parentheses if it has several parts.
fn operand(text: &str) -> String {
    if text.contains(' ') { format!("( {text} )") } else { text.to_owned() }
}

/// A number in a formula. Qualtrics documents no sign before a number.
fn number_text(value: f64) -> String {
    if value < 0.0 { format!("( 0 - {} )", digits(-value)) } else { digits(value) }
}

/// A sum of points: the category of the whole points, divided and shifted back.
fn sum_text(
    points: &Points,
    constant: f64,
    name: &str,
    categories: &mut Categories,
) -> Print<String> {
    if points.0.is_empty() {
        return Ok(number_text(constant));
    }
    let scale = points.scale()?;
    let lowest = points.whole(scale, 0).into_values().min().unwrap_or(0).min(0);
    let category = categories.of(name, points.whole(scale, -lowest));
    let mut text = score(category);
    if lowest < 0 {
        let cells = Points::ones(points.0.keys().copied());
        let selected = categories.of(&format!("{name}: choices"), cells.whole(1.0, 0));
        text = format!("{text} - ( {} * {} )", -lowest, score(selected));
    }
    if scale > 1.0 {
        text = format!("{} / {}", operand(&text), digits(scale));
    }
    Ok(match constant {
        0.0 => text,
        below if below < 0.0 => format!("{} - {}", operand(&text), digits(-below)),
        constant => format!("{} + {}", operand(&text), digits(constant)),
    })
}

/// The score of a category in a formula.
pub(super) fn score(CategoryIx(at): CategoryIx) -> String {
    format!("gr://{}/Score", category_id(at))
}

/// The id of the category at a position.
pub(super) fn category_id(at: usize) -> String {
    format!("SC_{:015}", at + 1)
}

/// A comparison that Qualtrics can make: an operator and the number on its right.
pub(super) type Bound = (&'static str, String);

/// The comparisons that are all true if `amount`, which has one of the ascending `values`, compares so with `edge`;
/// `None` if none can be.
pub(super) fn bounds(
    amount: &Amount,
    values: &[f64],
    comparison: Comparison,
    edge: f64,
) -> Print<Option<Vec<Bound>>> {
    let is_whole = amount.is_whole();
    let from = |limit: f64| {
        let at = values.partition_point(|value| *value < limit);
        border(values, at, is_whole).map(|at| at.map(|(_, high)| ("GreaterThanOrEqual", high)))
    };
    let to = |limit: f64| {
        let at = values.partition_point(|value| *value <= limit);
        border(values, at, is_whole).map(|at| at.map(|(low, _)| ("LessThanOrEqual", low)))
    };
    let (below, above) = (edge - TOLERANCE, edge + TOLERANCE);
    let reached = |is: bool| is.then_some(());
    let (lowest, highest) = (values.first().copied(), values.last().copied());
    let any = |is: fn(f64, f64) -> bool, value: Option<f64>, limit: f64| {
        reached(value.is_some_and(|value| is(value, limit)))
    };
    let more = |value: f64, limit: f64| value >= limit;
    let less = |value: f64, limit: f64| value <= limit;
    let some =
        |possible: Option<()>, bound: Option<Bound>| possible.map(|()| bound.into_iter().collect());
    Ok(match comparison {
        Comparison::AtLeast => some(any(more, highest, below), from(below)?),
        Comparison::Greater => some(any(more, highest, above), from(above)?),
        Comparison::AtMost => some(any(less, lowest, above), to(above)?),
        Comparison::Less => some(any(less, lowest, below), to(below)?),
        Comparison::Equal => {
            let is_possible = values.iter().any(|value| (value - edge).abs() <= TOLERANCE);
            let both = from(below)?.into_iter().chain(to(above)?).collect();
            reached(is_possible).map(|()| both)
        }
        Comparison::Unequal => return unsupported("Qualtrics cannot compare it"),
    })
}

/// The numbers between the values before and after `at`: one from which, and one up to which. `None` at an end.
fn border(values: &[f64], at: usize, is_whole: bool) -> Print<Option<(String, String)>> {
    let (Some(low), Some(high)) = (at.checked_sub(1).map(|at| values[at]), values.get(at)) else {
        return Ok(None);
    };
    if is_whole {
        return Ok(Some((digits(low), digits(*high))));
    }
    if high - low < APART {
        return unsupported(
            "its possible values are too close to each other to compare them in Qualtrics",
        );
    }
    let middle = digits((f64::midpoint(low, *high) * 1e6).round() / 1e6);
    Ok(Some((middle.clone(), middle)))
}

#[cfg(test)]
mod tests {
    use scalewright_model::{Comparison, ItemIx, Operator};

    use super::Amount;
    use crate::qualtrics::points::{Categories, Points};
    use crate::qualtrics::values::Needs;

    fn sum() -> Amount {
        let cells = (0..3).flat_map(|item| {
            (0..5_i64).map(move |code| ((ItemIx(item), code.into()), code as f64))
        });
        Amount::Sum(Points(cells.collect()), 0.0)
    }

    fn count() -> Amount {
        Amount::Sum(
            Points::ones(
                (0..3).flat_map(|item| (0..5_i64).map(move |code| (ItemIx(item), code.into()))),
            ),
            0.0,
        )
    }

    #[test]
    fn formulas_are_spaced_and_bounds_are_between_the_values() {
        let mut categories = Categories::default();
        assert_eq!(
            sum().field("s", &mut categories).as_deref(),
            Ok("${gr://SC_000000000000001/Score}")
        );
        let mean = Amount::of(Operator::Divide, sum(), count()).expect("a mean");
        assert_eq!(
            mean.field("m", &mut categories).as_deref(),
            Ok("$e{ gr://SC_000000000000001/Score / gr://SC_000000000000002/Score }")
        );
        let bounds = |amount: &Amount, comparison: Comparison, edge: f64| {
            let values = amount.values(&Needs::default())?;
            super::bounds(amount, &values, comparison, edge)
        };
        let whole = bounds(&sum(), Comparison::AtLeast, 9.5);
        assert_eq!(whole, Ok(Some(vec![("GreaterThanOrEqual", "10".to_owned())])));
        let between = bounds(&mean, Comparison::Less, 2.5);
        assert_eq!(between, Ok(Some(vec![("LessThanOrEqual", "2.416667".to_owned())])));
        assert_eq!(bounds(&sum(), Comparison::Greater, 12.0), Ok(None));
        assert_eq!(bounds(&sum(), Comparison::AtLeast, 0.0), Ok(Some(vec![])));
    }

    #[test]
    fn negative_points_are_shifted() {
        let mut categories = Categories::default();
        let less =
            Amount::of(Operator::Subtract, Amount::number(1.5), sum()).expect("a difference");
        assert_eq!(
            less.field("s", &mut categories).as_deref(),
            Ok(
                "$e{ ( gr://SC_000000000000001/Score - ( 4 * gr://SC_000000000000002/Score ) ) + 1.5 }"
            )
        );
    }
}
