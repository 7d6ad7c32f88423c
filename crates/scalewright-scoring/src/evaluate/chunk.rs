//! Rows dealt out to threads. Each part has places of its own for its scores, so that they come out the same
//! whoever works them out, and in whatever order.

use std::mem::take;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use super::Scored;
use super::lane::{Lane, ROWS};

/// Rows that a thread takes at a time. Fewer than two such parts are not worth a thread.
const CHUNK_ROWS: usize = 16 * ROWS;

/// Memory is no faster with more threads than this.
const MOST_THREADS: usize = 8;

/// Where the scores of some rows of one scale are written.
#[derive(Default)]
pub(super) struct Target<'a> {
    pub(super) values: &'a mut [f64],
    pub(super) present: &'a mut [bool],
    pub(super) prorated: &'a mut [bool],
    /// Empty when answers are not counted.
    pub(super) answered: &'a mut [u32],
}

impl<'a> Target<'a> {
    /// Places for `rows` scores. What was in them before may still be, and is to be written over.
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

    /// Takes the first `rows` places off.
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

/// `places` with `rows` of them, of which none is cleared that was there.
fn sized<T: Clone + Default>(places: &mut Vec<T>, rows: usize) -> &mut [T] {
    if places.capacity() < rows {
        // New memory is zero already, and comes page by page to the thread that writes it.
        *places = vec![T::default(); rows];
    }
    places.resize(rows, T::default());
    places
}

fn front<'a, T>(places: &mut &'a mut [T], rows: usize) -> &'a mut [T] {
    let rows = rows.min(places.len());
    let (front, rest) = take(places).split_at_mut(rows);
    *places = rest;
    front
}

/// Some rows, with a place for each of their scores.
pub(super) struct Chunk<'a> {
    /// The first row.
    pub(super) from: usize,
    pub(super) rows: usize,
    /// In the order of the program's scores.
    pub(super) targets: Vec<Target<'a>>,
}

impl Chunk<'_> {
    /// Takes the first `rows` rows off, or all there are.
    pub(super) fn front(&mut self, rows: usize) -> Self {
        let rows = rows.min(self.rows);
        let targets = self.targets.iter_mut().map(|target| target.front(rows)).collect();
        let front = Self { from: self.from, rows, targets };
        self.from += rows;
        self.rows -= rows;
        front
    }
}

/// Has `work` done on all rows of `whole`, part by part, by as many threads as are of use.
pub(super) fn each(whole: Chunk<'_>, work: impl Fn(Chunk<'_>) + Sync) {
    let threads = threads(whole.rows);
    if threads < 2 {
        return work(whole);
    }
    let rest = Mutex::new(whole);
    let next = || {
        let mut rest = rest.lock().unwrap_or_else(PoisonError::into_inner);
        (rest.rows > 0).then(|| rest.front(CHUNK_ROWS))
    };
    let run = || {
        while let Some(part) = next() {
            work(part);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where there is no thread to be had, the others do its share. A panic in one is passed on by the scope.
            let _ = thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
}

/// How many threads are of use for so many rows.
fn threads(rows: usize) -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    let parts = rows / CHUNK_ROWS;
    if parts < 2 {
        return 1;
    }
    let processors =
        PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, usize::from));
    parts.min(*processors).min(MOST_THREADS)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{CHUNK_ROWS, Chunk, each};

    #[test]
    fn every_row_is_worked_on_once() {
        for rows in [0, 1, CHUNK_ROWS - 1, 2 * CHUNK_ROWS, 5 * CHUNK_ROWS + 3] {
            let (seen, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
            each(Chunk { from: 0, rows, targets: Vec::new() }, |part| {
                seen.fetch_add(part.rows, Ordering::Relaxed);
                sum.fetch_add((part.from..part.from + part.rows).sum(), Ordering::Relaxed);
            });
            assert_eq!(seen.into_inner(), rows);
            assert_eq!(sum.into_inner(), (0..rows).sum::<usize>());
        }
    }

    #[test]
    #[should_panic(expected = "panicked")]
    fn a_panic_in_a_thread_is_not_lost() {
        let whole = Chunk { from: 0, rows: 4 * CHUNK_ROWS, targets: Vec::new() };
        each(whole, |part| assert!(part.from == 0, "panicked in a part"));
    }
}
