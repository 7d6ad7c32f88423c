//! Respondents with the same answers to all items, more often than chance explains.

use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::{Collected, Match};
use crate::statistics::{float, poisson_tail};

pub(super) static CHECK: Check = Check {
    name: "same-answers",
    summary: "Respondents agree in all answers more often than chance explains",
    level: Severity::Warning,
    explain: include_str!("same_answers.md"),
    run,
};

/// The probability of as many equal rows by chance, below which they are reported.
const CHANCE: f64 = 1e-3;
/// How much more often people agree than the model says: answers of a scale depend on each other in more ways than by
/// their level. In public data it is up to six times.
const MARGIN: f64 = 10.0;

/// Whether so many equal pairs are more than chance explains.
pub(super) fn is_more(pairs: u64, expected: f64) -> bool {
    pairs > 0 && poisson_tail(float(pairs), MARGIN * expected) < CHANCE
}

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let (pairs, groups) = collected.patterns.same_answers();
    let (expected, _) = collected.patterns.expected(&collected.shape);
    if !is_more(pairs, expected) {
        return Vec::new();
    }
    let message = format!(
        "{} of rows have the same answers to all items; chance gives {}: {}",
        pairs_of(pairs),
        few(expected),
        shown(collected, &groups)
    );
    let help = "check whether somebody answered twice, or rows were copied and changed";
    vec![CHECK.finding(Severity::Warning, message).help(help)]
}

/// The rows of the first groups.
pub(super) fn shown(collected: &Collected<'_>, groups: &[&Match]) -> String {
    let one = |group: &&Match| {
        let names: Vec<String> = group.names.iter().map(|name| collected.named(name)).collect();
        let more = group.rows.saturating_sub(names.len() as u64);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        format!("{}{more}", names.join(" = "))
    };
    let mut shown: Vec<String> = groups.iter().take(5).map(one).collect();
    if groups.len() > 5 {
        shown.push("…".to_owned());
    }
    shown.join("; ")
}

/// A number of pairs in words.
pub(super) fn pairs_of(pairs: u64) -> String {
    if pairs == 1 { "1 pair".to_owned() } else { format!("{pairs} pairs") }
}

/// A small expected number.
pub(super) fn few(expected: f64) -> String {
    match expected {
        tiny if tiny < 0.001 => "less than 0.001".to_owned(),
        small if small < 1.0 => format!("about {small:.3}"),
        more => format!("about {more:.1}"),
    }
}
