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

use scalewright_model::{Diagnostic, ItemIx, Pointer, Severity, did_you_mean};

use crate::collected::Collected;

/// A check of the data.
pub struct Check {
    /// The name in kebab case: `reversed-item`.
    pub name: &'static str,
    /// What it finds, as a clause.
    pub summary: &'static str,
    /// The severity of its findings unless they are weak.
    pub level: Severity,
    /// The page about it, in Markdown.
    pub explain: &'static str,
    run: fn(&Collected<'_>) -> Vec<Diagnostic>,
}

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

impl Check {
    /// A finding about the data as a whole.
    fn finding(&self, severity: Severity, message: String) -> Diagnostic {
        Diagnostic::new(self.name, severity, message).at(Pointer::top("id"), "")
    }

    /// A finding about an item: the place is the item in the definition, with the column beside it.
    fn of_item(
        &self,
        severity: Severity,
        (collected, item): (&Collected<'_>, usize),
        message: String,
    ) -> Diagnostic {
        let column = collected.columns.get(item).map_or("", String::as_str);
        let text = format!("column `{}`", scalewright_model::text::quote(column));
        let pointer = Pointer::item(ItemIx(item)).key("id");
        Diagnostic::new(self.name, severity, message).at(pointer, text)
    }
}

/// The ids of items, as a list.
fn ids(collected: &Collected<'_>, items: &[usize]) -> String {
    let ids: Vec<&str> =
        items.iter().map(|&item| collected.shape.items[item].id.as_str()).collect();
    crate::collected::list(&ids)
}

/// A number with two decimals, with the minus sign of printed text.
fn two(number: f64) -> String {
    format!("{number:.2}")
}

/// A share in percent.
fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The names of respondents, as a list: the first five.
fn respondents(collected: &Collected<'_>, names: &[(u32, String)], all: u64) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|name| collected.named(name)).collect();
    match all.saturating_sub(shown.len() as u64) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
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
