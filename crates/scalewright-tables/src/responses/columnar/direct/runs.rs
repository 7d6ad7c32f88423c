//! Decodes runs of small whole numbers. Parquet stores levels and the indices of a dictionary in this encoding: a run is
//! either one number repeated, or numbers packed into bits.

/// The longest run that the format allows.
const LONGEST: usize = i32::MAX as usize;

/// A position in encoded numbers.
pub(super) struct Runs {
    /// The bytes that are not read yet.
    at: usize,
    end: usize,
    /// The bits of a number.
    width: usize,
    run: Stretch,
    /// The numbers of the run that are not read yet.
    left: usize,
}

#[derive(Clone, Copy)]
enum Stretch {
    Equal(u8),
    /// Packed numbers that begin at this bit.
    Packed(usize),
}

impl Runs {
    /// Numbers of `width` bits, 1 to 8, encoded in the bytes from `at` to `end`.
    pub(super) fn new(at: usize, end: usize, width: u8) -> Self {
        Self { at, end, width: width.into(), run: Stretch::Equal(0), left: 0 }
    }

    /// Fills `numbers` with the next numbers in `bytes`. Returns `None` if there are fewer, or if they are not valid.
    pub(super) fn fill(&mut self, bytes: &[u8], mut numbers: &mut [u8]) -> Option<()> {
        while !numbers.is_empty() {
            if self.left == 0 {
                self.begin(bytes)?;
            }
            let count = self.left.min(numbers.len());
            let (now, later) = numbers.split_at_mut(count);
            match &mut self.run {
                Stretch::Equal(number) => now.fill(*number),
                Stretch::Packed(bit) => {
                    unpack(bytes, *bit, self.width, now);
                    *bit += count * self.width;
                }
            }
            self.left -= count;
            numbers = later;
        }
        Some(())
    }

    /// Begins the next run.
    fn begin(&mut self, bytes: &[u8]) -> Option<()> {
        let head = self.varint(bytes)?;
        let count = head >> 1;
        if head & 1 == 1 {
            // Eight numbers at a time. The last bytes of a page may be left out.
            let length = count.checked_mul(8).filter(|&count| count <= LONGEST)? / 8 * self.width;
            let length = length.min(self.end - self.at);
            self.run = Stretch::Packed(self.at * 8);
            self.left = length * 8 / self.width;
            self.at += length;
        } else {
            let number = *bytes.get(self.at).filter(|_| self.at < self.end)?;
            let fits = usize::from(number) < 1 << self.width;
            self.run = Stretch::Equal(number);
            self.left = Some(count).filter(|&count| fits && 0 < count && count <= LONGEST)?;
            self.at += 1;
        }
        Some(())
    }

    fn varint(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = *bytes.get(self.at).filter(|_| self.at < self.end)?;
            self.at += 1;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }
}

/// Unpacks numbers of `width` bits, beginning at `bit`.
fn unpack(bytes: &[u8], mut bit: usize, width: usize, numbers: &mut [u8]) {
    let (eights, rest) = numbers.as_chunks_mut::<8>();
    for eight in eights {
        *eight = spread(word(bytes, bit), width);
        bit += 8 * width;
    }
    let last = spread(word(bytes, bit), width);
    rest.copy_from_slice(&last[..rest.len()]);
}

/// The bits from `bit` on: at least 57 of them, 0 after the end.
fn word(bytes: &[u8], bit: usize) -> u64 {
    let bytes = bytes.get(bit / 8..).unwrap_or_default();
    let word = match bytes.first_chunk::<8>() {
        Some(word) => *word,
        None => {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            word
        }
    };
    u64::from_le_bytes(word) >> (bit % 8)
}

/// Moves eight numbers of `width` bits apart, to a byte each. Each step splits groups of numbers in half.
fn spread(word: u64, width: usize) -> [u8; 8] {
    let lowest = |bits: usize| (1_u64 << bits) - 1;
    let four = lowest(4 * width);
    let word = (word & four) | (((word >> (4 * width)) & four) << 32);
    let two = lowest(2 * width) * 0x0000_0001_0000_0001;
    let word = (word & two) | (((word >> (2 * width)) & two) << 16);
    let one = lowest(width) * 0x0001_0001_0001_0001;
    let word = (word & one) | (((word >> width) & one) << 8);
    word.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::Runs;

    /// Packs numbers into bits, the first into the lowest.
    fn packed(numbers: &[u8], width: u8) -> Vec<u8> {
        let mut bytes = vec![0; (numbers.len() * usize::from(width)).div_ceil(8)];
        for (index, number) in numbers.iter().enumerate() {
            for bit in (0..usize::from(width)).filter(|bit| number >> bit & 1 == 1) {
                let at = index * usize::from(width) + bit;
                bytes[at / 8] |= 1 << (at % 8);
            }
        }
        bytes
    }

    #[test]
    fn all_widths_are_decoded_from_any_position() {
        for width in 1..=8_u8 {
            let most = (1_u32 << width) - 1;
            let number = |index: u32| u8::try_from((index * 37) & most).expect("at most 255");
            let numbers: Vec<u8> = (0..64).map(number).collect();
            let equal = number(11);
            // Five equal numbers, then eight times eight packed ones.
            let bytes = [vec![10, equal, 8 << 1 | 1], packed(&numbers, width)].concat();
            let expected = [vec![equal; 5], numbers].concat();
            for step in 1..=expected.len() {
                let mut runs = Runs::new(0, bytes.len(), width);
                for part in expected.chunks(step) {
                    let mut got = vec![0; part.len()];
                    assert!(runs.fill(&bytes, &mut got).is_some());
                    assert_eq!(got, part, "{width} bits, {step} at a time");
                }
                assert!(runs.fill(&bytes, &mut [0]).is_none(), "nothing is left");
            }
        }
    }

    #[test]
    fn damaged_runs_are_refused() {
        for (bytes, width) in [
            // The end, padding, a run without its number, and a number with too many bits.
            (&[][..], 1),
            (&[0, 0], 1),
            (&[8], 1),
            (&[8, 2], 1),
            // Packed numbers without bytes, and lengths beyond the format.
            (&[3], 3),
            (&[255, 255, 255, 255, 255, 1], 3),
            (&[254, 255, 255, 255, 31, 1], 3),
        ] {
            let mut runs = Runs::new(0, bytes.len(), width);
            assert!(runs.fill(bytes, &mut [0]).is_none(), "{bytes:?}");
        }
        // A page may leave out the last bytes of packed numbers.
        let mut runs = Runs::new(0, 3, 3);
        let mut numbers = [9; 5];
        assert!(runs.fill(&[5, 0b1000_1000, 0b1100_0110], &mut numbers).is_some());
        assert_eq!(numbers, [0, 1, 2, 3, 4]);
        assert!(runs.fill(&[5, 0b1000_1000, 0b1100_0110], &mut [0]).is_none());
    }
}
