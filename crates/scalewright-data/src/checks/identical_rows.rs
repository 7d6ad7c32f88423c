//! Rows that are identical but for the respondent.

use scalewright_model::{Diagnostic, Severity};

use super::same_answers;
use crate::check::Check;
use crate::collected::Collected;

pub(super) static CHECK: Check = Check {
    name: "identical-rows",
    summary: "Rows are identical but for the respondent",
    level: Severity::Warning,
    explain: include_str!("identical_rows.md"),
    run,
};

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let (pairs, groups) = collected.patterns.identical();
    let (_, expected) = collected.patterns.expected(&collected.shape);
    if !same_answers::is_more(pairs, expected) {
        return Vec::new();
    }
    let message = format!(
        "{} of rows agree in all answers and all other columns; chance gives {}: {}",
        same_answers::pairs_of(pairs),
        same_answers::few(expected),
        same_answers::shown(collected, &groups)
    );
    let help = "check whether rows were copied, or exported twice under new names";
    vec![CHECK.finding(Severity::Warning, message).help(help)]
}
