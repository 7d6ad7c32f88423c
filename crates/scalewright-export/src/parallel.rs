//! Independent work on all processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// The stack of a worker in bytes, as large as that of the main thread: exporting and typesetting recurse deeply.
const STACK: usize = 8 << 20;

/// Returns the result of `work` for each item, in the order of the items. At most `most` of them are worked on at a time,
/// and at most as many as there are processors.
pub fn in_parallel<T: Send, R: Send>(
    items: Vec<T>,
    most: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let workers = most.min(items.len());
    // The number of processors is only asked for where it matters: the answer takes some reading of files.
    let workers = if workers < 2 { 1 } else { processors().min(workers) };
    if workers < 2 {
        return items.into_iter().map(work).collect();
    }
    let slots: Vec<_> = items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(slot) = slots.get(next.fetch_add(1, Ordering::Relaxed)) {
            let item = locked(slot).0.take();
            let result = item.map(&work);
            locked(slot).1 = result;
        }
    };
    thread::scope(|scope| {
        // This thread is the first worker.
        for _ in 1..workers {
            // If no thread can be started, the loop below does all the work.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    slots.iter().filter_map(|slot| locked(slot).1.take()).collect()
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn locked<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
        for most in [0, 1, 3, 200] {
            assert_eq!(in_parallel(items.clone(), most, |item| 2 * item), doubled);
        }
    }
}
