//! What is printed before questions: groups and texts.

use super::{Reader, together};
use crate::finding::Kind;
use crate::form::Section;
use crate::formats::limesurvey::survey::{Group, Question, is_always};
use crate::texts::joined;
use crate::words::Words;

/// The words before the next question, and the section of the last one.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The title of the group, until a section has it.
    title: Words,
    instructions: Words,
    section: Option<usize>,
    /// Whether the section belongs to one array only.
    is_array: bool,
}

impl<'a> Reader<'a> {
    /// A group with its questions.
    pub(super) fn group(&mut self, group: &'a Group) {
        let title = self.words(&group.title, 300, &group.origin.part("name"));
        let description = self.words(&group.description, 10_000, &group.origin.part("text"));
        let is_title = title == self.form.titled.title;
        self.leave_texts();
        self.around =
            Around { title: if is_title { Words::default() } else { title }, ..Around::default() };
        if self.form.items.is_empty() {
            let instructions = &self.form.titled.instructions;
            self.form.titled.instructions = joined(instructions, &description);
        } else {
            self.around.instructions = description;
        }
        for question in &group.questions {
            self.question(group, question);
        }
    }

    /// A text between questions. One with a condition is a note.
    pub(super) fn text(&mut self, group: &'a Group, question: &'a Question) {
        let place = question.origin.part("text");
        if question.is_hidden() {
            let message = format!("the text `{}` is not shown and is left out", question.code);
            return self.report(Kind::Note, "hidden-text", &place, message);
        }
        let words = self.words(&question.text, 10_000, &place);
        if let Some(text) = together(&[&group.relevance, &question.relevance])
            .filter(|_| !is_always(&question.relevance))
        {
            let is_after = self.around.title.is_empty() && self.around.instructions.is_empty();
            let note = self.form.note(&mut self.ids, &question.code, (words, &place), is_after);
            let place = question.origin.part("relevance");
            self.note_conditions.extend(note.map(|note| (note, text, place)));
        } else if self.form.items.is_empty() {
            let instructions = &self.form.titled.instructions;
            self.form.titled.instructions = joined(instructions, &words);
        } else {
            self.around.instructions = joined(&self.around.instructions, &words);
        }
    }

    /// The section of an array, whose rows continue its words.
    pub(super) fn array_section(&mut self, question: &'a Question) -> Option<usize> {
        let lead_in = self.words(&question.text, 2000, &question.origin.part("text"));
        let help = self.words(&question.help, 10_000, &question.origin.part("help"));
        let around = std::mem::take(&mut self.around);
        let instructions = joined(&around.instructions, &help);
        self.add_section(&question.code, around.title, lead_in, instructions);
        self.around.is_array = true;
        self.around.section
    }

    /// The section of a single question: that of its group, which ends where an array begins.
    pub(super) fn section(&mut self, question: &'a Question) -> Option<usize> {
        let around = std::mem::take(&mut self.around);
        if !around.title.is_empty() || !around.instructions.is_empty() {
            let title = around.title.of(self.main()).map(str::to_owned);
            let name = title.unwrap_or_else(|| question.code.clone());
            self.add_section(&name, around.title, Words::default(), around.instructions);
        } else if !around.is_array {
            self.around.section = around.section;
        }
        self.around.section
    }

    fn add_section(&mut self, name: &str, title: Words, lead_in: Words, instructions: Words) {
        if title.is_empty() && lead_in.is_empty() && instructions.is_empty() {
            self.around.section = None;
            return;
        }
        let id = self.ids.section(name);
        self.form.sections.push(Section { id, title, lead_in, instructions });
        self.around.section = Some(self.form.sections.len() - 1);
    }

    /// A text that no question of its group follows is a note.
    pub(super) fn leave_texts(&mut self) {
        let instructions = std::mem::take(&mut self.around.instructions);
        if !instructions.is_empty() {
            let place = crate::place::Place::new(self.file, "");
            self.form.note(&mut self.ids, "note", (instructions, &place), true);
        }
    }
}
