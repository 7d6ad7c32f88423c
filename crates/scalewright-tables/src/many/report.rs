//! The report on several tables. Each thread writes the lines of its tables to a file of its own, and in the end the
//! lines of all tables are copied in the order of the tables.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Stop;
use crate::run::Report;
use crate::scores::{Out, failed};

/// Where the lines of a table are.
struct Part {
    file: Arc<File>,
    from: u64,
    to: u64,
}

/// The lines of all tables.
pub(super) struct Parts {
    delimiter: u8,
    /// Whether cells that a spreadsheet would run as formulas get an apostrophe.
    guard: bool,
    parts: Mutex<BTreeMap<usize, Part>>,
}

/// The file of a thread.
pub(super) struct Lines<'a> {
    parts: &'a Parts,
    file: Arc<File>,
}

impl Parts {
    pub(super) fn new(delimiter: u8, guard: bool) -> Self {
        Self { delimiter, guard, parts: Mutex::default() }
    }

    /// Begins the file of a thread. It has no name, so nothing is left of it.
    pub(super) fn lines(&self) -> Result<Lines<'_>, Stop> {
        let file = tempfile::tempfile().map_err(|error| failed(&error))?;
        Ok(Lines { parts: self, file: Arc::new(file) })
    }

    /// Writes the whole report.
    pub(super) fn finish(self, mut out: Out) -> Result<(), Stop> {
        let write = || -> io::Result<()> {
            out.write_all(&Report::header(self.delimiter))?;
            let parts = self.parts.into_inner().unwrap_or_else(PoisonError::into_inner);
            for Part { file, from, to } in parts.into_values() {
                let mut file = &*file;
                file.seek(SeekFrom::Start(from))?;
                io::copy(&mut file.take(to - from), &mut out)?;
            }
            out.flush()
        };
        write().map_err(|error| failed(&error))
    }
}

impl Lines<'_> {
    /// The report on the table `name`.
    pub(super) fn report(&self, name: &str) -> Result<Report, Stop> {
        let file = self.file.try_clone().map_err(|error| failed(&error))?;
        Ok(Report::part(Box::new(file), self.parts.delimiter, self.parts.guard, name))
    }

    /// The end of the lines so far.
    pub(super) fn end(&self) -> Result<u64, Stop> {
        (&*self.file).stream_position().map_err(|error| failed(&error))
    }

    /// Records that the lines since `from` are about the table at position `index`.
    pub(super) fn add(&self, index: usize, from: u64) -> Result<(), Stop> {
        let to = self.end()?;
        if to > from {
            let part = Part { file: Arc::clone(&self.file), from, to };
            self.parts.parts.lock().unwrap_or_else(PoisonError::into_inner).insert(index, part);
        }
        Ok(())
    }
}
