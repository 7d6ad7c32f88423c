//! Encodes a column of scores for Parquet: the different scores as a dictionary, and the index of each row's score.
//!
//! A table has few different scores, so the indices take one or two bytes instead of eight.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// A page ends with the batch of rows that reaches this number.
const PAGE: usize = 1 << 14;

/// The scores of a row group.
#[derive(Default)]
pub(super) struct NumberColumn {
    dictionary: Dictionary,
    /// The pages that are encoded, with their rows.
    pages: Vec<(Vec<u8>, u32)>,
    /// The rows of the page that is being filled: whether each has a score, and the indices of the scores.
    present: Vec<bool>,
    indices: Vec<u32>,
    rows: usize,
    missing: usize,
}

impl NumberColumn {
    /// Adds rows: numbers, and whether each is present.
    pub(super) fn add(&mut self, values: &[f64], present: &[bool]) {
        self.present.extend_from_slice(present);
        let present = values.iter().zip(present).filter(|(_, present)| **present);
        self.indices.extend(present.map(|(&value, _)| self.dictionary.index(value)));
        if self.present.len() >= PAGE {
            self.end_page();
        }
    }

    fn end_page(&mut self) {
        let Ok(rows) = u32::try_from(self.present.len()) else { return };
        self.rows += self.present.len();
        self.missing += self.present.len() - self.indices.len();
        let width = self.dictionary.width();
        // The levels follow their length in four bytes, and the indices follow their width.
        let mut page = vec![0; 4];
        packed_levels(&self.present, &mut page);
        self.present.clear();
        let length = u32::try_from(page.len() - 4).unwrap_or(u32::MAX);
        page[..4].copy_from_slice(&length.to_le_bytes());
        page.push(width);
        packed(&self.indices, width.into(), &mut page);
        self.indices.clear();
        self.pages.push((page, rows));
    }

    /// The encoded column, and its description for the row group.
    ///
    /// # Errors
    ///
    /// When the library cannot encode a page.
    pub(super) fn finish(mut self, column: ColumnDescPtr) -> Result<(Bytes, ColumnCloseResult)> {
        if !self.present.is_empty() {
            self.end_page();
        }
        let mut sink = TrackedWrite::new(Vec::new());
        let mut writer = SerializedPageWriter::new(&mut sink);
        let dictionary = writer.write_page(self.dictionary.page())?;
        for (page, rows) in std::mem::take(&mut self.pages) {
            writer.write_page(data_page(page, rows))?;
        }
        writer.close()?;
        let bytes = sink.into_inner()?;
        let data_page = i64::try_from(dictionary.bytes_written)?;
        let metadata = self.metadata(column, i64::try_from(bytes.len())?, data_page)?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((bytes.into(), close))
    }

    fn metadata(
        &self,
        column: ColumnDescPtr,
        size: i64,
        data_page: i64,
    ) -> Result<ColumnChunkMetaData> {
        let (low, high) = self.dictionary.ends();
        let missing = Some(self.missing as u64);
        ColumnChunkMetaData::builder(column)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            // Packed indices hardly become shorter.
            .set_compression(Compression::UNCOMPRESSED)
            .set_total_compressed_size(size)
            .set_total_uncompressed_size(size)
            .set_num_values(i64::try_from(self.rows)?)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(data_page)
            .set_statistics(Statistics::double(low, high, None, missing, false))
            .build()
    }
}

fn data_page(page: Vec<u8>, rows: u32) -> CompressedPage {
    let size = page.len();
    let page = Page::DataPage {
        buf: page.into(),
        num_values: rows,
        encoding: Encoding::RLE_DICTIONARY,
        def_level_encoding: Encoding::RLE,
        rep_level_encoding: Encoding::RLE,
        statistics: None,
    };
    CompressedPage::new(page, size)
}

/// Adds a run of packed levels of one bit, as [`packed`] does.
fn packed_levels(present: &[bool], bytes: &mut Vec<u8>) {
    begin_run(present.len(), bytes);
    let (eights, rest) = present.as_chunks::<8>();
    bytes.extend(eights.iter().map(byte));
    if !rest.is_empty() {
        let mut last = [false; 8];
        last[..rest.len()].copy_from_slice(rest);
        bytes.push(byte(&last));
    }
}

/// Eight levels in a byte, the first in the lowest bit.
fn byte(levels: &[bool; 8]) -> u8 {
    // Moves the lowest bit of each byte into the upper byte of the product.
    let product = u64::from_le_bytes(levels.map(u8::from)).wrapping_mul(0x0102_0408_1020_4080);
    product.to_le_bytes()[7]
}

/// Begins a run of packed numbers, unless there are none. Returns how many groups of eight it has.
fn begin_run(count: usize, bytes: &mut Vec<u8>) -> usize {
    let eights = count.div_ceil(8);
    if eights == 0 {
        return 0;
    }
    let mut head = eights << 1 | 1;
    while head > 127 {
        bytes.push(head.to_le_bytes()[0] | 128);
        head >>= 7;
    }
    bytes.push(head.to_le_bytes()[0]);
    eights
}

