//! What a compound file contains: an old workbook (`.xls`), whose size is known before its reader makes a table of each
//! sheet, or a workbook with a password.
//!
//! Such a file is a small file system of sectors. The stream `Workbook` is a list of records; those of cells begin with the
//! row and the column.

mod hidden;

pub use hidden::Hidden;

/// What a compound file contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compound {
    /// An old workbook, with the number of cells in the smallest ranges with all cells of each sheet.
    Workbook {
        /// That number.
        cells: u64,
    },
    /// A file that a password protects.
    Encrypted,
}

/// Streams with fewer bytes are in the stream of the first entry.
const SMALL: usize = 4096;

/// The size of a sector of that stream.
const SMALL_SECTOR: usize = 64;

/// What ends a chain of sectors.
const END: u32 = 0xffff_fffe;

/// Records of cells.
const CELLS: &[u16] =
    &[0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e, 0x0406];

/// Records with several cells of a row, which end with the last column.
const SEVERAL: &[u16] = &[0x00bd, 0x00be];

/// The record with the stated size of a sheet, for which readers reserve memory.
const SIZE: u16 = 0x0200;

/// The most rows of a sheet.
const ROWS: u32 = 65_536;

/// The record at the end of a sheet.
const END_OF_SHEET: u16 = 0x000a;

/// Returns what the file contains; `None` if it is damaged, or of another kind.
#[must_use]
pub fn content(bytes: &[u8]) -> Option<Compound> {
    let file = File::of(bytes)?;
    let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
    let mut total = 0_u64;
    let mut any = false;
    for entry in directory.chunks_exact(128) {
        if name(entry) == "EncryptedPackage" {
            return Some(Compound::Encrypted);
        }
        if is_workbook(entry) {
            total = total.checked_add(extent(&file.stream(entry, &directory)?)?)?;
            any = true;
        }
    }
    any.then_some(Compound::Workbook { cells: total })
}

/// What is hidden in each sheet of an old workbook, in the order of the list of sheets. `None` if the file is damaged, or of
/// another kind.
#[must_use]
pub fn hidden(bytes: &[u8]) -> Option<Vec<Hidden>> {
    let file = File::of(bytes)?;
    let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
    // A file for two versions of the program has both streams, of which readers take the newer one.
    let named = |wanted: &str| {
        directory.chunks_exact(128).find(|entry| name(entry).eq_ignore_ascii_case(wanted))
    };
    let entry = named("Workbook").or_else(|| named("Book"))?;
    hidden::of_sheets(&file.stream(entry, &directory)?)
}

/// The name of an entry of the directory.
fn name(entry: &[u8]) -> String {
    let letters = entry[..64].chunks_exact(2).map(|unit| char::from(unit[0]));
    letters.take_while(|letter| *letter != '\0').collect()
}

/// Whether an entry of the directory is the stream with the sheets.
fn is_workbook(entry: &[u8]) -> bool {
    let name = name(entry);
    name.eq_ignore_ascii_case("Workbook") || name.eq_ignore_ascii_case("Book")
}

/// The cells in the ranges of all sheets of a stream; `None` if a sheet states an impossible size.
fn extent(stream: &[u8]) -> Option<u64> {
    let mut total = 0_u64;
    // The first and the last row, and the first and the last column.
    let mut range: Option<[u16; 4]> = None;
    let mut at = 0;
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let record = stream.get(at + 4..).unwrap_or_default();
        let record = &record[..record.len().min(usize::from(length))];
        if let Some((row, first, last)) = cell(kind, record) {
            let [top, bottom, left, right] = range.unwrap_or([row, row, first, last]);
            range = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
        }
        // The newer form of the record has rows of four bytes.
        if kind == SIZE && record.len() >= 14 && number(record, 4)? > ROWS {
            return None;
        }
        if kind == END_OF_SHEET {
            total = total.saturating_add(area(range.take()));
        }
        at += 4 + usize::from(length);
    }
    Some(total.saturating_add(area(range)))
}

/// The row, the first and the last column of a record of cells.
fn cell(kind: u16, record: &[u8]) -> Option<(u16, u16, u16)> {
    if !CELLS.contains(&kind) {
        return None;
    }
    let (row, first) = (short(record, 0)?, short(record, 2)?);
    let last =
        if SEVERAL.contains(&kind) { short(record, record.len().checked_sub(2)?)? } else { first };
    Some((row, first, last))
}

fn area(range: Option<[u16; 4]>) -> u64 {
    range.map_or(0, |[top, bottom, left, right]| {
        let side = |low: u16, high: u16| u64::from(high.saturating_sub(low)) + 1;
        side(top, bottom) * side(left, right)
    })
}

/// A compound file.
struct File<'b> {
    bytes: &'b [u8],
    /// The size of a sector.
    size: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
}

