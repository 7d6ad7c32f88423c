//! The cases of a system file: rows of slots of eight bytes, compressed or not.

use crate::Stop;

use super::bytes::{Bytes, damaged};
use super::header::{BIAS, Compression};
use super::zlib::Inflated;

/// What a byte of a compressed case means, besides numbers from 1 to 251.
const NOTHING: u8 = 0;
const END: u8 = 252;
const LITERAL: u8 = 253;
const BLANKS: u8 = 254;

/// The cases, one after another.
pub(super) struct Cases {
    name: String,
    bytes: CaseBytes,
    is_compressed: bool,
    /// The slots of the case that was read last, in the byte order of the file.
    row: Vec<[u8; 8]>,
    rows: u64,
    /// The value of each byte of a compressed case that does not refer to other bytes.
    values: Vec<[u8; 8]>,
    codes: [u8; 8],
    /// The index of the next of the codes.
    next: usize,
}

enum CaseBytes {
    Plain(Bytes),
    Zlib(Box<Inflated>),
}

impl CaseBytes {
    #[inline]
    fn fill(&mut self, out: &mut [u8]) -> Result<usize, Stop> {
        match self {
            Self::Plain(bytes) => bytes.fill(out),
            Self::Zlib(inflated) => inflated.fill(out),
        }
    }
}

impl Cases {
    /// The cases of `slots` slots that follow the dictionary. `blank` marks a missing number.
    pub(super) fn new(
        name: &str,
        bytes: Bytes,
        compression: Compression,
        (slots, blank): (usize, f64),
    ) -> Result<Self, Stop> {
        let is_big = bytes.is_big();
        let value = |number: f64| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let mut values: Vec<[u8; 8]> =
            (0..=255_u8).map(|code| value(f64::from(code) - BIAS)).collect();
        values[usize::from(BLANKS)] = [b' '; 8];
        values[255] = value(blank);
        let bytes = match compression {
            Compression::Zlib => CaseBytes::Zlib(Box::new(Inflated::new(name, bytes)?)),
            Compression::None | Compression::Bytes => CaseBytes::Plain(bytes),
        };
        Ok(Self {
            name: name.to_owned(),
            bytes,
            is_compressed: compression != Compression::None,
            row: vec![[0; 8]; slots],
            rows: 0,
            values,
            codes: [NOTHING; 8],
            next: 8,
        })
    }

    /// The slots of the case that was read last.
    pub(super) fn row(&self) -> &[[u8; 8]] {
        &self.row
    }

    /// The number of cases read so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of bytes of the file that have been used.
    pub(super) fn used(&self) -> u64 {
        match &self.bytes {
            CaseBytes::Plain(bytes) => bytes.used(),
            CaseBytes::Zlib(inflated) => inflated.used(),
        }
    }

    /// Reads the next case. Returns `false` after the last one.
    pub(super) fn next(&mut self) -> Result<bool, Stop> {
        let is_there = if self.is_compressed { self.unpack()? } else { self.copy()? };
        self.rows += u64::from(is_there);
        Ok(is_there)
    }

    fn copy(&mut self) -> Result<bool, Stop> {
        let out = self.row.as_flattened_mut();
        match self.bytes.fill(out)? {
            0 => Ok(false),
            count if count == out.len() => Ok(true),
            _ => Err(self.incomplete()),
        }
    }

    fn unpack(&mut self) -> Result<bool, Stop> {
        let mut slot = 0;
        while slot < self.row.len() {
            if self.next == 8 {
                let count = self.bytes.fill(&mut self.codes)?;
                // A file without a mark at its end may stop after the last code.
                self.codes[count..].fill(END);
                self.next = 0;
            }
            let code = self.codes[self.next];
            match code {
                END if slot == 0 => return Ok(false),
                END => return Err(self.incomplete()),
                LITERAL => {
                    let out = &mut self.row[slot];
                    if self.bytes.fill(out)? < 8 {
                        return Err(self.incomplete());
                    }
                    slot += 1;
                }
                NOTHING => {}
                _ => {
                    self.row[slot] = self.values[usize::from(code)];
                    slot += 1;
                }
            }
            self.next += 1;
        }
        Ok(true)
    }

    fn incomplete(&self) -> Stop {
        damaged(&self.name, &format!("the file ends within row {}", self.rows + 1))
    }
}
