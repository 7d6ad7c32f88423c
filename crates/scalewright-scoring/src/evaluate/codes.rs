//! Sums of coded answers, many rows at once, a byte a row.
//!
//! What most scores are made of: codes compared with the lowest and highest, reversed, masked and added, in loops
//! that the compiler turns into vector instructions. Bytes are added up as long as they cannot
//! overflow, then moved into wider sums.

/// One item's codes as they are to be added.
pub(super) struct Coded<'a> {
    pub(super) codes: &'a [i8],
    pub(super) low: i8,
    pub(super) high: i8,
    /// Values between that are no answers.
    pub(super) holes: Vec<i8>,
    pub(super) reversed: bool,
}

/// Sums and counts of a stretch of rows.
pub(super) struct Sums {
    small: Vec<i8>,
    small_counts: Vec<i8>,
    /// How far from 0 the small sums can be by now, and how many terms are in them.
    reach: i32,
    terms: usize,
    pub(super) sums: Vec<i32>,
    pub(super) counts: Vec<u16>,
}

impl Sums {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            small: vec![0; rows],
            small_counts: vec![0; rows],
            reach: 0,
            terms: 0,
            sums: vec![0; rows],
            counts: vec![0; rows],
        }
    }

    /// Adds terms, several at a time as long as bytes hold their sum.
    pub(super) fn add(&mut self, terms: &[Coded<'_>]) {
        let mut rest = terms;
        while let [first, ..] = rest {
            let together = rest.len().min(TOGETHER);
            let size: i32 = rest[..together].iter().map(Coded::size).sum();
            let whole = together == TOGETHER && rest[..together].iter().all(|t| t.holes.is_empty());
            let (taken, size) =
                if whole && size <= 127 { (together, size) } else { (1, first.size()) };
            if self.reach + size > 127 || self.terms + TOGETHER > 127 {
                self.widen();
            }
            self.reach += size;
            self.terms += taken;
            match taken {
                TOGETHER => four(&mut self.small, &mut self.small_counts, &rest[..TOGETHER]),
                _ => one(&mut self.small, &mut self.small_counts, first),
            }
            rest = &rest[taken..];
        }
    }

    /// Moves the small sums into the wide ones.
    pub(super) fn widen(&mut self) {
        for (sum, small) in self.sums.iter_mut().zip(&mut self.small) {
            *sum += i32::from(std::mem::take(small));
        }
        for (count, small) in self.counts.iter_mut().zip(&mut self.small_counts) {
            *count += u16::from(std::mem::take(small).unsigned_abs());
        }
        self.reach = 0;
        self.terms = 0;
    }
}

/// Terms that are added in one go.
const TOGETHER: usize = 4;

/// What turns a code into its keyed value without a branch: `(code ^ flip) + shift` is the code itself, or
/// lowest + highest − code, because −x is `!x + 1`.
#[derive(Clone, Copy)]
struct Key {
    low: i8,
    high: i8,
    flip: i8,
    shift: i8,
}

impl Coded<'_> {
    /// How far from 0 a keyed answer can be.
    fn size(&self) -> i32 {
        i32::from(self.low).abs().max(i32::from(self.high).abs())
    }

    fn key(&self) -> Key {
        let (low, high) = (self.low, self.high);
        // Within bytes: the result of reversing an answer is between lowest and highest again.
        let ends = low.wrapping_add(high);
        match self.reversed {
            true => Key { low, high, flip: -1, shift: ends.wrapping_add(1) },
            false => Key { low, high, flip: 0, shift: 0 },
        }
    }
}

impl Key {
    /// All bits where it is an answer, none where it is not.
    fn mask(self, code: i8) -> i8 {
        -(((code >= self.low) & (code <= self.high)) as i8)
    }

    fn keyed(self, code: i8) -> i8 {
        (code ^ self.flip).wrapping_add(self.shift)
    }
}

fn one(sums: &mut [i8], counts: &mut [i8], term: &Coded<'_>) {
    let key = term.key();
    for ((sum, count), &code) in sums.iter_mut().zip(counts).zip(term.codes) {
        let mut mask = key.mask(code);
        for &hole in &term.holes {
            mask &= -((code != hole) as i8);
        }
        *sum = sum.wrapping_add(key.keyed(code) & mask);
        *count = count.wrapping_sub(mask);
    }
}

/// Four terms in one pass, so that sums are read and written once.
fn four(sums: &mut [i8], counts: &mut [i8], terms: &[Coded<'_>]) {
    let rows = sums.len();
    let [a, b, c, d] = terms else { return };
    let (ka, kb, kc, kd) = (a.key(), b.key(), c.key(), d.key());
    let (a, b, c, d) = (&a.codes[..rows], &b.codes[..rows], &c.codes[..rows], &d.codes[..rows]);
    let (sums, counts) = (&mut sums[..rows], &mut counts[..rows]);
    for row in 0..rows {
        let (ma, mb, mc, md) = (ka.mask(a[row]), kb.mask(b[row]), kc.mask(c[row]), kd.mask(d[row]));
        let left = (ka.keyed(a[row]) & ma).wrapping_add(kb.keyed(b[row]) & mb);
        let right = (kc.keyed(c[row]) & mc).wrapping_add(kd.keyed(d[row]) & md);
        sums[row] = sums[row].wrapping_add(left).wrapping_add(right);
        let (left, right) = (ma.wrapping_add(mb), mc.wrapping_add(md));
        counts[row] = counts[row].wrapping_sub(left).wrapping_sub(right);
    }
}

#[cfg(test)]
mod tests {
    use super::{Coded, Sums};

    #[test]
    fn sums_are_those_of_counting_by_hand() {
        let code =
            |item: u32, row: u32| i8::try_from((item * 7 + row * 3) % 9).expect("below nine") - 1;
        let codes: Vec<Vec<i8>> =
            (0..11).map(|item| (0..50).map(|row| code(item, row)).collect()).collect();
        for holes in [vec![], vec![3]] {
            let terms: Vec<Coded<'_>> = codes
                .iter()
                .enumerate()
                .map(|(item, codes)| {
                    let reversed = item % 3 == 1;
                    Coded { codes, low: 1, high: 5, holes: holes.clone(), reversed }
                })
                .collect();
            let mut sums = Sums::new(50);
            sums.add(&terms);
            sums.widen();
            for row in 0..50 {
                let answers = terms.iter().filter_map(|term| {
                    let code = term.codes[row];
                    let answer = (1..=5).contains(&code) && !term.holes.contains(&code);
                    answer.then_some(i32::from(if term.reversed { 6 - code } else { code }))
                });
                let answers: Vec<i32> = answers.collect();
                assert_eq!(sums.sums[row], answers.iter().sum::<i32>(), "row {row}");
                assert_eq!(usize::from(sums.counts[row]), answers.len(), "row {row}");
            }
        }
    }
}
