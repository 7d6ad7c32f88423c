//! Writes a system file of SPSS: little-endian, in UTF-8, with one byte for each small whole number.
//!
//! The layout follows the chapter "System File Format" of the PSPP Developer's Guide
//! (<https://www.gnu.org/software/pspp/pspp-dev/>).

use std::collections::BTreeSet;
use std::io::{BufWriter, Error, ErrorKind, Result, Write};

use super::cells::{Cell, Column, Kind, cut};
use super::spool::{About, Rows, Spool};
use super::zsav::{Blocks, Counted};
use crate::scores::sink::Out;

/// The marks of compressed cases.
const END: u8 = 252;
const LITERAL: u8 = 253;
const BLANKS: u8 = 254;
const MISSING: u8 = 255;
/// The whole number that small numbers are counted from.
const BIAS: f64 = 100.0;
/// The longest string without pieces, the width that each piece adds, and the longest string of all, in bytes.
const PIECE: usize = 255;
const PIECE_WIDTH: usize = 252;
const LONGEST: usize = 32_767;
/// The lengths that SPSS accepts, in bytes.
const LABEL: usize = 255;
const VALUE_LABEL: usize = 120;

/// A variable record: a column, or a piece of a long string.
struct Variable<'c> {
    column: &'c Column,
    /// The name of at most eight letters.
    short: String,
    /// 0 for numbers.
    width: usize,
    decimals: u32,
    is_first: bool,
}

/// Writes the table; with `is_compressed`, as a `.zsav` file.
pub(super) fn write(
    (columns, names): (&[Column], &[String]),
    spool: Spool,
    out: Out,
    is_compressed: bool,
) -> Result<()> {
    let mut rows = spool.rows()?;
    let variables = variables(columns, names, &rows.about)?;
    let mut out = Counted::new(BufWriter::with_capacity(1 << 16, out));
    header(&mut out, &variables, rows.rows, is_compressed)?;
    for variable in &variables {
        record(&mut out, variable)?;
    }
    value_labels(&mut out, &variables)?;
    extensions(&mut out, (names, &rows), &variables)?;
    whole(&mut out, 999)?;
    whole(&mut out, 0)?;
    if is_compressed {
        let mut blocks = Blocks::new()?;
        cases(&mut blocks, columns, &mut rows)?;
        let at = out.count;
        blocks.finish(&mut out, at)?;
    } else {
        cases(&mut out, columns, &mut rows)?;
    }
    out.flush()
}

fn variables<'c>(
    columns: &'c [Column],
    names: &[String],
    about: &[About],
) -> Result<Vec<Variable<'c>>> {
    let short = |name: &String| name.is_ascii() && name.len() <= 8;
    let mut taken: BTreeSet<String> =
        names.iter().filter(|name| short(name)).map(|name| name.to_uppercase()).collect();
    let mut next = 0;
    let mut made = |name: Option<&String>| match name {
        Some(name) if short(name) => name.to_uppercase(),
        _ => loop {
            next += 1;
            let name = format!("V{next:05}");
            if taken.insert(name.clone()) {
                break name;
            }
        },
    };
    let mut variables = Vec::new();
    for ((column, name), about) in columns.iter().zip(names).zip(about) {
        let width = width(column, about);
        if width > LONGEST {
            let why = format!("a text of `{}` is longer than 32,767 bytes", column.name);
            return Err(Error::new(ErrorKind::InvalidData, why));
        }
        let decimals = match column.kind {
            Kind::Number(Some(decimals)) => decimals.min(16),
            Kind::Number(None) | Kind::Any if !about.whole => 2,
            _ => 0,
        };
        for (index, width) in pieces(width).into_iter().enumerate() {
            let short = made(Some(name).filter(|_| index == 0));
            variables.push(Variable { column, short, width, decimals, is_first: index == 0 });
        }
    }
    Ok(variables)
}

/// The width of a column, 0 for numbers.
fn width(column: &Column, about: &About) -> usize {
    if about.is_text(column.kind) { about.width.max(1) } else { 0 }
}

/// The widths of the variables that a string of this width takes.
fn pieces(width: usize) -> Vec<usize> {
    if width <= PIECE {
        return vec![width];
    }
    let count = width.div_ceil(PIECE_WIDTH);
    let mut pieces = vec![PIECE; count];
    pieces[count - 1] = width - (count - 1) * PIECE_WIDTH;
    pieces
}

/// The number of slots of eight bytes that a variable takes.
fn slots(width: usize) -> usize {
    width.max(1).div_ceil(8)
}

