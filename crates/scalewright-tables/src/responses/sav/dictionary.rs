//! The records of the dictionary of a system file, as bytes: their encoding is known only after the last of them.

use std::collections::BTreeMap;

use crate::Stop;

use super::bytes::Bytes;

/// The maximum number of slots of eight bytes in a case.
const MOST_SLOTS: usize = 1 << 22;
/// The record of the dictionary that ends it.
const END: i32 = 999;

/// A variable record.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    /// The name of at most eight letters.
    pub(super) name: Vec<u8>,
    pub(super) label: Option<Vec<u8>>,
    /// The width of a string, in bytes; 0 for numbers.
    pub(super) width: usize,
    pub(super) missing: Missing,
    /// The code of the format that SPSS prints the values in.
    pub(super) format: u8,
    /// The index of its first slot in a case.
    pub(super) slot: usize,
}

/// The missing values of a variable record.
#[derive(Debug, Clone, Default)]
pub(super) struct Missing {
    pub(super) range: Option<[[u8; 8]; 2]>,
    pub(super) values: Vec<[u8; 8]>,
}

/// A set of value labels, and the slots of the variables that it applies to, from 1.
pub(super) struct LabelSet {
    pub(super) labels: Vec<([u8; 8], Vec<u8>)>,
    pub(super) slots: Vec<usize>,
}

/// All records of a dictionary.
#[derive(Default)]
pub(super) struct Dictionary {
    pub(super) variables: Vec<Variable>,
    /// The number of slots of a case.
    pub(super) slots: usize,
    pub(super) sets: Vec<LabelSet>,
    /// The content of the extension records, by their subtype.
    pub(super) extensions: BTreeMap<i32, Vec<u8>>,
}

/// Reads the dictionary up to its end.
pub(super) fn dictionary(bytes: &mut Bytes) -> Result<Dictionary, Stop> {
    let mut dictionary = Dictionary::default();
    loop {
        match bytes.whole()? {
            2 => dictionary.variable(bytes)?,
            3 => dictionary.labels(bytes)?,
            4 => return Err(bytes.damaged("a list of variables has no value labels")),
            6 => document(bytes)?,
            7 => dictionary.extension(bytes)?,
            END => {
                // Four bytes without a meaning.
                bytes.whole()?;
                return Ok(dictionary);
            }
            other => {
                return Err(bytes.damaged(&format!("its dictionary has a record of type {other}")));
            }
        }
    }
}

impl Dictionary {
    fn variable(&mut self, bytes: &mut Bytes) -> Result<(), Stop> {
        let width = bytes.whole()?;
        let has_label = bytes.whole()? != 0;
        let missing = bytes.whole()?;
        let [print, _write] = [bytes.whole()?, bytes.whole()?];
        let name: [u8; 8] = bytes.array()?;
        let label = match has_label {
            true => {
                let length = bytes.count()?;
                let mut label = bytes.bytes(length.next_multiple_of(4))?;
                label.truncate(length);
                Some(label)
            }
            false => None,
        };
        let missing = missing_values(bytes, missing)?;
        let slot = self.slots;
        self.slots += 1;
        if self.slots > MOST_SLOTS {
            return Err(bytes.damaged("a case is longer than 32 MiB"));
        }
        let width = match width {
            // The second and further slots of a string.
            -1 => return self.goes_on(bytes),
            0..=255 => width.unsigned_abs() as usize,
            _ => return Err(bytes.damaged(&format!("a variable has the type {width}"))),
        };
        let format = (print >> 16 & 0xff) as u8;
        self.variables.push(Variable {
            name: name.trim_ascii_end().to_vec(),
            label,
            width,
            missing,
            format,
            slot,
        });
        Ok(())
    }

    /// Checks that a further slot belongs to the string before it.
    fn goes_on(&self, bytes: &Bytes) -> Result<(), Stop> {
        let fits = self.variables.last().is_some_and(|last| {
            let slots = last.width.max(1).div_ceil(8);
            self.slots <= last.slot + slots
        });
        match fits {
            true => Ok(()),
            false => Err(bytes.damaged("a piece of a string belongs to no variable")),
        }
    }

    fn labels(&mut self, bytes: &mut Bytes) -> Result<(), Stop> {
        let count = bytes.count()?;
        let mut labels = Vec::new();
        for _ in 0..count {
            let value: [u8; 8] = bytes.array()?;
            let [length]: [u8; 1] = bytes.array()?;
            let length = usize::from(length);
            let mut label = bytes.bytes((length + 1).next_multiple_of(8) - 1)?;
            label.truncate(length);
            labels.push((value, label));
        }
        if bytes.whole()? != 4 {
            return Err(bytes.damaged("value labels have no list of variables"));
        }
        let count = bytes.count()?;
        let mut slots = Vec::new();
        for _ in 0..count {
            slots.push(bytes.count()?);
        }
        self.sets.push(LabelSet { labels, slots });
        Ok(())
    }

    fn extension(&mut self, bytes: &mut Bytes) -> Result<(), Stop> {
        let subtype = bytes.whole()?;
        let (size, count) = (bytes.count()?, bytes.count()?);
        let Some(length) = size.checked_mul(count) else {
            return Err(bytes.damaged("a record of its dictionary is longer than 64 MiB"));
        };
        let content = bytes.bytes(length)?;
        // Those that say how SPSS shows the variables, attributes and unknown records have no bearing on answers.
        if matches!(subtype, 3 | 4 | 7 | 13 | 14 | 16 | 19 | 20 | 21 | 22) {
            self.extensions.insert(subtype, content);
        }
        Ok(())
    }

    /// The content of an extension record; empty without the record.
    pub(super) fn content(&self, subtype: i32) -> &[u8] {
        self.extensions.get(&subtype).map_or(&[], Vec::as_slice)
    }
}

fn missing_values(bytes: &mut Bytes, count: i32) -> Result<Missing, Stop> {
    let (has_range, more) = match count {
        0..=3 => (false, count),
        -2 => (true, 0),
        -3 => (true, 1),
        _ => return Err(bytes.damaged(&format!("a variable has {count} missing values"))),
    };
    let range = if has_range { Some([bytes.array()?, bytes.array()?]) } else { None };
    let values = (0..more).map(|_| bytes.array()).collect::<Result<_, _>>()?;
    Ok(Missing { range, values })
}

/// Skips the comments of the file.
fn document(bytes: &mut Bytes) -> Result<(), Stop> {
    let lines = bytes.count()?;
    for _ in 0..lines {
        bytes.array::<80>()?;
    }
    Ok(())
}
