//! Rows in an unnamed temporary file, with what the beginning of a table must know about them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Seek, Write};

use super::cells::{Cell, Kind};

/// The marks of a missing cell, of a number and of a text.
const MISSING: u8 = 0;
const NUMBER: u8 = 1;
const TEXT: u8 = 2;

/// What is known of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    /// The length of the longest text, in bytes. Numbers count as they would be written.
    pub(super) width: usize,
    /// Whether all cells are numbers.
    pub(super) numbers: bool,
    /// Whether all numbers are whole.
    pub(super) whole: bool,
}

impl About {
    /// Whether a column of this kind is written as text.
    pub(super) fn is_text(&self, kind: Kind) -> bool {
        match kind {
            Kind::Text => true,
            Kind::Any => !self.numbers,
            Kind::Number(_) | Kind::Whole | Kind::Code => false,
        }
    }
}

/// Rows being written.
pub(super) struct Spool {
    file: BufWriter<File>,
    about: Vec<About>,
    cells: u64,
}

impl Spool {
    pub(super) fn new(columns: usize) -> Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        let about = vec![About { width: 0, numbers: true, whole: true }; columns];
        Ok(Self { file, about, cells: 0 })
    }

    pub(super) fn add(&mut self, cell: Cell<'_>) -> Result<()> {
        let column = usize::try_from(self.cells % self.about.len().max(1) as u64).unwrap_or(0);
        self.cells += 1;
        let about = &mut self.about[column];
        match cell {
            Cell::Missing => self.file.write_all(&[MISSING]),
            Cell::Number(number) => {
                about.whole &= number.fract() == 0.0;
                // A column with texts too has the numbers as texts.
                about.width = about.width.max(24);
                self.file.write_all(&[NUMBER])?;
                self.file.write_all(&number.to_le_bytes())
            }
            Cell::Text(text) => {
                about.numbers = false;
                about.width = about.width.max(text.len());
                self.file.write_all(&[TEXT])?;
                self.file.write_all(&(text.len() as u64).to_le_bytes())?;
                self.file.write_all(text.as_bytes())
            }
        }
    }

    /// The rows, to be read from the first one.
    pub(super) fn rows(self) -> Result<Rows> {
        let mut file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        let rows = self.cells / self.about.len().max(1) as u64;
        let (about, file) = (self.about, BufReader::with_capacity(1 << 16, file));
        Ok(Rows { file, about, rows, text: Vec::new() })
    }
}

/// Rows being read.
pub(super) struct Rows {
    file: BufReader<File>,
    pub(super) about: Vec<About>,
    /// The number of rows.
    pub(super) rows: u64,
    text: Vec<u8>,
}

impl Rows {
    /// Begins again with the first row.
    pub(super) fn rewind(&mut self) -> Result<()> {
        self.file.rewind()
    }

    /// The next cell.
    pub(super) fn cell(&mut self) -> Result<Cell<'_>> {
        let mut mark = [0];
        self.file.read_exact(&mut mark)?;
        if mark[0] == MISSING {
            return Ok(Cell::Missing);
        }
        let mut bytes = [0; 8];
        self.file.read_exact(&mut bytes)?;
        if mark[0] == NUMBER {
            return Ok(Cell::Number(f64::from_le_bytes(bytes)));
        }
        let length = usize::try_from(u64::from_le_bytes(bytes)).unwrap_or(usize::MAX);
        self.text.resize(length, 0);
        self.file.read_exact(&mut self.text)?;
        let text = std::str::from_utf8(&self.text);
        text.map(Cell::Text).map_err(|_| std::io::ErrorKind::InvalidData.into())
    }
}
