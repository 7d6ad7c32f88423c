//! Writes a Stata file of version 118, the format of Stata 14 and later, from its published description
//! (`help dta` in Stata). The crate `dta` writes such files too, but not the labels of values.

use std::io::{BufWriter, Error, ErrorKind, Result, Write};

use super::cells::{Cell, Column, Kind, cut};
use super::spool::{About, Rows, Spool};
use crate::scores::sink::Out;

/// The types of variables.
const LONG_TEXT: u16 = 32_768;
const DOUBLE: u16 = 65_526;
const WHOLE: u16 = 65_528;
/// The longest text with a fixed width, in bytes.
const FIXED: usize = 2045;
/// The bytes of `.`, the missing value.
const NO_DOUBLE: u64 = 0x7fe0_0000_0000_0000;
const NO_WHOLE: i32 = 2_147_483_621;
/// The most variables of version 118.
const MOST: usize = 32_767;
/// The most letters of a label of a variable, and the most bytes of a label of a value.
const LABEL: usize = 80;
const VALUE_LABEL: usize = 32_000;

/// Writes the table.
pub(super) fn write(columns: &[Column], names: &[String], spool: Spool, out: Out) -> Result<()> {
    if columns.len() > MOST {
        return Err(Error::new(ErrorKind::InvalidData, "Stata has at most 32,767 columns"));
    }
    let mut rows = spool.rows()?;
    let types: Vec<u16> =
        columns.iter().zip(&rows.about).map(|(column, about)| kind(column, about)).collect();
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let head = header(columns.len(), rows.rows)?;
    let schema = schema(columns, names, (&types, &rows.about));
    let long = long_texts(&types, &mut rows, &mut std::io::sink())?;
    let labels = value_labels(columns, names)?;
    let width: u64 = types.iter().map(|kind| u64::from(size(*kind))).sum();
    let data = width * rows.rows + 13;
    out.write_all(&head)?;
    out.write_all(&map(head.len(), &schema, [data, long + 15, labels.len() as u64]))?;
    schema.iter().try_for_each(|section| out.write_all(section))?;
    out.write_all(b"<data>")?;
    records(&types, &mut rows, &mut out)?;
    out.write_all(b"</data><strls>")?;
    long_texts(&types, &mut rows, &mut out)?;
    out.write_all(b"</strls>")?;
    out.write_all(&labels)?;
    out.write_all(b"</stata_dta>")?;
    out.flush()
}

fn kind(column: &Column, about: &About) -> u16 {
    match column.kind {
        _ if about.is_text(column.kind) => match about.width {
            width @ ..=FIXED => u16::try_from(width.max(1)).unwrap_or(LONG_TEXT),
            _ => LONG_TEXT,
        },
        Kind::Whole | Kind::Code => WHOLE,
        _ => DOUBLE,
    }
}

/// The number of bytes of a cell.
fn size(kind: u16) -> u16 {
    match kind {
        DOUBLE | LONG_TEXT => 8,
        WHOLE => 4,
        width => width,
    }
}

fn header(columns: usize, rows: u64) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    head.write_all(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")?;
    head.write_all(&u16::try_from(columns).unwrap_or(u16::MAX).to_le_bytes())?;
    head.write_all(b"</K><N>")?;
    head.write_all(&rows.to_le_bytes())?;
    // No label and no time of writing: the same bytes for the same scores, whatever the day.
    head.write_all(b"</N><label>\0\0</label><timestamp>\0</timestamp></header>")?;
    Ok(head)
}

/// The positions of all parts of the file. `rest` has the lengths of the data, the long texts and the labels.
fn map(head: usize, schema: &[Vec<u8>], rest: [u64; 3]) -> Vec<u8> {
    const LENGTH: u64 = 14 * 8 + 11;
    let mut map = b"<map>".to_vec();
    let mut position = head as u64;
    map.extend(0_u64.to_le_bytes());
    let sections = schema.iter().map(|section| section.len() as u64);
    for length in std::iter::once(LENGTH).chain(sections).chain(rest).chain([12]) {
        map.extend(position.to_le_bytes());
        position += length;
    }
    map.extend(position.to_le_bytes());
    map.extend(b"</map>");
    map
}

/// A section whose entries all have the same length, filled with zeros.
fn section<'t>(tag: &str, length: usize, texts: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut section = format!("<{tag}>").into_bytes();
    for text in texts {
        let end = section.len() + length;
        section.extend_from_slice(cut(text, length - 1).as_bytes());
        section.resize(end, 0);
    }
    section.extend(format!("</{tag}>").into_bytes());
    section
}

