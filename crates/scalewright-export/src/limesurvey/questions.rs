//! Items as questions.

use scalewright_model::{Item, NoteIx, ResponseKind, ResponseOption, Wording};

use super::codes::{self, SLIDER};
use super::form::{Form, Run};
use super::model::{Answer, Question, Row, Text};
use crate::choices;

/// The pattern of a clock time.
const CLOCK: &str = "/^([01][0-9]|2[0-3]):[0-5][0-9]$/";

/// The question of a run. `lead_in` is the text of an array.
pub(super) fn question(form: &Form<'_>, run: &Run, relevance: String, lead_in: Text) -> Question {
    let item = &form.request.instrument.items[run.first];
    let asked = Question {
        code: run.code.clone(),
        relevance,
        mandatory: item.required,
        ..Question::default()
    };
    if run.rows.is_empty() {
        return single(form, run.first, Question { text: stem(form, run.first), ..asked });
    }
    let row =
        |(at, code): (usize, &String)| Row { code: code.clone(), text: stem(form, run.first + at) };
    Question {
        kind: "F",
        text: lead_in,
        attributes: vec![("hide_tip", "1".to_owned())],
        rows: run.rows.iter().enumerate().map(row).collect(),
        answers: answers(form, run.first),
        ..asked
    }
}

/// A note: a text without an answer.
pub(super) fn note(form: &Form<'_>, note: NoteIx, relevance: String) -> Question {
    let text = form.languages.text(|wording| Some(wording.notes[note.0].clone()));
    let code = form.codes.notes[note.0].clone();
    Question { kind: "X", code, text, relevance, ..Question::default() }
}

/// The words of an item, after its number.
fn stem(form: &Form<'_>, item: usize) -> Text {
    // A background item is asked like any other.
    let Item {
        id: _,
        number,
        response: _,
        section: _,
        required: _,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &form.request.instrument.items[item];
    let numbered = |wording: &Wording| {
        let stem = &wording.stems[item];
        Some(match choices::printed_number(number) {
            None => stem.clone(),
            Some(number) => format!("{number} {stem}"),
        })
    };
    form.languages.text(numbered)
}

/// The question for one item, with the answers that it accepts.
fn single(form: &Form<'_>, item: usize, asked: Question) -> Question {
    let response = form.request.instrument.items[item].response;
    match &form.request.instrument.response_scales[response.0].kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            Question { kind: "L", answers: answers(form, item), ..asked }
        }
        ResponseKind::SeveralChoice { options: _ } => several(form, item, asked),
        ResponseKind::Numeric { min, max, decimals } => {
            let suffix = form.languages.text(|wording| wording.responses[response.0].unit.clone());
            Question { kind: "N", suffix, attributes: limits((*min, *max), *decimals), ..asked }
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            slider(form, item, asked, (*min, *max, *decimals))
        }
        ResponseKind::Text { lines: 1 } => Question { kind: "S", ..asked },
        ResponseKind::Text { lines: _ } => Question { kind: "T", ..asked },
        ResponseKind::Date => Question {
            kind: "D",
            attributes: vec![("date_format", "yyyy-mm-dd".to_owned())],
            ..asked
        },
        ResponseKind::Time => Question {
            kind: "S",
            validation: CLOCK,
            attributes: vec![("maximum_chars", "5".to_owned())],
            ..asked
        },
    }
}

fn limits((min, max): (Option<f64>, Option<f64>), decimals: u32) -> Vec<(&'static str, String)> {
    let whole = (decimals == 0).then(|| ("num_value_int_only", "1".to_owned()));
    let min = min.map(|min| ("min_num_value_n", min.to_string()));
    let max = max.map(|max| ("max_num_value_n", max.to_string()));
    whole.into_iter().chain(min).chain(max).collect()
}

/// A line with a handle. Without an initial value it is unanswered until the handle is moved.
fn slider(
    form: &Form<'_>,
    item: usize,
    asked: Question,
    (min, max, decimals): (f64, f64, u32),
) -> Question {
    let response = form.request.instrument.items[item].response.0;
    let end = |of: fn(&scalewright_model::ResponseWording) -> &Option<String>| {
        form.languages.text(move |wording| of(&wording.responses[response]).clone())
    };
    let (low, high) = (end(|words| &words.min_label), end(|words| &words.max_label));
    let languages = 0..form.languages.0.len();
    let ends = languages.map(|language| format!("|{}|{}", low.at(language), high.at(language)));
    Question {
        kind: "K",
        attributes: vec![
            ("hide_tip", "1".to_owned()),
            ("slider_layout", "1".to_owned()),
            ("slider_min", min.to_string()),
            ("slider_max", max.to_string()),
            ("slider_accuracy", step(decimals)),
            ("slider_middlestart", "1".to_owned()),
            ("slider_reset", "1".to_owned()),
            ("slider_separator", "|".to_owned()),
        ],
        rows: vec![Row { code: SLIDER.to_owned(), text: Text(ends.collect()) }],
        ..asked
    }
}

/// The distance of neighbouring numbers with so many decimals.
fn step(decimals: u32) -> String {
    match decimals {
        0 => "1".to_owned(),
        more => format!("0.{:0>width$}", 1, width = more as usize),
    }
}

fn several(form: &Form<'_>, item: usize, asked: Question) -> Question {
    let row = |answer: Answer| Row {
        code: format!("{}{}", codes::CHOICE, answer.code),
        text: answer.text,
    };
    Question { kind: "M", rows: answers(form, item).into_iter().map(row).collect(), ..asked }
}

/// The options of an item.
fn answers(form: &Form<'_>, item: usize) -> Vec<Answer> {
    let instrument = form.request.instrument;
    let response = instrument.items[item].response;
    let options = choices::options(instrument, response);
    let coded = codes::answers(&options);
    let made = options.iter().zip(coded).enumerate().map(|(position, (option, code))| {
        let ResponseOption { value, code: _, non_response: _, unlabelled: _ } = option;
        let text = form.languages.text(|wording| {
            let labels = choices::labels(instrument, wording, response);
            labels.get(position).map(|label| (*label).to_owned())
        });
        Answer { code, text, value: *value }
    });
    made.collect()
}

/// Whether the text of the question of a run is free for the lead-in of its section.
pub(super) fn is_array(run: &Run) -> bool {
    !run.rows.is_empty()
}
