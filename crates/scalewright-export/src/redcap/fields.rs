//! Items, sections, instructions and rights as fields.

use super::field::Field;
use super::field_names::{LONGEST_NAME, field_name};
use scalewright_model::file::Status;
use scalewright_model::{
    Diagnostic, Entry, Item, ItemIx, NoteIx, Pointer, ResponseKind, ResponseOption, SectionIx,
    SectionWording,
};
use scalewright_scoring::emit::{Unsupported, number};

use super::names::Names;
use super::{html, losses};
use crate::{ExportRequest, notes, ui};

/// Returns the fields that respondents read, in order, without the rights notice.
pub(super) fn fields(
    request: &ExportRequest<'_>,
    names: &Names,
    shown: Vec<Option<Result<String, Unsupported>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(instructions) = &request.wording.instructions {
        fields.push(descriptive(request, names, "instructions", instructions));
    }
    let instrument = request.instrument;
    let before = fields.len();
    let entries = instrument.entries();
    let mut section: Option<SectionIx> = None;
    for entry in &entries {
        let mut field = match *entry {
            Entry::Item(item) => {
                field(request, item, &instrument.items[item.0], names, diagnostics)
            }
            Entry::Note(note) => self::note(request, note, names),
        };
        let at = notes::position(instrument, *entry);
        field.branching = branching(request, at, &shown, diagnostics);
        let own = instrument.section_of(*entry);
        if own != section {
            section = own;
            field.section = section.map_or(NO_SECTION.to_owned(), |s| heading(request, s));
        }
        fields.push(field);
    }
    matrices(request, &names.form, (&entries, &mut fields[before..]));
    fields
}

/// A note: a field without an answer.
fn note(request: &ExportRequest<'_>, note: NoteIx, names: &Names) -> Field {
    Field {
        name: names.field(&field_name(&request.instrument.notes[note.0].id)),
        form: names.form.clone(),
        kind: "descriptive",
        label: html::label(&request.wording.notes[note.0]),
        ..Field::default()
    }
}

/// A heading that looks empty. REDCap has no other way to end a section.
const NO_SECTION: &str = "&nbsp;";

/// Returns the branching logic of the item or note at a position. If REDCap cannot express the condition, it is always
/// shown. Scores are unchanged, because an answer counts only if the condition was true.
fn branching(
    request: &ExportRequest<'_>,
    at: usize,
    shown: &[Option<Result<String, Unsupported>>],
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    match shown.get(at).and_then(Option::as_ref) {
        None => String::new(),
        Some(Ok(logic)) => logic.clone(),
        Some(Err(why)) => {
            let instrument = request.instrument;
            diagnostics.push(notes::lost(instrument, at, &losses::CONDITION, &why.because));
            String::new()
        }
    }
}

/// Returns the rights notice, for respondents and for readers of the dictionary.
pub(super) fn rights(request: &ExportRequest<'_>, names: &Names) -> Field {
    let notice = request.wording.notice.as_ref().unwrap_or(&request.instrument.rights.notice);
    let mut field = descriptive(request, names, "rights", notice);
    let instrument = request.instrument;
    let status = match instrument.status {
        Status::Development => "in development",
        Status::Active => "active",
        Status::Retired => "retired",
    };
    let draft = ui::is_draft(request.wording);
    if draft {
        let (own, _) = ui::ui(&request.wording.language);
        field.label = format!("{}<br>{}", html::label(own.draft), field.label);
    }
    let draft = if draft { ", draft translation" } else { "" };
    // An `@` would begin an action tag.
    let title = request.wording.title.replace('@', "&#64;");
    field.annotation = format!(
        "scalewright: {title}; instrument {}, version {} ({status}), language {}{draft}, licence {}",
        instrument.id,
        instrument.version,
        request.wording.language,
        instrument.rights.licence.replace('@', "&#64;")
    );
    field
}

