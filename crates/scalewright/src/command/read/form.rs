//! One filled form: whether it is one of the instrument as it is defined, and what was answered.

use std::collections::BTreeMap;

use scalewright_export::form::{
    DATE, INSTRUMENT, LANGUAGE, Place, RESPONDENT, STRUCTURE, VERSION, WORDS, box_name, place,
    structure, words,
};
use scalewright_model::{Instrument, ItemIx};
use scalewright_pdf::{Filled, Given, filled, marked};

use super::refused::{Refused, altered, foreign, unreadable};
use super::typed::Typed;

/// The answers of a form.
pub(super) struct Answers {
    /// Who answered; empty when nobody says.
    pub(super) respondent: String,
    /// The day, as it was typed.
    pub(super) date: String,
    /// The language of the form.
    pub(super) language: String,
    /// For each item, the answer.
    pub(super) cells: Vec<Cell>,
}

/// An answer as it goes into a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// There is none.
    Missing,
    /// A number.
    Number(f64),
    /// Words, a date, a clock time, or several coded values.
    Text(String),
}

impl Answers {
    /// How many items were answered.
    pub(super) fn answered(&self) -> usize {
        self.cells.iter().filter(|cell| **cell != Cell::Missing).count()
    }
}

/// What a field of the form should be like.
enum Field {
    /// Buttons with these values, sorted.
    One(Vec<String>),
    /// A box with this value.
    Box(String),
    /// A line to type on.
    Typed,
}

/// What a form of an instrument has to be.
pub(super) struct Expected<'a> {
    instrument: &'a Instrument,
    structure: String,
    fields: BTreeMap<String, Field>,
    places: Vec<(Place, Typed<'a>)>,
}

