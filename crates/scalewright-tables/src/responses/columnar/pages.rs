//! What Parquet files say about their pieces, before any of it is believed: a page of some bytes may claim to hold
//! gigabytes, and a reader makes room for what is claimed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use parquet::basic::Type;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};

use super::thrift::{Fields, Thrift};
use crate::responses::batch;

/// No piece of a file may need more memory than this: those that do are refused.
pub(super) const MOST: u64 = 96 << 20;
/// A footer with more bytes describes more than any table has.
const FOOTER: u32 = 8 << 20;
/// A header of a page is no longer, whatever statistics it carries.
const HEADER: u64 = 1 << 20;
/// Of a column whose cells are lists, a piece holds no more entries.
const ENTRIES: i64 = 4 << 20;

/// Why a file is not read.
pub(super) enum Trouble {
    Damaged,
    /// A piece of so many bytes.
    TooLarge(u64),
}

type Checked<T> = Result<T, Trouble>;

/// Whether the footer is of a length that can be taken in.
pub(super) fn footer(file: &mut File) -> Checked<()> {
    let read = |file: &mut File| -> std::io::Result<[u8; 4]> {
        let mut length = [0; 4];
        file.seek(SeekFrom::End(-8))?;
        file.read_exact(&mut length)?;
        file.rewind()?;
        Ok(length)
    };
    let length = u32::from_le_bytes(read(file).map_err(|_| Trouble::Damaged)?);
    match length <= FOOTER {
        true => Ok(()),
        false => Err(Trouble::TooLarge(length.into())),
    }
}

/// Goes through the pages of these columns; answers how many rows can be taken at a time.
pub(super) fn pages(file: &mut File, about: &ParquetMetaData, leaves: &[usize]) -> Checked<usize> {
    let mut rows = batch::ROWS as u64;
    for group in about.row_groups() {
        let mut sum = 0;
        for &leaf in leaves {
            let chunk = group.columns().get(leaf).ok_or(Trouble::Damaged)?;
            let found = column(file, chunk)?;
            sum += found.held;
            // What is longer than usual is taken in smaller portions.
            rows = rows.min((MOST / 8) / found.longest.max(1)).max(1);
            if sum > MOST {
                return Err(Trouble::TooLarge(sum));
            }
        }
    }
    file.rewind().map_err(|_| Trouble::Damaged)?;
    usize::try_from(rows).map_err(|_| Trouble::Damaged)
}

/// What reading a column takes.
#[derive(Default)]
struct Found {
    /// Bytes held at a time: the dictionary, and the largest page.
    held: u64,
    /// Bytes of a cell, as far as they are not known from its type.
    longest: u64,
}

fn column(file: &mut File, chunk: &ColumnChunkMetaData) -> Checked<Found> {
    let number = |number: i64| u64::try_from(number).map_err(|_| Trouble::Damaged);
    let size = file.metadata().map_err(|_| Trouble::Damaged)?.len();
    let start = chunk.dictionary_page_offset().filter(|&at| at > 0);
    let mut at = number(start.unwrap_or(chunk.data_page_offset()))?;
    let end = at.checked_add(number(chunk.compressed_size())?).ok_or(Trouble::Damaged)?;
    if end > size {
        return Err(Trouble::Damaged);
    }
    if chunk.column_descr().max_rep_level() > 0 && chunk.num_values() > ENTRIES {
        return Err(Trouble::TooLarge(number(chunk.num_values())?.saturating_mul(10)));
    }
    let (mut dictionary, mut largest, mut longest) = (0, 0, 0);
    while at < end {
        let (page, length) = header(file, at, end)?;
        let bytes = page.compressed + page.uncompressed;
        if page.is_dictionary {
            dictionary = bytes + decoded(chunk, &page)?;
        } else {
            largest = largest.max(bytes);
            longest = longest.max(page.cell(chunk));
        }
        if dictionary + largest > MOST {
            return Err(Trouble::TooLarge(dictionary + largest));
        }
        at = at.checked_add(length + page.compressed).ok_or(Trouble::Damaged)?;
    }
    Ok(Found { held: dictionary + largest, longest })
}

/// How much room the values of a dictionary take; there cannot be more of them than fit into it.
fn decoded(chunk: &ColumnChunkMetaData, page: &Page) -> Checked<u64> {
    let width = match chunk.column_type() {
        Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
        Type::INT64 | Type::DOUBLE => 8,
        Type::INT96 => 12,
        Type::FIXED_LEN_BYTE_ARRAY => {
            u64::try_from(chunk.column_descr().type_length()).unwrap_or(1).max(1)
        }
        Type::BOOLEAN => 1,
    };
    match page.values.checked_mul(width) {
        Some(bytes) if bytes <= page.uncompressed => Ok(page.values * 16),
        _ => Err(Trouble::Damaged),
    }
}

/// What the header of a page says.
struct Page {
    is_dictionary: bool,
    compressed: u64,
    uncompressed: u64,
    values: u64,
    encoding: i64,
}

impl Page {
    /// The bytes of a cell: of texts that share their beginnings, each may be as long as the page.
    fn cell(&self, chunk: &ColumnChunkMetaData) -> u64 {
        const SHARED_BEGINNINGS: i64 = 7;
        match chunk.column_type() {
            Type::BYTE_ARRAY if self.encoding == SHARED_BEGINNINGS => self.uncompressed,
            Type::BYTE_ARRAY => self.uncompressed / self.values.max(1),
            _ => 1,
        }
    }
}

/// The header that begins at `at`, and its length.
fn header(file: &mut File, at: u64, end: u64) -> Checked<(Page, u64)> {
    // Most headers are short; statistics of long texts make them longer.
    for most in [512, HEADER] {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(at)).map_err(|_| Trouble::Damaged)?;
        let part = Read::by_ref(file).take(most.min(end - at)).read_to_end(&mut bytes);
        part.map_err(|_| Trouble::Damaged)?;
        let mut thrift = Thrift::new(&bytes);
        if let Some(page) = thrift.fields(0).and_then(|fields| page(&fields)) {
            let length = thrift.used() as u64;
            return match at + length + page.compressed <= end {
                true => Ok((page, length)),
                false => Err(Trouble::Damaged),
            };
        }
    }
    Err(Trouble::Damaged)
}

/// By the numbers that the format gives to fields: what kind of page, its sizes, then what each kind says.
fn page(fields: &Fields) -> Option<Page> {
    let size = |field| u64::try_from(fields.number(field)?).ok();
    let (is_dictionary, about, encoding) = match fields.number(1)? {
        0 => (false, fields.within(5)?, 2),
        1 => (false, fields, 0),
        2 => (true, fields.within(7)?, 2),
        3 => (false, fields.within(8)?, 4),
        _ => return None,
    };
    let values =
        if std::ptr::eq(about, fields) { 0 } else { u64::try_from(about.number(1)?).ok()? };
    let (uncompressed, compressed) = (size(2)?, size(3)?);
    let encoding = about.number(encoding).unwrap_or(0);
    Some(Page { is_dictionary, compressed, uncompressed, values, encoding })
}