/// Returns the fields for the date of completion, and for the version and language of the instrument, for projects that
/// outlive a version.
pub(super) fn administrative(request: &ExportRequest<'_>, names: &Names) -> Vec<Field> {
    let (words, _) = ui::ui(&request.wording.language);
    let field = |what: &str, label: &str, annotation: String| Field {
        name: names.field(&free_name(request, &short_name(&names.form, what))),
        form: names.form.clone(),
        kind: "text",
        label: label.to_owned(),
        annotation,
        ..Field::default()
    };
    // Versions and language tags contain no quotes.
    let fixed = |value: &str| format!("@DEFAULT='{value}' @READONLY @HIDDEN-SURVEY");
    let [_, version, language] = words.fields;
    let date = field("date", words.date, "@TODAY".to_owned());
    vec![
        Field { validation: "date_ymd".to_owned(), ..date },
        field("version", version, fixed(&request.instrument.version)),
        field("language", language, fixed(&request.wording.language)),
    ]
}

fn descriptive(request: &ExportRequest<'_>, names: &Names, what: &str, text: &str) -> Field {
    Field {
        name: names.field(&free_name(request, &short_name(&names.form, what))),
        form: names.form.clone(),
        kind: "descriptive",
        label: html::label(text),
        ..Field::default()
    }
}

/// Returns the name of a field that is not an item, shortened to the 26 characters that REDCap accepts without a
/// warning.
pub(super) fn short_name(form: &str, what: &str) -> String {
    let longest = LONGEST_NAME.saturating_sub(what.len() + 1).min(form.len());
    // A cut after an underscore would give `__`, which REDCap's designer refuses.
    format!("{}_{what}", form[..longest].trim_end_matches('_'))
}

