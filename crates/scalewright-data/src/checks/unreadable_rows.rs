//! Rows that cannot be read at all.

use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::Collected;

pub(super) static CHECK: Check = Check {
    name: "unreadable-rows",
    summary: "Rows that cannot be read",
    level: Severity::Error,
    explain: include_str!("unreadable_rows.md"),
    run,
};

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let bad = collected.tables.iter().zip(&collected.unread).filter(|(_, one)| one.count > 0);
    bad.map(|(table, unread)| {
        let rows = if unread.count == 1 { "row" } else { "rows" };
        let message = format!("{table}: {} {rows} cannot be read", unread.count);
        let mut finding = CHECK.finding(Severity::Error, message);
        finding.help.extend(unread.rows.iter().cloned());
        finding
    })
    .collect()
}
