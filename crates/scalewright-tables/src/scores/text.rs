//! Writes cells as text: quotes them where needed, and formats numbers without allocating.

use scalewright_model::text::is_run_by_spreadsheets;

/// Whether cells that consist of such bytes are written unchanged, whatever the delimiter.
fn is_harmless(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b' ')
}

/// Writes the cells of a text table.
pub struct CsvCells {
    delimiter: u8,
    /// Whether cells that a spreadsheet would run as formulas get an apostrophe.
    guard: bool,
    /// The number of cells that a spreadsheet would run as formulas.
    risky: u64,
    /// The beginning of the first of them.
    first: String,
}

impl CsvCells {
    /// Cells with `delimiter` between them. With `guard`, cells that a spreadsheet would run as formulas get an
    /// apostrophe.
    #[must_use]
    pub fn new(delimiter: u8, guard: bool) -> Self {
        Self { delimiter, guard, risky: 0, first: String::new() }
    }

    /// The delimiter between cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Adds a cell to a line, in quotation marks if necessary.
    pub fn add(&mut self, line: &mut Vec<u8>, text: &str) {
        if text.bytes().all(is_harmless) {
            return line.extend_from_slice(text.as_bytes());
        }
        let risky = is_run_by_spreadsheets(text);
        if risky {
            self.note_risky(text);
        }
        // The apostrophe comes after the quotation mark, because a spreadsheet removes the quotation marks first.
        let guard: &[u8] = if risky && self.guard { b"'" } else { b"" };
        let special = |byte: u8| matches!(byte, b'"' | b'\n' | b'\r') || byte == self.delimiter;
        if !text.bytes().any(special) {
            line.extend_from_slice(guard);
            return line.extend_from_slice(text.as_bytes());
        }
        line.push(b'"');
        line.extend_from_slice(guard);
        line.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        line.push(b'"');
    }

    /// Whether [`add`](Self::add) adds every part of `text` unchanged.
    #[must_use]
    pub fn are_harmless(text: &str) -> bool {
        // Without stopping at the first other byte, so that the compiler uses vector instructions.
        text.bytes().fold(true, |all, byte| all & is_harmless(byte))
    }

    /// Adds a whole line.
    pub fn line<'t>(&mut self, line: &mut Vec<u8>, cells: impl IntoIterator<Item = &'t str>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                line.push(self.delimiter);
            }
            self.add(line, cell);
        }
        line.push(b'\n');
    }

    fn note_risky(&mut self, text: &str) {
        if self.risky == 0 {
            self.first = text.chars().take(40).collect();
        }
        self.risky += 1;
    }

    /// A note on cells that a spreadsheet would run as formulas, if there are any. `table` is the name of the table in
    /// the note.
    #[must_use]
    pub fn note(&self, table: &str) -> Option<String> {
        let (first, guard) = (&self.first, self.guard);
        let cells = match self.risky {
            0 => return None,
            1 => format!("{table}: 1 cell (`{first}`)"),
            more => format!("{table}: {more} cells (`{first}` and others)"),
        };
        Some(match guard {
            true => {
                format!("{cells} got an apostrophe in front, so that no spreadsheet runs a formula")
            }
            false => format!(
                "{cells} would be run as a formula by a spreadsheet; `--spreadsheet-safe` puts an apostrophe in front"
            ),
        })
    }
}

/// The number of places of the cache of formatted numbers, as a power of 2. Most scores of a long table hit it, also means
/// of means, of which a table may contain ten thousand.
const BITS: u32 = 15;
/// The longest text in the cache, in bytes: with its length and its number it fills half a cache line of the processor. The
/// texts of numbers between 0.0001 and 10¹⁶ fit.
pub(super) const LONGEST: usize = 23;

