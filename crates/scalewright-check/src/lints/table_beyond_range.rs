//! Tables with rows for scores that do not occur.

use std::collections::BTreeMap;

use scalewright_model::file::Matching;
use scalewright_model::{Expr, Pointer, Severity, TOLERANCE, Table};

use super::{Context, Group, Hit, Lint, shown, table_hole};

/// A table with rows for scores that its scale cannot reach.
pub(super) static LINT: Lint = Lint {
    name: "table-beyond-range",
    summary: "a table with rows for scores that do not occur",
    explain: include_str!("table_beyond_range.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    let mut spans: BTreeMap<&str, (&Table, f64, f64)> = BTreeMap::new();
    for (of, table) in table_hole::lookups(context) {
        // A score whose bounds alone are known may be narrower than them, never wider.
        let reach = possible.reach(of);
        if reach.is_empty() || matches!(of, Expr::Answer(_)) {
            continue;
        }
        let span = spans.entry(&table.name).or_insert((table, reach.low, reach.high));
        (span.1, span.2) = (span.1.min(reach.low), span.2.max(reach.high));
    }
    for (name, (table, low, high)) in spans {
        // The tables of models are computed.
        let Some(file) = context.file.tables.get(name) else { continue };
        let key = |at: usize| table.rows.get(at).map(|row| row[0]);
        // A step begins with its key, so the first one may begin anywhere below; a line may end beyond the last score.
        let last = table.rows.len().saturating_sub(1);
        let off = match table.matching.first() {
            Some(Matching::Linear) => None,
            _ => key(last).filter(|key| *key > high + TOLERANCE),
        };
        let early = match table.matching.first() {
            Some(Matching::Exact) | None => key(0).filter(|key| *key < low - TOLERANCE),
            _ => None,
        };
        let Some(off) = off.or(early) else { continue };
        let row = file
            .rows
            .iter()
            .position(|row| row.first().is_some_and(|first| (first - off).abs() <= TOLERANCE));
        let message = format!(
            "the table `{name}` has a row for {}, which its score cannot reach",
            shown(off)
        );
        let place = Pointer::table(name).key("rows").index(row.unwrap_or_default());
        hits.push(lint.hit(name, message, |d| {
            d.at(place, format!("the score ranges from {} to {}", shown(low), shown(high)))
                .help("is it the table of another form, scale or coding? Compare the rows with the source")
        }));
    }
}
