//! An input that refuses lengths beyond its end: the library reserves memory for a length before it reads.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_error::{DtaError, Section};

/// Smaller lengths are never refused: other numbers of four bytes look like them.
const SMALL: u64 = 1 << 24;

/// What the numbers of four bytes are, and how far the input has been read.
#[derive(Clone, Default)]
pub(super) struct Watch(Rc<State>);

#[derive(Default)]
struct State {
    lengths: Cell<Option<bool>>,
    position: Cell<u64>,
}

impl Watch {
    /// From now on, numbers of four bytes are lengths.
    pub(super) fn expect_lengths(&self, order: ByteOrder) {
        self.0.lengths.set(Some(order == ByteOrder::BigEndian));
    }

    /// From now on, they are cells.
    pub(super) fn expect_cells(&self) {
        self.0.lengths.set(None);
    }

    pub(super) fn position(&self) -> u64 {
        self.0.position.get()
    }
}

/// The input.
pub(super) struct Bounded<R> {
    input: R,
    size: u64,
    watch: Watch,
}

impl Bounded<BufReader<File>> {
    pub(super) fn new(mut file: File) -> Result<(Self, Watch)> {
        let size = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        let watch = Watch::default();
        let input = BufReader::with_capacity(1 << 16, file);
        Ok((Self { input, size, watch: watch.clone() }, watch))
    }
}

impl<R> Bounded<R> {
    fn check(&self, bytes: &[u8]) -> Result<()> {
        let (Some(is_big), Ok(bytes)) = (self.watch.0.lengths.get(), <[u8; 4]>::try_from(bytes))
        else {
            return Ok(());
        };
        let length =
            u64::from(if is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) });
        let left = self.size.saturating_sub(self.watch.position());
        match length > left.max(SMALL) {
            true => Err(Error::new(ErrorKind::UnexpectedEof, "a length leads beyond its end")),
            false => Ok(()),
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let count = self.input.read(out)?;
        self.watch.0.position.set(self.watch.position() + count as u64);
        self.check(&out[..if out.len() == 4 { count } else { 0 }])?;
        Ok(count)
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let position = self.input.seek(to)?;
        self.watch.0.position.set(position);
        Ok(position)
    }
}

/// An error of our own, in the type of the library.
pub(super) fn refused(why: &'static str) -> DtaError {
    DtaError::Io { section: Section::Schema, source: Error::new(ErrorKind::FileTooLarge, why) }
}

/// The reason of an error made by [`refused`].
pub(super) fn reason(error: &DtaError) -> Option<String> {
    match error {
        DtaError::Io { source, .. } if source.kind() == ErrorKind::FileTooLarge => {
            Some(source.to_string())
        }
        _ => None,
    }
}