/// Returns `name`, with a number if an item, note or scale has that name already.
pub(super) fn free_name(request: &ExportRequest<'_>, name: &str) -> String {
    let taken = |name: &str| {
        request.instrument.items.iter().any(|item| field_name(&item.id) == name)
            || request.instrument.notes.iter().any(|note| field_name(&note.id) == name)
            || request.instrument.scales.iter().any(|scale| field_name(&scale.id) == name)
    };
    let numbered = (2..).map(|count| format!("{name}_{count}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default()
}

fn heading(request: &ExportRequest<'_>, section: SectionIx) -> String {
    let SectionWording { title, lead_in, instructions } = &request.wording.sections[section.0];
    // The lead-in comes last, because the items continue it.
    let parts = [title, instructions, lead_in].into_iter().flatten();
    let parts: Vec<String> = parts.map(|part| html::label(part)).collect();
    parts.join("<br>")
}

fn field(
    request: &ExportRequest<'_>,
    index: ItemIx,
    item: &Item,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Field {
    // A background item is asked like any other.
    let Item {
        id,
        number: printed,
        response: _,
        section: _,
        required,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = item;
    let mut field = Field {
        name: names.field(&field_name(id)),
        form: names.form.clone(),
        label: html::label(&request.wording.stems[index.0]),
        required: *required,
        number: printed.clone(),
        ..Field::default()
    };
    answers(request, index, &mut field, diagnostics);
    field
}

fn answers(
    request: &ExportRequest<'_>,
    index: ItemIx,
    field: &mut Field,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let response = request.instrument.items[index.0].response.0;
    let words = &request.wording.responses[response];
    match &request.instrument.response(index).kind {
        ResponseKind::Coded { options } => {
            field.kind = "radio";
            field.choices = choices(options, &words.labels);
        }
        ResponseKind::SeveralChoice { options } => {
            field.kind = "checkbox";
            field.choices = choices(options, &words.labels);
        }
        ResponseKind::YesNo => yes_no(request, response, field),
        ResponseKind::Numeric { min, max, decimals } => {
            field.kind = "text";
            field.validation = validation(*decimals);
            field.min = min.map(number).unwrap_or_default();
            field.max = max.map(number).unwrap_or_default();
            field.note = words.unit.as_deref().map(html::label).unwrap_or_default();
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            field.kind = "slider";
            let low = words.min_label.as_deref().map(html::choice).unwrap_or_default();
            let high = words.max_label.as_deref().map(html::choice).unwrap_or_default();
            // REDCap expects three labels: the middle one may be empty, but not absent.
            field.choices = format!("{low} |  | {high}");
            field.min = number(*min);
            field.max = number(*max);
            diagnostics.extend(coarse(request, index, (*min, *max), *decimals));
        }
        ResponseKind::Text { lines } => field.kind = if *lines == 1 { "text" } else { "notes" },
        ResponseKind::Date => {
            field.kind = "text";
            field.validation = "date_ymd".to_owned();
        }
        ResponseKind::Time => {
            field.kind = "text";
            field.validation = "time".to_owned();
        }
    }
}

/// Makes a yes-no question a radio field with the form's own words: the labels of REDCap's `yesno` fields are in the
/// language of REDCap. The codes are the same.
fn yes_no(request: &ExportRequest<'_>, response: usize, field: &mut Field) {
    let words = &request.wording.responses[response];
    let (own, _) = ui::ui(&request.wording.language);
    field.kind = "radio";
    let yes = html::choice(words.yes_label.as_deref().unwrap_or(own.yes));
    let no = html::choice(words.no_label.as_deref().unwrap_or(own.no));
    field.choices = format!("1, {yes} | 0, {no}");
}

fn choices(options: &[ResponseOption], labels: &[String]) -> String {
    let choices = options.iter().zip(labels).map(|(option, label)| {
        let ResponseOption { value, code: _, non_response: _, unlabelled: _ } = option;
        format!("{value}, {}", html::choice(label))
    });
    choices.collect::<Vec<_>>().join(" | ")
}

fn validation(decimals: u32) -> String {
    match decimals {
        0 => "integer".to_owned(),
        // REDCap has validations of this kind for up to four decimals.
        1..=4 => format!("number_{decimals}dp"),
        _ => "number".to_owned(),
    }
}

/// Returns an error for a visual analogue scale with decimals: REDCap's sliders record whole numbers only.
fn coarse(
    request: &ExportRequest<'_>,
    index: ItemIx,
    (min, max): (f64, f64),
    decimals: u32,
) -> Option<Diagnostic> {
    if decimals == 0 && min.fract() == 0.0 && max.fract() == 0.0 {
        return None;
    }
    let response = &request.instrument.response(index).name;
    let id = &request.instrument.items[index.0].id;
    let place = Pointer::response_scale(response).key("decimals");
    let finding = losses::PRECISION.of(place, &[("id", id)], None);
    Some(Diagnostic { severity: scalewright_model::Severity::Error, ..finding })
}

/// Puts neighbouring items with the same response scale and section into one matrix.
fn matrices(request: &ExportRequest<'_>, form: &str, (entries, fields): (&[Entry], &mut [Field])) {
    let mut start = 0;
    let mut count = 0;
    while start < fields.len() {
        let mut end = start + 1;
        while end < fields.len() && joins(request, fields[start].kind, entries, [start, end]) {
            end += 1;
        }
        if end - start > 1 {
            count += 1;
            let name = format!("{form}_m{count}");
            fields[start..end].iter_mut().for_each(|field| field.matrix.clone_from(&name));
        }
        start = end;
    }
}

/// Whether the entry at `next` can be in the matrix that begins at `start` with a field of this kind.
fn joins(
    request: &ExportRequest<'_>,
    kind: &str,
    entries: &[Entry],
    [start, next]: [usize; 2],
) -> bool {
    let (Entry::Item(first), Entry::Item(other)) = (entries[start], entries[next]) else {
        return false;
    };
    let items = &request.instrument.items;
    matches!(kind, "radio" | "checkbox")
        && items[first.0].response == items[other.0].response
        // The heading of a section would split the matrix.
        && items[first.0].section == items[other.0].section
}
