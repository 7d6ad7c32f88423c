//! Reads one filled form: checks that it was made from the definition, and returns its answers.

use std::collections::BTreeMap;

use scalewright_export::form::{
    DATE, INSTRUMENT, LANGUAGE, Place, RESPONDENT, STRUCTURE, VERSION, WORDS, box_name, place,
    structure, words,
};
use scalewright_model::{Direction, Instrument, ItemIx, direction};
use scalewright_pdf::{FieldValue, Filled, Spot, filled, marked};

use super::days::impossible;
use super::layout::{are_in_order, is_above};
use super::refused::{Refused, altered, foreign, joined, unreadable};
use super::remarks::remarks;
use super::typed::Typed;

/// The answers of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The respondent; empty if the form does not name one.
    pub respondent: String,
    /// The date, as it was typed.
    pub date: String,
    /// The language of the form.
    pub language: String,
    /// The answer to each item.
    pub cells: Vec<Cell>,
    /// What was added beside the fields, such as ink and notes, each with its page and the nearest item.
    pub remarks: Vec<String>,
}

/// An answer, as it is written to a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A missing answer.
    Missing,
    /// A number.
    Number(f64),
    /// Words, a date, a clock time, or several coded values.
    Text(String),
}

impl Answers {
    /// The number of items answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.cells.iter().filter(|cell| **cell != Cell::Missing).count()
    }
}

/// The expected type of a form field.
enum Field {
    /// Radio buttons with these values, sorted.
    One(Vec<String>),
    /// A checkbox with this value.
    Box(String),
    /// A text field.
    Typed,
}

/// The expected structure and fields of the forms of an instrument.
pub struct Expected<'a> {
    instrument: &'a Instrument,
    structure: String,
    fields: BTreeMap<String, Field>,
    places: Vec<(Place, Typed<'a>)>,
}

impl<'a> Expected<'a> {
    /// The expectations for forms of this instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
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

    /// Returns the answers in a PDF.
    ///
    /// # Errors
    ///
    /// When the PDF is not an unaltered form of the instrument, or an answer is not valid. Contains all reasons found
    /// by the first failing check.
    pub fn read(&self, pdf: &[u8]) -> Result<Answers, Refused> {
        // The bound is above the expected count, so that a few additional fields can be named in the refusal.
        let most = self.fields.len() + 100;
        let mut filled = filled(pdf, most).map_err(unreadable)?;
        // First of all checks: a form of another instrument is reported as that, not by the fields that it lacks.
        let language = self.known(&filled.marks)?;
        self.unaltered(&filled).map_err(Refused::short)?;
        self.in_place(&filled, &language).map_err(Refused::short)?;
        self.answers(&mut filled, language).map_err(Refused::short)
    }

