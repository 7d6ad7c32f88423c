//! Distributes rows to threads. Each chunk has its own targets for its scores, so that the result does not depend on
//! which thread computes it, or in which order.

use std::mem::take;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use super::Scored;
use super::lane::{Lane, ROWS};

/// The number of rows that a thread takes at a time. Fewer than two chunks are not worth another thread.
const CHUNK_ROWS: usize = 16 * ROWS;

/// More threads than this bring no gain, because memory bandwidth is exhausted.
const MOST_THREADS: usize = 8;

/// The memory into which the scores of one scale are written, for some rows.
#[derive(Default)]
pub(super) struct Target<'a> {
    pub(super) values: &'a mut [f64],
    pub(super) present: &'a mut [bool],
    pub(super) prorated: &'a mut [bool],
    /// Empty if answers are not counted.
    pub(super) answered: &'a mut [u32],
}

impl<'a> Target<'a> {
    /// Memory for `rows` scores. It may contain earlier values, which the caller overwrites.
    pub(super) fn of(scored: &'a mut Scored, rows: usize, count: bool) -> Self {
        let Scored { score, answered, prorated } = scored;
        let (values, present) = score.numbers_mut();
        Target {
            values: sized(values, rows),
            present: sized(present, rows),
            prorated: sized(prorated, rows),
            answered: sized(answered, if count { rows } else { 0 }),
        }
    }

    /// Splits off the first `rows` rows.
    fn front(&mut self, rows: usize) -> Self {
        Target {
            values: front(&mut self.values, rows),
            present: front(&mut self.present, rows),
            prorated: front(&mut self.prorated, rows),
            answered: front(&mut self.answered, rows),
        }
    }

    /// Writes the scores.
    pub(super) fn put(&mut self, lane: &Lane) {
        self.values.copy_from_slice(&lane.values);
        self.present.copy_from_slice(&lane.present);
        self.prorated.copy_from_slice(&lane.filled);
    }
}

/// Resizes `values` to `rows`, without clearing existing values.
fn sized<T: Clone + Default>(values: &mut Vec<T>, rows: usize) -> &mut [T] {
    if values.capacity() < rows {
        // The system provides zeroed memory, and assigns each page when a thread first writes to it.
        *values = vec![T::default(); rows];
    }
    values.resize(rows, T::default());
    values
}

fn front<'a, T>(values: &mut &'a mut [T], rows: usize) -> &'a mut [T] {
    let rows = rows.min(values.len());
    let (front, rest) = take(values).split_at_mut(rows);
    *values = rest;
    front
}

/// Some consecutive rows, with the targets of their scores.
pub(super) struct Chunk<'a> {
    /// The first row.
    pub(super) from: usize,
    pub(super) rows: usize,
    /// In the order of the program's scores.
    pub(super) targets: Vec<Target<'a>>,
}

impl Chunk<'_> {
    /// Splits off the first `rows` rows, or all if there are fewer.
    pub(super) fn front(&mut self, rows: usize) -> Self {
        let rows = rows.min(self.rows);
        let targets = self.targets.iter_mut().map(|target| target.front(rows)).collect();
        let front = Self { from: self.from, rows, targets };
        self.from += rows;
        self.rows -= rows;
        front
    }
}

/// Runs `work` on all rows of `whole`, chunk by chunk, with as many threads as are useful.
pub(super) fn each(whole: Chunk<'_>, work: impl Fn(Chunk<'_>) + Sync) {
    let threads = threads(whole.rows);
    if threads < 2 {
        return work(whole);
    }
    let rest = Mutex::new(whole);
    let next = || {
        // `work` runs without the lock, so a panic in it leaves the remaining rows consistent.
        let mut rest = rest.lock().unwrap_or_else(PoisonError::into_inner);
        (rest.rows > 0).then(|| rest.front(CHUNK_ROWS))
    };
    let run = || {
        while let Some(chunk) = next() {
            work(chunk);
        }
    };
    thread::scope(|scope| {
        // One fewer, because this thread works too.
        for _ in 1..threads {
            // If a thread cannot be started, the others do its share. The scope propagates a panic in any of them.
            let _ = thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
}

/// The number of threads that are useful for `rows` rows.
fn threads(rows: usize) -> usize {
    // Asking for the number of processors reads files of the system each time.
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    let chunks = rows / CHUNK_ROWS;
    if chunks < 2 {
        return 1;
    }
    let processors =
        PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, usize::from));
    chunks.min(*processors).min(MOST_THREADS)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{CHUNK_ROWS, Chunk, each};

    #[test]
    fn every_row_is_processed_once() {
        for rows in [0, 1, CHUNK_ROWS - 1, 2 * CHUNK_ROWS, 5 * CHUNK_ROWS + 3] {
            let (seen, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
            each(Chunk { from: 0, rows, targets: Vec::new() }, |chunk| {
                seen.fetch_add(chunk.rows, Ordering::Relaxed);
                sum.fetch_add((chunk.from..chunk.from + chunk.rows).sum(), Ordering::Relaxed);
            });
            assert_eq!(seen.into_inner(), rows);
            assert_eq!(sum.into_inner(), (0..rows).sum::<usize>());
        }
    }

    #[test]
    #[should_panic(expected = "panicked")]
    fn a_panic_in_a_thread_is_propagated() {
        let whole = Chunk { from: 0, rows: 4 * CHUNK_ROWS, targets: Vec::new() };
        each(whole, |chunk| assert!(chunk.from == 0, "panicked in a chunk"));
    }
}
