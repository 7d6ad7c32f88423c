//! Reads system files of SPSS: `.sav` and `.zsav`, of all versions since layout 2, in both byte orders.
//!
//! The layout follows the chapter "System File Format" of the PSPP Developer's Guide
//! (<https://www.gnu.org/software/pspp/pspp-dev/>).

mod bytes;
mod cases;
mod columns;
mod dates;
mod dictionary;
mod encoding;
mod extensions;
mod header;
mod sets;
mod zlib;

use std::io::Read;

use crate::Stop;

use self::bytes::{Bytes, number};
use self::cases::Cases;
use self::columns::{Columns, Field, FieldKind};
use self::dictionary::{Dictionary, dictionary};
use self::encoding::Texts;
use self::extensions::Content;
use self::header::Header;
use self::sets::{JoinedColumn, joined, response_sets};
use super::row_reader::About;
use super::source::{BLANK, LeanSource, NO_NUMBER, Source, SourceCell, SourceColumn};

/// A very long string has pieces of this many bytes, of which each takes 32 slots.
const PIECE: usize = 255;
const PIECE_SLOTS: usize = 32;

/// A system file.
pub(super) struct Sav {
    name: String,
    columns: Vec<SourceColumn>,
    fields: Vec<Field>,
    /// The columns after those of `fields`.
    joined: Vec<JoinedColumn>,
    texts: Texts,
    blank: f64,
    is_big: bool,
    cases: Cases,
    numbers: Vec<f64>,
    /// The number of cases that the header states.
    stated: Option<u64>,
    notes: Vec<String>,
    at_end: bool,
}

impl Sav {
    /// Reads the dictionary.
    ///
    /// # Errors
    ///
    /// When the file is damaged, or no system file.
    pub(super) fn open(name: &str, input: Box<dyn Read>, about: &About<'_>) -> Result<Self, Stop> {
        let mut bytes = Bytes::new(name, input);
        let header = header::header(&mut bytes)?;
        let dictionary = dictionary(&mut bytes)?;
        let is_big = bytes.is_big();
        let Columns { mut columns, fields, texts, blank } =
            columns::columns(&dictionary, is_big).map_err(|why| bytes.damaged(&why))?;
        if fields.is_empty() {
            return Err(Stop::wrong(format!("{name}: the file has no variables")));
        }
        fold_names(&mut columns, about);
        let mut notes = Vec::new();
        notes.extend(weight(&header, &columns, &fields));
        let joined = join(&dictionary, &texts, (&mut columns, &fields), about, &mut notes);
        let cases = Cases::new(name, bytes, header.compression, (dictionary.slots, blank))?;
        let stated = header.cases.or_else(|| cases_of(&dictionary, is_big));
        Ok(Self {
            name: name.to_owned(),
            numbers: vec![NO_NUMBER; columns.len()],
            columns,
            fields,
            joined,
            texts,
            blank,
            is_big,
            cases,
            stated,
            notes,
            at_end: false,
        })
    }

    /// The text of a string, joined from its pieces.
    fn text(&self, slot: usize, width: usize) -> Result<SourceCell, String> {
        let row = self.cases.row().as_flattened();
        let start = slot * 8;
        if width <= PIECE {
            return self.decoded(&row[start..start + width]);
        }
        let mut text = Vec::with_capacity(width);
        let pieces = row[start..].chunks(PIECE_SLOTS * 8);
        for piece in pieces {
            let count = (width - text.len()).min(PIECE).min(piece.len());
            text.extend_from_slice(&piece[..count]);
            if text.len() == width {
                break;
            }
        }
        self.decoded(&text)
    }

    fn decoded(&self, bytes: &[u8]) -> Result<SourceCell, String> {
        let text = self.texts.text(bytes)?;
        Ok(if text.is_empty() { SourceCell::Blank } else { SourceCell::Text(text.into_owned()) })
    }

