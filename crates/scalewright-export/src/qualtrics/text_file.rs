//! Text files in Qualtrics' Advanced Format: questions with names, texts and codes, and nothing else.

use std::fmt::Write as _;

use scalewright_model::{Diagnostic, Entry, Item, ItemIx, Pointer, ResponseKind, Severity};

use super::form::Form;
use super::losses;
use super::options::Format;
use super::texts::html;
use crate::choices;
use crate::code::losses::SCORE;
use crate::loss::refused;
use crate::ui;
use scalewright_scoring::emit::Unsupported;

/// The content of a file with these blocks.
pub(super) fn bytes(blocks: &str) -> Vec<u8> {
    format!("[[AdvancedFormat]]\n{blocks}").into_bytes()
}

/// Replaces the diagnostics about the survey file by those about the text file, if only that is written, or reports the
/// losses of the text file beside the survey file.
pub(super) fn refuse(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) {
    match form.options.format {
        Format::Qsf => return,
        Format::Both => {}
        Format::Txt => {
            let is_about_file = |finding: &Diagnostic| {
                finding.severity == Severity::Error && finding.code == "unusable-name"
            };
            diagnostics.retain(is_about_file);
            diagnostics.extend(scores(form));
            diagnostics.extend(crate::facts_of_forms::unplaced(form.request.instrument));
        }
    }
    diagnostics.extend(conditions(form));
    diagnostics.extend(required(form));
    if form.languages.0.len() > 1 {
        diagnostics.push(losses::TRANSLATIONS.at(Pointer::top("translations")));
    }
}

/// A text file has no scores: they are refused, or left out if that is wanted.
fn scores(form: &Form<'_>) -> Vec<Diagnostic> {
    let request = form.request;
    let why = Unsupported { because: "a text file of Qualtrics contains no scores".to_owned() };
    let published = request.program.scores.iter().filter(|score| request.is_published(score.scale));
    let each = published.map(|score| {
        let scale = &request.instrument.scales[score.scale.0];
        refused(request, scale.pointer(), (&SCORE, &scale.id), &why)
    });
    each.collect()
}

fn conditions(form: &Form<'_>) -> Vec<Diagnostic> {
    let mut found = crate::loss::conditions(form.request, &losses::TEXT_CONDITION, |_| false);
    let notes = crate::notes::conditions;
    found.extend(notes(form.request.instrument, &losses::TEXT_NOTE_CONDITION, |_| false));
    found
}

fn required(form: &Form<'_>) -> Vec<Diagnostic> {
    let items = form.request.instrument.items.iter().enumerate();
    let mut required = items.filter(|(_, item)| item.required);
    let first = required.next().map(|(at, item)| {
        let place = Pointer::item(ItemIx(at)).key("required");
        losses::REQUIRED.of(place, &[("id", item.id.as_str())], None)
    });
    first.into_iter().collect()
}

/// The blocks of an instrument.
pub(super) fn blocks(form: &Form<'_>) -> String {
    let wording = form.request.wording;
    let instrument = form.request.instrument;
    let mut text = format!("\n[[Block:{}]]\n", one_line(&wording.title));
    let banner = ui::banner(ui::ui(&wording.language).0, instrument.status, Some(wording));
    note(form, &mut text, ("text__banner", banner.as_deref()));
    note(form, &mut text, ("text__instructions", wording.instructions.as_deref()));
    let mut section = None;
    for entry in instrument.entries() {
        let own = instrument.section_of(entry);
        if own != section {
            section = own;
            if let Some(section) = section {
                let (id, words) =
                    (&instrument.sections[section.0].id, &wording.sections[section.0]);
                note(form, &mut text, (&format!("text__{id}__title"), words.title.as_deref()));
                note(
                    form,
                    &mut text,
                    (&format!("text__{id}__instructions"), words.instructions.as_deref()),
                );
                note(form, &mut text, (&format!("text__{id}__lead_in"), words.lead_in.as_deref()));
            }
        }
        match entry {
            Entry::Item(item) => question(form, &mut text, (item.0, &instrument.items[item.0])),
            Entry::Note(own) => {
                let id = &instrument.notes[own.0].id;
                note(form, &mut text, (id, Some(&wording.notes[own.0])));
            }
        }
    }
    let rights = wording.notice.as_deref().unwrap_or(&instrument.rights.notice);
    note(form, &mut text, ("text__rights", Some(rights)));
    text
}

/// The name of a block, within double brackets.
fn one_line(text: &str) -> String {
    html(text).replace(']', "&#93;").replace("<br>", " ")
}

fn note(form: &Form<'_>, text: &mut String, (name, words): (&str, Option<&str>)) {
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        let _ = write!(text, "\n[[Question:DB]]\n[[ID:{}]]\n{}\n", form.name(name), html(words));
    }
}

fn question(form: &Form<'_>, text: &mut String, (at, item): (usize, &Item)) {
    let instrument = form.request.instrument;
    let kind = match &instrument.response(ItemIx(at)).kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => "MC:SingleAnswer:Vertical",
        ResponseKind::SeveralChoice { options: _ } => "MC:MultipleAnswer:Vertical",
        ResponseKind::Text { lines } if *lines > 1 => "TE:Essay",
        _ => "TE:SingleLine",
    };
    let stem = html(&form.stem(at, form.request.wording));
    let _ = write!(text, "\n[[Question:{kind}]]\n[[ID:{}]]\n{stem}\n", form.name(&item.id));
    let options = choices::options(instrument, item.response);
    if options.is_empty() {
        return;
    }
    text.push_str("[[AdvancedChoices]]\n");
    let labels = choices::labels(instrument, form.request.wording, item.response);
    for (option, label) in options.iter().zip(labels) {
        let _ = write!(text, "[[Choice:{}]]\n{}\n", option.value, html(label));
    }
}
