//! Sections and items as groups and questions.

use scalewright_model::{
    Diagnostic, Entry, Item as Asked, ItemIx, NoteIx, ResponseKind, ResponseOption, SectionIx,
    SectionWording,
};

use super::dialect::FhirPath;
use super::form::{Form, Release};
use super::model::{AnswerOption, CodeableConcept, Coding, Extension, Item, codings};
use super::names::option_system;
use super::options::{Matrix, Scoring, ValueSets};
use super::{conditions, losses, text, ucum, value_sets};
use crate::{ExportRequest, choices, notes};

const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
const ITEM_CONTROL_CODES: &str = "http://hl7.org/fhir/questionnaire-item-control";
const ORIENTATION: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation";
const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const MAX_DECIMALS: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
const SLIDER_STEP: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue";
pub(super) const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";

/// Returns the extension that states how clients should show an item.
pub(super) fn control(code: &str) -> Extension {
    let mut extension = Extension::new(ITEM_CONTROL);
    let coding = vec![Coding::new(ITEM_CONTROL_CODES, code, None)];
    extension.value_codeable_concept = Some(CodeableConcept { coding });
    extension
}

/// Returns all items; those of a section are in its group.
pub(super) fn items(
    form: &Form<'_>,
    printed: &FhirPath,
    refused: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let request = form.request;
    let mut all: Vec<Item> = Vec::new();
    let mut open: Option<SectionIx> = None;
    for entry in request.instrument.entries() {
        let mut item = match entry {
            Entry::Item(index) => item(form, index, &request.instrument.items[index.0]),
            Entry::Note(note) => self::note(form, note),
        };
        condition(form, entry, printed, &mut item, refused);
        match request.instrument.section_of(entry) {
            None => {
                open = None;
                all.push(item);
            }
            Some(section) => {
                // One group per section is enough, because a definition cannot split a section.
                if open != Some(section) {
                    all.push(group(form, section));
                    open = Some(section);
                }
                if let Some(group) = all.last_mut() {
                    group.item.push(item);
                }
            }
        }
    }
    all
}

/// A note: a text between the items of its group.
fn note(form: &Form<'_>, note: NoteIx) -> Item {
    let request = form.request;
    let mut display = Item::new(request.instrument.notes[note.0].id.clone(), "display");
    display.text = Some(request.wording.notes[note.0].clone());
    display.text_element = text::translated(request, |other| Some(other.notes[note.0].as_str()));
    display
}

/// Adds the condition of an item or a note, or reports that it is lost.
fn condition(
    form: &Form<'_>,
    entry: Entry,
    printed: &FhirPath,
    item: &mut Item,
    refused: &mut Vec<Diagnostic>,
) {
    let instrument = form.request.instrument;
    let Some(ask) = notes::ask(instrument, entry) else { return };
    let at = notes::position(instrument, entry);
    match &printed.conditions[at] {
        Some(Ok(expression)) => conditions::enable(form, item, &ask.when, &ask.text, expression),
        Some(Err(unsupported)) => {
            refused.push(notes::lost(instrument, at, &losses::CONDITION, &unsupported.because));
        }
        None => {}
    }
}

/// Whether the items of a section form a table: two or more items, all with the same coded options.
fn is_matrix(form: &Form<'_>, section: SectionIx) -> bool {
    let instrument = form.request.instrument;
    let mut items = instrument.items.iter().filter(|item| item.section == Some(section));
    let Some(first) = items.next() else { return false };
    let kind = &instrument.response_scales[first.response.0].kind;
    let mut rest = items.peekable();
    let one_of = matches!(kind, ResponseKind::Coded { options: _ })
        || instrument.has_own_yes_and_no(first.response);
    // A text between rows would break the table.
    let has_note =
        instrument.notes.iter().any(|note| instrument.items[note.item.0].section == Some(section));
    one_of && !has_note && rest.peek().is_some() && rest.all(|item| item.response == first.response)
}