fn schema(
    columns: &[Column],
    names: &[String],
    (types, about): (&[u16], &[About]),
) -> Vec<Vec<u8>> {
    let kinds = types.iter().flat_map(|kind| kind.to_le_bytes());
    let kinds = b"<variable_types>".iter().copied().chain(kinds).chain(*b"</variable_types>");
    let formats: Vec<String> = types
        .iter()
        .zip(columns.iter().zip(about))
        .map(|(kind, (column, about))| match (*kind, column.kind) {
            (LONG_TEXT, _) => "%9s".to_owned(),
            (DOUBLE, Kind::Number(Some(decimals))) => format!("%12.{}f", decimals.min(9)),
            (DOUBLE, _) if about.whole => "%10.0g".to_owned(),
            (DOUBLE, _) => "%9.2f".to_owned(),
            (WHOLE, _) => "%8.0g".to_owned(),
            (width, _) => format!("%{width}s"),
        })
        .collect();
    let labelled = |(column, name): (&Column, &'_ String)| match column.labels.is_empty() {
        true => String::new(),
        false => name.clone(),
    };
    let sets: Vec<String> = columns.iter().zip(names).map(labelled).collect();
    let labels: Vec<String> =
        columns.iter().map(|column| column.label.chars().take(LABEL).collect()).collect();
    let texts = |texts: &'_ [String]| texts.to_vec();
    let names = texts(names);
    vec![
        kinds.collect(),
        section("varnames", 129, names.iter().map(String::as_str)),
        // Not sorted.
        [&b"<sortlist>"[..], &vec![0; 2 * (columns.len() + 1)], b"</sortlist>"].concat(),
        section("formats", 57, formats.iter().map(String::as_str)),
        section("value_label_names", 129, sets.iter().map(String::as_str)),
        section("variable_labels", 321, labels.iter().map(String::as_str)),
        b"<characteristics></characteristics>".to_vec(),
    ]
}

fn records(types: &[u16], rows: &mut Rows, out: &mut impl Write) -> Result<()> {
    rows.rewind()?;
    for row in 1..=rows.rows {
        for (column, kind) in (1_u16..).zip(types) {
            let cell = rows.cell()?;
            match (*kind, cell) {
                // Adding 0 makes 0 of −0.
                (DOUBLE, Cell::Number(number)) => out.write_all(&(number + 0.0).to_le_bytes())?,
                (DOUBLE, _) => out.write_all(&NO_DOUBLE.to_le_bytes())?,
                (WHOLE, Cell::Number(number)) => out.write_all(&small(number).to_le_bytes())?,
                (WHOLE, _) => out.write_all(&NO_WHOLE.to_le_bytes())?,
                // The column and the row that the text belongs to; zeros for an empty text.
                (LONG_TEXT, cell) if is_empty(cell) => out.write_all(&[0; 8])?,
                (LONG_TEXT, _) => {
                    out.write_all(&column.to_le_bytes())?;
                    out.write_all(&row.to_le_bytes()[..6])?;
                }
                (width, cell) => {
                    let text = text(cell);
                    let mut bytes = text.into_bytes();
                    bytes.resize(width.into(), 0);
                    out.write_all(&bytes)?;
                }
            }
        }
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "codes and counts")]
fn small(number: f64) -> i32 {
    number as i32
}

fn is_empty(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Missing | Cell::Text(""))
}

fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.to_owned(),
    }
}

/// Writes the long texts, and returns their length in bytes.
fn long_texts(types: &[u16], rows: &mut Rows, out: &mut impl Write) -> Result<u64> {
    if !types.contains(&LONG_TEXT) {
        return Ok(0);
    }
    rows.rewind()?;
    let mut length = 0;
    for row in 1..=rows.rows {
        for (column, kind) in (1_u32..).zip(types) {
            let cell = rows.cell()?;
            if *kind != LONG_TEXT || is_empty(cell) {
                continue;
            }
            let mut bytes = text(cell).into_bytes();
            bytes.push(0);
            out.write_all(b"GSO")?;
            out.write_all(&column.to_le_bytes())?;
            out.write_all(&row.to_le_bytes())?;
            // A text that ends in a zero.
            out.write_all(&[130])?;
            let count = u32::try_from(bytes.len()).map_err(|_| ErrorKind::FileTooLarge)?;
            out.write_all(&count.to_le_bytes())?;
            out.write_all(&bytes)?;
            length += 20 + bytes.len() as u64;
        }
    }
    Ok(length)
}

fn value_labels(columns: &[Column], names: &[String]) -> Result<Vec<u8>> {
    let mut out = b"<value_labels>".to_vec();
    for (column, name) in columns.iter().zip(names).filter(|(column, _)| !column.labels.is_empty())
    {
        let (mut offsets, mut texts) = (Vec::new(), Vec::new());
        for (_, label) in &column.labels {
            offsets.push(texts.len());
            texts.extend_from_slice(cut(label, VALUE_LABEL).as_bytes());
            texts.push(0);
        }
        let count = column.labels.len();
        let number = |number: usize, out: &mut Vec<u8>| -> Result<()> {
            let number = u32::try_from(number).map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
            out.write_all(&number.to_le_bytes())
        };
        out.extend(b"<lbl>");
        number(8 + 8 * count + texts.len(), &mut out)?;
        let end = out.len() + 129;
        out.extend_from_slice(cut(name, 128).as_bytes());
        // Three more bytes without a meaning.
        out.resize(end + 3, 0);
        number(count, &mut out)?;
        number(texts.len(), &mut out)?;
        offsets.into_iter().try_for_each(|offset| number(offset, &mut out))?;
        out.extend(column.labels.iter().flat_map(|(value, _)| value.to_le_bytes()));
        out.extend(texts);
        out.extend(b"</lbl>");
    }
    out.extend(b"</value_labels>");
    Ok(out)
}
