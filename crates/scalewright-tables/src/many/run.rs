//! Scores the tables of a run with several threads.

use std::cmp::Reverse;
use std::fmt;
use std::hash::RandomState;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use scalewright_model::text::plain;

use super::across::Across;
use super::files::TableFile;
use super::messages::Messages;
use super::report::{Lines, Parts};
use crate::responses::TableInput;
use crate::run::{MOST_RESPONDENTS, Report, ScoreRequest};
use crate::scores::Out;
use crate::{Note, Stop};

/// Where a run writes, and whom it reports its progress to. Called by several threads.
pub trait Places: Sync {
    /// Begins the file of scores at this path below the folder of the output.
    ///
    /// # Errors
    ///
    /// When the file cannot be created.
    fn create(&self, path: &Path) -> io::Result<Out>;

    /// Called when this many further bytes of the tables are read.
    fn advance(&self, bytes: u64);
}

/// How the tables of a run are scored: each as if it were the only one.
pub struct ManyRun<'a> {
    /// How each of them is scored.
    pub request: &'a ScoreRequest<'a>,
}

/// The totals of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ManyScored {
    /// The tables scored.
    pub tables: usize,
    /// The rows scored.
    pub rows: u64,
    /// The rows left out.
    pub left_out: u64,
}

/// What the threads share.
struct Shared<'r, 'a> {
    run: &'r ManyRun<'a>,
    files: &'r [TableFile],
    places: &'r dyn Places,
    /// The positions in `files`, the largest first, so that no thread begins a large table when the others are done.
    order: Vec<usize>,
    /// The position in `order` of the next table.
    next: AtomicUsize,
    /// The number of hashes of respondents that each thread may store.
    respondents: usize,
    hashes: RandomState,
    across: Across,
    messages: Mutex<(Messages, ManyScored)>,
}

impl ManyRun<'_> {
    /// Scores all `files`. The files of scores are the same whichever thread scores them. All tables are read even if
    /// some cannot be scored, so that all errors are reported. `report` is the file of the report, with the delimiter
    /// between its cells. Adds the notes on all tables.
    ///
    /// # Errors
    ///
    /// When a table cannot be scored, or something cannot be written. The files written so far are then useless.
    pub fn score(
        &self,
        files: &[TableFile],
        places: &dyn Places,
        report: Option<(Out, u8)>,
        notes: &mut Vec<Note>,
    ) -> Result<ManyScored, Stop> {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len());
        let parts =
            report.as_ref().map(|(_, delimiter)| Parts::new(*delimiter, self.request.guard));
        // Before the threads begin, because without these files no table can be scored.
        let lines = (0..workers).map(|_| parts.as_ref().map(Parts::lines).transpose());
        let mut lines = lines.collect::<Result<Vec<Option<Lines<'_>>>, Stop>>()?;
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by_key(|&index| Reverse(files[index].bytes));
        let shared = Shared {
            run: self,
            files,
            places,
            order,
            next: AtomicUsize::new(0),
            respondents: MOST_RESPONDENTS / workers.max(1),
            hashes: RandomState::new(),
            across: Across::default(),
            messages: Mutex::default(),
        };
        thread::scope(|scope| {
            // This thread is the first worker.
            let own = lines.pop().flatten();
            for lines in lines {
                // If a thread cannot be started, the others score its tables. The scope propagates a panic.
                let work = || shared.work(lines);
                let _ = thread::Builder::new().spawn_scoped(scope, work);
            }
            shared.work(own);
        });
        let scored = shared.finish(notes)?;
        if let (Some((out, _)), Some(parts)) = (report, parts) {
            parts.finish(out)?;
        }
        Ok(scored)
    }
}

impl Shared<'_, '_> {
    /// Scores tables until all have been taken.
    fn work(&self, lines: Option<Lines<'_>>) {
        while let Some(&index) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let name = self.files[index].shown.display().to_string();
            let mut notes = Vec::new();
            let scored = self.table(index, &name, lines.as_ref(), &mut notes);
            let mut messages = self.messages();
            messages.0.add(index, &name, notes);
            match scored {
                Ok(scored) => messages.1.add(scored),
                Err(stop) => messages.0.stop(index, stop),
            }
        }
    }

    fn table(
        &self,
        index: usize,
        name: &str,
        lines: Option<&Lines<'_>>,
        notes: &mut Vec<Note>,
    ) -> Result<ManyScored, Stop> {
        let Some(lines) = lines else { return self.score(index, None, notes) };
        let from = lines.end()?;
        let report = lines.report(name)?;
        let scored = self.score(index, Some(report), notes);
        lines.add(index, from)?;
        scored
    }

    fn score(
        &self,
        index: usize,
        report: Option<Report>,
        notes: &mut Vec<Note>,
    ) -> Result<ManyScored, Stop> {
        let (request, file) = (self.run.request, &self.files[index]);
        let from = TableInput::File { shown: file.shown.clone(), path: file.path.clone() };
        let opening = request.open(from, notes)?;
        let out = self.places.create(&file.output).map_err(|error| unwritable(file, &error))?;
        let mut scoring = request.begin_beside(opening, (file.format, out), report, notes)?;
        scoring.set_beside(&self.hashes, self.respondents);
        let (mut more, mut read) = (true, 0);
        while more {
            more = scoring.step(notes)?;
            // A compressed table has more bytes than the file.
            let now = scoring.progress().min(file.bytes);
            self.places.advance(now.saturating_sub(read));
            read = now;
        }
        self.across.add(scoring.take_respondents());
        let left_out = scoring.rows_left_out();
        let rows = scoring.finish(notes)?;
        self.places.advance(file.bytes - read);
        Ok(ManyScored { tables: 1, rows: rows as u64, left_out })
    }

    fn messages(&self) -> MutexGuard<'_, (Messages, ManyScored)> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(self, notes: &mut Vec<Note>) -> Result<ManyScored, Stop> {
        let (messages, scored) = self.messages.into_inner().unwrap_or_else(PoisonError::into_inner);
        messages.finish(self.files.len(), notes)?;
        notes.extend(self.across.note(&self.hashes));
        Ok(scored)
    }
}

impl fmt::Display for ManyScored {
    /// Writes the totals as `20 rows of 2 tables, 1 row left out`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = |count: u64| if count == 1 { "row" } else { "rows" };
        let tables = if self.tables == 1 { "table" } else { "tables" };
        write!(f, "{} {} of {} {tables}", self.rows, rows(self.rows), self.tables)?;
        match self.left_out {
            0 => Ok(()),
            more => write!(f, ", {more} {} left out", rows(more)),
        }
    }
}

impl ManyScored {
    fn add(&mut self, other: Self) {
        self.tables += other.tables;
        self.rows += other.rows;
        self.left_out += other.left_out;
    }
}

fn unwritable(file: &TableFile, error: &io::Error) -> Stop {
    let message =
        format!("cannot write the scores of `{}`: {}", file.shown.display(), plain(error));
    Stop::usage(message).help("nothing was written")
}
