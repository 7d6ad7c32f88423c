//! What is printed before items: headers and descriptive texts.

use super::Reader;
use crate::finding::Kind;
use crate::form::Section;
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::words::Words;

/// The words above an item.
#[derive(Debug, Default, Clone, PartialEq)]
struct Around {
    lead_in: Words,
    instructions: Words,
}

/// What was read before the next item.
#[derive(Debug, Default)]
pub(super) struct State<'a> {
    around: Around,
    /// What was above the last item, and its section.
    last: Option<(Around, Option<usize>)>,
    /// Texts that no item follows yet.
    pending: Vec<(&'a Field, Column, Words)>,
}

impl<'a> Reader<'a> {
    /// A header begins a section. One without words ends the section before it.
    pub(super) fn header(&mut self, field: &'a Field) {
        if field.section.is_empty() {
            return;
        }
        let place = field.place(Column::Section);
        let lead_in = self.words(&field.section, 2000, &place);
        // Texts between two headers are instructions of the second, because no item is below the first.
        let before = std::mem::take(&mut self.state.pending);
        let carried =
            before.iter().fold(Words::default(), |all, (_, _, words)| joined(&all, words));
        self.state.around = Around { lead_in: lead_in.clone(), instructions: Words::default() };
        if self.form.items.is_empty() {
            let instructions = &mut self.form.titled.instructions;
            *instructions = joined(instructions, &carried);
        } else if !carried.is_empty() {
            self.state.around.instructions = carried;
            self.state.pending = before;
        }
        if !lead_in.is_empty() {
            self.state.pending.push((field, Column::Section, lead_in));
        }
    }

    /// A descriptive text. The first ones are the instructions of the form; later ones begin a section. Those between the
    /// items below a header, and those that are not always shown, are notes.
    pub(super) fn descriptive(&mut self, field: &'a Field) {
        let place = field.place(Column::Label);
        let words = self.words(&field.label, 10_000, &place);
        let note = self.tagged(&field.note);
        let note = self.words(&note, 10_000, &field.place(Column::Note));
        let words = joined(&words, &note);
        if words.is_empty() {
            let message = "a descriptive field without words is left out";
            self.report(Kind::NotUnderstood, "no-words", &field.at.place(), message);
            return;
        }
        if !field.branching.is_empty() {
            let is_after =
                self.state.last.as_ref().is_some_and(|(around, _)| *around == self.state.around);
            let note = (words, &place);
            let note = self.form.note(&mut self.ids, &field.name, note, is_after);
            self.notes.extend(note.map(|note| (field.name.as_str(), note)));
            return;
        }
        if self.form.items.is_empty() && self.state.around == Around::default() {
            let instructions = &mut self.form.titled.instructions;
            *instructions = joined(instructions, &words);
            return;
        }
        let is_used =
            self.state.last.as_ref().is_some_and(|(around, _)| *around == self.state.around);
        if is_used && !self.state.around.lead_in.is_empty() {
            self.form.note(&mut self.ids, &field.name, (words, &place), true);
            return;
        }
        let before =
            if is_used { Words::default() } else { self.state.around.instructions.clone() };
        self.state.around.instructions = joined(&before, &words);
        self.state.pending.push((field, Column::Label, words));
    }

    /// The section of the next item: that of the last item, or a new one.
    pub(super) fn section(&mut self) -> Option<usize> {
        self.state.pending.clear();
        let around = self.state.around.clone();
        if let Some((_, section)) = self.state.last.as_ref().filter(|(last, _)| *last == around) {
            return *section;
        }
        let section = (around != Around::default()).then(|| {
            let id = self.ids.section(&format!("section_{}", self.form.sections.len() + 1));
            let Around { lead_in, instructions } = around.clone();
            self.form.sections.push(Section { id, title: Words::default(), lead_in, instructions });
            self.form.sections.len() - 1
        });
        self.state.last = Some((around, section));
        section
    }

    /// The texts after the last item, which have no section to be printed in.
    pub(super) fn after_last_item(&mut self) {
        for (field, column, words) in std::mem::take(&mut self.state.pending) {
            let note = (words, &field.place(column));
            self.form.note(&mut self.ids, &field.name, note, true);
        }
    }
}

/// Words in order, with an empty line between.
pub(super) fn joined(first: &Words, second: &Words) -> Words {
    let mut words = first.clone();
    for (language, text) in second.iter() {
        let before = first.of(language).map(|before| format!("{before}\n\n")).unwrap_or_default();
        words.add(language, &format!("{before}{text}"));
    }
    words
}
