//! The cases of a system file that zlib compressed: blocks one after another, then a trailer.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use crate::Stop;

use super::bytes::{Bytes, damaged};

/// The number of uncompressed bytes in memory.
const BLOCK: usize = 64 << 10;
const WRONG: &str = "its compressed cases are damaged or incomplete";

/// The uncompressed bytes of all blocks.
pub(super) struct Inflated {
    name: String,
    bytes: Bytes,
    /// The number of compressed bytes before the trailer.
    left: u64,
    state: Box<InflateState>,
    /// Whether a block has begun and not ended.
    within: bool,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Inflated {
    /// Reads the header of the compressed cases, which states where their trailer is.
    pub(super) fn new(name: &str, mut bytes: Bytes) -> Result<Self, Stop> {
        let position = i64::try_from(bytes.used()).unwrap_or(i64::MAX);
        let (header, trailer, _length) = (bytes.long()?, bytes.long()?, bytes.long()?);
        let left = trailer.checked_sub(position + 24).and_then(|left| u64::try_from(left).ok());
        let Some(left) = left.filter(|_| header == position) else {
            return Err(bytes.damaged("the header of its compressed cases is wrong"));
        };
        Ok(Self {
            name: name.to_owned(),
            bytes,
            left,
            state: InflateState::new_boxed(DataFormat::Zlib),
            within: false,
            buffer: vec![0; BLOCK],
            start: 0,
            end: 0,
        })
    }

    /// The number of bytes of the file that have been used.
    pub(super) fn used(&self) -> u64 {
        self.bytes.used()
    }

    /// Fills `out` as far as the cases reach, and returns how much of it was filled.
    #[inline]
    pub(super) fn fill(&mut self, out: &mut [u8]) -> Result<usize, Stop> {
        let mut filled = 0;
        while filled < out.len() {
            if self.start == self.end && !self.more()? {
                break;
            }
            let count = (self.end - self.start).min(out.len() - filled);
            let part = &self.buffer[self.start..self.start + count];
            out[filled..filled + count].copy_from_slice(part);
            self.start += count;
            filled += count;
        }
        Ok(filled)
    }

    /// Uncompresses more bytes. Returns `false` after the last block.
    fn more(&mut self) -> Result<bool, Stop> {
        (self.start, self.end) = (0, 0);
        while self.end == 0 {
            let most = usize::try_from(self.left).unwrap_or(usize::MAX);
            let rest = self.bytes.rest()?;
            let given = &rest[..rest.len().min(most)];
            if given.is_empty() && !self.within {
                return match self.left {
                    0 => Ok(false),
                    _ => Err(damaged(&self.name, WRONG)),
                };
            }
            if !self.within {
                self.state.reset(DataFormat::Zlib);
                self.within = true;
            }
            let done = inflate(&mut self.state, given, &mut self.buffer, MZFlush::None);
            self.bytes.take(done.bytes_consumed);
            self.left -= done.bytes_consumed as u64;
            self.end = done.bytes_written;
            match done.status {
                Ok(MZStatus::StreamEnd) => self.within = false,
                Ok(MZStatus::Ok) if done.bytes_consumed + done.bytes_written > 0 => {}
                _ => return Err(damaged(&self.name, WRONG)),
            }
        }
        Ok(true)
    }
}
