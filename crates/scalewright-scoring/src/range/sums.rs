//! The possible sums of a list of terms, for each number of missing terms.
//!
//! There are two methods. If all values are multiples of one step, as coded answers are, a set of sums is a row of
//! bits, and adding a term shifts it. Otherwise, as with subscales prorated to thirds, sums are stored in ascending
//! order, each once, as long as they are few.

use super::work::Work;
use super::{GRAIN, grains};

/// The first method uses at most this many bits.
const MOST_BITS: usize = 1 << 22;
/// The second method performs at most this many additions.
const MOST_ADDITIONS: usize = 200_000;

/// A term: its possible values, and the number that is added if it is missing; `None` if it cannot be missing.
pub(super) struct Term {
    pub(super) values: Vec<f64>,
    pub(super) missing: Option<f64>,
}

/// A term as whole numbers of grains, in which sums are exact.
struct Grains {
    values: Vec<i64>,
    missing: Option<i64>,
}

/// For each number of missing terms, from 0 to `most_missing`, the possible sums, ascending; `None` if they are too
/// many to list.
pub(super) fn attainable(
    terms: &[Term],
    most_missing: usize,
    work: &Work,
) -> Option<Vec<Vec<f64>>> {
    let size: usize = terms.iter().map(|term| term.values.len() + 1).sum();
    work.spend(size)?;
    let terms: Vec<Grains> = terms
        .iter()
        .map(|term| Grains {
            values: term.values.iter().map(|&value| grains(value)).collect(),
            missing: term.missing.map(grains),
        })
        .collect();
    on_grid(&terms, most_missing, work).or_else(|| in_sets(&terms, most_missing, work))
}

