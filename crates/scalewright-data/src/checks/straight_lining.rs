//! Respondents who give the same answer to all items, or to a long run of them.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, percent, respondents};
use crate::collected::Collected;
use crate::statistics::float;

pub(super) static CHECK: Check = Check {
    name: "straight-lining",
    summary: "Respondents give the same answer to items that are keyed in both directions",
    level: Severity::Warning,
    explain: include_str!("straight_lining.md"),
    run,
};

/// The share of respondents from which a finding is a warning.
const MANY: f64 = 0.05;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let people = &collected.people;
    let mut findings = Vec::new();
    let straight = &people.straight;
    if straight.count > 0 {
        let share = float(straight.count) / float(straight.of);
        let severity =
            if share >= MANY && straight.count >= 5 { Severity::Warning } else { Severity::Hint };
        let message = format!(
            "{} of {} respondents ({}) give the same answer to all items, although some are keyed the other way: {}",
            straight.count,
            straight.of,
            percent(share),
            respondents(collected, &straight.names, straight.count)
        );
        findings.push(CHECK.finding(severity, message));
    }
    let long = &people.long;
    if long.count > 0 {
        let message = format!(
            "{} of {} respondents give the same answer to at least 10 items in a row, which are half of the items: {}",
            long.count,
            long.of,
            respondents(collected, &long.names, long.count)
        );
        findings.push(CHECK.finding(Severity::Hint, message));
    }
    findings
}
