//! Rows that cannot be scored: told, counted, and listed in a report.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use scalewright_model::Instrument;

use crate::cli::{OnError, ScoreArgs};
use crate::output::Pending;
use crate::responses::{Fault, Suspects};
use crate::scores::{self, csv_cell};
use crate::{Stop, Terminal, render};

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
    /// Whether all rows are in doubt, also those that nothing was said of.
    doubtful: bool,
    /// Whether responses were to other forms, which is no matter of answers either.
    other_forms: bool,
    last: Option<u64>,
    /// Cells that may be marks of missing answers.
    suspects: Suspects,
    report: Option<(Pending, BufWriter<File>)>,
}

impl LeftOut {
    pub(super) fn begin(name: &str, args: &ScoreArgs, cwd: &Path) -> Result<Self, Stop> {
        let mut report = None;
        if let Some(path) = &args.report {
            let pending = Pending::begin(cwd, path)?;
            let mut file = BufWriter::new(pending.handle()?);
            let head = b"row,respondent,column,value,reason\n";
            file.write_all(head).map_err(|error| scores::failed(&error))?;
            report = Some((pending, file));
        }
        let skip = args.on_error == OnError::Skip;
        let name = name.to_owned();
        Ok(Self {
            name,
            skip,
            faults: 0,
            rows: 0,
            broken_rows: false,
            doubtful: false,
            other_forms: false,
            last: None,
            suspects: Suspects::default(),
            report,
        })
    }

    /// Whether nothing will be written.
    pub(super) fn stops(&self) -> bool {
        self.faults > 0 && (!self.skip || self.doubtful)
    }

    pub(super) fn add(
        &mut self,
        faults: &[Fault],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let level = if self.skip { "left out" } else { "error" };
        for fault in faults {
            if self.faults < SHOWN {
                let text = render::clean(&format!("{}: {}", self.name, fault.text()));
                terminal.tell(&format!("{level}: {text}\n"));
            }
            self.faults += 1;
            self.rows += u64::from(self.last != Some(fault.row));
            self.last = Some(fault.row);
            self.broken_rows |= fault.column.is_empty();
            self.doubtful |= fault.concerns_all();
            self.other_forms |= fault.is_of_another_form();
            self.suspects.see(&fault.value);
            if let Some((_, file)) = &mut self.report {
                file.write_all(&line(fault)).map_err(|error| scores::failed(&error))?;
            }
        }
        Ok(())
    }

    /// Says how much was wrong; an error unless rows may be left out.
    pub(super) fn finish(
        mut self,
        instrument: &Instrument,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        if self.faults > SHOWN {
            terminal.tell(&format!("… and {} more\n", self.faults - SHOWN));
        }
        if self.stops() {
            return Err(self.stop(instrument));
        }
        if let Some((pending, mut file)) = self.report.take() {
            file.flush().map_err(|error| scores::failed(&error))?;
            drop(file);
            pending.keep()?;
        }
        match self.rows {
            0 => {}
            1 => terminal.tell("1 row left out\n"),
            more => terminal.tell(&format!("{more} rows left out\n")),
        }
        if let Some(help) = self.suspects.help(instrument) {
            terminal.tell(&format!("help: {}\n", render::line(&help)));
        }
        Ok(())
    }

    fn stop(&self, instrument: &Instrument) -> Stop {
        let name = &self.name;
        let errors = match self.faults {
            1 => "1 error".to_owned(),
            more => format!("{more} errors"),
        };
        if self.other_forms {
            return Stop::wrong(format!("{name}: {errors}; nothing was scored"))
                .help("each response is scored with the definition of its own form; to leave out those to other forms: `--on-error skip`");
        }
        if self.broken_rows {
            return Stop::wrong(format!("{name}: {errors}; nothing was scored"))
                .help("each row needs a cell for each column, in UTF-8; a cell may be empty");
        }
        let count = match self.faults {
            1 => "1 answer is".to_owned(),
            more => format!("{more} answers are"),
        };
        Stop::wrong(format!("{name}: {count} not allowed by the definition; nothing was scored"))
            .help(match self.suspects.help(instrument) {
                Some(help) => format!("correct the cells named above; {}", render::line(&help)),
                None => "correct the cells named above, or empty them if nothing was answered"
                    .to_owned(),
            })
    }
}

fn line(fault: &Fault) -> Vec<u8> {
    let mut line = fault.row.to_string().into_bytes();
    for cell in [&*fault.respondent, &fault.column, &fault.value, &fault.reason] {
        line.push(b',');
        csv_cell(&mut line, cell);
    }
    line.push(b'\n');
    line
}