/// A cache of formatted numbers, because the same scores occur again and again.
pub(super) struct Texts {
    /// For each place, the position in `known` of its number, or 0 if it has none.
    places: Vec<u16>,
    /// The numbers in the order in which they first occur: frequent ones are neighbours, so few cache lines contain most of
    /// them.
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
        // This bit pattern is a NaN, which no score is.
        let none = Known { bits: u64::MAX, length: 0, text: [0; LONGEST] };
        Self { places: vec![0; 1 << BITS], known: vec![none] }
    }

    /// Adds the text of `number`, the same as by `to_string`.
    #[inline]
    pub(super) fn add(&mut self, line: &mut Vec<u8>, number: f64) {
        match self.known(number) {
            Some(known) => {
                // A copy of fixed length takes a few instructions, and one of any length a call.
                let end = line.len() + usize::from(known.length);
                line.extend_from_slice(&known.text);
                line.truncate(end);
            }
            None => line.extend_from_slice(number.to_string().as_bytes()),
        }
    }

    /// Writes the rest of a line: before each number, present or not, a delimiter, and at last the end of the line. `line`
    /// has a byte and [`LONGEST`] bytes for each number, and another byte. Returns the length of the text, or `None` if a
    /// number is longer.
    #[inline]
    pub(super) fn line(
        &mut self,
        line: &mut [u8],
        delimiter: u8,
        numbers: impl Iterator<Item = (f64, bool)>,
    ) -> Option<usize> {
        let mut at = 0;
        for (number, present) in numbers {
            let cell = line.get_mut(at..)?.first_chunk_mut::<{ 1 + LONGEST }>()?;
            cell[0] = delimiter;
            at += 1;
            if present {
                let known = self.known(number)?;
                // A copy of fixed length takes a few instructions, and one of any length a call.
                cell[1..].copy_from_slice(&known.text);
                at += usize::from(known.length);
            }
        }
        *line.get_mut(at)? = b'\n';
        Some(at + 1)
    }

    /// The text of `number`, if it fits in the cache.
    #[inline]
    fn known(&mut self, number: f64) -> Option<&Known> {
        let bits = number.to_bits();
        // Fibonacci hashing: the upper bits of the product are well mixed. Without folding, numbers that differ only in
        // the upper half of their bits would share places.
        let folded = bits ^ (bits >> 32);
        let place = (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize;
        for place in [place, place ^ 1] {
            let known = usize::from(self.places[place]);
            if known == 0 {
                return self.learn(place, number);
            }
            if self.known[known].bits == bits {
                return Some(&self.known[known]);
            }
        }
        self.learn(place, number)
    }

    /// Formats a number that replaces the one at `place`, if there is one.
    #[cold]
    fn learn(&mut self, place: usize, number: f64) -> Option<&Known> {
        let mut text = Vec::with_capacity(LONGEST);
        push_number(&mut text, number);
        if text.len() > LONGEST {
            return None;
        }
        if self.places[place] == 0 {
            // There are fewer places than numbers of 16 bits.
            self.places[place] = u16::try_from(self.known.len()).ok()?;
            self.known.push(self.known[0]);
        }
        let known = &mut self.known[usize::from(self.places[place])];
        known.bits = number.to_bits();
        known.text[..text.len()].copy_from_slice(&text);
        known.length = u8::try_from(text.len()).unwrap_or(0);
        Some(known)
    }
}

/// Adds the text of `number`, which is that of `to_string`.
pub(super) fn push_number(line: &mut Vec<u8>, number: f64) {
    // Outside of this range `zmij` writes an exponent, but `to_string` does not. A number with few binary places
    // may lie exactly halfway between two texts, and the two functions may choose differently.
    let few_places = (number * f64::from(1 << 24)).fract() == 0.0;
    // Negative zero keeps its sign.
    if number.fract() == 0.0 && number.abs() < 1e15 && number.to_bits() != (-0.0_f64).to_bits() {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of this size fits")]
        line.extend(itoa::Buffer::new().format(number as i64).as_bytes());
    } else if (1e-4..1e15).contains(&number.abs()) && !few_places {
        line.extend(zmij::Buffer::new().format_finite(number).as_bytes());
    } else {
        line.extend(number.to_string().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{CsvCells, Texts};

    #[test]
    fn cached_numbers_equal_those_of_to_string() {
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
    fn cells_are_quoted_where_needed_and_made_safe_on_request_only() {
        for (text, plain, safe) in [
            ("p1", "p1", "p1"),
            ("-1", "-1", "-1"),
            ("+1.5e3", "+1.5e3", "+1.5e3"),
            ("-1;10", "-1;10", "'-1;10"),
            ("-inf", "-inf", "'-inf"),
            ("@anna", "@anna", "'@anna"),
            ("=cmd()", "=cmd()", "'=cmd()"),
            ("a,b", "\"a,b\"", "\"a,b\""),
            ("a\tb", "a\tb", "a\tb"),
            ("a \"b\"", "\"a \"\"b\"\"\"", "\"a \"\"b\"\"\""),
            ("=a,\"b\"", "\"=a,\"\"b\"\"\"", "\"'=a,\"\"b\"\"\""),
        ] {
            for (guard, expected) in [(false, plain), (true, safe)] {
                let (mut line, mut cells) = (Vec::new(), CsvCells::new(b',', guard));
                cells.add(&mut line, text);
                assert_eq!(String::from_utf8_lossy(&line), expected);
                assert_eq!(cells.note("t").is_some(), plain != safe, "{text}");
            }
        }
        let (mut line, mut cells) = (Vec::new(), CsvCells::new(b'\t', false));
        cells.line(&mut line, ["a,b", "a\tb", ""]);
        assert_eq!(String::from_utf8_lossy(&line), "a,b\t\"a\tb\"\t\n");
    }
}
