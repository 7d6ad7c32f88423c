//! A file read in large blocks; what is not used yet stays in front of what comes next.

use std::io::{ErrorKind, Read};

use scalewright_model::text::plain;

use crate::Stop;

/// How much is read at a time.
const BLOCK: usize = 1 << 20;
/// No row is longer than this: a quotation mark without its partner would take in all the rest.
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

    /// What has been read and not been used.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Takes `count` bytes off the front.
    pub(crate) fn take(&mut self, count: usize) {
        self.start += count;
        self.used += count as u64;
    }

    /// How many bytes have been used.
    pub(crate) fn used(&self) -> u64 {
        self.used
    }

    /// Whether there is nothing beyond what has been read.
    pub(crate) fn at_end(&self) -> bool {
        self.at_end
    }

    /// Reads more behind what is there.
    pub(crate) fn more(&mut self) -> Result<(), Stop> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            if self.end > LONGEST_ROW {
                return Err(self.too_long());
            }
            self.buffer.resize(self.end * 2, 0);
        }
        // Filling the block saves on calls where the input comes in small pieces.
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

    /// The refusal of a row that takes more memory than any table needs.
    pub(crate) fn too_long(&self) -> Stop {
        Stop::wrong(format!("{}: a row is longer than 16 MiB", self.name))
            .help("a quotation mark without its partner takes in all that follows it")
    }
}
