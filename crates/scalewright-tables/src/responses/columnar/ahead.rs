//! Reads a file ahead. The library reads the header and the content of each page separately, and copies the handle of the
//! file for each: with the small pages that most writers make, that would be ten thousand calls of the system for a million
//! rows.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Chain, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// The longest and the shortest piece, and all pieces together, in bytes.
const PIECE: usize = 1 << 16;
const SHORTEST: usize = 1 << 13;
const ALL: usize = 4 << 20;
/// The usual length of the header of a page, in bytes. Headers with statistics may be longer.
const HEADER: usize = 64;

/// A file, and pieces of it that are in memory.
pub(super) struct Ahead {
    file: Arc<Mutex<File>>,
    length: u64,
    /// Where each piece begins. Columns are read in turns, and the pages of each follow each other, so there is a piece for
    /// each column.
    pieces: Mutex<VecDeque<(u64, Bytes)>>,
    most: usize,
    size: usize,
}

impl Ahead {
    /// A reader of `file` with a piece for each of `columns` columns.
    pub(super) fn new(file: File, columns: usize) -> std::io::Result<Self> {
        let length = file.metadata()?.len();
        let file = Arc::new(Mutex::new(file));
        let most = columns.clamp(1, ALL / SHORTEST);
        let size = PIECE.min(ALL / most);
        Ok(Self { file, length, pieces: Mutex::default(), most, size })
    }

    /// The bytes from `start` on, up to the end of a piece: at least `length`, unless the file or the piece ends before.
    fn piece(&self, start: u64, length: usize) -> Result<Bytes> {
        let mut pieces = locked(&self.pieces);
        let found = pieces.iter().find_map(|(from, bytes)| {
            let skipped = usize::try_from(start.checked_sub(*from)?).ok()?;
            (skipped + length <= bytes.len()).then(|| bytes.slice(skipped..))
        });
        if let Some(found) = found {
            return Ok(found);
        }
        let bytes: Bytes = read(&mut locked(&self.file), start, self.size)?.into();
        // Pieces are replaced in the order in which they were read, which is that of the columns.
        if pieces.len() >= self.most {
            pieces.pop_front();
        }
        pieces.push_back((start, bytes.clone()));
        Ok(bytes)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads `length` bytes from `start` on, or fewer at the end of the file.
fn read(file: &mut File, start: u64, length: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    file.seek(SeekFrom::Start(start))?;
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Length for Ahead {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Ahead {
    type T = Chain<Cursor<Bytes>, Rest>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        let piece = self.piece(start, HEADER)?;
        let rest = Rest { file: Arc::clone(&self.file), at: start + piece.len() as u64 };
        Ok(Cursor::new(piece).chain(rest))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if length <= self.size {
            let piece = self.piece(start, length)?;
            if piece.len() >= length {
                return Ok(piece.slice(..length));
            }
        }
        let bytes = read(&mut locked(&self.file), start, length)?;
        match bytes.len() == length {
            true => Ok(bytes.into()),
            false => Err(ParquetError::EOF("the file ends before a page does".to_owned())),
        }
    }
}

/// The file from a position on.
pub(super) struct Rest {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Rest {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = locked(&self.file);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use parquet::file::reader::ChunkReader;

    use super::{Ahead, PIECE};

    #[test]
    fn bytes_are_those_of_the_file_wherever_a_piece_ends() {
        let mut file = tempfile::tempfile().expect("a file");
        let bytes: Vec<u8> = (0..3 * PIECE + 100).map(|at| (at * 7 % 251) as u8).collect();
        file.write_all(&bytes).expect("written");
        for columns in [1, 3, 5000] {
            let again = file.try_clone().expect("the same file");
            let ahead = Ahead::new(again, columns).expect("a file");
            for start in [0, 10, PIECE - 10, PIECE, 2 * PIECE + 1, 10, 3 * PIECE + 99] {
                for length in [0, 1, 70, 5000, PIECE, PIECE + 1, 2 * PIECE] {
                    let expected = bytes.get(start..start + length);
                    let got = ahead.get_bytes(start as u64, length).ok();
                    assert_eq!(got.as_deref(), expected, "{length} from {start}");
                }
                let mut rest = Vec::new();
                let mut reader = ahead.get_read(start as u64).expect("readable");
                reader.read_to_end(&mut rest).expect("read");
                assert!(rest == bytes[start..], "all from {start}");
            }
        }
    }
}