impl<'a> Expected<'a> {
    pub(super) fn new(instrument: &'a Instrument) -> Self {
        let items = (0..instrument.items.len()).map(ItemIx);
        let places: Vec<(Place, Typed<'a>)> =
            items.map(|item| (place(instrument, item), Typed::new(instrument, item))).collect();
        let own = [RESPONDENT, DATE].map(|name| (name.to_owned(), Field::Typed));
        let mut fields = BTreeMap::from(own);
        for (item, (place, _)) in instrument.items.iter().zip(&places) {
            match place {
                Place::One(values) => {
                    let mut values = values.clone();
                    values.sort();
                    fields.insert(item.id.clone(), Field::One(values));
                }
                Place::Any(values) => {
                    let boxes = values.iter();
                    let boxes = boxes.map(|v| (box_name(&item.id, v), Field::Box(v.clone())));
                    fields.extend(boxes);
                }
                Place::Typed => {
                    fields.insert(item.id.clone(), Field::Typed);
                }
            }
        }
        Self { instrument, structure: structure(instrument), fields, places }
    }

    /// The answers in a PDF, if it is a form of the instrument.
    pub(super) fn read(&self, pdf: &[u8]) -> Result<Answers, Refused> {
        // More than there should be are too many in any case; some are let through to be named.
        let most = self.fields.len() + 100;
        let mut filled = filled(pdf, most).map_err(unreadable)?;
        let language = self.known(&filled.marks)?;
        self.unaltered(&filled).map_err(Refused::short)?;
        self.answers(&mut filled, language).map_err(Refused::short)
    }

    /// Whether the marks are those of the instrument; the language of the form.
    fn known(&self, marks: &BTreeMap<String, String>) -> Result<String, Refused> {
        let mark = |name: &str| marks.get(name).map(String::as_str);
        let (Some(id), Some(version)) = (mark(INSTRUMENT), mark(VERSION)) else {
            return Err(foreign());
        };
        let (own_id, own_version) = (&self.instrument.id, &self.instrument.version);
        if id != own_id {
            let reason = format!("is a form of `{id}` {version}, not of `{own_id}`");
            return Err(Refused::new(reason, "name its own instrument: `--instrument`"));
        }
        if version != own_version {
            let reason = format!("is a form of version {version}; the definition is {own_version}");
            let help =
                "name the definition that it was made from: `--instrument old/instrument.toml`";
            return Err(Refused::new(reason, help));
        }
        let language = mark(LANGUAGE).unwrap_or_default();
        let worded = self.instrument.wording(language).map(words);
        let what = if mark(STRUCTURE) != Some(self.structure.as_str()) {
            "its items, answers or conditions differ".to_owned()
        } else if worded.is_some() && mark(WORDS) != worded.as_deref() {
            format!("its words in `{language}` differ")
        } else {
            return Ok(language.to_owned());
        };
        let reason = format!("was made from another definition of `{id}` {version}: {what}");
        Err(Refused::new(
            reason,
            "name the definition, and the wording, that it was made from; a definition that changes needs a new version",
        ))
    }

    /// Whether the fields are those that the definition makes.
    fn unaltered(&self, filled: &Filled) -> Result<(), Refused> {
        let mut reasons = Vec::new();
        for (name, field) in &self.fields {
            match (field, filled.fields.get(name)) {
                (_, None) => reasons.push(format!("has no field `{name}`")),
                (Field::Typed, Some(Given::Typed(_))) => {}
                (Field::One(values), Some(Given::Buttons { one: true, values: there, .. })) => {
                    let mut there = there.clone();
                    there.sort();
                    if *values != there {
                        reasons.push(format!(
                            "offers {} for `{name}`, not {}",
                            list(&there),
                            list(values)
                        ));
                    }
                }
                (Field::Box(value), Some(Given::Buttons { one: false, values: there, .. }))
                    if there.as_slice() == [value.as_str()] => {}
                (_, Some(_)) => reasons.push(format!("has a field `{name}` of another kind")),
            }
        }
        let others = filled.fields.keys().filter(|name| !self.fields.contains_key(*name));
        reasons.extend(others.map(|name| format!("has a field `{name}` that was not in it")));
        if reasons.is_empty() { Ok(()) } else { Err(altered(reasons)) }
    }

    fn answers(&self, filled: &mut Filled, language: String) -> Result<Answers, Refused> {
        let mut typed = |name: &str| match filled.fields.remove(name) {
            Some(Given::Typed(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        let (respondent, date) = (typed(RESPONDENT), typed(DATE));
        let (mut cells, mut reasons) = (Vec::new(), Vec::new());
        for (item, (place, rule)) in self.instrument.items.iter().zip(&self.places) {
            match cell(&item.id, place, rule, filled) {
                Ok(cell) => cells.push(cell),
                Err(why) => reasons.push(format!("answers `{}` with {why}", item.id)),
            }
        }
        if !reasons.is_empty() {
            let help = Some("have the form corrected, or its answer emptied".to_owned());
            return Err(Refused { reasons, help });
        }
        Ok(Answers { respondent, date, language, cells })
    }
}

/// The id of the instrument that a PDF says it is a form of.
pub(super) fn id_in(pdf: &[u8]) -> Result<String, Refused> {
    let mut marks = marked(pdf).map_err(unreadable)?;
    let id = marks.remove(INSTRUMENT).ok_or_else(foreign)?;
    // What a file says is no path.
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) { Err(foreign()) } else { Ok(id) }
}

fn list(values: &[String]) -> String {
    values.join(", ")
}

fn cell(id: &str, place: &Place, rule: &Typed<'_>, filled: &Filled) -> Result<Cell, String> {
    match place {
        Place::One(_) => match button(filled.fields.get(id))? {
            None => Ok(Cell::Missing),
            Some(value) => rule.coded(&value),
        },
        Place::Any(values) => {
            let mut marked = Vec::new();
            for value in values {
                marked.extend(button(filled.fields.get(&box_name(id, value)))?);
            }
            Ok(if marked.is_empty() { Cell::Missing } else { Cell::Text(marked.join(";")) })
        }
        Place::Typed => match filled.fields.get(id) {
            Some(Given::Typed(text)) => rule.typed(text),
            _ => Ok(Cell::Missing),
        },
    }
}

/// Which of its values a field is marked with, where what it says and what is seen agree.
fn button(given: Option<&Given>) -> Result<Option<String>, String> {
    let Some(Given::Buttons { values, marked, drawn, .. }) = given else { return Ok(None) };
    match (marked, drawn.as_slice()) {
        (Some(marked), _) if !values.contains(marked) => {
            Err(format!("`{marked}`, which is no option"))
        }
        // Some programs draw nothing and leave it to the reader.
        (Some(marked), []) => Ok(Some(marked.clone())),
        (Some(marked), [drawn]) if marked == drawn => Ok(Some(marked.clone())),
        (None, []) => Ok(None),
        (marked, drawn) => Err(format!(
            "{}, and shows {}",
            marked.as_ref().map_or("nothing".to_owned(), |marked| format!("`{marked}`")),
            list(&drawn.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>())
        )),
    }
}
