//! Finds the delimiters among eight bytes, and the cells between them four at a time.

/// The delimiter, in each of eight bytes.
#[derive(Clone, Copy)]
pub(super) struct Marks(u64);

impl Marks {
    pub(super) fn new(delimiter: u8) -> Self {
        Self(u64::from_le_bytes([delimiter; 8]))
    }

    /// A bit for each of eight bytes, 1 for a delimiter.
    #[inline]
    fn equal(self, eight: [u8; 8]) -> u64 {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        // A byte becomes 0 if it is the delimiter. Then its upper bit alone becomes 1, and the bits of all bytes are moved
        // next to each other by one multiplication.
        let zero = u64::from_le_bytes(eight) ^ self.0;
        let upper = !(((zero & LOW) + LOW) | zero | LOW);
        (upper >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }

    /// Where the first four cells of eight bytes end, if each of them has at most one byte.
    #[inline]
    pub(super) fn four(self, eight: [u8; 8]) -> Option<[u8; 4]> {
        let ends = ENDS[(self.equal(eight) & 255) as usize];
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

    /// The ends of the first four cells, found byte by byte.
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
    fn four_cells_are_found_among_eight_bytes() {
        let marks = Marks::new(b';');
        let mut state = 7_u64;
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            [b';', b'3', b';', b'\xbb', b'4', b':', b';', b'\0'][(state >> 61) as usize]
        };
        for _ in 0..20_000 {
            let eight = std::array::from_fn(|_| byte());
            assert_eq!(marks.four(eight), plain(&eight), "{eight:?}");
        }
    }
}
