//! Decodes the pages that most columns of answers have: indices of a dictionary of few numbers.

use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageReader};
use parquet::schema::types::ColumnDescriptor;
use scalewright_scoring::Column;

use super::super::cells::Codes;
use super::runs::Runs;

/// The pages of a column chunk.
pub(super) struct DictionaryPages {
    pages: Box<dyn PageReader>,
    /// The bytes of a number in the dictionary.
    size: usize,
    /// Whether numbers may be missing.
    is_nullable: bool,
    dictionary: Option<Dictionary>,
    current: Option<DataPage>,
}

/// The numbers of a dictionary, and their codes.
struct Dictionary {
    numbers: Vec<i64>,
    codes: [i8; 256],
    /// Whether some of its numbers are not answers.
    has_wrong: bool,
}

/// A page of which some rows are not read yet.
struct DataPage {
    page: Page,
    /// The runs of 1 for rows with a number and 0 for others; `None` if every row has a number.
    levels: Option<Runs>,
    indices: Runs,
    rows: usize,
}

/// Memory that all columns share.
#[derive(Default)]
pub(super) struct Buffers {
    levels: Vec<u8>,
    indices: Vec<u8>,
}

impl DictionaryPages {
    pub(super) fn new(pages: Box<dyn PageReader>, column: &ColumnDescriptor) -> Self {
        Self {
            pages,
            size: if column.physical_type() == Type::INT32 { 4 } else { 8 },
            is_nullable: column.max_def_level() > 0,
            dictionary: None,
            current: None,
        }
    }

    /// Adds the codes of the next `count` rows. `wrong` gets the index among the codes and the number of each cell that
    /// is not an answer. Returns `None` if the next rows are encoded in another way, or damaged; what was added is then
    /// incomplete.
    pub(super) fn read(
        &mut self,
        count: usize,
        table: &Codes,
        buffers: &mut Buffers,
        codes: &mut Vec<i8>,
        mut wrong: impl FnMut(usize, i64),
    ) -> Option<()> {
        let mut left = count;
        while left > 0 {
            if self.current.as_ref().is_none_or(|page| page.rows == 0) {
                self.begin_page(table)?;
            }
            let (page, dictionary) = (self.current.as_mut()?, self.dictionary.as_ref()?);
            let rows = page.rows.min(left);
            page.read(rows, dictionary, buffers, codes)?;
            if dictionary.has_wrong {
                dictionary.report(buffers, codes.len() - rows, &mut wrong);
            }
            left -= rows;
        }
        Some(())
    }

    fn begin_page(&mut self, table: &Codes) -> Option<()> {
        loop {
            let page = self.pages.get_next_page().ok()??;
            if page.is_dictionary_page() {
                self.dictionary = Some(Dictionary::of(&page, self.size, table)?);
                continue;
            }
            self.current = Some(DataPage::of(page, self.is_nullable)?);
            return Some(());
        }
    }
}

impl Dictionary {
    /// Decodes a dictionary. Returns `None` if its indices do not fit in a byte.
    fn of(page: &Page, size: usize, table: &Codes) -> Option<Self> {
        let plain = matches!(page.encoding(), Encoding::PLAIN | Encoding::PLAIN_DICTIONARY);
        let count =
            usize::try_from(page.num_values()).ok().filter(|&count| count <= 256 && plain)?;
        let bytes = page.buffer().get(..count * size)?;
        let number = |bytes: &[u8]| match *bytes {
            [a, b, c, d] => i64::from(i32::from_le_bytes([a, b, c, d])),
            _ => bytes.try_into().map_or(0, i64::from_le_bytes),
        };
        let numbers: Vec<i64> = bytes.chunks_exact(size).map(number).collect();
        let mut codes = [Column::MISSING_CODE; 256];
        for (code, &number) in codes.iter_mut().zip(&numbers) {
            *code = table.of(number);
        }
        let has_wrong = codes[..count].contains(&Column::MISSING_CODE);
        Some(Self { numbers, codes, has_wrong })
    }

    /// Reports the cells that are not answers among those decoded last.
    fn report(&self, buffers: &Buffers, first: usize, wrong: &mut impl FnMut(usize, i64)) {
        let rows = (0..).zip(&buffers.levels).filter(|(_, level)| **level == 1);
        for ((row, _), &index) in rows.zip(&buffers.indices) {
            let index = usize::from(index);
            if self.codes[index] == Column::MISSING_CODE {
                wrong(first + row, self.numbers[index]);
            }
        }
    }
}

impl DataPage {
    /// Finds the parts of a page. Returns `None` if it is encoded in another way.
    fn of(page: Page, is_nullable: bool) -> Option<Self> {
        let Page::DataPage { buf, num_values, encoding, def_level_encoding, .. } = &page else {
            return None;
        };
        let by_index = matches!(encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY);
        let rows = usize::try_from(*num_values).ok().filter(|&rows| rows > 0 && by_index)?;
        let (mut at, mut levels) = (0, None);
        if is_nullable {
            let length = u32::from_le_bytes(*buf.first_chunk()?);
            at = usize::try_from(length).ok()?.checked_add(4).filter(|&end| end <= buf.len())?;
            levels = Some(Runs::new(4, at, 1));
            if *def_level_encoding != Encoding::RLE {
                return None;
            }
        }
        let width = *buf.get(at).filter(|width| (1..=8).contains(*width))?;
        let indices = Runs::new(at + 1, buf.len(), width);
        Some(Self { page, levels, indices, rows })
    }

    fn read(
        &mut self,
        rows: usize,
        dictionary: &Dictionary,
        buffers: &mut Buffers,
        codes: &mut Vec<i8>,
    ) -> Option<()> {
        let Buffers { levels, indices } = buffers;
        let bytes = self.page.buffer();
        levels.clear();
        levels.resize(rows, 1);
        if let Some(runs) = &mut self.levels {
            runs.fill(bytes, levels)?;
        }
        let present: usize = levels.iter().map(|&level| usize::from(level)).sum();
        indices.clear();
        // One more, for `spread`.
        indices.resize(present + 8, 0);
        self.indices.fill(bytes, &mut indices[..present])?;
        let highest = indices.iter().copied().max().unwrap_or(0);
        if usize::from(highest) >= dictionary.numbers.len() {
            return None;
        }
        if present == rows {
            codes.extend(indices[..rows].iter().map(|&index| dictionary.codes[usize::from(index)]));
        } else {
            spread(levels, indices, &dictionary.codes, codes)?;
        }
        self.rows -= rows;
        Some(())
    }
}

/// Adds a code for each row: that of the next index where the level is 1, else that of a missing answer. Behind the last
/// index are eight more, which are not used. Returns `None` if there are fewer.
fn spread(levels: &[u8], indices: &[u8], table: &[i8; 256], codes: &mut Vec<i8>) -> Option<()> {
    // Without branches, because missing answers are unpredictable.
    let code = |index: u8, level: u8| {
        let code = table[usize::from(index)];
        if level == 1 { code } else { Column::MISSING_CODE }
    };
    let (eights, rest) = levels.as_chunks::<8>();
    let mut left = indices;
    for eight in eights {
        // A window of fixed length spares each lookup its bounds check.
        let window = left.first_chunk::<8>()?;
        let mut at = 0;
        codes.extend_from_slice(&eight.map(|level| {
            let code = code(window[at & 7], level);
            at += usize::from(level);
            code
        }));
        left = &left[at..];
    }
    for &level in rest {
        codes.push(code(left[0], level));
        left = &left[usize::from(level)..];
    }
    Some(())
}