/// The first method: sums as bits, for each number of missing terms.
fn on_grid(terms: &[Grains], most_missing: usize, work: &Work) -> Option<Vec<Vec<f64>>> {
    // With 0 in each list, the row also covers the partial sums, which start at 0.
    let all = |term: &Grains| -> Vec<i64> {
        term.values.iter().copied().chain(term.missing).chain([0]).collect()
    };
    let lists: Vec<Vec<i64>> = terms.iter().map(all).collect();
    // If all values are 0, so is their divisor, and dividing by it would panic.
    let step = lists.iter().flatten().copied().fold(0, greatest_common_divisor).max(1);
    let low: i64 = lists.iter().map(|v| v.iter().min().map_or(0, |&x| x) / step).sum();
    let high: i64 = lists.iter().map(|v| v.iter().max().map_or(0, |&x| x) / step).sum();
    let width = usize::try_from(high.checked_sub(low)?.checked_add(1)?).ok()?;
    if width.checked_mul(most_missing + 1)? > MOST_BITS {
        return None;
    }
    let shifts: usize = terms.iter().map(|term| runs(&term.values, step).len() * 15 + 1).sum();
    let words = shifts.saturating_mul(most_missing + 1).saturating_mul(width / 64 + 1);
    work.spend(words / 4)?;
    let zero = usize::try_from(-low).ok()?;
    let mut rows = vec![Bits::new(width); most_missing + 1];
    rows[0].set(zero);
    for term in terms {
        let mut next = vec![Bits::new(width); most_missing + 1];
        for (missing, row) in rows.iter().enumerate() {
            for (first, length) in runs(&term.values, step) {
                next[missing].or_run(row, first, length);
            }
            if let (Some(stand_in), true) = (term.missing, missing < most_missing) {
                next[missing + 1].or_shifted(row, stand_in / step);
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

/// Groups values into runs of consecutive multiples of `step`: the first multiple of each run, and its length.
fn runs(values: &[i64], step: i64) -> Vec<(i64, usize)> {
    let mut sorted: Vec<i64> = values.iter().map(|value| value / step).collect();
    sorted.sort_unstable();
    let mut runs: Vec<(i64, usize)> = Vec::new();
    for value in sorted {
        match runs.last_mut() {
            Some((first, length)) if i64::try_from(*length).is_ok_and(|l| *first + l == value) => {
                *length += 1;
            }
            _ => runs.push((value, 1)),
        }
    }
    runs
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

    /// Sets the bits of `other`, each shifted by `by` positions. No bit is ever shifted beyond either end, because the
    /// row covers all possible sums.
    fn or_shifted(&mut self, other: &Self, by: i64) {
        let size = usize::try_from(by.unsigned_abs()).unwrap_or(0);
        let (words, bits) = (size / 64, size % 64);
        for index in 0..self.words.len() {
            let at = |i: Option<usize>| i.and_then(|i| other.words.get(i)).copied().unwrap_or(0);
            let moved = if by >= 0 {
                // Shifting a word by all 64 bits overflows, so whole words are moved separately.
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

    /// Sets the bits of `other`, shifted by each of the `length` positions from `first` on. Each pass doubles the
    /// number of shifts, so that there are only about log₂ `length` passes.
    fn or_run(&mut self, other: &Self, first: i64, length: usize) {
        if length == 1 {
            return self.or_shifted(other, first);
        }
        let mut run = Self { words: vec![0; self.words.len()] };
        run.or_shifted(other, first);
        let mut done = 1;
        while done < length {
            let more = done.min(length - done);
            // `or_shifted` must not read bits that it has just set.
            let copy = run.clone();
            run.or_shifted(&copy, i64::try_from(more).unwrap_or(0));
            done += more;
        }
        self.words.iter_mut().zip(run.words).for_each(|(word, more)| *word |= more);
    }

    fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len() * 64).filter(|bit| self.words[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

/// The second method: sorted lists of distinct sums, for each number of missing terms.
fn in_sets(terms: &[Grains], most_missing: usize, work: &Work) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<i64>> = vec![Vec::new(); most_missing + 1];
    rows[0].push(0);
    let mut additions = terms.len() * (most_missing + 1);
    for term in terms {
        let mut next: Vec<Vec<Vec<i64>>> = vec![Vec::new(); most_missing + 1];
        for (missing, row) in rows.into_iter().enumerate() {
            let more = row.len() * (term.values.len() + 1);
            work.spend(8 * more)?;
            additions += more;
            if additions > MOST_ADDITIONS {
                return None;
            }
            let shifted = |by: &i64| -> Vec<i64> { row.iter().map(|sum| sum + by).collect() };
            next[missing].extend(term.values.iter().map(shifted));
            if let (Some(stand_in), true) = (term.missing, missing < most_missing) {
                next[missing + 1].push(shifted(&stand_in));
            }
        }
        rows = next.into_iter().map(union).collect();
    }
    Some(rows.iter().map(|row| row.iter().map(|&sum| sum_of(0, sum, 1)).collect()).collect())
}

/// The union of ascending lists, ascending. The lists are merged in pairs: many of their numbers are equal, so each round
/// leaves far fewer of them than a sort of all would compare.
fn union(mut lists: Vec<Vec<i64>>) -> Vec<i64> {
    while lists.len() > 1 {
        lists = lists.chunks(2).map(|pair| merged(&pair[0], pair.get(1))).collect();
    }
    lists.pop().unwrap_or_default()
}

/// The union of two ascending lists, each without repeated numbers.
fn merged(a: &[i64], b: Option<&Vec<i64>>) -> Vec<i64> {
    let b = b.map_or(&[][..], Vec::as_slice);
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(&x), Some(&y)) = (a.get(i), b.get(j)) {
        all.push(x.min(y));
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    all.extend_from_slice(&a[i..]);
    all.extend_from_slice(&b[j..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(list: &[&[i64]]) -> Vec<Grains> {
        let term = |values: &&[i64]| Grains {
            values: values.iter().map(|x| x * 1_000_000_000).collect(),
            missing: None,
        };
        list.iter().map(term).collect()
    }

    #[test]
    fn both_methods_agree_with_enumeration_by_hand() {
        // Two terms with the values −3, −1, 1 and 3. The first may be missing.
        let mut terms = terms(&[&[-3, -1, 1, 3], &[-3, -1, 1, 3]]);
        terms[0].missing = Some(0);
        let by_hand = vec![vec![-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0], vec![-3.0, -1.0, 1.0, 3.0]];
        let work = Work::default();
        for rows in [on_grid(&terms, 1, &work), in_sets(&terms, 1, &work)] {
            let rows = rows.expect("the sums are few enough to list");
            for (row, expected) in rows.iter().zip(&by_hand) {
                assert_eq!(row.len(), expected.len());
                assert!(row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{row:?}");
            }
        }
    }

    #[test]
    fn a_union_has_each_number_once_in_order() {
        let lists = [vec![1, 4, 9], vec![2, 4], vec![], vec![-3, 9, 10], vec![4]];
        assert_eq!(union(lists.to_vec()), [-3, 1, 2, 4, 9, 10]);
        assert_eq!(union(vec![vec![5]]), [5]);
        assert_eq!(union(Vec::new()), Vec::<i64>::new());
    }

    #[test]
    fn wide_sums_cross_word_boundaries() {
        let terms = terms(&[&[0, 100], &[-130, 7], &[0, 1, 64, 65]]);
        let work = Work::default();
        let (a, b) = (on_grid(&terms, 0, &work), in_sets(&terms, 0, &work));
        let (a, b) = (a.expect("the sums fit in bits"), b.expect("the sums are few"));
        assert_eq!(a[0].len(), b[0].len());
        assert!(a[0].iter().zip(&b[0]).all(|(a, b)| (a - b).abs() < 1e-6), "{a:?} {b:?}");
    }
}
