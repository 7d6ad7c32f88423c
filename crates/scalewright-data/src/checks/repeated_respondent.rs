//! Respondents with several rows on the same occasion.

use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::Collected;
use crate::statistics::float;

pub(super) static CHECK: Check = Check {
    name: "repeated-respondent",
    summary: "A respondent has several rows on the same occasion",
    level: Severity::Warning,
    explain: include_str!("repeated_respondent.md"),
    run,
};

/// The share of repeated rows above which they are probably occasions.
const OFTEN: f64 = 0.05;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let repeats = &collected.repeats;
    if repeats.count == 0 {
        return Vec::new();
    }
    let shown = repeats.names.iter().take(5).map(|(name, occasion)| {
        let occasion = match occasion.trim() {
            "" => String::new(),
            occasion => format!(" ({})", scalewright_model::text::quote(occasion)),
        };
        format!("{}{occasion}", collected.named(name))
    });
    let shown: Vec<String> = shown.collect();
    let more = if repeats.names.len() > shown.len() { " and others" } else { "" };
    let rows = if repeats.count == 1 { "row repeats" } else { "rows repeat" };
    let message = format!(
        "{} {rows} a respondent on the same occasion: {}{more}",
        repeats.count,
        shown.join(", ")
    );
    // With many of them, rows are probably occasions.
    let is_often = float(repeats.count) > OFTEN * float(collected.rows);
    let severity = if is_often { Severity::Hint } else { Severity::Warning };
    vec![
        CHECK
            .finding(severity, message)
            .help("if a column tells occasions from each other, name it with `--occasion COLUMN`")
            .help("else decide which row counts: `scalewright compare` shows how two files differ"),
    ]
}
