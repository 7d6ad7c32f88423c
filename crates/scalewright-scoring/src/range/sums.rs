//! The sums that a list of terms can have, for each number of terms present.
//!
//! Two ways. Where all values lie on one grid, as coded answers do, a set of sums is a row of bits
//! and adding a term is a shift. Otherwise, as for subscales prorated to thirds, sums are kept in
//! order, each once, as long as they stay few.

use std::cell::Cell;

use super::{GRAIN, Reach, grains};

/// More bits than this are not kept.
const MOST_BITS: usize = 1 << 22;
/// More additions than this are not made in the second way.
const MOST_ADDITIONS: usize = 200_000;

/// The pairs of a number of present terms (`need` at least) and the sums these can have, ascending;
/// nothing when they are too many to list.
pub(super) fn attainable(
    terms: &[Reach],
    may_miss: &[bool],
    need: usize,
    budget: &Cell<usize>,
) -> Option<Vec<(usize, Vec<f64>)>> {
    // What may be missing, not what is present, is what there are few of.
    let most_missing = terms.len().saturating_sub(need.max(1));
    let size = terms.iter().map(|term| term.values.as_ref().map_or(0, Vec::len) + most_missing + 1);
    budget.set(budget.get().checked_sub(size.sum())?);
    let values: Option<Vec<Vec<i64>>> = terms
        .iter()
        .map(|term| Some(term.values.as_ref()?.iter().map(|&value| grains(value)).collect()))
        .collect();
    let values = values?;
    let rows = on_grid(&values, may_miss, most_missing, budget)
        .or_else(|| in_sets(&values, may_miss, most_missing))?;
    Some(
        rows.into_iter()
            .enumerate()
            .map(|(missing, sums)| (values.len() - missing, sums))
            .collect(),
    )
}

/// Sums as bits, for each number of missing terms.
fn on_grid(
    values: &[Vec<i64>],
    may_miss: &[bool],
    most_missing: usize,
    budget: &Cell<usize>,
) -> Option<Vec<Vec<f64>>> {
    let step = values.iter().flatten().copied().fold(0, greatest_common_divisor).max(1);
    let low: i64 = values.iter().map(|v| v.iter().min().map_or(0, |&x| x.min(0)) / step).sum();
    let high: i64 = values.iter().map(|v| v.iter().max().map_or(0, |&x| x.max(0)) / step).sum();
    let width = usize::try_from(high.checked_sub(low)?.checked_add(1)?).ok()?;
    if width.checked_mul(most_missing + 1)? > MOST_BITS {
        return None;
    }
    let shifts: usize = values.iter().map(|values| values.len() + 1).sum();
    let work = shifts.saturating_mul(most_missing + 1).saturating_mul(width / 64 + 1);
    budget.set(budget.get().checked_sub(work)?);
    let zero = usize::try_from(-low).ok()?;
    let mut rows = vec![Bits::new(width); most_missing + 1];
    rows[0].set(zero);
    for (values, &may_miss) in values.iter().zip(may_miss) {
        let mut next = vec![Bits::new(width); most_missing + 1];
        for (missing, row) in rows.iter().enumerate() {
            for value in values {
                next[missing].or_shifted(row, value / step);
            }
            if may_miss && missing < most_missing {
                next[missing + 1].or_shifted(row, 0);
            }
        }
        rows = next;
    }
    Some(rows.iter().map(|row| row.ones().map(|bit| sum_of(bit, low, step)).collect()).collect())
}

#[expect(clippy::cast_precision_loss, reason = "sums of coded values, far below 2^53 steps")]
fn sum_of(bit: usize, low: i64, step: i64) -> f64 {
    (bit as i64 + low) as f64 * (step as f64 * GRAIN)
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A row of bits.
#[derive(Clone)]
struct Bits {
    words: Vec<u64>,
}

impl Bits {
    fn new(width: usize) -> Self {
        Self { words: vec![0; width.div_ceil(64) + 1] }
    }

    fn set(&mut self, bit: usize) {
        self.words[bit / 64] |= 1 << (bit % 64);
    }

    /// Adds the bits of `other`, each moved `by` places. No bit is ever moved off either end, because
    /// the row is as wide as the sums can be.
    fn or_shifted(&mut self, other: &Self, by: i64) {
        let size = usize::try_from(by.unsigned_abs()).unwrap_or(0);
        let (words, bits) = (size / 64, size % 64);
        for index in 0..self.words.len() {
            let at = |i: Option<usize>| i.and_then(|i| other.words.get(i)).copied().unwrap_or(0);
            let moved = if by >= 0 {
                let near = at(index.checked_sub(words)) << bits;
                if bits == 0 {
                    near
                } else {
                    near | at(index.checked_sub(words + 1)) >> (64 - bits)
                }
            } else {
                let near = at(Some(index + words)) >> bits;
                if bits == 0 { near } else { near | at(Some(index + words + 1)) << (64 - bits) }
            };
            self.words[index] |= moved;
        }
    }

    fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len() * 64).filter(|bit| self.words[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

/// Sums in order, each once, for each number of missing terms.
fn in_sets(values: &[Vec<i64>], may_miss: &[bool], most_missing: usize) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<i64>> = vec![Vec::new(); most_missing + 1];
    rows[0].push(0);
    let mut additions = values.len() * (most_missing + 1);
    for (values, &may_miss) in values.iter().zip(may_miss) {
        let mut next: Vec<Vec<i64>> = vec![Vec::new(); most_missing + 1];
        for (missing, row) in rows.into_iter().enumerate() {
            additions += row.len() * values.len();
            if additions > MOST_ADDITIONS {
                return None;
            }
            for value in values {
                next[missing].extend(row.iter().map(|sum| sum + value));
            }
            if may_miss && missing < most_missing {
                next[missing + 1].extend(row);
            }
        }
        for row in &mut next {
            // Short ordered runs, which a stable sort merges.
            row.sort();
            row.dedup();
        }
        rows = next;
    }
    Some(rows.iter().map(|row| row.iter().map(|&sum| sum_of(0, sum, 1)).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(list: &[&[i64]]) -> Vec<Vec<i64>> {
        list.iter().map(|v| v.iter().map(|x| x * 1_000_000_000).collect()).collect()
    }

    #[test]
    fn both_ways_agree_with_counting_by_hand() {
        // Two terms of -3, -1, 1, 3, the first of which may be missing.
        let values = values(&[&[-3, -1, 1, 3], &[-3, -1, 1, 3]]);
        let by_hand = vec![vec![-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0], vec![-3.0, -1.0, 1.0, 3.0]];
        for rows in [
            on_grid(&values, &[true, false], 1, &Cell::new(1000)),
            in_sets(&values, &[true, false], 1),
        ] {
            let rows = rows.expect("few enough to list");
            for (row, expected) in rows.iter().zip(&by_hand) {
                assert_eq!(row.len(), expected.len());
                assert!(row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{row:?}");
            }
        }
    }

    #[test]
    fn wide_sums_cross_word_boundaries() {
        let values = values(&[&[0, 100], &[-130, 7], &[0, 1, 64, 65]]);
        let none = [false; 3];
        let (a, b) = (on_grid(&values, &none, 0, &Cell::new(1000)), in_sets(&values, &none, 0));
        let (a, b) = (a.expect("on a grid"), b.expect("in sets"));
        assert_eq!(a[0].len(), b[0].len());
        assert!(a[0].iter().zip(&b[0]).all(|(a, b)| (a - b).abs() < 1e-6), "{a:?} {b:?}");
    }
}
