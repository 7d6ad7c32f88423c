//! Whether a condition can be true, and whether it can be false.

use std::collections::BTreeMap;

use scalewright_model::{Comparison, Expr, ItemIx, TOLERANCE, Test};

use super::{Reach, Walk};

/// Which of true and false a condition can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// Whether it can be true.
    pub can_hold: bool,
    /// Whether it can be false.
    pub can_fail: bool,
}

const EITHER: Truth = Truth { can_hold: true, can_fail: true };

/// What `test` can be: never too little.
pub(super) fn of(walk: &Walk<'_>, test: &Test) -> Truth {
    match test {
        Test::Truth(value) => Truth { can_hold: *value, can_fail: !value },
        Test::Missing => Truth { can_hold: false, can_fail: false },
        Test::Flag(_) | Test::IsUnknown(_) => EITHER,
        Test::Compare { comparison, left, right } => {
            compared(*comparison, &walk.reach(left), &walk.reach(right))
        }
        Test::AtLeast { count, tests } => {
            let each: Vec<Truth> = tests.iter().map(|test| of(walk, test)).collect();
            let holding = each.iter().filter(|truth| truth.can_hold).count();
            let failing = each.iter().filter(|truth| truth.can_fail).count();
            Truth { can_hold: holding >= *count, can_fail: tests.len() - failing < *count }
        }
        Test::All(tests) => Truth {
            can_hold: tests.iter().all(|test| of(walk, test).can_hold) && agree(walk, tests, true),
            can_fail: tests.iter().any(|test| of(walk, test).can_fail),
        },
        Test::Any(tests) => Truth {
            can_hold: tests.iter().any(|test| of(walk, test).can_hold),
            can_fail: tests.iter().all(|test| of(walk, test).can_fail) && agree(walk, tests, false),
        },
        Test::Not(test) => {
            let Truth { can_hold, can_fail } = of(walk, test);
            Truth { can_hold: can_fail, can_fail: can_hold }
        }
        Test::IsMissing(expr) => {
            let reach = walk.reach(expr);
            Truth { can_hold: reach.may_miss, can_fail: !reach.is_empty() }
        }
    }
}

/// Whether for each item some answer makes all comparisons of `tests` with it come out as `wanted`.
fn agree(walk: &Walk<'_>, tests: &[Test], wanted: bool) -> bool {
    let mut left: BTreeMap<ItemIx, Vec<f64>> = BTreeMap::new();
    for test in tests {
        let Test::Compare { comparison, left: side, right } = test else { continue };
        let (Expr::Answer(item), Expr::Number(bound)) = (&**side, &**right) else { continue };
        let values =
            left.entry(*item).or_insert_with(|| walk.reach(side).values.unwrap_or_default());
        if values.is_empty() {
            continue;
        }
        values.retain(|value| comparison.holds(*value, *bound) == wanted);
        if values.is_empty() {
            return false;
        }
    }
    true
}

fn compared(comparison: Comparison, left: &Reach, right: &Reach) -> Truth {
    // Nothing is known of a score that is not computed.
    if left.is_empty() || right.is_empty() {
        return EITHER;
    }
    if let (Some(values), true) = (&left.values, right.low == right.high) {
        let met = |value: &f64| comparison.holds(*value, right.low);
        let can_hold = values.iter().any(met);
        return Truth { can_hold, can_fail: values.iter().any(|value| !met(value)) };
    }
    let below = left.low < right.high - TOLERANCE;
    let above = left.high > right.low + TOLERANCE;
    let meet = left.low <= right.high + TOLERANCE && left.high >= right.low - TOLERANCE;
    let (can_hold, can_fail) = match comparison {
        Comparison::Less => (below, above || meet),
        Comparison::AtMost => (below || meet, above),
        Comparison::Equal => (meet, below || above),
        Comparison::Unequal => (below || above, meet),
        Comparison::AtLeast => (above || meet, below),
        Comparison::Greater => (above, below || meet),
    };
    Truth { can_hold, can_fail }
}
