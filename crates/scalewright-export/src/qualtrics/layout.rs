//! Which items share a question, where each item is, and the condition under which it is shown.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer, SectionIx, Side};
use scalewright_scoring::normal::TruthChecks;

use super::conditions::{Atom, Cases};
use super::fields::Fields;
use super::form::Form;
use super::losses;
use crate::code::lines::{Print, unsupported};
use crate::{matrices, notes};

/// Neighbouring items that are shown together: one question, or the rows of a matrix.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) first: usize,
    /// The number of items.
    pub(super) len: usize,
    /// The condition under which they are shown.
    pub(super) condition: Option<Cases>,
    pub(super) section: Option<SectionIx>,
    /// The number of its question.
    pub(super) question: usize,
}

/// Where an item is: the number of its question, and its row in a matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) question: usize,
    pub(super) row: Option<usize>,
}

/// The questions of an instrument.
pub(super) struct Layout {
    pub(super) runs: Vec<Run>,
    pub(super) places: Vec<Place>,
    /// The condition under which each note is shown.
    pub(super) notes: Vec<Option<Cases>>,
}

/// The questions of an instrument. They get their numbers when they are written.
pub(super) fn layout(form: &mut Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Layout {
    let conditions = conditions(form, diagnostics);
    let notes = conditions_of_notes(form, diagnostics);
    let items = &form.request.instrument.items;
    let places = vec![Place::default(); items.len()];
    let mut layout = Layout { runs: Vec::new(), places, notes };
    let mut first = 0;
    while first < items.len() {
        let joins = |next: usize| {
            form.options.matrices
                && matrices::joins(form.request.instrument, first, next)
                && conditions[first] == conditions[next]
        };
        let len = 1 + (first + 1..items.len()).take_while(|next| joins(*next)).count();
        let question = 0;
        for at in first..first + len {
            let row = (len > 1).then_some(at - first + 1);
            layout.places[at] = Place { question, row };
        }
        let (condition, section) = (conditions[first].clone(), items[first].section);
        layout.runs.push(Run { first, len, condition, section, question });
        first += len;
    }
    layout
}

/// The condition of each item. An item whose condition cannot be stated is always shown, and no score that reads it is
/// computed.
fn conditions(form: &mut Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Cases>> {
    let mut conditions = Vec::new();
    for at in 0..form.request.instrument.items.len() {
        conditions.push(match form.grading.normal.asked[at] {
            None => None,
            Some(_) => match condition(&mut form.grading, at) {
                Ok(cases) => Some(cases),
                Err(why) => {
                    let place = Pointer::item(ItemIx(at)).key("ask-if");
                    let words = [("id", form.request.instrument.items[at].id.as_str())];
                    diagnostics.push(losses::CONDITION.of(place, &words, Some(&why.because)));
                    None
                }
            },
        });
    }
    conditions
}

/// The condition of each note. A note whose condition cannot be stated is always shown.
fn conditions_of_notes(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Cases>> {
    let instrument = form.request.instrument;
    let notes = instrument.notes.iter().zip(&form.grading.normal.shown).enumerate();
    let condition = notes.map(|(at, (note, truth))| {
        let next = note.item.0 + usize::from(note.side == Side::After);
        match stated(&form.grading, (*truth)?, next) {
            Ok(cases) => Some(cases),
            Err(why) => {
                let at = instrument.items.len() + at;
                diagnostics.push(notes::lost(instrument, at, &losses::CONDITION, &why.because));
                None
            }
        }
    });
    condition.collect()
}

/// The condition of an item as display logic. If there is none, the item is marked.
fn condition(grading: &mut super::grading::Grading<'_>, at: usize) -> Print<Cases> {
    let Some(truth) = grading.normal.asked[at] else { return unsupported("it has no condition") };
    let found = stated(grading, truth, at);
    if let Err(why) = &found {
        grading.unconditional[at] = Some(why.because.clone());
    }
    found
}

/// A condition as display logic of what precedes the item at position `next`, or is that item.
fn stated(grading: &super::grading::Grading<'_>, truth: TruthChecks, next: usize) -> Print<Cases> {
    let later = grading.reads.check(truth.yes).items.iter().find(|item| item.0 >= next);
    if let Some(later) = later {
        let id = &grading.instrument.items[later.0].id;
        return unsupported(format!(
            "display logic depends on earlier questions only, and `{id}` comes later"
        ));
    }
    let mut fields = Fields::new(String::new(), false);
    let cases = grading.cases(truth.yes, &mut fields)?;
    if cases.is_empty() || cases.iter().any(Vec::is_empty) {
        return unsupported("display logic cannot state a condition that is always or never true");
    }
    if cases.iter().flatten().any(is_field) {
        return unsupported("display logic cannot count answers or use scores");
    }
    let is_simple = |atom: &Atom| !matches!(atom, Atom::Any(cells) if cells.len() > 1);
    let is_all = cases.len() == 1 && (cases[0].len() == 1 || cases[0].iter().all(is_simple));
    let is_any = cases.iter().all(|all| all.len() == 1);
    match is_all || is_any {
        true => Ok(cases),
        false => unsupported(
            "Qualtrics does not document which of `and` and `or` comes first in display logic",
        ),
    }
}

/// Whether it needs a field, which only the survey flow can set.
fn is_field(atom: &Atom) -> bool {
    matches!(atom, Atom::Field { name: _, operator: _, right: _ } | Atom::Set { name: _, value: _ })
}

impl Layout {
    /// Gives the question of the run at a position its final number.
    pub(super) fn renumber(&mut self, at: usize, number: usize) {
        let Run { first, len, condition: _, section: _, question } = &mut self.runs[at];
        *question = number;
        self.places[*first..*first + *len].iter_mut().for_each(|place| place.question = number);
    }

    /// The numbers of the questions that a condition reads.
    pub(super) fn read(&self, cases: &Cases) -> BTreeSet<usize> {
        let items = cases.iter().flatten().flat_map(|atom| match atom {
            Atom::Any(cells) => cells.iter().map(|(item, _)| *item).collect(),
            Atom::Number { item, operator: _, right: _ } => vec![*item],
            Atom::Field { name: _, operator: _, right: _ } | Atom::Set { name: _, value: _ } => {
                Vec::new()
            }
        });
        items.map(|item| self.places[item.0].question).collect()
    }
}
