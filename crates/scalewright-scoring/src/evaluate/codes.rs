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
    terms: i32,
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

    /// Adds a term.
    pub(super) fn add(&mut self, term: &Coded<'_>) {
        let size = i32::from(term.low).abs().max(i32::from(term.high).abs());
        if self.reach + size > 127 || self.terms == 127 {
            self.widen();
        }
        self.reach += size;
        self.terms += 1;
        let Self { small, small_counts, .. } = self;
        match (term.reversed, term.holes.is_empty()) {
            (false, true) => plain(small, small_counts, term),
            (true, true) => reversed(small, small_counts, term),
            (_, false) => with_holes(small, small_counts, term),
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

/// All bits where it is an answer, none where it is not.
fn mask(code: i8, low: i8, high: i8) -> i8 {
    -(((code >= low) & (code <= high)) as i8)
}

fn plain(sums: &mut [i8], counts: &mut [i8], term: &Coded<'_>) {
    let (low, high) = (term.low, term.high);
    for ((sum, count), &code) in sums.iter_mut().zip(counts).zip(term.codes) {
        let mask = mask(code, low, high);
        *sum = sum.wrapping_add(code & mask);
        *count = count.wrapping_sub(mask);
    }
}

fn reversed(sums: &mut [i8], counts: &mut [i8], term: &Coded<'_>) {
    let (low, high) = (term.low, term.high);
    // Within bytes: the result of reversing an answer is between lowest and highest again.
    let ends = low.wrapping_add(high);
    for ((sum, count), &code) in sums.iter_mut().zip(counts).zip(term.codes) {
        let mask = mask(code, low, high);
        *sum = sum.wrapping_add(ends.wrapping_sub(code) & mask);
        *count = count.wrapping_sub(mask);
    }
}

fn with_holes(sums: &mut [i8], counts: &mut [i8], term: &Coded<'_>) {
    let (low, high) = (term.low, term.high);
    let ends = low.wrapping_add(high);
    for ((sum, count), &code) in sums.iter_mut().zip(counts).zip(term.codes) {
        let mut mask = mask(code, low, high);
        for &hole in &term.holes {
            mask &= -((code != hole) as i8);
        }
        let keyed = if term.reversed { ends.wrapping_sub(code) } else { code };
        *sum = sum.wrapping_add(keyed & mask);
        *count = count.wrapping_sub(mask);
    }
}
