//! Scores that may not be published: neither their keys nor their formulas are in a file.

use super::Rule;
use super::judge::{Asked, Judge};

/// Numbers of `instruments/recalled.toml` that occur nowhere but in the keys of scores that may not be published.
pub(super) const MARKERS: &[&str] = &["1.9375", "0.40625", "40.78125"];

/// Finds the keys of scores that may not be published. A file that contains the definition itself has them by right.
pub(super) fn judge(judge: &mut Judge, asked: &Asked<'_>, path: &str, text: &str) {
    let is_definition = text.contains("key-status");
    if is_definition {
        return;
    }
    let mut lines = text.lines().enumerate();
    let found = lines.find_map(|(number, line)| {
        MARKERS.iter().find(|marker| line.contains(**marker)).map(|marker| (number + 1, marker))
    });
    if let Some((number, marker)) = found {
        let message = format!("a key that is only recalled is printed: it contains `{marker}`");
        judge.add(Rule::RecalledScore, "", asked, &format!("{path}:{number}"), message);
    }
}