fn group(form: &Form<'_>, section: SectionIx) -> Item {
    let request = form.request;
    let id = &request.instrument.sections[section.0].id;
    let SectionWording { title, lead_in, instructions } = &request.wording.sections[section.0];
    let mut group = Item::new(format!("section-{id}"), "group");
    if is_matrix(form, section) {
        // Not `gtable`, which shows questions as columns, and not `grid`, with which Smart Forms shows no questions at
        // all.
        group.extension.push(control(match form.options.matrix {
            Matrix::Htable => "htable",
            Matrix::Lhc => "table",
        }));
    }
    // Clients show a group's text as its heading. Without a title the lead-in is used.
    let titled = title.is_some();
    group.text = title.clone().or_else(|| lead_in.clone());
    group.text_element = text::translated(request, |other| {
        let words = &other.sections[section.0];
        if titled { words.title.as_deref() } else { words.lead_in.as_deref() }
    });
    if let Some(instructions) = instructions {
        let mut display = Item::new(format!("section-{id}-instructions"), "display");
        display.text = Some(instructions.clone());
        display.text_element =
            text::translated(request, |other| other.sections[section.0].instructions.as_deref());
        group.item.push(display);
    }
    // After the instructions, because the items continue the lead-in.
    if let (true, Some(lead_in)) = (titled, lead_in) {
        let mut display = Item::new(format!("section-{id}-lead-in"), "display");
        display.text = Some(lead_in.clone());
        display.text_element =
            text::translated(request, |other| other.sections[section.0].lead_in.as_deref());
        group.item.push(display);
    }
    group
}

fn item(form: &Form<'_>, index: ItemIx, asked: &Asked) -> Item {
    let request = form.request;
    // A background item is asked like any other.
    let Asked {
        id,
        number,
        response,
        section: _,
        required,
        ask: _,
        background: _,
        codes,
        taken_from: _,
    } = asked;
    let kind = &request.instrument.response(index).kind;
    let is_coded = request.instrument.has_own_yes_and_no(*response);
    let mut item = Item::new(id.clone(), kind_code(kind, is_coded, form.release));
    item.prefix = (!number.is_empty()).then(|| number.clone());
    item.text = Some(request.wording.stems[index.0].clone());
    item.text_element = text::translated(request, |other| Some(other.stems[index.0].as_str()));
    item.code.extend(codings(codes));
    item.required = *required;
    answers(form, index, kind, &mut item);
    item
}

fn kind_code(kind: &ResponseKind, is_coded: bool, release: Release) -> &'static str {
    match kind {
        ResponseKind::Coded { options: _ } | ResponseKind::SeveralChoice { options: _ } => {
            release.choice()
        }
        ResponseKind::Numeric { min: _, max: _, decimals }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals } => {
            if *decimals == 0 {
                "integer"
            } else {
                "decimal"
            }
        }
        ResponseKind::YesNo if is_coded => release.choice(),
        ResponseKind::YesNo => "boolean",
        ResponseKind::Text { lines: 1 } => "string",
        ResponseKind::Text { lines: _ } => "text",
        ResponseKind::Date => "date",
        ResponseKind::Time => "time",
    }
}

/// Adds everything about the answers that the type of the question does not state.
fn answers(form: &Form<'_>, index: ItemIx, kind: &ResponseKind, item: &mut Item) {
    let request = form.request;
    match kind {
        ResponseKind::Coded { options: _ } => one_of(form, index, item),
        // `kind_code` has decided whether the question has words of its own for yes and no.
        ResponseKind::YesNo if item.kind == form.release.choice() => one_of(form, index, item),
        ResponseKind::SeveralChoice { options: _ } => {
            item.extension.push(control("check-box"));
            item.repeats = true;
            offer(form, index, item);
        }
        ResponseKind::Numeric { min, max, decimals } => {
            bounds(*min, *max, *decimals, item);
            let response = request.instrument.items[index.0].response;
            if let Some(unit) = &request.wording.responses[response.0].unit {
                let source = request.instrument.wording(&request.instrument.language);
                let meant = source.and_then(|words| words.responses[response.0].unit.as_deref());
                let coding = ucum::coding(meant, unit);
                item.extension.push(Extension::coding(UNIT, coding));
            }
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            item.extension.push(control("slider"));
            bounds(Some(*min), Some(*max), *decimals, item);
            if *decimals == 0 {
                item.extension.push(Extension::integer(SLIDER_STEP, 1));
            }
            ends(request, index, item);
        }
        ResponseKind::YesNo
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date
        | ResponseKind::Time => {}
    }
}

