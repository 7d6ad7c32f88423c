//! A comparison to read in a terminal.

use std::fmt::Write;

use scalewright_check::compare::{Bump, Change, Standing, Verdict};
use scalewright_model::text::line;

use super::compared::{Compared, Told};
use crate::render::{self, Printable};

/// More changes of one instrument than this are not printed.
const MOST: usize = 200;
/// A longer text is cut.
const LONGEST: usize = 300;

/// All instruments.
pub(super) fn all(told: &Told) -> Printable {
    let mut text = String::new();
    // Of many, those that are as they were are counted in the summary.
    let several = told.compared.len() > 1;
    for one in told.compared.iter().filter(|one| !several || !one.is_as_it_was()) {
        text.push_str(&compared(one));
    }
    for (ids, what) in [(&told.added, "new"), (&told.removed, "gone")] {
        for id in ids {
            let _ = writeln!(text, "{}: {what}\n", line(id));
        }
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
        text.push_str(&told(one, change));
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

fn told(one: &Compared, change: &Change) -> String {
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

fn standings(standings: &[Standing]) -> String {
    if standings.is_empty() {
        return String::new();
    }
    let mut text = "old scores:\n".to_owned();
    let same = |standing: &&Standing| {
        standing.verdict == Verdict::Comparable
            && standing.languages.is_empty()
            && standing.remark.is_none()
    };
    let plain: Vec<&Standing> = standings.iter().filter(same).collect();
    // A long list of scores that nothing happened to says less than their number.
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

/// What is to be said of a score, a clause each.
pub(super) fn clauses(standing: &Standing) -> Vec<String> {
    let mut clauses = standing.reasons.clone();
    if !standing.languages.is_empty() {
        let tags: Vec<String> = standing.languages.iter().map(|tag| format!("`{tag}`")).collect();
        clauses.push(format!("in {} other words were read", tags.join(", ")));
    }
    clauses.extend(standing.remark.clone());
    clauses
}
