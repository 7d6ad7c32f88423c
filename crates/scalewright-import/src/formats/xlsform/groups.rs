//! Groups, notes, and what is printed above items.

use super::survey::{Asked, Reader, Row, Subject};
use crate::draft::{Around, joined};
use crate::finding::Kind;
use crate::place::Place;
use crate::words::Words;

/// A group that has begun and not ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The name.
    name: String,
    /// The heading.
    title: Words,
    /// The words that all questions of the group continue.
    lead_in: Words,
    /// The notes of the group since the last question before them.
    instructions: Words,
    /// Whether a question follows the instructions.
    pub(super) is_used: bool,
    /// When it is shown; empty if always.
    pub(super) relevant: String,
    /// The list of options that all rows of a table share.
    pub(super) list: Option<String>,
    /// Whether it may be answered several times.
    pub(super) is_repeat: bool,
}

impl<'a> Reader<'a> {
    /// The beginning of a group. The label of one that is shown on one page is a lead-in, that of another one a heading.
    pub(super) fn begin(&mut self, row: &Row<'_>, is_repeat: bool, list: Option<String>) {
        let label = self.label(row, 2000);
        let is_page = row.text("appearance").split_whitespace().any(|word| word == "field-list")
            || list.is_some();
        let (title, lead_in) =
            if is_page { (Words::default(), label) } else { (label, Words::default()) };
        let relevant = self.expression(row, "relevant");
        let name = row.text("name").to_owned();
        if is_repeat {
            let message =
                format!("`{name}` may be answered several times; its questions are left out");
            let place = row.place("name");
            self.draft.report(Kind::NotUnderstood, "repeat", &place, message);
        }
        self.groups.push(Group {
            name,
            title,
            lead_in,
            relevant,
            list,
            is_repeat,
            ..Group::default()
        });
    }

    /// The end of a group.
    pub(super) fn end(&mut self, row: &Row<'_>) {
        self.unused_notes();
        if self.groups.pop().is_none() {
            let place = row.place("type");
            let message = "a group ends that did not begin";
            self.draft.report(Kind::Doubtful, "group", &place, message);
        }
    }

    /// A text to read. The first ones are the instructions of the form, later ones those of the items below them. Those
    /// between the items below a heading, and those that are not always shown, are notes.
    pub(super) fn note(&mut self, row: &Row<'_>) {
        let place = row.place("label");
        let words = self.label(row, 10_000);
        if words.is_empty() {
            let message = format!("the note `{}` has no words and is left out", row.text("name"));
            self.draft.report(Kind::NotUnderstood, "no-words", &place, message);
            return;
        }
        if !row.text("calculation").is_empty() || self.is_in_repeat() {
            let why = if self.is_in_repeat() { "repeated" } else { "computed" };
            let message = format!("a note that is {why} is left out");
            self.draft.report(Kind::NotUnderstood, "conditional-instructions", &place, message);
            return;
        }
        if self.expression(row, "relevant") == "false()" {
            let message = "a note that is never shown is left out";
            self.draft.report(Kind::Note, "never-shown", &row.place("relevant"), message);
            return;
        }
        if !row.text("relevant").is_empty() {
            let is_after = self.groups.last().unwrap_or(&self.outside).is_used;
            let position = self.draft.note(row.text("name"), (words, &place), is_after);
            let text = self.relevant(row);
            let place = row.place("relevant");
            self.asked.extend(position.map(|at| Asked { of: Subject::Note(at), text, place }));
            return;
        }
        let is_used = self.groups.last().unwrap_or(&self.outside).is_used;
        let has_heading = |group: &Group| !group.title.is_empty() || !group.lead_in.is_empty();
        if is_used && self.groups.iter().any(has_heading) {
            self.draft.note(row.text("name"), (words, &place), true);
            return;
        }
        if self.draft.form.items.is_empty() && self.groups.is_empty() {
            let instructions = &mut self.draft.form.titled.instructions;
            *instructions = joined(instructions, "\n\n", &words);
            return;
        }
        let group = match self.groups.last_mut() {
            Some(group) => group,
            None => &mut self.outside,
        };
        if group.is_used {
            group.instructions = Words::default();
        }
        group.is_used = false;
        group.instructions = joined(&group.instructions, "\n\n", &words);
        self.pending.push((row.text("name").to_owned(), words, place));
    }

    /// The row of a table that shows the labels of the options: its label is the lead-in.
    pub(super) fn header_row(&mut self, row: &Row<'_>) {
        let label = self.label(row, 2000);
        let name = row.text("name").to_owned();
        self.draft.names.left_out.insert(name, "is the header of a table".to_owned());
        if label.is_empty() {
            return;
        }
        let group = match self.groups.last_mut() {
            Some(group) => group,
            None => &mut self.outside,
        };
        group.lead_in = joined(&group.lead_in, "\n", &label);
    }

    /// What is printed above the next item.
    pub(super) fn around(&mut self) -> Around {
        self.pending.clear();
        let mut around = Around::default();
        for group in std::iter::once(&mut self.outside).chain(&mut self.groups) {
            group.is_used = true;
            let has_words = [&group.title, &group.lead_in, &group.instructions]
                .iter()
                .any(|words| !words.is_empty());
            if has_words {
                around.name.clone_from(&group.name);
            }
            around.title = joined(&around.title, ": ", &group.title);
            around.lead_in = joined(&around.lead_in, "\n", &group.lead_in);
            around.instructions = joined(&around.instructions, "\n\n", &group.instructions);
        }
        around
    }

    /// Texts that no item of their group follows, which have no section to be printed in. They must not be above an item
    /// outside of the group either.
    pub(super) fn unused_notes(&mut self) {
        for (name, words, place) in std::mem::take(&mut self.pending) {
            self.draft.note(&name, (words, &place), true);
            let groups = std::iter::once(&mut self.outside).chain(&mut self.groups);
            for group in groups.filter(|group| !group.is_used) {
                group.instructions = Words::default();
            }
        }
    }

    /// The conditions of the groups that an item is in, and where they are.
    pub(super) fn conditions_above(&self) -> Vec<String> {
        let groups = self.groups.iter().map(|group| group.relevant.clone());
        groups.filter(|relevant| !relevant.is_empty()).collect()
    }

    /// Whether the row is in a group that may be answered several times.
    pub(super) fn is_in_repeat(&self) -> bool {
        self.groups.iter().any(|group| group.is_repeat)
    }

    /// Reports groups without an end.
    pub(super) fn open_groups(&mut self) {
        for group in std::mem::take(&mut self.groups) {
            let message = format!("the group `{}` has no end", group.name);
            let place = Place::new(self.draft.file, "survey");
            self.draft.report(Kind::Doubtful, "group", &place, message);
        }
    }
}
