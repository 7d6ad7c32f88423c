//! A comparison as Markdown, for pull requests and changelogs. Texts of a definition are escaped, so that they cannot
//! act as markup.

use std::fmt::Write;

use scalewright_check::compare::{Bump, Change};
use scalewright_model::text::clean;

use super::compared::{Compared, Comparisons};
use super::text::clauses;

/// How many changes of one instrument are printed. Further ones are counted.
const MOST: usize = 200;
/// How many characters of a text are printed. A longer text is cut.
const LONGEST: usize = 300;

/// Returns the comparisons of all instruments.
pub(super) fn all(comparisons: &Comparisons) -> String {
    let mut text = String::new();
    for one in comparisons.compared.iter().filter(|one| !one.is_unchanged()) {
        text.push_str(&compared(one));
    }
    for id in &comparisons.added {
        let _ = writeln!(text, "- {} is new", escaped(id));
    }
    for (_, found) in comparisons.warned() {
        let _ = writeln!(text, "- **Warning**: {}", message(&found.message));
    }
    if text.is_empty() { "No instrument has changed.\n".to_owned() } else { text }
}

fn compared(one: &Compared) -> String {
    let comparison = &one.comparison;
    let (before, after) = one.versions();
    let (id, before, after) = (escaped(&one.id), escaped(before), escaped(after));
    let mut text = match before == after {
        true => format!("### {id} {before}\n\n"),
        false => format!("### {id} {before} → {after}\n\n"),
    };
    if comparison.demands != Bump::None {
        let needed = escaped(&comparison.needed);
        let demands = comparison.demands.name();
        let _ = writeln!(text, "The change is **{demands}**: version {needed} or higher.");
    }
    if let Some(finding) = &comparison.finding {
        let help: Vec<String> = finding.help.iter().map(|help| message(help)).collect();
        let _ = writeln!(text, "\n**Error**: {}; {}.", message(&finding.message), help.join("; "));
    }
    if comparison.changes.is_empty() {
        return text + "\n";
    }
    text.push_str("\n| about | version | change | was | now |\n|---|---|---|---|---|\n");
    for change in comparison.changes.iter().take(MOST) {
        text.push_str(&row(change));
    }
    if comparison.changes.len() > MOST {
        let _ = writeln!(text, "\n… and {} more changes.", comparison.changes.len() - MOST);
    }
    if !comparison.standings.is_empty() {
        text.push_str("\n| old scores | can be compared | because |\n|---|---|---|\n");
    }
    for standing in comparison.standings.iter().take(MOST) {
        let clauses: Vec<String> = clauses(standing).iter().map(|clause| message(clause)).collect();
        let (id, clause) = (escaped(&standing.id), standing.verdict.clause());
        let _ = writeln!(text, "| {id} | {clause} | {} |", clauses.join("; "));
    }
    text + "\n"
}

fn row(change: &Change) -> String {
    let (category, bump) = (change.kind.category().name(), change.kind.bump().name());
    let language = change.language.as_ref().map(|tag| format!(" ({})", escaped(tag)));
    let language = language.unwrap_or_default();
    let value = |value: &Option<String>| value.as_deref().map(|text| escaped(&cut(text)));
    let (old, new) = (value(&change.old), value(&change.new));
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    format!("| {category}{language} | {bump} | {} | {old} | {new} |\n", message(&change.what))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns one of our messages as Markdown: names between backticks become code, the rest is escaped.
fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let mut markdown = String::new();
    for (index, part) in parts.iter().enumerate() {
        // A last backtick without a partner does not open code.
        if index % 2 == 1 && index < last {
            let code = clean(part).replace(['\n', '\r'], " ").replace('|', "\\|");
            let _ = write!(markdown, "`{code}`");
        } else {
            markdown.push_str(&escaped(part));
        }
    }
    markdown
}

/// Escapes a text so that Markdown shows it literally.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '\n' => safe.push(' '),
            // In a pull request, `@` before a name notifies that user.
            '@' => safe.push_str("&#64;"),
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' | '!' => {
                safe.push('\\');
                safe.push(character);
            }
            other => safe.push(other),
        }
    }
    safe
}
