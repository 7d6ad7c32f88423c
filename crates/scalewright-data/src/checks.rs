//! The checks of data: what answers say about the definition and the file.
//!
//! Each check is one static and one function in its own file, next to the page that explains it.

mod constant_column;
mod exchanged_columns;
mod identical_rows;
mod missing_answers;
mod norm_off_sample;
mod outlying_numbers;
mod repeated_respondent;
mod reversed_in_group;
mod reversed_item;
mod same_answers;
mod shifted_codes;
mod shifted_in_group;
mod straight_lining;
mod times_out_of_order;
mod uneven_answers;
mod unknown_codes;
mod unreached_floor;
mod unreadable_rows;

use scalewright_model::{Diagnostic, Severity, did_you_mean};

use crate::check::Check;
use crate::collected::Collected;

/// All checks, in the order in which findings are listed.
pub const CHECKS: [&Check; 18] = [
    &unreadable_rows::CHECK,
    &unknown_codes::CHECK,
    &shifted_codes::CHECK,
    &shifted_in_group::CHECK,
    &unreached_floor::CHECK,
    &reversed_item::CHECK,
    &reversed_in_group::CHECK,
    &exchanged_columns::CHECK,
    &constant_column::CHECK,
    &outlying_numbers::CHECK,
    &missing_answers::CHECK,
    &repeated_respondent::CHECK,
    &identical_rows::CHECK,
    &same_answers::CHECK,
    &straight_lining::CHECK,
    &uneven_answers::CHECK,
    &times_out_of_order::CHECK,
    &norm_off_sample::CHECK,
];

/// The check with this name.
///
/// # Errors
///
/// If there is none: a similar name, if there is one.
pub fn check_named(name: &str) -> Result<&'static Check, Option<String>> {
    let found = CHECKS.iter().find(|check| check.name == name);
    found.copied().ok_or_else(|| did_you_mean(name, CHECKS.iter().map(|check| check.name)))
}

/// The most findings of one check. The others are counted.
const MOST: usize = 100;

/// What the checks find, except those that are allowed.
#[must_use]
pub fn findings(collected: &Collected<'_>, allowed: &[&str]) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for check in CHECKS.iter().filter(|check| !allowed.contains(&check.name)) {
        let mut found = (check.run)(collected);
        let cut = found.len().saturating_sub(MOST);
        found.truncate(MOST);
        if let Some(last) = found.last_mut().filter(|_| cut > 0) {
            last.help.push(format!("{cut} more findings of this check are not shown"));
        }
        all.extend(found);
    }
    all
}

/// The page about a check, in Markdown. Empty if there is no such check. The options of code blocks, which only the
/// book uses, are removed unless `with_options` is set.
#[must_use]
pub fn check_page(name: &str, with_options: bool) -> String {
    let Ok(check) = check_named(name) else { return String::new() };
    let (title, body) = check.explain.split_once('\n').unwrap_or((check.explain, ""));
    let level = match check.level {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let about = format!("*Check of data* · at most {level}");
    if with_options {
        return format!("{title}\n\n{about}\n{body}");
    }
    let lines = body.lines().map(|line| match line.strip_prefix("```") {
        Some(options) => format!("```{}\n", options.split(',').next().unwrap_or_default()),
        None => format!("{line}\n"),
    });
    format!("{title}\n\n{about}\n{}", lines.collect::<String>())
}
