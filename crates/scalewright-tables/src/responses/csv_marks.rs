//! Finds the delimiters of a row eight bytes at a time, and the cells between them four at a time.

/// Where the delimiters are in a row.
pub(super) struct Marks {
    /// The delimiter in each byte.
    delimiters: u64,
    /// A bit for each byte of the row, 1 for a delimiter. Another word follows those of the row.
    words: Vec<u64>,
}

impl Marks {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiters: u64::from_le_bytes([delimiter; 8]), words: Vec::new() }
    }

    /// Finds the delimiters in a row.
    pub(super) fn find(&mut self, line: &[u8]) {
        self.words.clear();
        for block in line.chunks(64) {
            let (eights, rest) = block.as_chunks::<8>();
            let mut word = 0;
            for (place, eight) in eights.iter().enumerate() {
                word |= self.equal(*eight) << (8 * place);
            }
            if !rest.is_empty() {
                let mut last = [0; 8];
                last[..rest.len()].copy_from_slice(rest);
                let bits = (1 << rest.len()) - 1;
                word |= (self.equal(last) & bits) << (8 * eights.len());
            }
            self.words.push(word);
        }
        self.words.push(0);
    }

    /// A bit for each of eight bytes, 1 for a delimiter.
    fn equal(&self, eight: [u8; 8]) -> u64 {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        // A byte becomes 0 if it is the delimiter. Then its upper bit alone becomes 1, and the bits of all bytes are moved
        // next to each other by one multiplication.
        let zero = u64::from_le_bytes(eight) ^ self.delimiters;
        let upper = !(((zero & LOW) + LOW) | zero | LOW);
        (upper >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }

    /// Where the next four cells end, counted from `at`, if each of them has at most one byte.
    pub(super) fn four(&self, at: usize) -> Option<[u8; 4]> {
        let (word, bit) = (at / 64, at % 64);
        let [first, second] = *self.words.get(word..)?.first_chunk::<2>()?;
        // In two steps, because a shift by 64 is not one.
        let next = (first >> bit) | (second << 1 << (63 - bit));
        let ends = ENDS[(next & 255) as usize];
        (ends[3] > 0).then_some(ends)
    }
}

/// By the delimiters among eight bytes, the ends of the first four cells; 0 if one of them has more than a byte.
static ENDS: [[u8; 4]; 256] = ends();

#[expect(clippy::cast_possible_truncation, reason = "positions among eight bytes")]
const fn ends() -> [[u8; 4]; 256] {
    let mut all = [[0; 4]; 256];
    let mut marks = 0;
    while marks < 256 {
        let (mut found, mut start, mut at) = ([0; 4], 0, 0);
        let mut count = 0;
        // A loop of `while`, because constants are not computed by iterators.
        while at < 8 && count < 4 && at <= start + 1 {
            if marks >> at & 1 == 1 {
                found[count] = at as u8;
                count += 1;
                start = at + 1;
            }
            at += 1;
        }
        if count == 4 {
            all[marks] = found;
        }
        marks += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::Marks;

    /// The ends of the next four cells, found byte by byte.
    fn plain(rest: &[u8]) -> Option<[u8; 4]> {
        let mut ends = rest.iter().enumerate().filter(|(_, byte)| **byte == b';').map(|(at, _)| at);
        let mut start = 0;
        let mut four = [0; 4];
        for end in &mut four {
            let at = ends.next().filter(|at| at - start <= 1)?;
            start = at + 1;
            *end = u8::try_from(at).ok()?;
        }
        Some(four)
    }

    #[test]
    fn four_cells_are_found_from_any_byte() {
        let mut marks = Marks::new(b';');
        let mut state = 7_u64;
        for length in 0..200 {
            let byte = |_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                [b';', b'3', b';', b'\xbb', b'4', b':', b';', b'\0'][(state >> 61) as usize]
            };
            let line: Vec<u8> = (0..length).map(byte).collect();
            marks.find(&line);
            for at in 0..length {
                assert_eq!(marks.four(at), plain(&line[at..]), "{line:?} from {at}");
            }
            assert_eq!(marks.four(length + 64), None);
        }
    }
}
