//! Numbers and names as text, without memory for each.

use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula: one that could be gets an apostrophe before it.
pub(crate) fn spreadsheet_safe(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if risky { format!("'{text}").into() } else { text.into() }
}

/// Adds a cell to a line of CSV: spreadsheet-safe, in quotation marks where it needs them.
pub(crate) fn csv_cell(line: &mut Vec<u8>, text: &str) {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b' ');
    if text.bytes().all(harmless) {
        return line.extend_from_slice(text.as_bytes());
    }
    let text = spreadsheet_safe(text);
    if !text.contains(['"', ',', '\n', '\r']) {
        return line.extend_from_slice(text.as_bytes());
    }
    line.push(b'"');
    line.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    line.push(b'"');
}

/// Places for texts of numbers: enough that the scores of a long table mostly find theirs.
const PLACES: usize = 1 << 12;
/// The longest text that is kept: any number between 0.00001 and 10¹⁶ has one as short.
const LONGEST: usize = 24;

/// Texts of numbers that come up again and again.
pub(super) struct Texts {
    known: Vec<Known>,
}

#[derive(Clone, Copy)]
struct Known {
    bits: u64,
    length: u8,
    text: [u8; LONGEST],
}

impl Texts {
    pub(super) fn new() -> Self {
        // No score is that NaN.
        let none = Known { bits: u64::MAX, length: 0, text: [0; LONGEST] };
        Self { known: vec![none; PLACES] }
    }

    /// Adds the text of `number`, the one that `to_string` gives.
    #[inline]
    pub(super) fn add(&mut self, line: &mut Vec<u8>, number: f64) {
        let bits = number.to_bits();
        let place = (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - 12)) as usize;
        if self.known[place].bits != bits && !self.learn(place, number) {
            return line.extend_from_slice(number.to_string().as_bytes());
        }
        let known = &self.known[place];
        line.extend_from_slice(&known.text[..usize::from(known.length)]);
    }

    fn learn(&mut self, place: usize, number: f64) -> bool {
        let mut buffer = zmij::Buffer::new();
        let long: String;
        // Beyond these the quick form has an exponent, and ours has not. A number with few binary places may lie
        // in the middle between two texts, of which the quick form may take the other one.
        let few_places = (number * f64::from(1 << 24)).fract() == 0.0;
        let text = if (1e-4..1e15).contains(&number.abs()) && !few_places {
            buffer.format_finite(number)
        } else {
            long = number.to_string();
            &long
        };
        if text.len() > LONGEST {
            return false;
        }
        let known = &mut self.known[place];
        known.bits = number.to_bits();
        known.text[..text.len()].copy_from_slice(text.as_bytes());
        known.length = u8::try_from(text.len()).unwrap_or(0);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Texts, csv_cell};

    #[test]
    fn numbers_read_as_they_always_did() {
        let mut texts = Texts::new();
        let mut state = 1_u64;
        for round in 0..200_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let number = match round % 4 {
                0 => f64::from_bits(state),
                1 => f64::from(round % 900) / f64::from(1 + round % 13),
                2 => -f64::from(round),
                _ => 10_f64.powi((round % 40) as i32 - 20) * f64::from(round % 17),
            };
            let mut line = Vec::new();
            if number.is_finite() {
                texts.add(&mut line, number);
                assert_eq!(String::from_utf8_lossy(&line), number.to_string());
            }
        }
    }

    #[test]
    fn cells_are_quoted_and_made_safe_where_needed() {
        for (text, expected) in [
            ("p1", "p1"),
            ("-1", "-1"),
            ("=cmd()", "'=cmd()"),
            ("a,b", "\"a,b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
        ] {
            let mut line = Vec::new();
            csv_cell(&mut line, text);
            assert_eq!(String::from_utf8_lossy(&line), expected);
        }
    }
}
