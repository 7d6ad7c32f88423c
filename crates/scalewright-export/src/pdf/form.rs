//! The marks and fields of a form to fill in, by which a filled-in form is identified and read.

use scalewright_model::{
    Ask, Instrument, Item, ItemIx, ResponseKind, ResponseOption, ResponseScale, ResponseWording,
    SectionWording, Wording,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The field for the respondent.
pub const RESPONDENT: &str = "scalewright-respondent";

/// The field for the date of completion.
pub const DATE: &str = "scalewright-date";

/// The mark with the instrument's id.
pub const INSTRUMENT: &str = "Instrument";

/// The mark with the definition's version.
pub const VERSION: &str = "Version";

/// The mark with the language of the form.
pub const LANGUAGE: &str = "Language";

/// The mark with the digest of [`structure`].
pub const STRUCTURE: &str = "Structure";

/// The mark with the digest of [`words`].
pub const WORDS: &str = "Words";

/// Returns the marks that are written into a form, to identify it after it has been filled in.
pub(crate) fn marks(instrument: &Instrument, wording: &Wording) -> Vec<(&'static str, String)> {
    vec![
        (INSTRUMENT, instrument.id.clone()),
        (VERSION, instrument.version.clone()),
        (LANGUAGE, wording.language.clone()),
        (STRUCTURE, structure(instrument)),
        (WORDS, words(wording)),
    ]
}

/// How an item is answered on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Radio buttons, of which one is marked, with the coded values of the options.
    One(Vec<String>),
    /// Check boxes, of which any number are marked, with the coded values of the options.
    Any(Vec<String>),
    /// A text field.
    Typed,
}

/// Returns how `item` is answered on the form.
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

/// Returns the name of the check box for one option of an item with several choices.
#[must_use]
pub fn box_name(item: &str, value: &str) -> String {
    format!("{item}___{value}")
}

/// Returns a digest (SHA-256, hexadecimal) of what answers depend on: the id and version of the instrument, and the id,
/// accepted answers and condition of every item. Words and scoring are not included.
#[must_use]
pub fn structure(instrument: &Instrument) -> String {
    let items: Vec<Value> =
        instrument.items.iter().map(|item| self::item(item, instrument)).collect();
    digest(&json!([instrument.id, instrument.version, items]))
}

fn item(item: &Item, instrument: &Instrument) -> Value {
    // The position and the printed number of an item do not affect its answer.
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
        let entry = |option: &ResponseOption| {
            let ResponseOption { value, code, non_response, unlabelled: _ } = option;
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

/// Returns a digest (SHA-256, hexadecimal) of the words that respondents answer, in one language.
#[must_use]
pub fn words(wording: &Wording) -> String {
    // The names of scales and bands, the notice and the status of a translation do not affect answers.
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
        notes,
        scales: _,
    } = wording;
    let responses: Vec<Value> = responses.iter().map(response_words).collect();
    let sections: Vec<Value> = sections.iter().map(section_words).collect();
    let mut all = json!([language, title, instructions, recall_period, responses, sections, stems]);
    // Forms without notes keep the digests that they had before there were notes.
    if let (Value::Array(all), false) = (&mut all, notes.is_empty()) {
        all.push(json!(notes));
    }
    digest(&all)
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