    fn field(&self, field: &Field) -> SourceCell {
        let format = match field.kind {
            FieldKind::Number(format) => format,
            FieldKind::Text(width) => {
                return self.text(field.slot, width).unwrap_or_else(SourceCell::Error);
            }
        };
        let number = number(self.cases.row()[field.slot], self.is_big);
        if number == self.blank {
            return SourceCell::Blank;
        }
        match dates::is_time(format).then(|| dates::time(number, format)).flatten() {
            Some(time) => SourceCell::Time(time),
            None => SourceCell::Number(number),
        }
    }

    fn numbers_of_row(&mut self) {
        let row = self.cases.row();
        for (out, field) in self.numbers.iter_mut().zip(&self.fields) {
            let FieldKind::Number(format) = field.kind else { continue };
            let number = number(row[field.slot], self.is_big);
            *out = if number == self.blank {
                BLANK
            } else if dates::is_time(format) || number == BLANK {
                NO_NUMBER
            } else {
                number
            };
        }
    }
}

/// A note on the variable that weights the cases.
fn weight(header: &Header, columns: &[SourceColumn], fields: &[Field]) -> Option<String> {
    let slot = usize::try_from(header.weight).ok()?.checked_sub(1)?;
    let at = fields.iter().position(|field| field.slot == slot)?;
    Some(format!("the cases are weighted by `{}`, which scores do not use", columns[at].name))
}

/// The number of cases in record 7/16, which is wider than that of the header.
fn cases_of(dictionary: &Dictionary, is_big: bool) -> Option<u64> {
    let mut content = Content::new(dictionary.content(16), is_big);
    content.long()?;
    u64::try_from(content.long()?).ok()
}

/// Gives columns the spelling of the items and ids that they belong to: old files have names in capitals.
fn fold_names(columns: &mut [SourceColumn], about: &About<'_>) {
    let items = about.instrument.items.iter().map(|item| about.map.column(&item.id));
    let wanted = items.chain(super::plan::ID_COLUMNS);
    let folded: std::collections::BTreeMap<String, &str> =
        wanted.map(|name| (name.to_lowercase(), name)).collect();
    for column in columns {
        if let Some(name) = folded.get(&column.name.to_lowercase()) {
            (*name).clone_into(&mut column.name);
        }
    }
}

/// Adds the columns of multiple-response sets.
fn join(
    dictionary: &Dictionary,
    texts: &Texts,
    (columns, fields): (&mut Vec<SourceColumn>, &[Field]),
    about: &About<'_>,
    notes: &mut Vec<String>,
) -> Vec<JoinedColumn> {
    let mut sets = Vec::new();
    for subtype in [7, 19] {
        match response_sets(dictionary.content(subtype), texts) {
            Some(more) => sets.extend(more),
            None => notes.push("the multiple-response sets are damaged, so not used".to_owned()),
        }
    }
    let (made, more) = joined(&sets, (columns, fields), (about.instrument, about.map));
    notes.extend(more);
    let mut joined = Vec::new();
    for (name, column) in made {
        columns.push(SourceColumn { name, ..SourceColumn::default() });
        joined.push(column);
    }
    joined
}

impl Source for Sav {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop> {
        if !self.advance()? {
            return Ok(false);
        }
        row.extend((0..self.columns.len()).map(|column| self.cell(column)));
        Ok(true)
    }

    fn lean(&mut self) -> Option<&mut dyn LeanSource> {
        Some(self)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        let rows = self.cases.rows();
        if let Some(stated) = self.stated.filter(|stated| *stated != rows && self.at_end) {
            notes.push(format!(
                "`{}` states that it has {stated} rows, but it has {rows}: it may be incomplete",
                self.name
            ));
        }
        notes
    }

    fn progress(&self) -> u64 {
        self.cases.used()
    }
}

impl LeanSource for Sav {
    fn advance(&mut self) -> Result<bool, Stop> {
        let is_there = self.cases.next()?;
        if is_there {
            self.numbers_of_row();
        }
        self.at_end = !is_there;
        Ok(is_there)
    }

    fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    fn cell(&self, column: usize) -> SourceCell {
        match self.fields.get(column) {
            Some(field) => self.field(field),
            None => {
                let joined = &self.joined[column - self.fields.len()];
                joined.cell(|at| self.field(&self.fields[at]))
            }
        }
    }
}
