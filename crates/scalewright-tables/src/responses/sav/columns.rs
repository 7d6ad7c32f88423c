//! Makes the columns of a table of the dictionary of a system file: texts are decoded, and the pieces of very long
//! strings joined.

use std::collections::BTreeMap;

use crate::responses::row_reader::MOST_COLUMNS;
use crate::responses::source::{DeclaredMissing, SourceCell, SourceColumn};

use super::bytes::number;
use super::dictionary::{Dictionary, Missing, Variable};
use super::encoding::Decoder;
use super::extensions::{Content, long_labels, long_missing, pairs};

/// SPSS cuts value labels to this many bytes.
const LABEL_BYTES: usize = 120;
/// A variable of a very long string has pieces of this many bytes,
const PIECE: usize = 255;
/// and its width grows by this many with each of them.
const PIECE_WIDTH: usize = 252;
/// The maximum number of value labels of all columns together. A few bytes may give a set of labels to many columns.
const MOST_LABELS: usize = 2_000_000;

/// Where the value of a column is in a case.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The index of its first slot.
    pub(super) slot: usize,
    pub(super) kind: FieldKind,
    /// The name of at most eight letters, in capitals.
    pub(super) short: String,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// A number, with the code of its format.
    Number(u8),
    /// A string of this width in bytes.
    Text(usize),
}

/// The columns of a system file.
pub(super) struct Columns {
    pub(super) columns: Vec<SourceColumn>,
    pub(super) fields: Vec<Field>,
    pub(super) texts: Decoder,
    /// The number that marks a missing value.
    pub(super) blank: f64,
}

/// Makes the columns.
///
/// # Errors
///
/// Why the dictionary is damaged, or cannot be decoded.
pub(super) fn columns(dictionary: &Dictionary, is_big: bool) -> Result<Columns, String> {
    let content = |subtype| Content::new(dictionary.content(subtype), is_big);
    let mut page = content(3);
    let page = page.bytes(28).and_then(|_| page.whole());
    let named = dictionary.extensions.get(&20).map(|name| String::from_utf8_lossy(name));
    let texts = Decoder::new(named.as_deref(), page);
    let mut limits = content(4);
    let blank = limits.float().unwrap_or(-f64::MAX);
    let mut made = Columns { columns: Vec::new(), fields: Vec::new(), texts, blank };
    made.add_variables(dictionary, is_big)?;
    made.name(&pairs(dictionary.content(13), &made.texts)?)?;
    made.add_labels(dictionary, is_big)?;
    made.add_long(content(21), content(22))?;
    Ok(made)
}

impl Columns {
    fn add_variables(&mut self, dictionary: &Dictionary, is_big: bool) -> Result<(), String> {
        let mut widths = BTreeMap::new();
        for (name, width) in pairs(dictionary.content(14), &self.texts)? {
            let width = width.trim().parse::<usize>().ok().filter(|width| *width < 1 << 20);
            let width = width.ok_or("a very long string has no width")?;
            widths.insert(name.to_uppercase(), width);
        }
        let mut variables = dictionary.variables.iter();
        while let Some(first) = variables.next() {
            let short = self.texts.text(&first.name)?.to_uppercase();
            let mut width = first.width;
            if let Some(long) = widths.remove(&short).filter(|long| *long > PIECE) {
                // Each piece is a variable of its own, whose name means nothing.
                let pieces = long.div_ceil(PIECE_WIDTH);
                let mut all = vec![first];
                all.extend(variables.by_ref().take(pieces - 1));
                if !are_pieces(&all, pieces, long) {
                    return Err(format!("the pieces of the string `{short}` are incomplete"));
                }
                width = long;
            }
            self.add(first, short, width, is_big)?;
        }
        match widths.into_iter().find(|(_, width)| *width > PIECE) {
            Some((name, _)) => {
                Err(format!("there is no variable for the very long string `{name}`"))
            }
            None => Ok(()),
        }
    }

