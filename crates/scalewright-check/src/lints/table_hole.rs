//! Scores for which a table has no row.

use std::collections::BTreeMap;

use scalewright_model::file::{Matching, Outside};
use scalewright_model::{Expr, Formula, Operation, Pointer, Severity, TOLERANCE, Table, Terms};

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
    let mut lacking: BTreeMap<&str, f64> = BTreeMap::new();
    for scale in context.instrument.scales.iter().filter(|scale| scale.is_scored()) {
        let Terms::Formula(formula) = &scale.terms else { continue };
        for (of, table) in lookups(formula) {
            let reach = possible.reach_complete(of);
            // If there are too many scores to list, at least the lowest and the highest are known to occur.
            let known = reach.values.unwrap_or_else(|| vec![reach.low, reach.high]);
            let mut known = known.into_iter().filter(|_| reach.exact);
            if let Some(lost) = known.find(|value| !covers(table, *value)) {
                lacking.entry(&table.name).or_insert(lost);
            }
        }
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
fn lookups(formula: &Formula) -> impl Iterator<Item = (&Expr, &Table)> {
    formula.root().all().into_iter().filter_map(|part| match part {
        Operation::Number(Expr::Lookup { of, table }) if of.len() == 1 => Some((&of[0], &**table)),
        _ => None,
    })
}

fn covers(table: &Table, value: f64) -> bool {
    let keys = || table.rows.iter().filter_map(|row| row.first().copied());
    let low = keys().next().unwrap_or(f64::INFINITY) - TOLERANCE;
    let high = keys().next_back().unwrap_or(f64::NEG_INFINITY) + TOLERANCE;
    if table.outside == Outside::Nearest && (value < low || value > high) {
        return true;
    }
    match table.matching.first() {
        // A step has no upper end: the last row applies to all higher numbers.
        Some(Matching::Step) => value >= low,
        Some(Matching::Linear) => (low..=high).contains(&value),
        Some(Matching::Exact) | None => {
            let at = table.rows.partition_point(|row| row[0] < value - TOLERANCE);
            table.rows.get(at).is_some_and(|row| row[0] <= value + TOLERANCE)
        }
    }
}
