//! Tables with results that their kind of derived score cannot have.

use scalewright_model::file::Derived;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A result of a table that the kind of derived score cannot have.
pub(super) static LINT: Lint = Lint {
    name: "derived-out-of-range",
    summary: "a table with a result that its kind of derived score cannot have",
    explain: include_str!("derived_out_of_range.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut seen = std::collections::BTreeSet::new();
    for norm in &context.file.norms {
        let Some((low, high, kind)) = norm.derive.first().copied().and_then(limits) else {
            continue;
        };
        for name in norm.groups.iter().filter_map(|group| group.table.as_deref()) {
            let Some(table) = context.file.tables.get(name).filter(|_| seen.insert(name)) else {
                continue;
            };
            let result = |row: &Vec<f64>| row.last().copied();
            let is_off =
                |row: &Vec<f64>| result(row).is_some_and(|result| !(low..=high).contains(&result));
            let Some(at) = table.rows.iter().position(is_off) else { continue };
            let value = result(&table.rows[at]).unwrap_or_default();
            let message = format!("the table `{name}` gives {} as a {kind}", shown(value));
            let place = Pointer::table(name).key("rows").index(at);
            let norm_id = &norm.id;
            hits.push(lint.hit(norm_id, message, |d| {
                d.at(place, format!("a {kind} is from {} to {}", shown(low), shown(high))).help(
                    "compare the row with the source, and the kind of derived score in `derive`",
                )
            }));
        }
    }
}

/// The lowest and the highest number that a kind of derived score has in published tables, and its name.
fn limits(kind: Derived) -> Option<(f64, f64, &'static str)> {
    match kind {
        Derived::Z => Some((-6.0, 6.0, "z score")),
        Derived::T => Some((0.0, 120.0, "T score")),
        Derived::Iq => Some((20.0, 200.0, "IQ score")),
        Derived::Stanine => Some((1.0, 9.0, "stanine")),
        Derived::Sten => Some((1.0, 10.0, "sten score")),
        Derived::Percentile => Some((0.0, 100.0, "percentile")),
        // A measure has the unit of its model.
        Derived::Measure => None,
    }
}