/// Adds a run of packed numbers of `width` bits, or nothing if there are none. The last of each eight numbers are filled
/// up with 0.
fn packed(numbers: &[u32], width: usize, bytes: &mut Vec<u8>) {
    let eights = begin_run(numbers.len(), bytes);
    if eights == 0 {
        return;
    }
    let end = bytes.len() + eights * width;
    let (mut word, mut bits) = (0_u64, 0);
    for &number in numbers {
        word |= u64::from(number) << bits;
        bits += width;
        if bits >= 32 {
            bytes.extend_from_slice(&word.to_le_bytes()[..4]);
            word >>= 32;
            bits -= 32;
        }
    }
    bytes.extend_from_slice(&word.to_le_bytes());
    // Cuts what is too much of the last word, or adds zeros.
    bytes.resize(end, 0);
}

/// Different numbers, in the order in which they come.
#[derive(Default)]
struct Dictionary {
    numbers: Vec<f64>,
    /// A hash table of positions among the numbers, from 1; 0 where it is empty. At most half of it is filled.
    table: Vec<u32>,
}

impl Dictionary {
    /// The index of a number, which is added if it is new.
    fn index(&mut self, number: f64) -> u32 {
        if self.numbers.len() * 2 >= self.table.len() {
            self.grow();
        }
        let mut place = self.place(number);
        loop {
            let index = self.table[place].wrapping_sub(1);
            match self.numbers.get(index as usize) {
                // By bits, so that 0 and −0 differ.
                Some(known) if known.to_bits() == number.to_bits() => return index,
                Some(_) => place = (place + 1) & (self.table.len() - 1),
                None => break,
            }
        }
        self.numbers.push(number);
        // A row group has far fewer rows.
        let position = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.table[place] = position;
        position - 1
    }

    fn place(&self, number: f64) -> usize {
        let bits = number.to_bits();
        let mixed = (bits ^ (bits >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The upper bits are mixed best. The length of the table is a power of 2.
        (mixed >> 40) as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(1 << 9)];
        for (position, &number) in (1..).zip(&self.numbers) {
            let mut place = self.place(number);
            while self.table[place] != 0 {
                place = (place + 1) & (self.table.len() - 1);
            }
            self.table[place] = position;
        }
    }

    /// The bits of the largest index, at least 1: not all programs read indices without bits.
    fn width(&self) -> u8 {
        let last = self.numbers.len().saturating_sub(1).max(1);
        u8::try_from(usize::BITS - last.leading_zeros()).unwrap_or(32)
    }

    /// The lowest and the highest number. Zeros get the sign by which they are below and above the other zero.
    fn ends(&self) -> (Option<f64>, Option<f64>) {
        let low = self.numbers.iter().copied().reduce(f64::min);
        let high = self.numbers.iter().copied().reduce(f64::max);
        (
            low.map(|low| if low == 0.0 { -0.0 } else { low }),
            high.map(|high| if high == 0.0 { 0.0 } else { high }),
        )
    }

    fn page(&self) -> CompressedPage {
        let bytes: Vec<u8> = self.numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let size = bytes.len();
        let page = Page::DictionaryPage {
            buf: bytes.into(),
            num_values: u32::try_from(self.numbers.len()).unwrap_or(u32::MAX),
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        CompressedPage::new(page, size)
    }
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, packed, packed_levels};

    #[test]
    fn equal_numbers_have_one_index() {
        let mut dictionary = Dictionary::default();
        let numbers: Vec<f64> = (0..5000_u32).map(|n| f64::from(n * 7 % 3001) / 13.0).collect();
        let indices: Vec<u32> = numbers.iter().map(|&number| dictionary.index(number)).collect();
        assert_eq!(dictionary.numbers.len(), 3001);
        assert_eq!(dictionary.width(), 12);
        for (number, index) in numbers.iter().zip(indices) {
            assert_eq!(dictionary.numbers[index as usize].to_bits(), number.to_bits());
        }
        assert_eq!(dictionary.index(-0.0), 3001, "0 and -0 are different numbers");
        assert_eq!(dictionary.ends(), (Some(-0.0), Some(3000.0 / 13.0)));
    }

    #[test]
    fn numbers_are_packed_from_the_lowest_bit_on() {
        for (numbers, width, expected) in [
            (&[][..], 3, &[][..]),
            (&[1, 0, 1], 1, &[3, 0b101]),
            (&[0, 1, 2, 3, 4, 5, 6, 7], 3, &[3, 0b1000_1000, 0b1100_0110, 0b1111_1010]),
            (&[0x1_2345], 17, &[3, 0x45, 0x23, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            let mut bytes = Vec::new();
            packed(numbers, width, &mut bytes);
            assert_eq!(bytes, expected);
        }
        let mut bytes = Vec::new();
        packed(&[1; 1024], 1, &mut bytes);
        assert_eq!((&bytes[..2], bytes.len()), (&[0x81, 2][..], 2 + 128));
        for count in [0, 1, 7, 8, 9, 100, 1001] {
            let levels: Vec<bool> = (0..count).map(|row| row * row % 5 != 1).collect();
            let numbers: Vec<u32> = levels.iter().map(|&level| u32::from(level)).collect();
            let (mut bytes, mut expected) = (Vec::new(), Vec::new());
            packed_levels(&levels, &mut bytes);
            packed(&numbers, 1, &mut expected);
            assert_eq!(bytes, expected, "{count}");
        }
    }
}
