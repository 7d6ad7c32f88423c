//! Decompresses gzip as a stream, in constant memory.

use std::io::{self, ErrorKind, Read};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// The number of compressed bytes read at a time.
const BLOCK: usize = 64 << 10;

/// A reader of the uncompressed bytes of all members in order.
pub(super) struct Gunzip {
    input: Box<dyn Read>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    state: Box<InflateState>,
    /// Whether a member is being read.
    within: bool,
    check: Check,
}

/// The checksum and length that the trailer of a member states.
struct Check {
    table: [u32; 256],
    sum: u32,
    length: u32,
}

impl Gunzip {
    pub(super) fn new(input: Box<dyn Read>) -> Self {
        Self {
            input,
            buffer: vec![0; BLOCK],
            start: 0,
            end: 0,
            state: InflateState::new_boxed(DataFormat::Raw),
            within: false,
            check: Check { table: table(), sum: u32::MAX, length: 0 },
        }
    }

    /// Fills the buffer if it is empty. Returns `false` at the end of the input.
    fn more(&mut self) -> io::Result<bool> {
        while self.start == self.end {
            match self.input.read(&mut self.buffer) {
                Ok(0) => return Ok(false),
                Ok(count) => (self.start, self.end) = (0, count),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    fn byte(&mut self) -> io::Result<u8> {
        if !self.more()? {
            return Err(damaged());
        }
        self.start += 1;
        Ok(self.buffer[self.start - 1])
    }

    fn number(&mut self) -> io::Result<u32> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    /// Reads the header of a member. Returns `false` at the end of the file, which may be padded with zeros.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if !self.more()? {
                return Ok(false);
            }
            match self.byte()? {
                0 => {}
                0x1f => break,
                _ => return Err(damaged()),
            }
        }
        let (second, method, flags) = (self.byte()?, self.byte()?, self.byte()?);
        // Method 8 is deflate. The upper three flags are reserved.
        if (second, method) != (0x8b, 8) || flags & 0xe0 != 0 {
            return Err(damaged());
        }
        // The time, the extra flags and the operating system are not needed.
        for _ in 0..6 {
            self.byte()?;
        }
        if flags & 4 != 0 {
            let length = u16::from_le_bytes([self.byte()?, self.byte()?]);
            for _ in 0..length {
                self.byte()?;
            }
        }
        // The name and the comment each end in a zero byte. The checksum of the header is skipped.
        for _ in 0..(flags >> 3 & 1) + (flags >> 4 & 1) {
            while self.byte()? != 0 {}
        }
        // The flag has the value 2, and the checksum that it announces has 2 bytes.
        for _ in 0..flags & 2 {
            self.byte()?;
        }
        self.state.reset(DataFormat::Raw);
        (self.check.sum, self.check.length, self.within) = (u32::MAX, 0, true);
        Ok(true)
    }

    /// Reads the trailer of a member, and checks it.
    fn finish(&mut self) -> io::Result<()> {
        self.within = false;
        let (sum, length) = (self.number()?, self.number()?);
        match (sum, length) == (!self.check.sum, self.check.length) {
            true => Ok(()),
            false => Err(damaged()),
        }
    }
}

impl Read for Gunzip {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // Without space `inflate` makes no progress, which would be taken for damage.
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.within && !self.begin()? {
                return Ok(0);
            }
            // At the end of the input `inflate` makes no progress, which means damage.
            self.more()?;
            let given = &self.buffer[self.start..self.end];
            let done = inflate(&mut self.state, given, out, MZFlush::None);
            self.start += done.bytes_consumed;
            self.check.add(&out[..done.bytes_written]);
            match done.status {
                Ok(MZStatus::StreamEnd) => self.finish()?,
                Ok(MZStatus::Ok) if done.bytes_consumed + done.bytes_written > 0 => {}
                _ => return Err(damaged()),
            }
            if done.bytes_written > 0 {
                return Ok(done.bytes_written);
            }
        }
    }
}

impl Check {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let index = (self.sum ^ u32::from(*byte)) & 0xff;
            self.sum = self.sum >> 8 ^ self.table[index as usize];
        }
        #[expect(clippy::cast_possible_truncation, reason = "the length is stated modulo 2³²")]
        let count = bytes.len() as u32;
        self.length = self.length.wrapping_add(count);
    }
}

/// The lookup table of CRC-32.
fn table() -> [u32; 256] {
    let step = |sum: u32| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    let mut table = [0; 256];
    for (entry, index) in table.iter_mut().zip(0..) {
        *entry = (0..8).fold(index, |sum, _| step(sum));
    }
    table
}

fn damaged() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "the gzip data is damaged or incomplete")
}
