//! Finds the ends of short cells, many at a time.

/// The delimiter, in each of eight bytes.
#[derive(Clone, Copy)]
pub(super) struct Marks(u64);

impl Marks {
    pub(super) fn new(delimiter: u8) -> Self {
        Self(u64::from_le_bytes([delimiter; 8]))
    }

    /// The ends of the cells in at most 64 bytes, up to the first cell of more than one byte: a bit for each byte, 1 for
    /// the delimiter that ends a cell. The byte before these must be a delimiter too.
    #[inline]
    pub(super) fn short(self, words: &[[u8; 8]]) -> u64 {
        // From the last to the first, so that the bits of each word are moved by a constant.
        let delimiters = words.iter().rev().fold(0, |bits, word| bits << 8 | self.equal(*word));
        // A cell has more than one byte if neither a byte nor the one before it is a delimiter.
        let longer = !(delimiters | delimiters << 1 | 1);
        delimiters & (longer & longer.wrapping_neg()).wrapping_sub(1)
    }

    /// A bit for each of eight bytes, 1 for a delimiter.
    #[inline]
    fn equal(self, eight: [u8; 8]) -> u64 {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        // A byte becomes 0 if it is the delimiter. Then its upper bit alone becomes 1, and the bits of all bytes are moved
        // next to each other by one multiplication.
        let zero = u64::from_le_bytes(eight) ^ self.0;
        let upper = !(((zero & LOW) + LOW) | zero | LOW);
        upper.wrapping_mul(0x0002_0408_1020_4081) >> 56
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    /// The ends of the cells up to the first of more than one byte, found byte by byte.
    fn plain(bytes: &[u8]) -> u64 {
        let (mut ends, mut start) = (0, 0);
        for (at, &byte) in bytes.iter().enumerate() {
            match byte {
                b';' => (ends, start) = (ends | 1 << at, at + 1),
                _ if at > start => break,
                _ => {}
            }
        }
        ends
    }

    #[test]
    fn short_cells_are_found_up_to_the_first_longer_one() {
        let marks = Marks::new(b';');
        let mut state = 7_u64;
        let mut byte = |ends: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let is_end = (state >> 40) % 16 < ends;
            if is_end { b';' } else { b"3\xbb4:\0;<-"[(state >> 61) as usize] }
        };
        for round in 0..20_000 {
            let words: [[u8; 8]; 8] =
                std::array::from_fn(|_| std::array::from_fn(|_| byte(round % 16)));
            for count in [1, 2, 8] {
                let words = &words[..count];
                assert_eq!(marks.short(words), plain(words.as_flattened()), "{words:?}");
            }
        }
    }
}
