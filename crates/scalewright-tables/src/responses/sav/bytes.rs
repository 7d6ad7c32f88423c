//! The bytes of a system file: numbers in its byte order, and texts of bounded length.

use std::io::{ErrorKind, Read};

use scalewright_model::text::plain;

use crate::Stop;

/// The number of bytes read at a time.
const BLOCK: usize = 1 << 18;
/// The maximum size of one record of the dictionary, in bytes.
const LONGEST_RECORD: usize = 64 << 20;

/// A system file, read from its beginning to its end.
pub(super) struct Bytes {
    name: String,
    input: Box<dyn Read>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The number of bytes before the buffer.
    before: u64,
    is_big: bool,
}

impl Bytes {
    pub(super) fn new(name: &str, input: Box<dyn Read>) -> Self {
        let buffer = vec![0; BLOCK];
        Self { name: name.to_owned(), input, buffer, start: 0, end: 0, before: 0, is_big: false }
    }

    /// From now on, numbers begin with their most significant byte.
    pub(super) fn set_big(&mut self) {
        self.is_big = true;
    }

    pub(super) fn is_big(&self) -> bool {
        self.is_big
    }

    /// The number of bytes used so far.
    pub(super) fn used(&self) -> u64 {
        self.before + self.start as u64
    }

    /// The bytes that are in memory but not used. They are empty only at the end of the file.
    pub(super) fn rest(&mut self) -> Result<&[u8], Stop> {
        if self.start == self.end {
            self.more()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Marks `count` bytes of the [`rest`](Self::rest) as used.
    pub(super) fn take(&mut self, count: usize) {
        self.start += count;
    }

    fn more(&mut self) -> Result<(), Stop> {
        self.before += self.end as u64;
        (self.start, self.end) = (0, 0);
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(count) => {
                    self.end = count;
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let message = format!("cannot read `{}`: {}", self.name, plain(&error));
                    return Err(Stop::usage(message));
                }
            }
        }
    }

    /// Fills `out` as far as the file reaches, and returns how much of it was filled.
    pub(super) fn fill(&mut self, out: &mut [u8]) -> Result<usize, Stop> {
        let mut filled = 0;
        while filled < out.len() {
            let rest = self.rest()?;
            let count = rest.len().min(out.len() - filled);
            if count == 0 {
                break;
            }
            out[filled..filled + count].copy_from_slice(&rest[..count]);
            self.take(count);
            filled += count;
        }
        Ok(filled)
    }

    /// The next `count` bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Stop> {
        if count > LONGEST_RECORD {
            return Err(self.damaged("a record of its dictionary is longer than 64 MiB"));
        }
        let mut bytes = Vec::new();
        // The memory grows with the file, not with a length that a damaged file states.
        while bytes.len() < count {
            let rest = self.rest()?;
            let part = rest.len().min(count - bytes.len());
            if part == 0 {
                return Err(self.damaged("the file ends within its dictionary"));
            }
            bytes.extend_from_slice(&rest[..part]);
            self.take(part);
        }
        Ok(bytes)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Stop> {
        let mut array = [0; N];
        match self.fill(&mut array)? == N {
            true => Ok(array),
            false => Err(self.damaged("the file ends within its dictionary")),
        }
    }

    /// The next number of 32 bits.
    pub(super) fn whole(&mut self) -> Result<i32, Stop> {
        let bytes = self.array()?;
        Ok(if self.is_big { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
    }

    /// The next number of 32 bits, which counts something.
    pub(super) fn count(&mut self) -> Result<usize, Stop> {
        let number = self.whole()?;
        usize::try_from(number).map_err(|_| self.damaged("a count in its dictionary is negative"))
    }

    /// The next number of 64 bits.
    pub(super) fn long(&mut self) -> Result<i64, Stop> {
        let bytes = self.array()?;
        Ok(if self.is_big { i64::from_be_bytes(bytes) } else { i64::from_le_bytes(bytes) })
    }

    /// The error for a damaged file.
    pub(super) fn damaged(&self, why: &str) -> Stop {
        damaged(&self.name, why)
    }
}

/// The floating-point number in eight bytes.
pub(super) fn number(bytes: [u8; 8], is_big: bool) -> f64 {
    if is_big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) }
}

/// The error for a damaged file.
pub(super) fn damaged(name: &str, why: &str) -> Stop {
    Stop::wrong(format!("{name}: the SPSS file is damaged: {why}"))
        .help("get the file again, or open it in SPSS or PSPP and save it")
}

/// The error for a file whose dictionary cannot be used as it is.
pub(super) fn unreadable(name: &str, why: &str) -> Stop {
    Stop::wrong(format!("{name}: the SPSS file cannot be read: {why}"))
        .help("correct it in SPSS or PSPP, and save it there")
}
