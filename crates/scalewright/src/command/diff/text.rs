//! A comparison as text for a terminal.

use std::fmt::Write;

use scalewright_check::compare::{Bump, Change, Comparability, Verdict};
use scalewright_model::text::line;

use super::compared::{Compared, Comparisons};
use crate::render::{self, Printable};

/// How many changes of one instrument are printed. Further ones are counted.
const MOST: usize = 200;
/// How many characters of a text are printed. A longer text is cut.
const LONGEST: usize = 300;

/// Returns the comparisons of all instruments.
pub(super) fn all(comparisons: &Comparisons) -> Printable {
    let mut text = String::new();
    // If there are several instruments, the unchanged ones are only counted in the summary.
    let several = comparisons.compared.len() > 1;
    for one in comparisons.compared.iter().filter(|one| !several || !one.is_unchanged()) {
        text.push_str(&compared(one));
    }
    for (ids, what) in [(&comparisons.added, "new"), (&comparisons.removed, "gone")] {
        for id in ids {
            let _ = writeln!(text, "{}: {what}\n", line(id));
        }
    }
    for (checked, finding) in comparisons.warned() {
        text.push_str(render::full(finding, &checked.documents).styled());
    }
    Printable::page(&text)
}

fn compared(one: &Compared) -> String {
    let comparison = &one.comparison;
    let (before, after) = one.versions();
    let mut text = match before == after {
        true => format!("{}: {}", line(&one.id), line(before)),
        false => format!("{}: {} -> {}", line(&one.id), line(before), line(after)),
    };
    text.push_str(if comparison.changes.is_empty() { ", no change\n\n" } else { "\n\n" });
    for change in comparison.changes.iter().take(MOST) {
        text.push_str(&described(one, change));
    }
    if comparison.changes.len() > MOST {
        let _ = writeln!(text, "… and {} more changes\n", comparison.changes.len() - MOST);
    }
    let remarked = comparison.standings.iter().any(|standing| standing.remark.is_some());
    if !comparison.changes.is_empty() || remarked {
        text.push_str(&standings(&comparison.standings));
        if comparison.demands != Bump::None {
            let (demands, needed) = (comparison.demands.name(), line(&comparison.needed));
            let _ = writeln!(text, "the version: {demands}, so {needed} or higher\n");
        }
    }
    if let Some(finding) = &comparison.finding {
        text.push_str(render::full(finding, &one.new.documents).styled());
    }
    text
}

fn described(one: &Compared, change: &Change) -> String {
    let (category, bump) = (change.kind.category().name(), change.kind.bump().name());
    let language = change.language.as_ref().map(|tag| format!(" ({})", line(tag)));
    let language = language.unwrap_or_default();
    let mut text = format!("{category}{language}, {bump}: {}\n", line(&change.what));
    for (what, value) in [("was", &change.old), ("now", &change.new)] {
        match value {
            Some(value) => {
                let _ = writeln!(text, "  {what}: {}", cut(&line(value)));
            }
            None if change.old.is_some() || change.new.is_some() => {
                let _ = writeln!(text, "  {what}: nothing");
            }
            None => {}
        }
    }
    let (file, row, column) = one.place(change);
    let _ = writeln!(text, "  --> {}:{row}:{column}\n", line(file));
    text
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn standings(standings: &[Comparability]) -> String {
    if standings.is_empty() {
        return String::new();
    }
    let mut text = "old scores:\n".to_owned();
    let same = |standing: &&Comparability| {
        standing.verdict == Verdict::Comparable
            && standing.languages.is_empty()
            && standing.remark.is_none()
    };
    let plain: Vec<&Comparability> = standings.iter().filter(same).collect();
    // A long list of unchanged scores would hide the changed ones, so only their number is printed.
    let many = plain.len() > 20 && plain.len() < standings.len();
    for standing in standings.iter().take(MOST).filter(|standing| !many || !same(standing)) {
        let _ = writeln!(text, "  {}: {}", line(&standing.id), standing.verdict.clause());
        for reason in clauses(standing) {
            let _ = writeln!(text, "    {}", line(&reason));
        }
    }
    if many {
        let _ = writeln!(text, "  {} more: comparable", plain.len());
    }
    text + "\n"
}

/// Returns the explanations of a score's verdict, one clause each.
pub(super) fn clauses(standing: &Comparability) -> Vec<String> {
    let mut clauses = standing.reasons.clone();
    if !standing.languages.is_empty() {
        let tags: Vec<String> = standing.languages.iter().map(|tag| format!("`{tag}`")).collect();
        clauses.push(format!("respondents read other words in {}", tags.join(", ")));
    }
    clauses.extend(standing.remark.clone());
    clauses
}
