//! Reads the integers in a Thrift struct of the compact protocol, and skips all other values.

use std::collections::BTreeMap;

/// The maximum depth of nested values.
const DEEP: usize = 16;

/// The integers of a struct and the structs within it, by field id.
#[derive(Default)]
pub(super) struct Fields {
    numbers: BTreeMap<i64, i64>,
    structs: BTreeMap<i64, Fields>,
}

impl Fields {
    pub(super) fn number(&self, field: i64) -> Option<i64> {
        self.numbers.get(&field).copied()
    }

    pub(super) fn within(&self, field: i64) -> Option<&Self> {
        self.structs.get(&field)
    }
}

/// A reader of bytes in the compact protocol.
pub(super) struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Thrift<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The number of bytes read so far.
    pub(super) fn used(&self) -> usize {
        self.at
    }

    /// Reads a struct. Returns `None` if the bytes end before the struct, or are not valid.
    pub(super) fn fields(&mut self, depth: usize) -> Option<Fields> {
        let (mut fields, mut field) = (Fields::default(), 0_i64);
        loop {
            let head = self.byte()?;
            let (kind, step) = (head & 15, i64::from(head >> 4));
            if kind == 0 {
                return Some(fields);
            }
            // Field ids are stored as differences. A difference that is too large is 0, and the id follows.
            field = if step == 0 { self.signed()? } else { field.checked_add(step)? };
            match kind {
                4..=6 => _ = fields.numbers.insert(field, self.signed()?),
                12 if depth < DEEP => {
                    let within = self.fields(depth + 1)?;
                    fields.structs.insert(field, within);
                }
                // A boolean has no bytes of its own: its value is in the head.
                1 | 2 => {}
                other => self.skip(other, depth)?,
            }
        }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth >= DEEP {
            return None;
        }
        // 1 and 2 are booleans, which take a byte in lists; 3 is a byte, 4 to 6 are integers, 7 is a double, 8 is
        // binary, 9 and 10 are lists and sets, 11 is a map and 12 is a struct.
        match kind {
            1..=3 => _ = self.byte()?,
            4..=6 => _ = self.varint()?,
            7 => self.pass(8)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.pass(length)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                // A size that is too large does no harm: each element takes at least one byte.
                let size = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                for _ in 0..size {
                    self.skip(head & 15, depth + 1)?;
                }
            }
            11 => {
                let size = self.varint()?;
                let kinds = if size > 0 { self.byte()? } else { 0 };
                for _ in 0..size {
                    self.skip(kinds >> 4, depth + 1)?;
                    self.skip(kinds & 15, depth + 1)?;
                }
            }
            12 => _ = self.fields(depth + 1)?,
            _ => return None,
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn pass(&mut self, count: usize) -> Option<()> {
        self.at = self.at.checked_add(count).filter(|&at| at <= self.bytes.len())?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }
}

#[cfg(test)]
mod tests {
    use super::Thrift;

    #[test]
    fn numbers_are_found_after_skipped_values() {
        // 1: i32 2; 2: the string "ab"; 5: { 1: i32 -3 }; 6: true; 7: a list of two i32; 8: i64 300.
        let bytes = [
            0x15, 4, 0x18, 2, b'a', b'b', 0x3c, 0x15, 5, 0, 0x11, 0x19, 0x25, 2, 4, 0x16, 0xd8, 4,
            0, 9,
        ];
        let mut thrift = Thrift::new(&bytes);
        let fields = thrift.fields(0).expect("a struct");
        assert_eq!((fields.number(1), fields.number(8)), (Some(2), Some(300)));
        assert_eq!(fields.within(5).and_then(|within| within.number(1)), Some(-3));
        assert_eq!(thrift.used(), bytes.len() - 1);
        for cut in 0..bytes.len() - 1 {
            assert!(Thrift::new(&bytes[..cut]).fields(0).is_none(), "{cut}");
        }
    }
}
