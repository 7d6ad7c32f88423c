//! Checks the sizes that Parquet files state for their pages, before a reader trusts them. A page of a few bytes may
//! claim to contain gigabytes, and a reader allocates what is claimed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use parquet::basic::Type;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};

use super::thrift::{Fields, Thrift};
use crate::responses::batch;

/// The maximum memory that a part of a file may need, in bytes.
pub(super) const MOST: u64 = 96 << 20;
/// The maximum length of a footer, in bytes. Footers of real tables are much shorter.
const FOOTER: u32 = 8 << 20;
/// The maximum length of a page header with its statistics, in bytes.
const HEADER: u64 = 1 << 20;
/// The maximum number of entries in a column chunk whose cells are lists.
const ENTRIES: i64 = 4 << 20;

/// Why a file is not read.
pub(super) enum Trouble {
    /// The file is damaged.
    Damaged,
    /// A part of the file needs this many bytes of memory.
    TooLarge(u64),
}

type Checked<T> = Result<T, Trouble>;

/// Checks the length of the footer.
pub(super) fn footer(file: &mut File) -> Checked<()> {
    let read = |file: &mut File| -> std::io::Result<[u8; 4]> {
        let mut length = [0; 4];
        // The last bytes are the length of the footer and `PAR1`.
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

/// Checks the pages of the columns `leaves`. Returns the number of rows that can be read at a time.
pub(super) fn pages(file: &mut File, about: &ParquetMetaData, leaves: &[usize]) -> Checked<usize> {
    let mut rows = batch::ROWS as u64;
    for group in about.row_groups() {
        let mut sum = 0;
        for &leaf in leaves {
            let chunk = group.columns().get(leaf).ok_or(Trouble::Damaged)?;
            let found = column(file, chunk)?;
            sum += found.held;
            // Long cells are read in smaller portions, to bound the memory of a batch.
            rows = rows.min((MOST / 8) / found.longest.max(1)).max(1);
            if sum > MOST {
                return Err(Trouble::TooLarge(sum));
            }
        }
    }
    file.rewind().map_err(|_| Trouble::Damaged)?;
    usize::try_from(rows).map_err(|_| Trouble::Damaged)
}

/// The memory needed to read a column.
#[derive(Default)]
struct Found {
    /// The bytes in memory at a time: the dictionary and the largest page.
    held: u64,
    /// The estimated bytes of the longest cell, for texts; 1 for other types.
    longest: u64,
}

fn column(file: &mut File, chunk: &ColumnChunkMetaData) -> Checked<Found> {
    let number = |number: i64| u64::try_from(number).map_err(|_| Trouble::Damaged);
    let size = file.metadata().map_err(|_| Trouble::Damaged)?.len();
    // A file begins with `PAR1`, so an offset of 0 means that there is no dictionary.
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

/// The memory that the decoded values of a dictionary need. More values than fit into the page mean damage.
fn decoded(chunk: &ColumnChunkMetaData, page: &Page) -> Checked<u64> {
    let width = match chunk.column_type() {
        // Each text begins with its length, in 4 bytes.
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

/// The header of a page.
struct Page {
    is_dictionary: bool,
    compressed: u64,
    uncompressed: u64,
    values: u64,
    encoding: i64,
}

impl Page {
    /// The estimated bytes of a cell. With delta encoding, texts share their beginnings, so each may be as long as the
    /// page.
    fn cell(&self, chunk: &ColumnChunkMetaData) -> u64 {
        const SHARED_BEGINNINGS: i64 = 7;
        match chunk.column_type() {
            Type::BYTE_ARRAY if self.encoding == SHARED_BEGINNINGS => self.uncompressed,
            Type::BYTE_ARRAY => self.uncompressed / self.values.max(1),
            _ => 1,
        }
    }
}

/// Reads the header that begins at `at`, and returns it with its length.
fn header(file: &mut File, at: u64, end: u64) -> Checked<(Page, u64)> {
    // Most headers are short, so a short read is tried first. Statistics of long texts make headers longer.
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

/// Converts the fields of a page header. The numbers are the field ids of the format: 1 is the page type, 2 and 3 are
/// the sizes, and 5, 7 and 8 are the headers of the page types.
fn page(fields: &Fields) -> Option<Page> {
    let size = |field| u64::try_from(fields.number(field)?).ok();
    // The encoding is field 2 of the first header, and field 4 of that of the second version.
    let (is_dictionary, about, encoding) = match fields.number(1)? {
        0 => (false, fields.within(5)?, 2),
        1 => (false, fields, 0),
        2 => (true, fields.within(7)?, 2),
        3 => (false, fields.within(8)?, 4),
        _ => return None,
    };
    let values =
        // An index page has no header of its own, and no values.
        if std::ptr::eq(about, fields) { 0 } else { u64::try_from(about.number(1)?).ok()? };
    let (uncompressed, compressed) = (size(2)?, size(3)?);
    let encoding = about.number(encoding).unwrap_or(0);
    Some(Page { is_dictionary, compressed, uncompressed, values, encoding })
}
