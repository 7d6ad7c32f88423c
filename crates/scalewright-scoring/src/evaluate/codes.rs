//! Sums of coded answers, many rows at once, one byte per row.
//!
//! Most scores are such sums. Codes are compared with the lowest and highest answer, reversed, masked and added, in
//! loops that the compiler turns into vector instructions. Sums stay in bytes as long as they cannot overflow, and are
//! then moved into wider sums.

use crate::Accepted;
use crate::evaluate::Column;
use crate::evaluate::lane::ROWS;

/// The accepted answers to an item, one byte each.
pub(super) struct Codes {
    pub(super) low: i8,
    pub(super) high: i8,
    /// Values between `low` and `high` that are not accepted.
    pub(super) holes: Vec<i8>,
}

impl Codes {
    /// The answers of `accepted`; `None` if they do not all fit in bytes, or have too many holes.
    pub(super) fn of(accepted: &Accepted) -> Option<Self> {
        // Each hole costs one comparison per answer.
        const MOST_HOLES: usize = 16;
        let Accepted::Values(values) = accepted else { return None };
        let values: Vec<i64> =
            values.iter().map(|value| value.as_whole()).collect::<Option<_>>()?;
        let low = i8::try_from(*values.first()?).ok()?;
        let high = i8::try_from(*values.last()?).ok()?;
        // The code that marks a missing answer cannot be an answer too.
        if low == Column::MISSING_CODE {
            return None;
        }
        let hole = |code: &i8| values.binary_search(&i64::from(*code)).is_err();
        let holes: Vec<i8> = (low..=high).filter(hole).collect();
        (holes.len() <= MOST_HOLES).then_some(Self { low, high, holes })
    }

    /// The largest absolute value of an answer, reversed or not.
    fn size(&self) -> i32 {
        i32::from(self.low).abs().max(i32::from(self.high).abs())
    }
}

/// The codes of one item, with how they are keyed.
pub(super) struct Coded<'a> {
    pub(super) codes: &'a [i8],
    pub(super) answers: &'a Codes,
    pub(super) reversed: bool,
}

/// Sums and counts of a stretch of rows.
pub(super) struct Sums {
    rows: usize,
    small: [i8; ROWS],
    small_counts: [i8; ROWS],
    /// The largest possible absolute value of the small sums, and how many terms they contain.
    reach: i32,
    terms: usize,
    /// The part of the sums that was moved out of the bytes; empty as long as everything fits in bytes.
    sums: Vec<i32>,
    counts: Vec<u16>,
}

