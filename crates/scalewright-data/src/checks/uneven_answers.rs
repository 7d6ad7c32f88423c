//! Respondents whose odd and even items do not agree.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, percent, respondents};
use crate::collected::Collected;
use crate::statistics::float;

pub(super) static CHECK: Check = Check {
    name: "uneven-answers",
    summary: "The odd and even items of many respondents do not agree",
    level: Severity::Hint,
    explain: include_str!("uneven_answers.md"),
    run,
};

/// The fewest respondents, and the share of them from which there is a finding.
const FEWEST: u64 = 50;
const MANY: f64 = 0.25;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let uneven = &collected.people.uneven;
    let share = float(uneven.count) / float(uneven.of.max(1));
    if uneven.of < FEWEST || share < MANY {
        return Vec::new();
    }
    let message = format!(
        "{} of {} respondents ({}) have an agreement of odd and even items below .30: {}",
        uneven.count,
        uneven.of,
        percent(share),
        respondents(collected, &uneven.names, uneven.count)
    );
    vec![CHECK.finding(Severity::Hint, message)]
}
