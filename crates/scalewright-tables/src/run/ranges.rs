//! Whole numbers in ascending order, stored as ranges.

use std::ops::Range;

/// Above this many ranges, at most one for two numbers is stored, so that they never take more memory than a hash of
/// each number would.
const FEW: usize = 64;
/// More digits may not fit in 64 bits.
const DIGITS: usize = 18;

/// Texts that are whole numbers in ascending order. The numbers of consecutive rows take no memory, however many they
/// are.
#[derive(Default)]
pub(crate) struct Ranges {
    ranges: Vec<Range<u64>>,
    count: usize,
    /// The text of the number after the last one.
    next: Vec<u8>,
}

impl Ranges {
    /// How many numbers there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// All numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
        self.ranges.iter().cloned().flatten()
    }

    /// The texts of the first and the last number; empty if there are none.
    pub(super) fn ends(&self) -> [String; 2] {
        let first = self.ranges.first().map(|range| range.start);
        let last = self.ranges.last().and_then(|range| range.end.checked_sub(1));
        [first, last].map(|number| number.map(|number| number.to_string()).unwrap_or_default())
    }

    /// Adds texts while each is the number after the last one, and returns how many were added.
    pub(super) fn add_next<'t>(&mut self, texts: impl Iterator<Item = &'t [u8]>) -> usize {
        let Some(last) = self.ranges.last_mut() else { return 0 };
        let mut added = 0;
        for text in texts {
            if text != self.next {
                break;
            }
            increment(&mut self.next);
            added += 1;
        }
        last.end += added as u64;
        self.count += added;
        added
    }

    /// Adds a number. Returns `false`, and adds nothing, if the text is not a number above all others, or if the numbers
    /// would need too many ranges.
    pub(super) fn add(&mut self, text: &str) -> bool {
        match self.ranges.last_mut() {
            // Without parsing the text, because most numbers come like this.
            Some(last) if text.as_bytes() == self.next => last.end += 1,
            last => {
                let above = last.map_or(0, |last| last.end);
                let Some(number) = number(text).filter(|&number| number >= above) else {
                    return false;
                };
                if self.ranges.len() > FEW.max(self.count / 2) {
                    return false;
                }
                self.ranges.push(number..number + 1);
                text.as_bytes().clone_into(&mut self.next);
            }
        }
        increment(&mut self.next);
        self.count += 1;
        true
    }
}

/// The number that a text is the usual text of: without a sign or leading zeros.
fn number(text: &str) -> Option<u64> {
    let is_usual = text == "0" || text.starts_with(|first: char| matches!(first, '1'..='9'));
    let is_number = text.len() <= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_usual && is_number)
}

/// Adds 1 to a number written in decimal digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn ascending_numbers_are_stored_as_ranges() {
        let mut ranges = Ranges::default();
        let numbers = [0, 1, 2, 8, 9, 10, 11, 98, 99, 100, 101, 1000, 123_456_789_012_345_678];
        for number in numbers {
            assert!(ranges.add(&number.to_string()), "{number}");
        }
        assert_eq!(ranges.numbers().collect::<Vec<u64>>(), numbers);
        assert_eq!((ranges.len(), ranges.ranges.len()), (13, 5));
        let texts = ["123456789012345679", "123456789012345680", "123456789012345682"];
        assert_eq!(ranges.add_next(texts.iter().map(|text| text.as_bytes())), 2);
        assert_eq!((ranges.len(), ranges.ranges.len()), (15, 5));
    }

    #[test]
    fn other_texts_are_not_added() {
        let mut ranges = Ranges::default();
        assert!(ranges.add("41"));
        for text in
            ["", "41", "7", "042", "+42", "-42", "42.0", " 42", "p42", "1234567890123456789"]
        {
            assert!(!ranges.add(text), "{text}");
        }
        assert!(ranges.add("42"));
        assert_eq!(ranges.numbers().collect::<Vec<u64>>(), [41, 42]);
    }

    #[test]
    fn numbers_far_apart_do_not_take_more_memory_than_their_hashes() {
        let mut ranges = Ranges::default();
        let added = (0..10_000).filter(|number| ranges.add(&(number * 3).to_string())).count();
        assert!(added < 200, "{added} ranges");
    }
}