    /// Checks the marks of the form against the instrument, and returns the language of the form.
    fn known(&self, marks: &BTreeMap<String, String>) -> Result<String, Refused> {
        let mark = |name: &str| marks.get(name).map(String::as_str);
        let (Some(id), Some(version)) = (mark(INSTRUMENT), mark(VERSION)) else {
            return Err(foreign());
        };
        let (own_id, own_version) = (&self.instrument.id, &self.instrument.version);
        if id != own_id {
            let reason = format!("is a form of `{id}` {version}, not of `{own_id}`");
            return Err(Refused::new(reason, "name the form's own instrument with `--instrument`"));
        }
        if version != own_version {
            let reason = format!("is a form of version {version}; the definition is {own_version}");
            let help = "name the definition that the form was made from: `--instrument old/instrument.toml`";
            return Err(Refused::new(reason, help));
        }
        let language = mark(LANGUAGE).unwrap_or_default();
        // Words that the definition lacks cannot be compared. The answers are right even so, because their codes are
        // part of the structure.
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
            "name the definition and the wording that the form was made from; a changed definition needs a new version",
        ))
    }

    /// Checks that the fields are those of the definition.
    fn unaltered(&self, filled: &Filled) -> Result<(), Refused> {
        let mut reasons = Vec::new();
        for (name, field) in &self.fields {
            match (field, filled.fields.get(name)) {
                (_, None) => reasons.push(format!("has no field `{name}`")),
                (Field::Typed, Some(FieldValue::Typed { .. })) => {}
                (
                    Field::One(values),
                    Some(FieldValue::Buttons { one: true, values: found, .. }),
                ) => {
                    // Only the set matters here: `in_place` checks the order on the page.
                    let mut found = found.clone();
                    found.sort();
                    if *values != found {
                        reasons.push(format!(
                            "offers {} for `{name}`, not {}",
                            list(&found),
                            list(values)
                        ));
                    }
                }
                (
                    Field::Box(value),
                    Some(FieldValue::Buttons { one: false, values: found, .. }),
                ) if found.as_slice() == [value.as_str()] => {}
                (_, Some(_)) => reasons.push(format!("has a field `{name}` of another kind")),
            }
        }
        let others = filled.fields.keys().filter(|name| !self.fields.contains_key(*name));
        if others.clone().any(|name| self.is_copy(name)) {
            return Err(joined());
        }
        reasons.extend(others.map(|name| format!("has an additional field `{name}`")));
        if reasons.is_empty() { Ok(()) } else { Err(altered(reasons)) }
    }

    /// Whether a field is one of the form, renamed by a program that has joined several forms: `sbs_1+1`.
    fn is_copy(&self, name: &str) -> bool {
        name.rsplit_once('+').is_some_and(|(own, copy)| {
            self.fields.contains_key(own) && copy.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Checks that the fields are visible and in their original places.
    fn in_place(&self, filled: &Filled, language: &str) -> Result<(), Refused> {
        let rightward = direction(language) == Direction::LeftToRight;
        let mut reasons = Vec::new();
        // The head of later pages has the respondent too.
        let head = spots(filled, [RESPONDENT, DATE].map(str::to_owned).as_slice(), &[]);
        let head = head.map(|mut head| {
            let first = head.iter().map(|spot| spot.page).min();
            head.retain(|spot| Some(spot.page) == first);
            head
        });
        if !head.as_ref().is_some_and(|head| are_in_order(head, rightward)) {
            reasons.push(
                "does not show the fields for the respondent and the date in their original places"
                    .to_owned(),
            );
        }
        // If the head is missing, every place is below it, so that only the head is reported.
        let mut before = head.unwrap_or_default();
        for (item, (place, _)) in self.instrument.items.iter().zip(&self.places) {
            let (names, values) = match place {
                Place::One(values) => (vec![item.id.clone()], values.as_slice()),
                Place::Any(values) => {
                    // Each box is a field of its own, so the names have the order already.
                    (values.iter().map(|v| box_name(&item.id, v)).collect(), &[][..])
                }
                Place::Typed => (vec![item.id.clone()], &[][..]),
            };
            let here = spots(filled, &names, values);
            let Some(here) = here else {
                reasons.push(format!("does not show every field of `{}`", item.id));
                continue;
            };
            if !are_in_order(&here, rightward) || !is_above(&before, &here) {
                reasons.push(format!("has a field of `{}` in another place", item.id));
            }
            before = here;
        }
        if reasons.is_empty() { Ok(()) } else { Err(altered(reasons)) }
    }

    fn answers(&self, filled: &mut Filled, language: String) -> Result<Answers, Refused> {
        let (mut cells, mut reasons) = (Vec::new(), Vec::new());
        let mut own = |name: &str| match written(filled.fields.get(name), false) {
            Ok(text) => text.trim().to_owned(),
            Err(why) => {
                reasons.push(format!("gives `{name}` as {why}"));
                String::new()
            }
        };
        let (respondent, date) = (own(RESPONDENT), own(DATE));
        // The field has one line, but a place on each page.
        if respondent.contains('\n') {
            let texts = respondent.replace('\n', "` and `");
            reasons.push(format!("gives the respondent as `{texts}` on different pages"));
        }
        // The date is free text, such as `second visit`. Only a text that is written like a date can be wrong.
        if impossible(&date) {
            reasons.push(format!("is dated `{date}`, a day that does not exist"));
        }
        for (item, (place, rule)) in self.instrument.items.iter().zip(&self.places) {
            match cell(&item.id, place, rule, filled) {
                Ok(cell) => cells.push(cell),
                Err(why) => reasons.push(format!("answers `{}` with {why}", item.id)),
            }
        }
        if !reasons.is_empty() {
            let help =
                "have the answer entered again in a form-filling program, and the form saved";
            let help = Some(help.to_owned());
            return Err(Refused { reasons, help });
        }
        let remarks = remarks(filled, |name| self.item_of(name));
        Ok(Answers { respondent, date, language, cells, remarks })
    }
}

impl Expected<'_> {
    /// The id of the item that a field belongs to; `None` for the fields of the head.
    fn item_of(&self, field: &str) -> Option<String> {
        let items = self.instrument.items.iter().zip(&self.places);
        let mut ids = items.filter(|(item, (place, _))| match place {
            Place::Any(values) => values.iter().any(|value| box_name(&item.id, value) == field),
            Place::One(_) | Place::Typed => item.id == field,
        });
        ids.next().map(|(item, _)| item.id.clone())
    }
}

/// Returns the id of the instrument that a PDF is a form of, according to its marks.
///
/// # Errors
///
/// When the PDF cannot be read, or is not a form made by scalewright.
pub fn id_in(pdf: &[u8]) -> Result<String, Refused> {
    let mut marks = marked(pdf).map_err(unreadable)?;
    let id = marks.remove(INSTRUMENT).ok_or_else(foreign)?;
    // The id is used to find a definition, so it must not contain a path.
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
            // A form cannot show that no choice applies, so an item without a mark counts as not answered.
            Ok(if marked.is_empty() { Cell::Missing } else { Cell::Text(marked.join(";")) })
        }
        Place::Typed => rule.typed(&written(filled.fields.get(id), rule.is_text())?),
    }
}

