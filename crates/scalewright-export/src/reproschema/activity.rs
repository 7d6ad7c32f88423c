//! The activity: its items in order, their conditions, and the scores.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, Entry, SectionIx, Wording};
use serde_json::{Value, json};

use super::expression::{expression, names};
use super::form::Form;
use super::items::{self, Field};
use super::{definition, losses, names as reserved, responses, texts};
use crate::code::lines::Print;
use crate::code::losses::{BANDS, SCORE};
use crate::code::script::Content;
use crate::loss::refused;
use crate::{ExportedFile, notes, ui};

/// The files of an activity, and what is lost or refused.
pub(super) fn files(form: &mut Form<'_>) -> (Vec<ExportedFile>, Vec<Diagnostic>) {
    let mut diagnostics = std::mem::take(&mut form.script.diagnostics);
    diagnostics.extend(reserved::refused(form));
    let mut fields: Vec<Field> = banner(form).into_iter().collect();
    fields.extend(asked(form, &mut diagnostics));
    fields.extend(rights(form));
    let (scores, compute) = scores(form, &mut diagnostics);
    fields.extend(scores);
    let definition = definition::text(form, &mut diagnostics);
    diagnostics.extend(losses::reported(form, definition.is_some()));
    fields.extend(definition.map(|text| items::definition(form, &text)));
    let mut files = vec![activity(form, &fields, compute)];
    files.extend(fields.into_iter().map(|field| field.file));
    files.extend(responses::files(form));
    (files, diagnostics)
}

fn activity(form: &Form<'_>, fields: &[Field], compute: Vec<Value>) -> ExportedFile {
    let title = form.languages.always(|wording| wording.title.clone());
    let property = |field: &Field| {
        json!({
            "variableName": field.name,
            "isAbout": field.file.name,
            "isVis": field.is_visible,
            "valueRequired": field.is_required,
        })
    };
    let order: Vec<&str> = fields.iter().map(|field| field.file.name.as_str()).collect();
    let parts = json!({
        "version": form.request.instrument.version.to_string(),
        "prefLabel": title,
        "description": title,
        "preamble": form.languages.text(|wording| wording.instructions.clone()),
        "compute": (!compute.is_empty()).then_some(compute),
        "ui": {
            "addProperties": fields.iter().map(property).collect::<Vec<_>>(),
            "order": order,
            "shuffle": false,
        },
    });
    texts::file(form.activity_file(), "Activity", parts)
}

/// The banner.
fn banner(form: &Form<'_>) -> Option<Field> {
    let status = form.request.instrument.status;
    let banner = form
        .languages
        .text(|wording| ui::banner(ui::ui(&wording.language).0, status, Some(wording)));
    items::text(form, "banner", banner)
}

/// The rights notice.
fn rights(form: &Form<'_>) -> Option<Field> {
    let own = &form.request.instrument.rights.notice;
    let notice =
        form.languages.text(|wording| Some(wording.notice.clone().unwrap_or_else(|| own.clone())));
    items::text(form, "rights", notice)
}

/// The items and notes, those of a section after its texts.
fn asked(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Field> {
    let names = names(form);
    let mut fields = Vec::new();
    let mut open = None;
    let instrument = form.request.instrument;
    for (at, entry) in instrument.entries().into_iter().enumerate() {
        let section = instrument.section_of(entry);
        if section != open {
            open = section;
            fields.extend(open.and_then(|section| section_text(form, section, at)));
        }
        let index = notes::position(instrument, entry);
        let shown = condition(form, &names, index).unwrap_or_else(|why| {
            diagnostics.push(notes::lost(instrument, index, &losses::CONDITION, &why.because));
            json!(true)
        });
        match entry {
            Entry::Item(item) => fields.push(items::item(form, item, shown)),
            Entry::Note(note) => fields.extend(items::note(form, note, shown)),
        }
    }
    fields
}

/// The title and the instructions of a section. A section can begin again, so the name also has the position.
fn section_text(form: &Form<'_>, section: SectionIx, index: usize) -> Option<Field> {
    let id = &form.request.instrument.sections[section.0].id;
    let words = |wording: &Wording| {
        let words = &wording.sections[section.0];
        let texts: Vec<&str> =
            [&words.title, &words.instructions].into_iter().filter_map(Option::as_deref).collect();
        Some(texts.join("\n\n"))
    };
    items::text(form, &format!("{id}__{index}"), form.languages.text(words))
}

/// When an item or a note is shown: always, or by an expression.
fn condition(form: &Form<'_>, names: &BTreeSet<String>, index: usize) -> Print<Value> {
    match form.script.conditions.get(index).and_then(Option::as_ref) {
        None => Ok(json!(true)),
        Some(printed) => {
            let lines = form.script.needed(&form.script.condition_needs[index]);
            let piece = printed.as_ref().map_err(Clone::clone)?;
            expression(form, names, &lines, piece).map(Value::from)
        }
    }
}

/// The scores as fields, and how each is computed.
fn scores(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Field>, Vec<Value>) {
    let names = names(form);
    let (mut fields, mut compute) = (Vec::new(), Vec::new());
    for column in &form.script.columns {
        let lines = form.script.needed(&column.needs);
        match expression(form, &names, &lines, &column.text) {
            Ok(text) => {
                fields.push(items::score(form, column));
                compute.push(json!({"variableName": column.name, "jsExpression": text}));
            }
            Err(why) => {
                let scale = &form.request.instrument.scales[column.scale.0];
                let loss = match column.content {
                    Content::Band(_) => &BANDS,
                    Content::Score | Content::Answered | Content::Prorated => &SCORE,
                };
                diagnostics.push(refused(form.request, scale.pointer(), (loss, &scale.id), &why));
            }
        }
    }
    (fields, compute)
}
