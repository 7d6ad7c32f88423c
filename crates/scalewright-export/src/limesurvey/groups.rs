//! Groups of questions: the instructions, each section, and the equations where they are needed first.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, Entry, NoteIx, SectionIx, SectionWording, Wording};

use super::form::{Form, Run};
use super::losses;
use super::model::{Group, Question, Text};
use super::options::Pages;
use super::texts::paragraphs;
use super::{questions, scores};
use crate::{notes, ui};

/// Equations that are not in a group yet.
struct Pending(Vec<Question>);

impl Pending {
    /// Takes the equations that an expression needs, in order.
    fn needed(&mut self, expression: &str) -> Vec<Question> {
        let mut needed: BTreeSet<String> =
            scores::references(expression).into_iter().map(str::to_owned).collect();
        // Equations only refer to earlier ones.
        for question in self.0.iter().rev() {
            if needed.contains(&question.code) {
                let more = scores::references(scores::expression(question));
                needed.extend(more.into_iter().map(str::to_owned));
            }
        }
        let all = std::mem::take(&mut self.0);
        let (now, later) = all.into_iter().partition(|question| needed.contains(&question.code));
        self.0 = later;
        now
    }
}

/// The groups of an instrument with its equations. `last` follows the last item.
pub(super) fn groups(
    form: &Form<'_>,
    equations: Vec<Question>,
    last: Vec<Question>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let conditions = conditions(form, diagnostics);
    let mut pending = Pending(equations);
    let mut made: Vec<Group> = Vec::new();
    for (section, parts) in parts(form) {
        let mut group = empty(form, section, &parts, made.is_empty());
        let lead_in = lead_in(form, section);
        for part in parts {
            let condition = match part {
                Part::Run(run) => conditions[run.first].clone(),
                Part::Note(note) => {
                    conditions[notes::position(form.request.instrument, Entry::Note(note))].clone()
                }
            };
            group.questions.extend(pending.needed(&condition));
            group.questions.push(match part {
                Part::Run(run) => questions::question(form, run, condition, lead_in.clone()),
                Part::Note(note) => questions::note(form, note, condition),
            });
        }
        made.push(group);
    }
    if let Some(group) = made.last_mut() {
        group.questions.extend(pending.0);
        group.questions.extend(last);
    }
    made
}

/// A question or a text of a group.
#[derive(Clone, Copy)]
enum Part<'a> {
    Run(&'a Run),
    Note(NoteIx),
}

/// The questions and texts of each section in order; `None` for those outside of sections.
fn parts<'a>(form: &'a Form<'_>) -> Vec<(Option<SectionIx>, Vec<Part<'a>>)> {
    let instrument = form.request.instrument;
    let mut groups: Vec<(Option<SectionIx>, Vec<Part<'a>>)> = Vec::new();
    let mut runs = form.runs.iter().peekable();
    for entry in instrument.entries() {
        let part = match entry {
            Entry::Note(note) => Some(Part::Note(note)),
            // Only the first item of a run begins its question.
            Entry::Item(item) => runs.next_if(|run| run.first == item.0).map(Part::Run),
        };
        let (Some(part), section) = (part, instrument.section_of(entry)) else { continue };
        match groups.last_mut() {
            Some((open, parts)) if *open == section => parts.push(part),
            _ => groups.push((section, vec![part])),
        }
    }
    groups
}

/// The condition of each item and then of each note as an expression, empty if it is always asked or shown. What has a
/// condition that cannot be expressed is always asked or shown. Scores are unchanged, because an answer counts only if
/// the condition was true.
fn conditions(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let printed = form.script.conditions.iter().enumerate();
    let condition = printed.map(|(index, printed)| match printed {
        None => String::new(),
        Some(Ok(piece)) => piece.text.clone(),
        Some(Err(why)) => {
            let instrument = form.request.instrument;
            diagnostics.push(notes::lost(instrument, index, &losses::CONDITION, &why.because));
            String::new()
        }
    });
    condition.collect()
}

/// A text of a section.
fn words(
    form: &Form<'_>,
    section: Option<SectionIx>,
    of: fn(&SectionWording) -> &Option<String>,
) -> Text {
    let Some(section) = section else { return Text::default() };
    form.languages.text(|wording| of(&wording.sections[section.0]).clone())
}

/// The text of the arrays of a section: its lead-in. Without one it is the title, which only screen readers read.
fn lead_in(form: &Form<'_>, section: Option<SectionIx>) -> Text {
    let own = words(form, section, |words| &words.lead_in);
    if own != Text::default() {
        return own;
    }
    let title = words(form, section, |words| &words.title);
    let title = if title == Text::default() {
        form.languages.text(|wording| Some(wording.title.clone()))
    } else {
        title
    };
    let hidden = |text: &String| format!("<span class=\"sr-only visually-hidden\">{text}</span>");
    // Quotation marks are doubled in one of the files, which is safe within a text.
    Text(title.0.iter().map(hidden).collect())
}

/// A group without questions. The first one has the banner and the instructions.
fn empty(form: &Form<'_>, section: Option<SectionIx>, parts: &[Part<'_>], is_first: bool) -> Group {
    let title = words(form, section, |words| &words.title);
    let own = form.languages.text(|wording| Some(wording.title.clone()));
    let name = if title == Text::default() { own } else { title };
    let status = form.request.instrument.status;
    let mut texts = Vec::new();
    if is_first {
        texts.push(form.languages.text(|wording: &Wording| {
            ui::banner(ui::ui(&wording.language).0, status, Some(wording))
        }));
        texts.push(form.languages.text(|wording| wording.instructions.clone()));
    }
    texts.push(words(form, section, |words| &words.instructions));
    // The lead-in is the text of arrays. Other questions have texts of their own.
    let is_array = |part: &Part<'_>| matches!(part, Part::Run(run) if questions::is_array(run));
    if !parts.iter().any(is_array) {
        texts.push(words(form, section, |words| &words.lead_in));
    }
    let description = paragraphs(&texts, form.languages.0.len());
    Group { name, description, questions: Vec::new() }
}

/// Whether each group is a page.
pub(super) fn by_group(form: &Form<'_>) -> bool {
    form.options.pages == Pages::Sections
}
