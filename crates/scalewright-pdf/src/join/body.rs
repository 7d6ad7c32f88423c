//! The bytes of a joined document: its objects as they come, and at last their positions.

use std::io::Write;

use lopdf::{Dictionary, Error, Object, Writer};

pub(super) struct Body {
    bytes: Vec<u8>,
    /// The position of each object, by its number; `None` for numbers that are not used.
    positions: Vec<Option<usize>>,
    last: u32,
    held: Option<Object>,
}

impl Body {
    /// An empty body, in which the numbers up to `shared` are written last.
    pub(super) fn new(shared: u32) -> Self {
        // The line of high bytes marks a file that is not text.
        let bytes = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        Self { bytes, positions: Vec::new(), last: shared, held: None }
    }

    /// The last number that is taken.
    pub(super) fn last(&self) -> u32 {
        self.last
    }

    /// Takes all numbers up to `last`.
    pub(super) fn end_part(&mut self, last: u32) {
        self.last = last;
    }

    /// Keeps an object for the end, if none was kept before.
    pub(super) fn hold(&mut self, object: Object) {
        self.held.get_or_insert(object);
    }

    /// The object that was kept.
    pub(super) fn held(&mut self) -> Option<Object> {
        self.held.take()
    }

    pub(super) fn write(&mut self, number: u32, object: &Object) -> Result<(), Error> {
        let at = number as usize;
        if self.positions.len() <= at {
            self.positions.resize(at + 1, None);
        }
        self.positions[at] = Some(self.bytes.len());
        writeln!(self.bytes, "{number} 0 obj")?;
        Writer::write_object(&mut self.bytes, object)?;
        self.bytes.extend_from_slice(b"\nendobj\n\n");
        Ok(())
    }

    /// The document: the objects, the table of their positions, and the trailer.
    pub(super) fn finish(mut self, mut trailer: Dictionary) -> Result<Vec<u8>, Error> {
        let start = self.bytes.len();
        let size = self.positions.len();
        write!(self.bytes, "xref\n0 {size}\n0000000000 65535 f\r\n")?;
        for position in self.positions.iter().skip(1) {
            match position {
                Some(position) => write!(self.bytes, "{position:010} 00000 n\r\n")?,
                None => write!(self.bytes, "0000000000 65535 f\r\n")?,
            }
        }
        trailer.set("Size", i64::try_from(size).unwrap_or(i64::MAX));
        self.bytes.extend_from_slice(b"trailer\n");
        Writer::write_object(&mut self.bytes, &trailer.into())?;
        write!(self.bytes, "\nstartxref\n{start}\n%%EOF")?;
        Ok(self.bytes)
    }
}