fn one_of(form: &Form<'_>, index: ItemIx, item: &mut Item) {
    // Without this hint LHC-Forms shows a list to type into.
    item.extension.push(control("radio-button"));
    item.extension.push(Extension::code(ORIENTATION, "horizontal"));
    offer(form, index, item);
}

/// Adds the options, either listed with the question or as a reference to a shared value set.
fn offer(form: &Form<'_>, index: ItemIx, item: &mut Item) {
    let request = form.request;
    match form.options.value_sets {
        ValueSets::Inline => item.answer_option = options_of(form, index),
        ValueSets::Contained => {
            let response = request.instrument.items[index.0].response;
            item.answer_value_set = Some(value_sets::address(form, response));
        }
    }
    // In R4 the type `choice` states this.
    item.answer_constraint = (form.release == Release::R5).then_some("optionsOnly");
}

fn options_of(form: &Form<'_>, index: ItemIx) -> Vec<AnswerOption> {
    let request = form.request;
    let instrument = request.instrument;
    let response = instrument.items[index.0].response;
    let system = option_system(instrument, &instrument.response_scales[response.0].name);
    let options = choices::options(instrument, response);
    let labels = choices::labels(instrument, request.wording, response);
    let made = options.iter().zip(labels).enumerate().map(|(position, (option, label))| {
        let ResponseOption { value, code: _, non_response, unlabelled: _ } = option;
        let mut coding = Coding::new(&system, &value.to_string(), Some(label));
        coding.display_element = text::translated(request, |other| {
            Some(choices::labels(instrument, other, response)[position])
        });
        // A non-response has no number, since it must not be scored.
        let weight =
            || (!non_response).then(|| Extension::decimal(form.release.weight(), value.number()));
        // The SDC guide puts the number on the option. Some engines find it only on the coding that is the answer.
        if form.options.scoring == Scoring::Weight {
            coding.extension.extend(weight());
        }
        AnswerOption { extension: weight().into_iter().collect(), value_coding: coding }
    });
    made.collect()
}

fn bounds(min: Option<f64>, max: Option<f64>, decimals: u32, item: &mut Item) {
    for (url, bound) in [(MIN_VALUE, min), (MAX_VALUE, max)] {
        let Some(bound) = bound else { continue };
        item.extension.push(match decimals {
            // An integer question needs integer bounds: round inwards.
            #[expect(clippy::cast_possible_truncation, reason = "bounds are within ±1,000,000")]
            0 if url == MIN_VALUE => Extension::integer(url, bound.ceil() as i64),
            #[expect(clippy::cast_possible_truncation, reason = "bounds are within ±1,000,000")]
            0 => Extension::integer(url, bound.floor() as i64),
            _ => Extension::decimal(url, bound),
        });
    }
    if decimals > 0 {
        item.extension.push(Extension::integer(MAX_DECIMALS, i64::from(decimals)));
    }
}

/// Adds the words at the two ends of a line.
fn ends(request: &ExportRequest<'_>, index: ItemIx, item: &mut Item) {
    let response = request.instrument.items[index.0].response.0;
    let words = &request.wording.responses[response];
    let ends = [("lower", &words.min_label, true), ("upper", &words.max_label, false)];
    for (code, label, low) in ends {
        let Some(label) = label else { continue };
        let mut end = Item::new(format!("{}-{code}", item.link_id), "display");
        end.extension.push(control(code));
        end.text = Some(label.clone());
        end.text_element = text::translated(request, |other| {
            let words = &other.responses[response];
            if low { words.min_label.as_deref() } else { words.max_label.as_deref() }
        });
        item.item.push(end);
    }
}
