//! Expressions that stand alone: maps, comparisons, rounding.

use scalewright_model::{Aggregate, AggregateKind, Comparison, Fill, TOLERANCE};

use super::{is_extreme, signed};
use crate::emit::number;

/// From a code to its number.
pub(super) fn code_map(codes: &[i64]) -> String {
    let tests: String =
        codes.iter().map(|code| format!("iif($this = '{code}', {code}, ")).collect();
    format!("{tests}{{}}{}", ")".repeat(codes.len()))
}

/// Another number for each.
pub(super) fn recode(
    of: &str,
    table: &[(f64, f64)],
    other: Option<f64>,
    missing: Option<f64>,
) -> String {
    let tests: String = table
        .iter()
        .map(|(key, value)| {
            let (low, high) = (signed(key - TOLERANCE), signed(key + TOLERANCE));
            match key.fract() == 0.0 {
                true => format!("iif({of} = {}, {}, ", signed(*key), signed(*value)),
                false => format!("iif({of} >= {low} and {of} <= {high}, {}, ", signed(*value)),
            }
        })
        .collect();
    let last = other.map_or("{}".to_owned(), signed);
    let chain = format!("{tests}{last}{}", ")".repeat(table.len()));
    let absent = missing.map_or("{}".to_owned(), signed);
    format!("iif({of}.exists(), {chain}, {absent})")
}

/// The number made of the terms in variable `name`, when the rule is met.
pub(super) fn combined(aggregate: &Aggregate, name: &str) -> String {
    let all = aggregate.terms.len();
    let (sum, count) = (format!("%{name}.sum()"), format!("%{name}.count()"));
    if is_extreme(aggregate.kind) {
        return extreme(aggregate, name, &count);
    }
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => format!("{sum} / {count}"),
        (AggregateKind::Mean, Fill::Constant(value)) => {
            format!("({sum} + ({all} - {count}) * {}) / {all}", signed(*value))
        }
        (AggregateKind::Mean, Fill::Each(_)) => format!("{sum} / {all}"),
        (_, Fill::PersonMean) => format!("{sum} * {all} / {count}"),
        (_, Fill::Constant(value)) => {
            format!("{sum} + ({all} - {count}) * {}", signed(*value))
        }
        (_, Fill::Nothing | Fill::Each(_)) => sum,
    }
}

fn extreme(aggregate: &Aggregate, name: &str, count: &str) -> String {
    let function = if aggregate.kind == AggregateKind::Min { "min" } else { "max" };
    let plain = format!("%{name}.{function}()");
    match aggregate.fill {
        Fill::Constant(value) => {
            let with = format!("%{name}.combine({}).{function}()", signed(value));
            format!("iif({count} < {}, {with}, {plain})", aggregate.terms.len())
        }
        Fill::Nothing | Fill::PersonMean | Fill::Each(_) => plain,
    }
}

/// Halves away from zero.
pub(super) fn rounded(name: &str, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals.min(6));
    let half = number(0.5 + TOLERANCE);
    let above = format!("(%{name} * {scale} + {half}).floor() / {scale}");
    let below = format!("0 - ((0 - %{name}) * {scale} + {half}).floor() / {scale}");
    format!("iif(%{name} >= 0, {above}, {below})")
}

/// Two whole numbers compared.
pub(super) fn compared_exactly(comparison: Comparison, left: &str, right: &str) -> String {
    let sign = comparison.sign();
    format!("({left}) {sign} ({right})")
}

/// Two numbers compared, those very close together being equal.
pub(super) fn compared(comparison: Comparison, left: &str, right: &str) -> String {
    let guard = number(TOLERANCE);
    let (less, more) = (format!("({right} - {guard})"), format!("({right} + {guard})"));
    match comparison {
        Comparison::Less => format!("{left} < {less}"),
        Comparison::AtMost => format!("{left} <= {more}"),
        Comparison::Equal => format!("({left} >= {less} and {left} <= {more})"),
        Comparison::Unequal => format!("({left} < {less} or {left} > {more})"),
        Comparison::AtLeast => format!("{left} >= {less}"),
        Comparison::Greater => format!("{left} > {more}"),
    }
}