fn whole(out: &mut impl Write, number: i32) -> Result<()> {
    out.write_all(&number.to_le_bytes())
}

fn count(out: &mut impl Write, number: usize) -> Result<()> {
    whole(out, i32::try_from(number).map_err(|_| Error::from(ErrorKind::FileTooLarge))?)
}

/// Writes a text of a fixed number of bytes, filled with blanks.
fn padded(out: &mut impl Write, text: &str, length: usize) -> Result<()> {
    let text = cut(text, length);
    out.write_all(text.as_bytes())?;
    out.write_all(&vec![b' '; length - text.len()])
}

fn header(
    out: &mut impl Write,
    variables: &[Variable<'_>],
    rows: u64,
    is_compressed: bool,
) -> Result<()> {
    out.write_all(if is_compressed { b"$FL3" } else { b"$FL2" })?;
    let program = concat!("@(#) SPSS DATA FILE scalewright ", env!("CARGO_PKG_VERSION"));
    padded(out, program, 60)?;
    whole(out, 2)?;
    count(out, variables.iter().map(|variable| slots(variable.width)).sum())?;
    // How the cases are compressed.
    whole(out, if is_compressed { 2 } else { 1 })?;
    // No weight.
    whole(out, 0)?;
    whole(out, i32::try_from(rows).unwrap_or(-1))?;
    out.write_all(&BIAS.to_le_bytes())?;
    // The same bytes for the same scores, whatever the day.
    padded(out, "01 Jan 70", 9)?;
    padded(out, "00:00:00", 8)?;
    padded(out, "", 64)?;
    out.write_all(&[0; 3])
}

fn record(out: &mut impl Write, variable: &Variable<'_>) -> Result<()> {
    let Variable { column, short, width, decimals, is_first } = variable;
    let label = cut(&column.label, LABEL);
    let has_label = *is_first && !label.is_empty();
    // The type of the format, its width and its decimals: A is 1, F is 5.
    let format = match width {
        0 => 5 << 16 | (8 + decimals) << 8 | decimals,
        width => 1 << 16 | u32::try_from(*width).unwrap_or(255) << 8,
    };
    whole(out, 2)?;
    count(out, *width)?;
    whole(out, i32::from(has_label))?;
    whole(out, 0)?;
    out.write_all(&format.to_le_bytes())?;
    out.write_all(&format.to_le_bytes())?;
    padded(out, short, 8)?;
    if has_label {
        count(out, label.len())?;
        out.write_all(label.as_bytes())?;
        out.write_all(&vec![b' '; label.len().next_multiple_of(4) - label.len()])?;
    }
    for _ in 1..slots(*width) {
        whole(out, 2)?;
        whole(out, -1)?;
        // No label, missing values, formats or name.
        out.write_all(&[0; 16])?;
        padded(out, "", 8)?;
    }
    Ok(())
}

fn value_labels(out: &mut impl Write, variables: &[Variable<'_>]) -> Result<()> {
    let mut slot = 1;
    for variable in variables {
        let labels = &variable.column.labels;
        if !labels.is_empty() {
            whole(out, 3)?;
            count(out, labels.len())?;
            for (value, label) in labels {
                let label = cut(label, VALUE_LABEL);
                out.write_all(&f64::from(*value).to_le_bytes())?;
                out.write_all(&[u8::try_from(label.len()).unwrap_or(0)])?;
                out.write_all(label.as_bytes())?;
                let whole = (label.len() + 1).next_multiple_of(8);
                out.write_all(&vec![b' '; whole - label.len() - 1])?;
            }
            whole(out, 4)?;
            whole(out, 1)?;
            count(out, slot)?;
        }
        slot += slots(variable.width);
    }
    Ok(())
}

/// Writes an extension record.
fn extension(out: &mut impl Write, subtype: i32, size: usize, content: &[u8]) -> Result<()> {
    whole(out, 7)?;
    whole(out, subtype)?;
    count(out, size)?;
    count(out, content.len() / size)?;
    out.write_all(content)
}

fn extensions(
    out: &mut impl Write,
    (names, rows): (&[String], &Rows),
    variables: &[Variable<'_>],
) -> Result<()> {
    // A version, the machine and its numbers: IEEE 754, little-endian, UTF-8.
    let machine: Vec<u8> =
        [0, 1, 0, -1, 1, 1, 2, 65001].into_iter().flat_map(i32::to_le_bytes).collect();
    extension(out, 3, 4, &machine)?;
    // The missing number, the highest and the lowest one.
    let limits = [-f64::MAX, f64::MAX, (-f64::MAX).next_up()];
    let limits: Vec<u8> = limits.into_iter().flat_map(f64::to_le_bytes).collect();
    extension(out, 4, 8, &limits)?;
    // How each variable is measured (nominal, ordinal or in numbers), shown and aligned (texts to the left).
    let shown =
        variables.iter().flat_map(|variable| match (variable.width, variable.column.kind) {
            (0, Kind::Code) => [2, 8, 1],
            (0, _) => [3, 8, 1],
            (width, _) => [1, i32::try_from(width.min(32)).unwrap_or(8), 0],
        });
    let shown: Vec<u8> = shown.flat_map(i32::to_le_bytes).collect();
    extension(out, 11, 4, &shown)?;
    let first = variables.iter().filter(|variable| variable.is_first);
    let pairs: Vec<String> = first
        .clone()
        .zip(names)
        .map(|(variable, name)| format!("{}={name}", variable.short))
        .collect();
    extension(out, 13, 1, pairs.join("\t").as_bytes())?;
    let widths = first.zip(&rows.about).map(|(of, about)| (&of.short, width(of.column, about)));
    let long: Vec<u8> = widths
        .filter(|(_, width)| *width > PIECE)
        .flat_map(|(short, width)| format!("{short}={width:05}\0\t").into_bytes())
        .collect();
    if !long.is_empty() {
        extension(out, 14, 1, &long)?;
    }
    let cases = [1_u64.to_le_bytes(), rows.rows.to_le_bytes()].concat();
    extension(out, 16, 8, &cases)?;
    extension(out, 20, 1, b"UTF-8")
}

/// Compresses slots of eight bytes.
#[derive(Default)]
struct Packer {
    codes: Vec<u8>,
    literals: Vec<u8>,
}

impl Packer {
    fn code(&mut self, out: &mut impl Write, code: u8) -> Result<()> {
        self.codes.push(code);
        if self.codes.len() < 8 {
            return Ok(());
        }
        out.write_all(&self.codes)?;
        out.write_all(&self.literals)?;
        self.codes.clear();
        self.literals.clear();
        Ok(())
    }

    fn literal(&mut self, out: &mut impl Write, bytes: [u8; 8]) -> Result<()> {
        self.literals.extend(bytes);
        self.code(out, LITERAL)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and from 1 to 251"
    )]
    fn number(&mut self, out: &mut impl Write, number: f64) -> Result<()> {
        let code = number + BIAS;
        match code.fract() == 0.0 && (1.0..=251.0).contains(&code) {
            true => self.code(out, code as u8),
            // Adding 0 makes 0 of −0.
            false => self.literal(out, (number + 0.0).to_le_bytes()),
        }
    }

    fn text(&mut self, out: &mut impl Write, text: &[u8], width: usize) -> Result<()> {
        let mut rest = text;
        for piece in pieces(width) {
            let part;
            // The last piece has what is left, although its width may be smaller than that of the bytes before it.
            (part, rest) = rest.split_at(rest.len().min(PIECE));
            for slot in 0..slots(piece) {
                let start = (slot * 8).min(part.len());
                let end = (slot * 8 + 8).min(part.len());
                let mut bytes = [b' '; 8];
                bytes[..end - start].copy_from_slice(&part[start..end]);
                match bytes == [b' '; 8] {
                    true => self.code(out, BLANKS)?,
                    false => self.literal(out, bytes)?,
                }
            }
        }
        Ok(())
    }
}

fn cases(out: &mut impl Write, columns: &[Column], rows: &mut Rows) -> Result<()> {
    let widths: Vec<usize> =
        columns.iter().zip(&rows.about).map(|(column, about)| width(column, about)).collect();
    let mut packer = Packer::default();
    for _ in 0..rows.rows {
        for &width in &widths {
            match (rows.cell()?, width) {
                (Cell::Number(number), 0) => packer.number(out, number)?,
                (Cell::Missing | Cell::Text(_), 0) => packer.code(out, MISSING)?,
                (Cell::Text(text), width) => packer.text(out, text.as_bytes(), width)?,
                (Cell::Number(number), width) => {
                    packer.text(out, number.to_string().as_bytes(), width)?;
                }
                (Cell::Missing, width) => packer.text(out, b"", width)?,
            }
        }
    }
    packer.code(out, END)?;
    while !packer.codes.is_empty() {
        packer.code(out, 0)?;
    }
    Ok(())
}
