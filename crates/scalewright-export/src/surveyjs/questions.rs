//! Items as questions, and several of them as the rows of a matrix.

use scalewright_model::{Item, ItemIx, ResponseKind, ResponseOption, ResponseScaleIx, Wording};

use super::form::Form;
use super::model::{Choice, Element, Number, Row, Rows};
use super::pages::Run;
use super::texts::Text;
use crate::choices;

/// The element for the items of a run. `columns` gets the name by which an expression reads each answer.
pub(super) fn element(
    form: &Form<'_>,
    run: &Run,
    matrices: &mut usize,
    columns: &mut [String],
) -> Element {
    let items = &form.request.instrument.items;
    if run.len == 1 {
        let name = form.name(&items[run.first].id);
        columns[run.first] = format!("{{{name}}}");
        return Element {
            visible_if: run.condition.clone(),
            ..question(form, ItemIx(run.first), name)
        };
    }
    *matrices += 1;
    let name = form.name(&format!("items__{matrices}"));
    for index in run.first..run.first + run.len {
        columns[index] = format!("{{{name}.{}}}", items[index].id);
    }
    Element { visible_if: run.condition.clone(), ..matrix(form, run, name) }
}

/// The words of an item, after its number.
fn stem(form: &Form<'_>, index: ItemIx) -> Text {
    let number = &form.request.instrument.items[index.0].number;
    let numbered = |wording: &Wording| {
        let stem = &wording.stems[index.0];
        Some(match choices::printed_number(number) {
            None => stem.clone(),
            Some(number) => format!("{number} {stem}"),
        })
    };
    form.languages.text(numbered).unwrap_or_else(|| Text::plain(number))
}

/// A matrix. Its title is read by screen readers, so it has one even where the section already shows it.
fn matrix(form: &Form<'_>, run: &Run, name: String) -> Element {
    let items = &form.request.instrument.items[run.first..run.first + run.len];
    let row = |(index, item): (usize, &Item)| Row {
        value: item.id.clone(),
        text: stem(form, ItemIx(run.first + index)),
    };
    let title = form.languages.text(|wording| {
        let section = run.section.map(|section| &wording.sections[section.0]);
        let lead_in = section.and_then(|words| words.lead_in.clone());
        let title = lead_in.or_else(|| section.and_then(|words| words.title.clone()));
        title.or_else(|| Some(wording.title.clone()))
    });
    Element {
        kind: "matrix",
        name,
        title,
        title_location: Some("hidden"),
        each_row_required: items[0].required.then_some(true),
        alternate_rows: Some(true),
        columns: options(form, items[0].response),
        rows: Some(Rows::Items(items.iter().enumerate().map(row).collect())),
        ..Element::default()
    }
}

/// A question.
fn question(form: &Form<'_>, index: ItemIx, name: String) -> Element {
    // A background item is asked like any other.
    let Item {
        id: _,
        number: _,
        response,
        section: _,
        required,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &form.request.instrument.items[index.0];
    let asked = Element {
        name,
        title: Some(stem(form, index)),
        is_required: required.then_some(true),
        ..Element::default()
    };
    answers(form, *response, asked)
}

/// The question with the answers that it accepts.
fn answers(form: &Form<'_>, response: ResponseScaleIx, asked: Element) -> Element {
    let bound = |bound: Option<f64>| bound.map(Number);
    match &form.request.instrument.response_scales[response.0].kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            Element { kind: "radiogroup", choices: options(form, response), ..asked }
        }
        ResponseKind::SeveralChoice { options: _ } => {
            Element { kind: "checkbox", choices: options(form, response), ..asked }
        }
        ResponseKind::Numeric { min, max, decimals } => {
            let unit = form.languages.text(|wording| wording.responses[response.0].unit.clone());
            Element {
                kind: "text",
                input_type: Some("number"),
                min: bound(*min),
                max: bound(*max),
                step: Some(step(*decimals)),
                description_location: unit.is_some().then_some("underInput"),
                description: unit,
                ..asked
            }
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => Element {
            kind: "slider",
            min: bound(Some(*min)),
            max: bound(Some(*max)),
            step: Some(step(*decimals)),
            custom_labels: ends(form, response, (*min, *max)),
            ..asked
        },
        ResponseKind::Text { lines: 1 } => Element { kind: "text", ..asked },
        ResponseKind::Text { lines } => {
            Element { kind: "comment", rows: Some(Rows::Lines(*lines)), ..asked }
        }
        ResponseKind::Date => Element { kind: "text", input_type: Some("date"), ..asked },
        ResponseKind::Time => Element { kind: "text", input_type: Some("time"), ..asked },
    }
}

/// The distance of neighbouring numbers with so many decimals.
fn step(decimals: u32) -> Number {
    Number(format!("1e-{decimals}").parse().unwrap_or(1.0))
}

/// The options of a response scale.
fn options(form: &Form<'_>, response: ResponseScaleIx) -> Vec<Choice> {
    let instrument = form.request.instrument;
    let options = choices::options(instrument, response);
    let made = options.iter().enumerate().map(|(position, option)| {
        let ResponseOption { value, code: _, non_response: _, unlabelled: _ } = option;
        let text = form.languages.text(|wording| {
            let labels = choices::labels(instrument, wording, response);
            labels.get(position).map(|label| (*label).to_owned())
        });
        let value = Number(value.number());
        Choice { value, text }
    });
    made.collect()
}

/// The words at the ends of a line. Without words the ends show their numbers.
fn ends(form: &Form<'_>, response: ResponseScaleIx, (min, max): (f64, f64)) -> Vec<Choice> {
    let low = form.languages.text(|wording| wording.responses[response.0].min_label.clone());
    let high = form.languages.text(|wording| wording.responses[response.0].max_label.clone());
    [(min, low), (max, high)].map(|(value, text)| Choice { value: Number(value), text }).into()
}
