//! Writes a proposal as a map in TOML.

use super::evidence::Evidence;
use super::proposal::{Proposal, ProposedItem};

impl Proposal {
    /// The proposal as a map in TOML, with a comment on each line. What is not decided is in a comment, and asked in `open`.
    #[must_use]
    pub fn toml(&self) -> String {
        write(self)
    }
}

fn write(proposal: &Proposal) -> String {
    let mut text = head(proposal);
    if !proposal.open.is_empty() {
        text.push_str("open = [\n");
        for open in &proposal.open {
            let (item, question) = (quoted(&open.item), quoted(&open.question));
            text.push_str(&format!("  {{ item = {item}, question = {question} }},\n"));
        }
        text.push_str("]\n\n");
    }
    text.push_str("[columns]\n");
    let entries: Vec<(String, String)> = proposal.items.iter().flat_map(entries).collect();
    let width = entries.iter().map(|(entry, _)| entry.chars().count()).max().unwrap_or(0);
    for (entry, comment) in entries {
        text.push_str(&format!("{entry:width$}  # {comment}\n"));
    }
    text
}

fn head(proposal: &Proposal) -> String {
    let Proposal { instrument, table, rows, more, .. } = proposal;
    let found = match (*more, *rows) {
        (true, rows) => format!("the first {rows} rows"),
        (false, 1) => "1 row".to_owned(),
        (false, rows) => format!("{rows} rows"),
    };
    let mut text = format!(
        "# The columns of {} with the answers to `{instrument}`, found in {found}.\n",
        comment(&format!("`{table}`"))
    );
    if !proposal.open.is_empty() {
        text.push_str(
            "# Decide each question of `open`, correct the map, and remove the question. Until then nothing is scored.\n",
        );
    }
    text
}

/// The lines of an item, each with its comment.
fn entries(item: &ProposedItem) -> Vec<(String, String)> {
    let evidence = item.evidence.as_ref().map_or("no column is like it", Evidence::words);
    let entry = |column: &str| format!("{} = {}", item.item, quoted(column));
    match (&item.column, item.candidates.as_slice()) {
        (Some(column), _) => vec![(entry(column), comment(&format!("{evidence}; {}", item.cells)))],
        (None, []) => vec![(format!("# {}", entry("")), comment(&format!("open: {evidence}")))],
        (None, candidates) => {
            let of = candidates.iter().map(|column| format!("# {}", entry(column)));
            of.map(|line| (line, comment(&format!("open: {evidence}")))).collect()
        }
    }
}

/// A text as a string of TOML.
fn quoted(text: &str) -> String {
    // JSON escapes the same letters, but for one.
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

/// A text that stays within its comment.
fn comment(text: &str) -> String {
    scalewright_model::text::line(text)
}
