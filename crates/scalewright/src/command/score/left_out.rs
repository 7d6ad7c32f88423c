//! Rows that cannot be scored: told, counted, and listed in a report.

use std::fs::File;
use std::io::Write;

use crate::cli::{OnError, ScoreArgs};
use crate::output::Outputs;
use crate::responses::Fault;
use crate::scores::{self, csv_cell};
use crate::{Stop, Terminal};

/// More faults than this are counted, not shown.
const SHOWN: usize = 50;

/// What was wrong so far.
pub(super) struct LeftOut {
    name: String,
    skip: bool,
    faults: usize,
    rows: u64,
    /// Whether a row as a whole was wrong, which is no matter of answers.
    broken_rows: bool,
    last: Option<u64>,
    report: Option<File>,
}

impl LeftOut {
    pub(super) fn begin(
        name: &str,
        args: &ScoreArgs,
        outputs: &mut Outputs<'_>,
    ) -> Result<Self, Stop> {
        let mut report = None;
        if let Some(path) = &args.report {
            let mut file = outputs.begin(Some(path))?;
            let head = b"row,respondent,column,value,reason\n";
            file.write_all(head).map_err(|error| scores::failed(&error))?;
            report = Some(file);
        }
        let skip = args.on_error == OnError::Skip;
        let name = name.to_owned();
        Ok(Self { name, skip, faults: 0, rows: 0, broken_rows: false, last: None, report })
    }

    /// Whether nothing will be written.
    pub(super) fn stops(&self) -> bool {
        self.faults > 0 && !self.skip
    }

    pub(super) fn add(
        &mut self,
        faults: &[Fault],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let level = if self.skip { "left out" } else { "error" };
        let mut lines = Vec::new();
        for fault in faults {
            if self.faults < SHOWN {
                terminal.tell(&format!("{level}: {}: {}", self.name, fault.text()));
            }
            self.faults += 1;
            self.rows += u64::from(self.last != Some(fault.row));
            self.last = Some(fault.row);
            self.broken_rows |= fault.column.is_empty();
            if self.report.is_some() {
                line(&mut lines, fault);
            }
        }
        match &mut self.report {
            Some(file) => file.write_all(&lines).map_err(|error| scores::failed(&error)),
            None => Ok(()),
        }
    }

    /// Says how much was wrong; an error unless rows may be left out.
    pub(super) fn finish(self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        if self.faults > SHOWN {
            terminal.tell(&format!("… and {} more\n", self.faults - SHOWN));
        }
        if self.stops() {
            return Err(self.stop());
        }
        match self.rows {
            0 => {}
            1 => terminal.tell("1 row left out\n"),
            more => terminal.tell(&format!("{more} rows left out\n")),
        }
        Ok(())
    }

    fn stop(&self) -> Stop {
        let name = &self.name;
        if self.broken_rows {
            let count = if self.faults == 1 {
                "1 error".to_owned()
            } else {
                format!("{} errors", self.faults)
            };
            return Stop::wrong(format!("{name}: {count}; nothing was scored"))
                .help("each row needs a cell for each column, in UTF-8; a cell may be empty");
        }
        let count = match self.faults {
            1 => "1 answer is".to_owned(),
            more => format!("{more} answers are"),
        };
        Stop::wrong(format!("{name}: {count} not allowed by the definition; nothing was scored"))
            .help("correct the cells named above, or empty them if nothing was answered")
    }
}

fn line(lines: &mut Vec<u8>, fault: &Fault) {
    lines.extend_from_slice(fault.row.to_string().as_bytes());
    for cell in [&fault.respondent, &fault.column, &fault.value, &fault.reason] {
        lines.push(b',');
        csv_cell(lines, cell);
    }
    lines.push(b'\n');
}