    fn add(
        &mut self,
        variable: &Variable,
        short: String,
        width: usize,
        is_big: bool,
    ) -> Result<(), String> {
        let label = match &variable.label {
            Some(label) => Some(self.texts.text(label)?.into_owned()),
            None => None,
        };
        let missing = self.missing(&variable.missing, width, is_big)?;
        if self.columns.len() >= MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} variables"));
        }
        self.columns.push(SourceColumn {
            name: short.clone(),
            label: label.filter(|label| !label.is_empty()),
            value_labels: Vec::new(),
            missing,
            label_bytes: Some(LABEL_BYTES),
        });
        let kind = match width {
            0 => FieldKind::Number(variable.format),
            width => FieldKind::Text(width),
        };
        self.fields.push(Field { slot: variable.slot, kind, short });
        Ok(())
    }

    fn missing(
        &self,
        missing: &Missing,
        width: usize,
        is_big: bool,
    ) -> Result<Vec<DeclaredMissing>, String> {
        let range = missing.range.filter(|_| width == 0).map(|[low, high]| {
            // LO and HI are the lowest and the highest number that the file knows; some programs write infinities.
            let (low, high) = (number(low, is_big), number(high, is_big));
            let low = if low <= -f64::MAX / 2.0 { f64::NEG_INFINITY } else { low };
            DeclaredMissing::Range(low, if high >= f64::MAX / 2.0 { f64::INFINITY } else { high })
        });
        let value =
            |value: &[u8; 8]| Ok(DeclaredMissing::Value(self.value(*value, width, is_big)?));
        let values: Vec<DeclaredMissing> =
            missing.values.iter().map(value).collect::<Result<_, String>>()?;
        Ok(range.into_iter().chain(values).collect())
    }

    /// A value of the dictionary as a cell.
    fn value(&self, value: [u8; 8], width: usize, is_big: bool) -> Result<SourceCell, String> {
        match width {
            0 => Ok(SourceCell::Number(number(value, is_big))),
            width => {
                let text = self.texts.text(&value[..width.min(8)])?;
                Ok(SourceCell::Text(text.into_owned()))
            }
        }
    }

    /// Gives the columns their long names.
    fn name(&mut self, names: &[(String, String)]) -> Result<(), String> {
        let mut places = BTreeMap::new();
        for (at, field) in self.fields.iter().enumerate() {
            if places.insert(field.short.clone(), at).is_some() {
                return Err(format!("there are two variables `{}`", field.short));
            }
        }
        for (short, long) in names {
            // The pieces of very long strings have names too.
            if let Some(&at) = places.get(&short.to_uppercase()) {
                self.columns[at].name.clone_from(long);
            }
        }
        let mut folded = BTreeMap::new();
        for column in &self.columns {
            if let Some(other) = folded.insert(column.name.to_lowercase(), &column.name) {
                return Err(format!(
                    "there are two variables `{other}` and `{}`: in SPSS, capitals make no difference",
                    column.name
                ));
            }
        }
        Ok(())
    }

    fn add_labels(&mut self, dictionary: &Dictionary, is_big: bool) -> Result<(), String> {
        let places: BTreeMap<usize, usize> =
            self.fields.iter().enumerate().map(|(at, field)| (field.slot + 1, at)).collect();
        let mut count = 0;
        for set in &dictionary.sets {
            for slot in &set.slots {
                let Some(&at) = places.get(slot) else {
                    return Err(format!(
                        "value labels belong to variable {slot}, which does not exist"
                    ));
                };
                count += set.labels.len();
                if count > MOST_LABELS {
                    return Err(format!("its columns have more than {MOST_LABELS} value labels"));
                }
                let width = match self.fields[at].kind {
                    FieldKind::Number(_) => 0,
                    FieldKind::Text(width) => width,
                };
                for (value, label) in &set.labels {
                    let value = self.value(*value, width, is_big)?;
                    let label = self.texts.text(label)?.into_owned();
                    self.columns[at].value_labels.push((value, label));
                }
            }
        }
        Ok(())
    }

    /// Adds the value labels and missing values of strings of more than eight bytes.
    fn add_long(&mut self, labels: Content<'_>, missing: Content<'_>) -> Result<(), String> {
        let names = self.columns.iter().zip(&self.fields).enumerate();
        let places: BTreeMap<String, usize> = names
            .flat_map(|(at, (column, field))| {
                [(column.name.to_lowercase(), at), (field.short.to_lowercase(), at)]
            })
            .collect();
        let texts = self.texts.clone();
        let place = |name: &[u8]| {
            let name = texts.text(name)?;
            let at = places.get(&name.to_lowercase()).copied();
            at.ok_or_else(|| format!("labels or missing values belong to no variable: `{name}`"))
        };
        let text = |bytes: &[u8]| Ok::<String, String>(texts.text(bytes)?.into_owned());
        for set in long_labels(labels).ok_or("the labels of long strings are incomplete")? {
            let at = place(set.variable)?;
            for (value, label) in set.labels {
                let value = SourceCell::Text(text(value)?);
                self.columns[at].value_labels.push((value, text(label)?));
            }
        }
        for set in
            long_missing(missing).ok_or("the missing values of long strings are incomplete")?
        {
            let at = place(set.variable)?;
            for value in set.values {
                let value = DeclaredMissing::Value(SourceCell::Text(text(value)?));
                self.columns[at].missing.push(value);
            }
        }
        Ok(())
    }
}

/// Whether these variables are the pieces of a string of `width` bytes.
fn are_pieces(all: &[&Variable], pieces: usize, width: usize) -> bool {
    let follows = |pair: &[&Variable]| pair[1].slot == pair[0].slot + PIECE.div_ceil(8);
    let last = width - (pieces - 1) * PIECE_WIDTH;
    all.len() == pieces
        && all[..pieces - 1].iter().all(|piece| piece.width == PIECE)
        && all.last().is_some_and(|piece| piece.width == last)
        && all.windows(2).all(follows)
}
