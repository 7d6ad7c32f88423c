//! What is printed around items, and the sections made from it.

use crate::form::{Form, Section};
use crate::ids::Ids;
use crate::words::Words;

/// The longest words above items in our format, in characters. Longer ones become instructions.
const LONGEST_LEAD_IN: usize = 2000;

/// The words around an item: those of its section.
#[derive(Default, Clone, PartialEq)]
pub(crate) struct Around {
    /// The heading.
    pub(crate) title: Words,
    /// The words that all items continue.
    pub(crate) lead_in: Words,
    /// The instructions.
    pub(crate) instructions: Words,
}

impl Around {
    /// Adds instructions. They replace those that items were already shown below.
    pub(crate) fn instruct(&mut self, words: &Words, groups: &Groups) {
        let is_shown = groups.last().is_some_and(|last| last.instructions == self.instructions);
        let before = if is_shown { Words::default() } else { self.instructions.clone() };
        self.instructions = before.then(words);
    }
}

/// The sections of a form, in order. Items next to each other with the same words around them share a section.
#[derive(Default)]
pub(crate) struct Groups {
    last: Option<(Around, Option<usize>)>,
}

impl Groups {
    /// The words around the last item.
    pub(crate) fn last(&self) -> Option<&Around> {
        self.last.as_ref().map(|(around, _)| around)
    }

    /// Whether the last item is below the heading and the instructions of `around`. A text that follows it would begin
    /// another section with the same heading.
    pub(crate) fn has_begun(&self, around: &Around) -> bool {
        self.last().is_some_and(|last| {
            (&last.title, &last.instructions) == (&around.title, &around.instructions)
        })
    }

    /// Begins a new section, even if the words around the next item are the same.
    pub(crate) fn end(&mut self) {
        self.last = None;
    }

    /// The section for an item with these words around it: the last one, or a new one. `name` is the name of a new
    /// section in the source; it is taken when the section is made. Without it, sections are numbered.
    pub(crate) fn section(
        &mut self,
        form: &mut Form,
        ids: &mut Ids,
        around: &Around,
        name: &mut Option<&str>,
    ) -> Option<usize> {
        if let Some((_, section)) = self.last.as_ref().filter(|(last, _)| last == around) {
            return *section;
        }
        let section = (*around != Around::default()).then(|| {
            let number = format!("section_{}", form.sections.len() + 1);
            let id = ids.section(name.take().unwrap_or(&number));
            form.sections.push(made(id, around.clone()));
            form.sections.len() - 1
        });
        self.last = Some((around.clone(), section));
        section
    }
}

fn made(id: String, around: Around) -> Section {
    let Around { title, lead_in, instructions } = around;
    let is_long = lead_in.iter().any(|(_, text)| text.chars().count() > LONGEST_LEAD_IN);
    if is_long {
        return Section {
            id,
            title,
            lead_in: Words::default(),
            instructions: instructions.then(&lead_in),
        };
    }
    Section { id, title, lead_in, instructions }
}
