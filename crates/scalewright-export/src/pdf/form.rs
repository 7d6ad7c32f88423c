//! A form to fill in, as it is known when it comes back: what it is a form of, and where its answers are.

use scalewright_model::{
    Ask, Instrument, Item, ItemIx, ResponseKind, ResponseOption, ResponseScale, ResponseWording,
    SectionWording, Wording,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The field for who answers.
pub const RESPONDENT: &str = "scalewright-respondent";

/// The field for the day it was filled in.
pub const DATE: &str = "scalewright-date";

/// The mark that holds the instrument's id.
pub const INSTRUMENT: &str = "Instrument";

/// The mark that holds the definition's version.
pub const VERSION: &str = "Version";

/// The mark that holds the language of the form.
pub const LANGUAGE: &str = "Language";

/// The mark that holds [`structure`].
pub const STRUCTURE: &str = "Structure";

/// The mark that holds [`words`].
pub const WORDS: &str = "Words";

/// What is written into a form, so that it is known when it comes back.
pub(crate) fn marks(instrument: &Instrument, wording: &Wording) -> Vec<(&'static str, String)> {
    vec![
        (INSTRUMENT, instrument.id.clone()),
        (VERSION, instrument.version.clone()),
        (LANGUAGE, wording.language.clone()),
        (STRUCTURE, structure(instrument)),
        (WORDS, words(wording)),
    ]
}

/// Where an item is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Buttons of which one is marked, by the coded values of the options.
    One(Vec<String>),
    /// Boxes of which any are marked, by the coded values of the options.
    Any(Vec<String>),
    /// Something typed.
    Typed,
}

/// Where `item` is answered.
#[must_use]
pub fn place(instrument: &Instrument, item: ItemIx) -> Place {
    let values = |options: &[ResponseOption]| options.iter().map(|o| o.value.to_string()).collect();
    match &instrument.response(item).kind {
        ResponseKind::Coded { options } => Place::One(values(options)),
        ResponseKind::YesNo => Place::One(vec!["1".to_owned(), "0".to_owned()]),
        ResponseKind::SeveralChoice { options } => Place::Any(values(options)),
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ }
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date
        | ResponseKind::Time => Place::Typed,
    }
}

/// The name of the box for one of several options that may be marked together.
#[must_use]
pub fn box_name(item: &str, value: &str) -> String {
    format!("{item}___{value}")
}

/// A digest (SHA-256, hexadecimal) of what answers depend on: id, version, and of every item its id, what it takes
/// for an answer, and when it is asked. Words and scoring are no part of it.
#[must_use]
pub fn structure(instrument: &Instrument) -> String {
    let items: Vec<Value> =
        instrument.items.iter().map(|item| self::item(item, instrument)).collect();
    digest(&json!([instrument.id, instrument.version, items]))
}

fn item(item: &Item, instrument: &Instrument) -> Value {
    // Where and under which number an item is printed is no matter of its answer.
    let Item {
        id,
        number: _,
        response,
        section: _,
        required: _,
        ask,
        background: _,
        codes: _,
        taken_from: _,
    } = item;
    let ResponseScale { name: _, kind } = &instrument.response_scales[response.0];
    let ask = ask.as_ref().map(|Ask { when: _, text, otherwise }| json!([text, otherwise]));
    json!([id, answers(kind), ask])
}

fn answers(kind: &ResponseKind) -> Value {
    let list = |options: &[ResponseOption]| -> Vec<Value> {
        let entry = |ResponseOption { value, code, non_response }: &ResponseOption| {
            json!([value, code, non_response])
        };
        options.iter().map(entry).collect()
    };
    match kind {
        ResponseKind::Coded { options } => json!(["coded", list(options)]),
        ResponseKind::SeveralChoice { options } => json!(["several-choice", list(options)]),
        ResponseKind::Numeric { min, max, decimals } => json!(["numeric", min, max, decimals]),
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            json!(["visual-analogue", min, max, decimals])
        }
        ResponseKind::YesNo => json!(["yes-no"]),
        ResponseKind::Text { lines: _ } => json!(["text"]),
        ResponseKind::Date => json!(["date"]),
        ResponseKind::Time => json!(["time"]),
    }
}

/// A digest (SHA-256, hexadecimal) of the words that a respondent answers to, in one language.
#[must_use]
pub fn words(wording: &Wording) -> String {
    // The names of scales and bands, the notice and the state of a translation are not what is answered.
    let Wording {
        language,
        title,
        instructions,
        recall_period,
        translation: _,
        notice: _,
        responses,
        sections,
        stems,
        scales: _,
    } = wording;
    let responses: Vec<Value> = responses.iter().map(response_words).collect();
    let sections: Vec<Value> = sections.iter().map(section_words).collect();
    digest(&json!([language, title, instructions, recall_period, responses, sections, stems]))
}

fn response_words(words: &ResponseWording) -> Value {
    let ResponseWording { labels, min_label, max_label, yes_label, no_label, unit } = words;
    json!([labels, min_label, max_label, yes_label, no_label, unit])
}

fn section_words(words: &SectionWording) -> Value {
    let SectionWording { title, lead_in, instructions } = words;
    json!([title, lead_in, instructions])
}

fn digest(value: &Value) -> String {
    let bytes = Sha256::digest(value.to_string());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
