//! Scores for which a table has no row.

use std::collections::BTreeMap;

use scalewright_model::file::{Matching, Outside};
use scalewright_model::{Expr, Operation, Pointer, Severity, TOLERANCE, Table, Terms};

use super::{Context, Group, Hit, Lint, shown};

/// A score of complete answers that is missing from the table in which it is looked up.
pub(super) static LINT: Lint = Lint {
    name: "table-hole",
    summary: "a score for which the table of its norm has no row",
    explain: include_str!("table_hole.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    let (mut lacking, mut prorated) = (BTreeMap::new(), BTreeMap::new());
    for (of, table) in lookups(context) {
        let reach = possible.reach_complete(of);
        // If there are too many scores to list, at least the lowest and the highest are known to occur.
        let known = reach.values.unwrap_or_else(|| vec![reach.low, reach.high]);
        let mut known = known.into_iter().filter(|_| reach.exact);
        if let Some(lost) = known.find(|value| !covers(table, *value)) {
            lacking.entry(table.name.as_str()).or_insert(lost);
            continue;
        }
        // A prorated score is rarely whole, so an exact table has no row for it.
        let any = possible.reach(of);
        let mut scores = any.values.into_iter().flatten().filter(|_| any.exact);
        if let Some(lost) = scores.find(|value| !covers(table, *value)) {
            prorated.entry(table.name.as_str()).or_insert(lost);
        }
    }
    for (name, lost) in prorated {
        let message = format!(
            "the table `{name}` has no row for {}, a score with missing answers",
            shown(lost)
        );
        let place = Pointer::table(name).key("rows");
        let mut hit = lint.hit(name, message, |d| {
            d.at_key(place, "").help("state which row applies, as the source does: `matching = [\"step\"]` or `[\"linear\"]`; or round the score")
        });
        hit.diagnostic.severity = Severity::Hint;
        hits.push(hit);
    }
    for (name, lost) in lacking {
        let message = format!("the table `{name}` has no row for {}", shown(lost));
        let place = Pointer::table(name).key("rows");
        hits.push(lint.hit(name, message, |d| {
            d.at_key(place, "a score that complete answers lead to")
                .help("add the row from the source; if the source has none, state which row applies, as the source does: `matching`, `outside`")
        }));
    }
}

/// The tables in which a single number is looked up, each with the expression of that number.
pub(super) fn lookups<'a>(context: &Context<'a>) -> Vec<(&'a Expr, &'a Table)> {
    let mut all = Vec::new();
    for scale in context.instrument.scales.iter().filter(|scale| scale.is_scored()) {
        let Terms::Formula(formula) = &scale.terms else { continue };
        all.extend(formula.root().all().into_iter().filter_map(|part| match part {
            Operation::Number(Expr::Lookup { of, table }) if of.len() == 1 => {
                Some((&of[0], &**table))
            }
            _ => None,
        }));
    }
    all
}

fn covers(table: &Table, value: f64) -> bool {
    let keys = || table.rows.iter().filter_map(|row| row.first().copied());
    let low = keys().next().unwrap_or(f64::INFINITY) - TOLERANCE;
    let high = keys().next_back().unwrap_or(f64::NEG_INFINITY) + TOLERANCE;
    if table.outside == Outside::Nearest && (value < low || value > high) {
        return true;
    }
    match table.matching.first() {
        Some(Matching::Step) => value >= low && !is_lost_step(table, value),
        Some(Matching::Linear) => (low..=high).contains(&value),
        Some(Matching::Exact) | None => {
            let at = table.rows.partition_point(|row| row[0] < value - TOLERANCE);
            table.rows.get(at).is_some_and(|row| row[0] <= value + TOLERANCE)
        }
    }
}

/// The number of rows from which on a row can be missed among equal steps.
const REGULAR: usize = 8;

/// Whether a number would have a row of its own if the steps of the table were all equal, as all but one are. A step has
/// no upper end, so nothing else shows that a row is lost.
fn is_lost_step(table: &Table, value: f64) -> bool {
    let keys: Vec<f64> = table.rows.iter().map(|row| row[0]).collect();
    let Some(step) = keys.windows(2).map(|pair| pair[1] - pair[0]).reduce(f64::min) else {
        return false;
    };
    let wider = keys.windows(2).filter(|pair| pair[1] - pair[0] > step + TOLERANCE).count();
    if keys.len() < REGULAR || wider > 1 {
        return false;
    }
    let at = keys.partition_point(|key| *key <= value + TOLERANCE);
    let below = at.checked_sub(1).map_or(f64::INFINITY, |at| keys[at]);
    value >= below + step - TOLERANCE
}
