//! Rows that cannot be scored: noted, counted, and listed in the report.

use scalewright_model::Instrument;

use crate::responses::{Advice, Fault};
use crate::scores::{self, CsvCells, Out};
use crate::{Note, NoteKind, Stop};

/// At most this many faults are shown; the others are counted.
const SHOWN: usize = 50;

/// The columns of the report.
const COLUMNS: [&str; 5] = ["row", "respondent", "column", "value", "reason"];

/// The faults so far.
pub struct LeftOut {
    name: String,
    skip: bool,
    faults: usize,
    rows: u64,
    /// Whether a whole row was broken, which correcting an answer does not fix.
    broken_rows: bool,
    /// Whether all rows are in doubt, also those without a fault of their own.
    doubtful: bool,
    /// Whether responses answered other forms, which correcting an answer does not fix either.
    other_forms: bool,
    last: Option<u64>,
    /// What the refused cells have in common.
    advice: Advice,
    report: Option<Report>,
}

/// A table that lists the faults.
pub struct Report {
    file: Out,
    cells: CsvCells,
    /// The table in the first column, if the report is about several.
    table: Option<String>,
    /// The lines that are not written yet.
    lines: Vec<u8>,
}

impl Report {
    /// Begins a report in `file`, with `delimiter` between its cells. With `guard`, cells that a spreadsheet would run
    /// as formulas get an apostrophe.
    #[must_use]
    pub fn new(file: Out, delimiter: u8, guard: bool) -> Self {
        let (mut cells, mut lines) = (CsvCells::new(delimiter, guard), Vec::new());
        cells.line(&mut lines, COLUMNS);
        Self { file, cells, table: None, lines }
    }

    /// Begins the part of a report on several tables that is about `table`. It has no header.
    pub(crate) fn part(file: Out, delimiter: u8, guard: bool, table: &str) -> Self {
        let cells = CsvCells::new(delimiter, guard);
        Self { file, cells, table: Some(table.to_owned()), lines: Vec::new() }
    }

    /// The header of a report on several tables.
    pub(crate) fn header(delimiter: u8) -> Vec<u8> {
        let mut line = Vec::new();
        let columns = std::iter::once("table").chain(COLUMNS);
        CsvCells::new(delimiter, false).line(&mut line, columns);
        line
    }

    fn line(&mut self, row: u64, [respondent, column, value, reason]: [&str; 4]) {
        let row = row.to_string();
        let cells = self.table.as_deref().into_iter();
        let cells = cells.chain([row.as_str(), respondent, column, value, reason]);
        self.cells.line(&mut self.lines, cells);
    }

    fn flush(&mut self) -> Result<(), Stop> {
        self.file.write_all(&self.lines).map_err(|error| scores::failed(&error))?;
        self.lines.clear();
        Ok(())
    }
}

impl LeftOut {
    /// Begins without faults. `name` is the name of the table in messages. With `skip`, rows that cannot be scored are
    /// left out; without it, they make the run fail.
    #[must_use]
    pub fn new(name: &str, skip: bool, report: Option<Report>) -> Self {
        let name = name.to_owned();
        Self {
            name,
            skip,
            faults: 0,
            rows: 0,
            broken_rows: false,
            doubtful: false,
            other_forms: false,
            last: None,
            advice: Advice::default(),
            report,
        }
    }

    /// The number of rows that have been left out.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether the run will fail, so that no scores are kept.
    pub(super) fn stops(&self) -> bool {
        self.faults > 0 && (!self.skip || self.doubtful)
    }

    pub(super) fn add(&mut self, faults: &[Fault], notes: &mut Vec<Note>) -> Result<(), Stop> {
        let kind = if self.skip { NoteKind::LeftOut } else { NoteKind::Error };
        for fault in faults {
            if self.faults < SHOWN {
                notes.push(Note::new(kind, fault.text()).about(&self.name));
            }
            self.faults += 1;
            // The faults of a row follow each other, and count as one row.
            self.rows += u64::from(self.last != Some(fault.row));
            self.last = Some(fault.row);
            self.broken_rows |= fault.column.is_empty();
            self.doubtful |= fault.concerns_all();
            self.other_forms |= fault.is_of_another_form();
            self.advice.see(fault);
            if let Some(report) = &mut self.report {
                let Fault { respondent, column, value, reason, .. } = fault;
                report.line(fault.row, [respondent, column, value, reason]);
            }
        }
        self.flush()
    }

    /// Adds a line to the report about a row that is not left out.
    pub(super) fn note(&mut self, row: u64, respondent: &str, column: &str, reason: &str) {
        if let Some(report) = &mut self.report {
            report.line(row, [respondent, column, "", reason]);
        }
    }

    /// Writes the pending lines of the report.
    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        self.report.as_mut().map_or(Ok(()), Report::flush)
    }

    /// Adds the totals to the notes. Returns an error if rows had faults and must not be left out.
    pub(super) fn finish(
        self,
        instruments: &[&Instrument],
        notes: &mut Vec<Note>,
    ) -> Result<(), Stop> {
        let total = |text: String| Note::new(NoteKind::Total, text);
        if self.faults > SHOWN {
            notes.push(total(format!("… and {} more", self.faults - SHOWN)));
        }
        if self.stops() {
            return Err(self.stop(instruments));
        }
        let risky_cells = self.report.as_ref().and_then(|report| report.cells.note("the report"));
        notes.extend(risky_cells.map(Note::info));
        match self.rows {
            0 => {}
            1 => notes.push(total("1 row left out".to_owned())),
            more => notes.push(total(format!("{more} rows left out"))),
        }
        let help = self.advice.help_of(instruments);
        notes.extend(help.map(|help| Note::new(NoteKind::Help, help)));
        Ok(())
    }

    fn stop(&self, instruments: &[&Instrument]) -> Stop {
        let name = &self.name;
        let errors = match self.faults {
            1 => "1 error".to_owned(),
            more => format!("{more} errors"),
        };
        if self.other_forms {
            return Stop::wrong(format!("{name}: {errors}; nothing was scored"))
                .help("score each response with the definition of its own form, or leave out the responses to other forms with `--on-error skip`");
        }
        if self.broken_rows {
            return Stop::wrong(format!("{name}: {errors}; nothing was scored"))
                .help("each row needs one cell per column, in UTF-8; cells may be empty");
        }
        let count = match self.faults {
            1 => "1 answer is".to_owned(),
            more => format!("{more} answers are"),
        };
        Stop::wrong(format!("{name}: {count} not allowed by the definition; nothing was scored"))
            .help(match self.advice.help_of(instruments) {
                Some(help) => format!("correct the cells named above; {help}"),
                None => "correct the cells named above, or empty them if nothing was answered"
                    .to_owned(),
            })
    }
}
