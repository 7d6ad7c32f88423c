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

use self::bytes::{Bytes, number, unreadable};
use self::cases::Cases;
use self::columns::{Columns, Field, FieldKind};
use self::dictionary::{Dictionary, dictionary};
use self::encoding::Decoder;
use self::extensions::Content;
use self::header::Header;
use self::sets::{JoinedColumn, ResponseSet, joined, response_sets};
use super::row_reader::About;
use super::source::{BLANK, LeanSource, NO_NUMBER, Source, SourceCell, SourceColumn};

/// A very long string has pieces of this many bytes, of which each takes 32 slots.
const PIECE: usize = 255;
const PIECE_SLOTS: usize = 32;

/// A system file.
pub(crate) struct Sav {
    name: String,
    columns: Vec<SourceColumn>,
    fields: Vec<Field>,
    sets: Vec<ResponseSet>,
    /// The columns after those of `fields`.
    joined: Vec<JoinedColumn>,
    texts: Decoder,
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
    pub(crate) fn open(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        let mut bytes = Bytes::new(name, input);
        let header = header::header(&mut bytes)?;
        let dictionary = dictionary(&mut bytes)?;
        let is_big = bytes.is_big();
        let Columns { columns, fields, texts, blank } =
            columns::columns(&dictionary, is_big).map_err(|why| unreadable(name, &why))?;
        if fields.is_empty() {
            return Err(Stop::wrong(format!("{name}: the file has no variables")));
        }
        let mut notes: Vec<String> = weight(&header, &columns, &fields).into_iter().collect();
        let sets = sets_of(&dictionary, &texts, &mut notes);
        let cases = Cases::new(name, bytes, header.compression, (dictionary.slots, blank))?;
        let stated = header.cases.or_else(|| cases_of(&dictionary, is_big));
        Ok(Self {
            name: name.to_owned(),
            numbers: vec![NO_NUMBER; columns.len()],
            columns,
            fields,
            sets,
            joined: Vec::new(),
            texts,
            blank,
            is_big,
            cases,
            stated,
            notes,
            at_end: false,
        })
    }

    /// Gives columns the spelling of the items and ids that they belong to, and adds the columns of multiple-response sets.
    pub(super) fn fitting(mut self, about: &About<'_>) -> Self {
        fold_names(&mut self.columns, about);
        let own = (&self.columns[..], &self.fields[..]);
        let (made, notes) = joined(&self.sets, own, (about.instrument, about.map));
        self.notes.extend(notes);
        for (name, column) in made {
            self.columns.push(SourceColumn { name, ..SourceColumn::default() });
            self.joined.push(column);
        }
        self.numbers.resize(self.columns.len(), NO_NUMBER);
        self
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

/// Spells columns like the items and ids that they belong to: old files have names in capitals.
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

/// The multiple-response sets of a file. A damaged record is only noted: its variables are columns of their own too.
fn sets_of(dictionary: &Dictionary, texts: &Decoder, notes: &mut Vec<String>) -> Vec<ResponseSet> {
    let mut sets = Vec::new();
    for subtype in [7, 19] {
        match response_sets(dictionary.content(subtype), texts) {
            Some(more) => sets.extend(more),
            None => notes.push("the multiple-response sets are damaged, so not used".to_owned()),
        }
    }
    sets
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::Sav;
    use crate::responses::source::{DeclaredMissing, Source as _, SourceCell};

    /// A file as a machine writes it whose numbers begin with their most significant byte, without an encoding.
    fn big(stated: i32, rows: &[(&[u8; 8], f64)]) -> Vec<u8> {
        let whole = |numbers: &[i32]| -> Vec<u8> {
            numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
        };
        let mut file = b"$FL2@(#) SPSS DATA FILE MS-DOS".to_vec();
        file.resize(64, b' ');
        file.extend(whole(&[2, 2, 0, 0, stated]));
        file.extend(100_f64.to_be_bytes());
        file.resize(176, b' ');
        file.extend(whole(&[2, 6, 0, 0, 1 << 16 | 6 << 8, 1 << 16 | 6 << 8]));
        file.extend(b"ID      ");
        file.extend(whole(&[2, 0, 1, -3, 5 << 16 | 8 << 8, 5 << 16 | 8 << 8]));
        file.extend(b"Q1      ");
        file.extend(whole(&[5]));
        file.extend(b"First   ");
        file.extend([f64::MIN, -1.0, 99.0].into_iter().flat_map(f64::to_be_bytes));
        file.extend(whole(&[3, 1]));
        file.extend(99_f64.to_be_bytes());
        file.extend(b"\x07refused");
        file.extend(whole(&[4, 1, 2, 999, 0]));
        for (id, number) in rows {
            file.extend(*id);
            file.extend(number.to_be_bytes());
        }
        file
    }

    #[test]
    fn old_files_in_the_other_byte_order_are_read() {
        let rows = [(b"r1      ", 3.0), (b"r2      ", -f64::MAX)];
        let mut sav = Sav::open("a.sav", Box::new(Cursor::new(big(5, &rows)))).expect("a file");
        assert_eq!((sav.columns[0].name.as_str(), sav.columns[1].name.as_str()), ("ID", "Q1"));
        assert_eq!(sav.columns[1].label.as_deref(), Some("First"));
        let refused = (SourceCell::Number(99.0), "refused".to_owned());
        assert_eq!(sav.columns[1].value_labels, [refused]);
        let missing = [
            DeclaredMissing::Range(f64::NEG_INFINITY, -1.0),
            DeclaredMissing::Value(SourceCell::Number(99.0)),
        ];
        assert_eq!(sav.columns[1].missing, missing);
        let (mut row, mut read) = (Vec::new(), Vec::new());
        while sav.next(&mut row).expect("a row") {
            read.append(&mut row);
        }
        let text = |text: &str| SourceCell::Text(text.to_owned());
        let expected = [text("r1"), SourceCell::Number(3.0), text("r2"), SourceCell::Blank];
        assert_eq!(read, expected);
        let notes = sav.notes();
        assert!(notes[0].contains("states that it has 5 rows, but it has 2"), "{notes:?}");
    }

    #[test]
    fn letters_of_an_unknown_encoding_are_refused() {
        let rows = [(b"r\xe91     ", 3.0)];
        let mut sav = Sav::open("a.sav", Box::new(Cursor::new(big(-1, &rows)))).expect("a file");
        let mut row = Vec::new();
        assert!(sav.next(&mut row).expect("a row") && sav.notes().is_empty());
        assert!(matches!(&row[0], SourceCell::Error(why) if why.contains("not ASCII")), "{row:?}");
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_or_ends_with_a_row() {
        let whole = big(2, &[(b"r1      ", 3.0), (b"r2      ", 4.0)]);
        for end in 0..whole.len() {
            let cut = Box::new(Cursor::new(whole[..end].to_vec()));
            let Ok(mut sav) = Sav::open("a.sav", cut) else { continue };
            let mut row = Vec::new();
            let is_cut = |sav: &Sav| sav.notes().iter().any(|note| note.contains("incomplete"));
            while matches!(sav.next(&mut row), Ok(true)) {}
            assert!(!(end - (whole.len() - 32)).is_multiple_of(16) || is_cut(&sav), "{end}");
        }
    }
}