/// The positions of the buttons or text fields of some form fields; buttons in the `order` of their values, if given.
/// `None` if one of them is missing or not visible.
fn spots(filled: &Filled, names: &[String], order: &[String]) -> Option<Vec<Spot>> {
    let mut found = Vec::new();
    for name in names {
        match filled.fields.get(name)? {
            FieldValue::Typed { spots, .. } => {
                found.extend(spots.iter().copied().collect::<Option<Vec<_>>>()?)
            }
            FieldValue::Buttons { values, spots, .. }
                if order.is_empty() || values.len() != spots.len() =>
            {
                found.extend(spots.iter().copied().collect::<Option<Vec<_>>>()?);
            }
            FieldValue::Buttons { values, spots, .. } => {
                for value in order {
                    let at = values.iter().position(|found| found == value)?;
                    found.push(spots[at]?);
                }
            }
            FieldValue::Foreign => return None,
        }
    }
    Some(found)
}

/// Returns the text typed into a field. Returns an error if the stored text and the visible text differ. With
/// `is_long`, the visible text may be a part of the stored text.
fn written(given: Option<&FieldValue>, is_long: bool) -> Result<String, String> {
    // Fields of other kinds do not occur here: `unaltered` has refused the form.
    let Some(FieldValue::Typed { text, shown, .. }) = given else { return Ok(String::new()) };
    // Visible text is drawn in lines, so its white space may differ from that of the stored text.
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let (held, seen) = (bare(text), shown.as_deref().map(bare).unwrap_or_default());
    // The two are not comparable if the program draws no text, or if the font of the form lacks a letter: it is drawn
    // as another one.
    let is_comparable = !seen.is_empty()
        && held.chars().all(|c| c.is_ascii() || ('\u{a0}'..='\u{ff}').contains(&c));
    let agree = held == seen || (is_long && !seen.is_empty() && held.contains(&seen));
    if !is_comparable || agree {
        return Ok(text.clone());
    }
    let short = |text: &str| text.trim().chars().take(40).collect::<String>();
    let held = if held.is_empty() { "nothing".to_owned() } else { format!("`{}`", short(text)) };
    Err(format!("{held}, but shows `{}`", short(shown.as_deref().unwrap_or_default())))
}

/// Returns the value that a field of buttons is marked with. Returns an error if the stored value and the visible mark
/// differ: it is not known which of them the respondent meant.
fn button(given: Option<&FieldValue>) -> Result<Option<String>, String> {
    let Some(FieldValue::Buttons { values, marked, drawn, .. }) = given else { return Ok(None) };
    match (marked, drawn.as_slice()) {
        (Some(marked), _) if !values.contains(marked) => {
            Err(format!("`{marked}`, which is not an option"))
        }
        (Some(marked), [drawn]) if marked == drawn => Ok(Some(marked.clone())),
        (None, []) => Ok(None),
        (marked, drawn) => {
            let drawn: Vec<String> = drawn.iter().map(|value| format!("`{value}`")).collect();
            Err(format!(
                "{}, but shows {}",
                marked.as_ref().map_or("nothing".to_owned(), |marked| format!("`{marked}`")),
                if drawn.is_empty() { "no mark".to_owned() } else { list(&drawn) }
            ))
        }
    }
}
