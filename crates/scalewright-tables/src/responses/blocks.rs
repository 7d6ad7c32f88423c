//! Reads an input in large blocks. Unused bytes stay in front of the bytes that are read next.

use std::io::{ErrorKind, Read};

use scalewright_model::text::plain;

use crate::Stop;

/// The number of bytes read at a time.
const BLOCK: usize = 1 << 20;
/// The maximum length of a row, in bytes. Without a limit, an unclosed quotation mark would take in the rest of the
/// file.
pub(crate) const LONGEST_ROW: usize = 16 << 20;

/// The part of an input that is in memory.
pub(crate) struct Blocks {
    name: String,
    input: Box<dyn Read>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
    used: u64,
}

impl Blocks {
    pub(crate) fn new(name: &str, input: Box<dyn Read>) -> Self {
        let buffer = vec![0; BLOCK];
        Self { name: name.to_owned(), input, buffer, start: 0, end: 0, at_end: false, used: 0 }
    }

    /// The bytes that have been read but not used.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Marks `count` bytes as used.
    pub(crate) fn take(&mut self, count: usize) {
        self.start += count;
        self.used += count as u64;
    }

    /// The number of bytes used so far.
    pub(crate) fn used(&self) -> u64 {
        self.used
    }

    /// Whether the input has been read to its end.
    pub(crate) fn at_end(&self) -> bool {
        self.at_end
    }

    /// Reads more bytes. The slice of [`rest`](Self::rest) begins at another address afterwards.
    pub(crate) fn more(&mut self) -> Result<(), Stop> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            // The buffer doubles, so this bound on memory stops a row only between 16 and 32 MiB.
            if self.end > LONGEST_ROW {
                return Err(self.too_long());
            }
            self.buffer.resize(self.end * 2, 0);
        }
        // The block is filled even if the input comes in small pieces, so that callers scan it less often.
        while self.end < self.buffer.len() && !self.at_end {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let message = format!("cannot read `{}`: {}", self.name, plain(&error));
                    return Err(Stop::usage(message));
                }
            }
        }
        Ok(())
    }

    /// The error for a row that is too long.
    pub(crate) fn too_long(&self) -> Stop {
        // The number is that of `LONGEST_ROW`.
        Stop::wrong(format!("{}: a row is longer than 16 MiB", self.name))
            .help("look for an unclosed quotation mark, which takes in all text after it")
    }
}