impl Sums {
    /// Empty sums, for at most [`ROWS`] rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            rows,
            small: [0; ROWS],
            small_counts: [0; ROWS],
            reach: 0,
            terms: 0,
            sums: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Adds terms: [`TOGETHER`] at a time if bytes can contain their sum, with equally keyed terms next to each other.
    pub(super) fn add(&mut self, terms: &mut [Coded<'_>]) {
        // The order may change: sums of whole numbers do not depend on it.
        terms.sort_by_key(|term| (term.answers.low, term.answers.high, term.reversed));
        let mut rest = &*terms;
        while let [first, ..] = rest {
            let together = rest.len().min(TOGETHER);
            let size: i32 = rest[..together].iter().map(|term| term.answers.size()).sum();
            let gapless = rest[..together].iter().all(|term| term.answers.holes.is_empty());
            let (taken, size) = if together == TOGETHER && gapless && size <= 127 {
                (together, size)
            } else {
                (1, first.answers.size())
            };
            // 127 is the largest number in a byte. Neither a sum nor a count may pass it.
            if self.reach + size > 127 || self.terms + TOGETHER > 127 {
                self.widen();
            }
            self.reach += size;
            self.terms += taken;
            let (sums, counts) =
                (&mut self.small[..self.rows], &mut self.small_counts[..self.rows]);
            match taken {
                TOGETHER => four(sums, counts, &rest[..TOGETHER]),
                _ => one(sums, counts, first),
            }
            rest = &rest[taken..];
        }
    }

    /// The sums and counts, if they all fit in bytes. The caller may overwrite them.
    pub(super) fn narrow(&mut self) -> Option<(&mut [i8], &mut [i8])> {
        let rows = self.rows;
        let narrow = self.sums.is_empty();
        narrow.then_some((&mut self.small[..rows], &mut self.small_counts[..rows]))
    }

    /// The sums and counts, of any size.
    pub(super) fn wide(&mut self) -> (&mut [i32], &mut [u16]) {
        self.widen();
        (&mut self.sums, &mut self.counts)
    }

    /// Adds the counts to `counts`.
    pub(super) fn counted(&mut self, counts: &mut [u32]) {
        for (count, more) in counts.iter_mut().zip(&self.counts) {
            *count += u32::from(*more);
        }
        for (count, more) in counts.iter_mut().zip(&self.small_counts) {
            *count += u32::from(more.unsigned_abs());
        }
    }

    /// Moves the small sums into the wide ones.
    fn widen(&mut self) {
        self.sums.resize(self.rows, 0);
        self.counts.resize(self.rows, 0);
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

/// The number of terms that are added in one pass.
const TOGETHER: usize = 4;

/// Converts a code to its keyed value without a branch: `(code ^ flip) + shift` is the code itself, or
/// lowest + highest − code, because −x is `!x + 1`.
#[derive(Clone, Copy)]
struct Key {
    low: i8,
    high: i8,
    flip: i8,
    shift: i8,
}

impl Coded<'_> {
    /// Whether it is keyed like `other`, with the same lowest and highest answer.
    fn is_like(&self, other: &Self) -> bool {
        let (one, two) = (self.answers, other.answers);
        (self.reversed, one.low, one.high) == (other.reversed, two.low, two.high)
    }

    fn key(&self) -> Key {
        let Codes { low, high, .. } = *self.answers;
        // Wrapping is harmless: `low + high` may overflow, but a reversed answer is between lowest and highest again.
        let ends = low.wrapping_add(high);
        match self.reversed {
            true => Key { low, high, flip: -1, shift: ends.wrapping_add(1) },
            false => Key { low, high, flip: 0, shift: 0 },
        }
    }
}

impl Key {
    /// All bits set if the code is between lowest and highest, none otherwise.
    fn mask(self, code: i8) -> i8 {
        // No test for missing answers is needed: their mark is below every accepted code.
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
        for &hole in &term.answers.holes {
            mask &= -((code != hole) as i8);
        }
        // The keyed value of a code out of range may wrap, but the mask removes it.
        *sum = sum.wrapping_add(key.keyed(code) & mask);
        *count = count.wrapping_sub(mask);
    }
}

/// Adds four terms in one pass, so that sums are read and written once.
fn four(sums: &mut [i8], counts: &mut [i8], terms: &[Coded<'_>]) {
    let rows = sums.len();
    let [a, b, c, d] = terms else { return };
    if [b, c, d].into_iter().all(|term| term.is_like(a)) {
        let codes = [a, b, c, d].map(|term| &term.codes[..rows]);
        let (low, high) = (a.answers.low, a.answers.high);
        let ends = low.wrapping_add(high);
        return match a.reversed {
            true => alike(sums, counts, codes, low, high, |code| ends.wrapping_sub(code)),
            false => alike(sums, counts, codes, low, high, |code| code),
        };
    }
    let (ka, kb, kc, kd) = (a.key(), b.key(), c.key(), d.key());
    let (a, b, c, d) = (&a.codes[..rows], &b.codes[..rows], &c.codes[..rows], &d.codes[..rows]);
    // Slices of the same length spare the loop its bounds checks.
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

/// Adds four terms as [`four`] does, if they are keyed in the same way. The loop then needs fewer registers.
fn alike(
    sums: &mut [i8],
    counts: &mut [i8],
    [a, b, c, d]: [&[i8]; 4],
    low: i8,
    high: i8,
    keyed: impl Fn(i8) -> i8,
) {
    let rows = sums.len();
    let (a, b, c, d) = (&a[..rows], &b[..rows], &c[..rows], &d[..rows]);
    let (sums, counts) = (&mut sums[..rows], &mut counts[..rows]);
    let mask = |code: i8| -(((code >= low) & (code <= high)) as i8);
    for row in 0..rows {
        let (ma, mb, mc, md) = (mask(a[row]), mask(b[row]), mask(c[row]), mask(d[row]));
        let left = (keyed(a[row]) & ma).wrapping_add(keyed(b[row]) & mb);
        let right = (keyed(c[row]) & mc).wrapping_add(keyed(d[row]) & md);
        sums[row] = sums[row].wrapping_add(left).wrapping_add(right);
        let (left, right) = (ma.wrapping_add(mb), mc.wrapping_add(md));
        counts[row] = counts[row].wrapping_sub(left).wrapping_sub(right);
    }
}

#[cfg(test)]
mod tests {
    use super::{Coded, Codes, Sums};

    #[test]
    fn sums_and_counts_equal_those_of_a_plain_loop() {
        let code =
            |item: u32, row: u32| i8::try_from((item * 7 + row * 3) % 9).expect("below nine") - 1;
        let codes: Vec<Vec<i8>> =
            (0..23).map(|item| (0..50).map(|row| code(item, row)).collect()).collect();
        for holes in [vec![], vec![3]] {
            let answers = Codes { low: 1, high: 5, holes };
            let mut terms: Vec<Coded<'_>> = codes
                .iter()
                .enumerate()
                .map(|(item, codes)| {
                    let reversed = item % 3 == 1;
                    Coded { codes, answers: &answers, reversed }
                })
                .collect();
            let mut sums = Sums::new(50);
            sums.add(&mut terms);
            let (sums, counts) = sums.wide();
            for row in 0..50 {
                let given = terms.iter().filter_map(|term| {
                    let code = term.codes[row];
                    let answer = (1..=5).contains(&code) && !answers.holes.contains(&code);
                    answer.then_some(i32::from(if term.reversed { 6 - code } else { code }))
                });
                let given: Vec<i32> = given.collect();
                assert_eq!(sums[row], given.iter().sum::<i32>(), "row {row}");
                assert_eq!(usize::from(counts[row]), given.len(), "row {row}");
            }
        }
    }
}
