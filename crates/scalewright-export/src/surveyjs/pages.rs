//! Pages, and the sections on them as panels.

use scalewright_model::{Diagnostic, Entry, ItemIx, NoteIx, SectionIx, SectionWording, Wording};

use super::form::Form;
use super::losses;
use super::model::{Element, Page};
use super::options::Pages;
use super::questions;
use super::texts::paragraph;
use crate::{matrices, notes, ui};

/// The pages, and the name by which an expression reads the answer to each item.
pub(super) struct Laid {
    pub(super) pages: Vec<Page>,
    pub(super) columns: Vec<String>,
}

/// Neighbouring items that are shown together: one question, or the rows of a matrix.
pub(super) struct Run {
    pub(super) first: usize,
    /// The number of items.
    pub(super) len: usize,
    /// The condition under which they are shown.
    pub(super) condition: Option<String>,
    pub(super) section: Option<SectionIx>,
}

/// The pages of an instrument.
pub(super) fn pages(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Laid {
    let items = &form.request.instrument.items;
    let conditions = conditions(form, diagnostics);
    let mut columns = vec![String::new(); items.len()];
    let mut groups: Vec<(Option<SectionIx>, Vec<Element>)> = Vec::new();
    let mut matrices = 0;
    let entries = form.request.instrument.entries();
    let mut at = 0;
    while at < entries.len() {
        let section = form.request.instrument.section_of(entries[at]);
        let mut len = 1;
        let element = match entries[at] {
            Entry::Note(note) => self::note(form, note, &conditions),
            Entry::Item(ItemIx(first)) => {
                // No note is between the items of a run.
                while first + len < items.len() && joins(form, &conditions, first, first + len) {
                    len += 1;
                }
                let run = Run { first, len, condition: conditions[first].clone(), section };
                Some(questions::element(form, &run, &mut matrices, &mut columns))
            }
        };
        match groups.last_mut() {
            Some((open, elements)) if *open == section => elements.extend(element),
            _ => groups.push((section, element.into_iter().collect())),
        }
        at += len;
    }
    Laid { pages: divided(form, groups), columns }
}

/// A note, with its condition.
fn note(form: &Form<'_>, note: NoteIx, conditions: &[Option<String>]) -> Option<Element> {
    let instrument = form.request.instrument;
    let at = notes::position(instrument, Entry::Note(note));
    let id = &instrument.notes[note.0].id;
    let element = html(form, id, |wording| Some(wording.notes[note.0].clone()))?;
    Some(Element { visible_if: conditions.get(at).cloned().flatten(), ..element })
}

/// The condition of each item and then of each note as an expression. What has a condition that cannot be expressed is
/// always shown. Scores are unchanged, because an answer counts only if the condition was true.
fn conditions(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<String>> {
    let printed = form.script.conditions.iter().enumerate();
    let condition = printed.map(|(index, printed)| match printed {
        None => None,
        Some(Ok(piece)) => Some(piece.text.clone()),
        Some(Err(why)) => {
            let instrument = form.request.instrument;
            diagnostics.push(notes::lost(instrument, index, &losses::CONDITION, &why.because));
            None
        }
    });
    condition.collect()
}

/// Whether the item at `next` is a row of the matrix that begins with the item at `first`.
fn joins(form: &Form<'_>, conditions: &[Option<String>], first: usize, next: usize) -> bool {
    form.options.matrices
        && matrices::joins(form.request.instrument, first, next)
        && conditions[first] == conditions[next]
}

/// The elements on pages, with the texts before and after them.
fn divided(form: &Form<'_>, groups: Vec<(Option<SectionIx>, Vec<Element>)>) -> Vec<Page> {
    let mut pages: Vec<Vec<Element>> = vec![before(form)];
    for (section, elements) in groups {
        // Without instructions the first page is empty so far.
        let is_begun = pages.last().is_some_and(|page| !page.is_empty());
        if is_begun && form.options.pages == Pages::Sections {
            pages.push(Vec::new());
        }
        let Some(page) = pages.last_mut() else { continue };
        match section {
            None => page.extend(elements),
            Some(section) => page.extend(in_section(form, section, elements)),
        }
    }
    if let Some(page) = pages.last_mut() {
        page.push(rights(form));
    }
    let page = |(index, elements): (usize, Vec<Element>)| Page {
        name: form.name(&format!("page__{}", index + 1)),
        elements,
        ..Page::default()
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// A text that is not a question.
fn html(form: &Form<'_>, name: &str, text: impl Fn(&Wording) -> Option<String>) -> Option<Element> {
    let html = form.languages.text(|wording| text(wording).map(|text| paragraph(&text)))?;
    let name = form.name(name);
    Some(Element { kind: "html", name, html: Some(html), ..Element::default() })
}

/// The banner and the instructions.
fn before(form: &Form<'_>) -> Vec<Element> {
    let status = form.request.instrument.status;
    let banner = html(form, "text__banner", |wording| {
        ui::banner(ui::ui(&wording.language).0, status, Some(wording))
    });
    let instructions = html(form, "text__instructions", |wording| wording.instructions.clone());
    banner.into_iter().chain(instructions).collect()
}

/// The rights notice.
fn rights(form: &Form<'_>) -> Element {
    let rights = &form.request.instrument.rights;
    let notice = |wording: &Wording| wording.notice.clone().or_else(|| Some(rights.notice.clone()));
    html(form, "text__rights", notice).unwrap_or_default()
}

/// The elements of a section with its texts: in a panel if the section has a title. A panel without one would only take
/// room from its questions.
fn in_section(form: &Form<'_>, section: SectionIx, elements: Vec<Element>) -> Vec<Element> {
    let id = &form.request.instrument.sections[section.0].id;
    let words = |of: fn(&SectionWording) -> &Option<String>| {
        move |wording: &Wording| of(&wording.sections[section.0]).clone()
    };
    // The lead-in comes last, because the items continue it.
    let texts = [
        html(form, &format!("text__{id}__instructions"), words(|words| &words.instructions)),
        html(form, &format!("text__{id}__lead_in"), words(|words| &words.lead_in)),
    ];
    let elements = texts.into_iter().flatten().chain(elements).collect();
    match form.languages.text(words(|words| &words.title)) {
        None => elements,
        title => vec![Element {
            kind: "panel",
            name: form.name(&format!("section__{id}")),
            title,
            elements,
            ..Element::default()
        }],
    }
}
