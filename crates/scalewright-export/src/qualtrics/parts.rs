//! All that an instrument adds to a survey.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, SectionIx, SectionWording, Side, Wording};
use serde_json::{Value, json};

use super::conditions::Cases;
use super::form::Form;
use super::layout::{Layout, Run, layout};
use super::logic::{Logic, question_id};
use super::questions::{note, question};
use super::scores::{Scores, scores};
use super::survey::Survey;
use super::{definition, losses, names};
use crate::ui;

/// Adds an instrument to a survey. Returns what is lost or refused.
pub(super) fn add(form: &mut Form<'_>, survey: &mut Survey) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut layout = layout(form, &mut diagnostics);
    let columns = form.options.columns;
    let made = scores(form.request, &form.grading, &mut form.fields, columns);
    let Scores { branches, columns, diagnostics: of_scores } = made;
    diagnostics.splice(0..0, of_scores);
    diagnostics.extend(names::refused(form, &columns));
    let mut writer = Writer { form, survey, layout: &mut layout, page: BTreeSet::new() };
    writer.blocks();
    let instrument = form.request.instrument;
    survey.flow.set(&form.fields.set);
    survey.flow.branches(&Logic { instrument, layout: &layout }, &branches);
    let version = format!("{} {}", instrument.id, instrument.version);
    survey.flow.set(&[(form.name("form__version"), version)]);
    survey.categories.extend(form.fields.categories.all.iter().cloned());
    let is_embedded = definition::add(form, survey, &mut diagnostics);
    diagnostics.extend(losses::reported(form, is_embedded));
    diagnostics
}

/// The runs of a section, each with its position; `None` for items outside of sections.
type Group = (Option<SectionIx>, Vec<(usize, Run)>);

struct Writer<'a, 'f> {
    form: &'a Form<'f>,
    survey: &'a mut Survey,
    layout: &'a mut Layout,
    /// The numbers of the questions on the current page.
    page: BTreeSet<usize>,
}

impl Writer<'_, '_> {
    /// Adds a block for each section, and one for the items outside of sections.
    fn blocks(&mut self) {
        let runs = self.layout.runs.clone();
        let mut groups: Vec<Group> = Vec::new();
        for (at, run) in runs.into_iter().enumerate() {
            match groups.last_mut() {
                Some((section, runs)) if *section == run.section => runs.push((at, run)),
                _ => groups.push((run.section, vec![(at, run)])),
            }
        }
        let count = groups.len();
        for (at, (section, runs)) in groups.into_iter().enumerate() {
            self.page.clear();
            let mut elements = if at == 0 { self.before() } else { Vec::new() };
            elements.extend(self.section(section, &runs));
            if at + 1 == count {
                elements.extend(self.rights());
            }
            let name = self.block_name(section);
            self.survey.block(&name, elements);
        }
    }

    fn block_name(&self, section: Option<SectionIx>) -> String {
        let wording = self.form.request.wording;
        let title = section.and_then(|section| wording.sections[section.0].title.clone());
        match title {
            Some(title) => format!("{}: {title}", wording.title),
            None => wording.title.clone(),
        }
    }

    /// The banner and the instructions.
    fn before(&mut self) -> Vec<Value> {
        let status = self.form.request.instrument.status;
        let banner = self.text("text__banner", |wording| {
            ui::banner(ui::ui(&wording.language).0, status, Some(wording))
        });
        let instructions = self.text("text__instructions", |wording| wording.instructions.clone());
        banner.into_iter().chain(instructions).collect()
    }

    fn rights(&mut self) -> Option<Value> {
        let rights = self.form.request.instrument.rights.notice.clone();
        self.text("text__rights", |wording| wording.notice.clone().or_else(|| Some(rights.clone())))
    }

    /// Adds a text that is not a question.
    fn text(&mut self, name: &str, of: impl Fn(&Wording) -> Option<String>) -> Option<Value> {
        let payload = note(self.form, (name, self.survey.next_question()), of)?;
        Some(self.add(payload))
    }

    fn add(&mut self, payload: Value) -> Value {
        let element = json!({"Type": "Question", "QuestionID": payload["QuestionID"]});
        self.survey.questions.push(payload);
        element
    }

    fn section(&mut self, section: Option<SectionIx>, runs: &[(usize, Run)]) -> Vec<Value> {
        let mut elements = Vec::new();
        if let Some(section) = section {
            elements =
                self.section_texts(section, runs.first().is_some_and(|(_, run)| run.len > 1));
        }
        for (at, run) in runs {
            self.notes((run.first, Side::Before), &mut elements);
            self.question(*at, run, &mut elements);
            // No note is between the items of a run.
            self.notes((run.first + run.len - 1, Side::After), &mut elements);
        }
        elements
    }

    /// Adds the notes on a side of an item.
    fn notes(&mut self, (item, side): (usize, Side), elements: &mut Vec<Value>) {
        let notes = self.form.request.instrument.notes.iter().enumerate();
        for (at, own) in notes.filter(|(_, own)| own.item.0 == item && own.side == side) {
            let name = (own.id.as_str(), self.survey.next_question());
            let words = |wording: &Wording| Some(wording.notes[at].clone());
            let Some(payload) = note(self.form, name, words) else { continue };
            let condition = self.layout.notes[at].clone();
            self.conditional(payload, condition.as_ref(), elements);
        }
    }

    /// Adds a question or a text. It begins a page if its condition reads a question on the current one.
    fn conditional(
        &mut self,
        mut payload: Value,
        condition: Option<&Cases>,
        elements: &mut Vec<Value>,
    ) {
        if let Some(condition) = condition {
            if !self.layout.read(condition).is_disjoint(&self.page) {
                elements.push(json!({"Type": "Page Break"}));
                self.page.clear();
            }
            let instrument = self.form.request.instrument;
            payload["DisplayLogic"] = Logic { instrument, layout: self.layout }.display(condition);
        }
        let element = self.add(payload);
        elements.push(element);
    }

    /// The title, the instructions and the lead-in of a section. A matrix shows the lead-in itself.
    fn section_texts(&mut self, section: SectionIx, has_matrix: bool) -> Vec<Value> {
        let id = &self.form.request.instrument.sections[section.0].id;
        let words = |of: fn(&SectionWording) -> &Option<String>| {
            move |wording: &Wording| of(&wording.sections[section.0]).clone()
        };
        let mut texts = vec![
            self.text(&format!("text__{id}__title"), words(|words| &words.title)),
            self.text(&format!("text__{id}__instructions"), words(|words| &words.instructions)),
        ];
        if !has_matrix {
            texts.push(self.text(&format!("text__{id}__lead_in"), words(|words| &words.lead_in)));
        }
        texts.into_iter().flatten().collect()
    }

    /// Adds the question of a run.
    fn question(&mut self, at: usize, run: &Run, elements: &mut Vec<Value>) {
        let number = self.survey.next_question();
        self.layout.renumber(at, number);
        let run = Run { question: number, ..run.clone() };
        let Some(payload) = question(self.form, &run) else { return };
        debug_assert_eq!(payload["QuestionID"], question_id(number));
        self.conditional(payload, run.condition.as_ref(), elements);
        self.page.insert(number);
    }
}