impl<'b> File<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let size =
            1_usize.checked_shl(u32::from(short(bytes, 30)?)).filter(|size| *size <= 4096)?;
        let mut file = Self { bytes, size, next: Vec::new() };
        // The header lists the first 109 sectors of the table of sectors; the others are in a chain of their own.
        let mut table: Vec<u32> = (0..109).filter_map(|at| number(bytes, 76 + at * 4)).collect();
        let mut more = number(bytes, 68)?;
        for _ in 0..=bytes.len() / size {
            if more >= END {
                break;
            }
            let sector = file.sector(more)?;
            let (last, listed) =
                sector.split_last_chunk::<4>().map(|(listed, last)| (last, listed))?;
            table.extend(listed.chunks_exact(4).filter_map(|part| number(part, 0)));
            more = u32::from_le_bytes(*last);
        }
        // A file that lists a sector again and again must not grow in memory.
        let sectors = bytes.len() / size + 1;
        for sector in table.into_iter().filter(|sector| *sector < END) {
            if file.next.len() > sectors {
                break;
            }
            let sector = file.sector(sector)?;
            let entries: Vec<u32> =
                sector.chunks_exact(4).filter_map(|part| number(part, 0)).collect();
            file.next.extend(entries);
        }
        Some(file)
    }

    /// A sector. The last one of a file may be cut.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let begin = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?;
        let end = begin.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(begin..end)
    }

    /// The content of a chain of sectors, at most `length` bytes.
    fn chain(&self, first: u32, length: usize) -> Option<Vec<u8>> {
        follow(&self.next, first, (length, self.bytes.len()), |sector| self.sector(sector))
    }

    /// The content of an entry of the directory. Small ones share the stream of the first entry, in sectors of their own.
    fn stream(&self, entry: &[u8], directory: &[u8]) -> Option<Vec<u8>> {
        let length = usize::try_from(number(entry, 120)?).ok()?;
        let first = number(entry, 116)?;
        if length >= SMALL {
            return self.chain(first, length);
        }
        let shared = self.chain(number(directory, 116)?, usize::MAX)?;
        let next = self.chain(number(self.bytes, 60)?, usize::MAX)?;
        let next: Vec<u32> = next.chunks_exact(4).filter_map(|part| number(part, 0)).collect();
        follow(&next, first, (length, shared.len()), |sector| {
            let begin = usize::try_from(sector).ok()?.checked_mul(SMALL_SECTOR)?;
            shared.get(begin..shared.len().min(begin.checked_add(SMALL_SECTOR)?))
        })
    }
}

/// The content of a chain of sectors, at most `length` bytes. A chain that is longer than the file, which has `all` bytes,
/// goes in a circle.
fn follow<'s>(
    next: &[u32],
    first: u32,
    (length, all): (usize, usize),
    sector: impl Fn(u32) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut at = first;
    while at < END && content.len() < length && content.len() <= all {
        content.extend_from_slice(sector(at)?);
        at = *next.get(usize::try_from(at).ok()?)?;
    }
    content.truncate(length);
    Some(content)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*part))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*part))
}

#[cfg(test)]
mod tests {
    use super::{Compound, content};

    /// A compound file whose only stream is small: sectors of the table, the directory, the small table and the shared
    /// stream.
    fn small(stream: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 512 * 5];
        let mut put = |at: usize, part: &[u8]| bytes[at..at + part.len()].copy_from_slice(part);
        let word = u32::to_le_bytes;
        put(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        put(30, &9_u16.to_le_bytes());
        put(48, &word(1));
        put(60, &word(2));
        put(68, &word(0xffff_fffe));
        (0..109).for_each(|at| put(76 + at * 4, &word(if at == 0 { 0 } else { u32::MAX })));
        (0..128).for_each(|at| put(512 + at * 4, &word(0xffff_fffe)));
        put(1024 + 116, &word(3));
        let name: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
        put(1024 + 128, &name);
        put(1024 + 128 + 120, &word(u32::try_from(stream.len()).expect("a small stream")));
        (0..127).for_each(|at| put(1536 + at * 4, &word(u32::try_from(at).expect("small") + 1)));
        put(2048, stream);
        bytes
    }

    #[test]
    fn a_small_workbook_is_measured_too() {
        // Two numbers, at A1 and in row 1001, column 101; each has the row, the column, the format and eight bytes.
        let cell = |row: u16, column: u16| {
            let head = [0x0203_u16, 14, row, column, 0].map(u16::to_le_bytes).concat();
            [head, vec![0; 8]].concat()
        };
        let stream = [cell(0, 0), cell(1000, 100), vec![0x0a, 0, 0, 0]].concat();
        assert_eq!(content(&small(&stream)), Some(Compound::Workbook { cells: 1001 * 101 }));
        let size = [vec![0, 2, 14, 0], vec![0xff; 14], stream].concat();
        assert_eq!(content(&small(&size)), None);
        assert_eq!(content(&small(&size)[..700]), None);
        assert_eq!(content(b""), None);
    }
}
