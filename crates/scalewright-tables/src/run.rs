//! Scores a table from its plan to the last row. Each batch of rows is read, evaluated and written.

mod blanks;
mod lane;
mod left_out;
mod missed;
mod one;
mod ranges;
mod repeats;
mod request;
mod scoring;
mod stated;
mod together;
mod zeros;

use scalewright_model::Instrument;
use scalewright_scoring::{Program, Scored, evaluate_into, evaluate_scores};

use crate::responses::{Batch, Kept, KeptColumns, Opened, Plan};
use crate::scores::{self, MissingColumns, Sink};
use crate::{Note, ScoreColumns, Stop};

use blanks::Blanked;
pub use left_out::{LeftOut, Report};
use missed::Missed;
pub use one::{Which, answers_of};
use repeats::Repeats;
pub(crate) use repeats::{MOST as MOST_RESPONDENTS, Respondents};
pub use request::{Opening, ScoreRequest, Subject};
pub use scoring::Scoring;
pub use stated::{Differences, Row};
use zeros::Zeros;

/// A table that is being scored.
pub struct Run<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    columns: ScoreColumns,
    wish: KeptColumns<'a>,
    table: Opened,
    plan: Plan<'a>,
    sink: Box<dyn Sink + 'a>,
    batch: Batch,
    scored: Vec<Scored>,
    rows: usize,
    left_out: LeftOut,
    differences: Differences,
    repeats: Repeats,
    /// Whether each respondent may have many rows.
    expects_repeats: bool,
    blanked: Blanked<'a>,
    missed: Missed<'a>,
    zeros: Zeros,
    /// The digest of a supplied key, and the column that repeats it.
    stamp: Option<(&'a str, Kept)>,
}

impl<'a> Run<'a> {
    /// Prepares to score `table` into `sink`. `plan` contains the columns of `table`; `columns` and `wish` must be
    /// those that the header of `sink` was made with.
    #[must_use]
    pub fn new(
        (instrument, program): (&'a Instrument, &'a Program),
        (columns, wish): (ScoreColumns, KeptColumns<'a>),
        (table, plan): (Opened, Plan<'a>),
        sink: Box<dyn Sink + 'a>,
        left_out: LeftOut,
    ) -> Self {
        Self {
            instrument,
            program,
            columns,
            wish,
            sink,
            // The fields made from `table` and `plan` come before these two, which are moved.
            batch: table.batch(&plan),
            scored: Vec::new(),
            rows: 0,
            left_out,
            differences: Differences::new(&table.name),
            repeats: Repeats::new(&table),
            expects_repeats: false,
            blanked: Blanked::new(&table.name, instrument, program),
            zeros: Zeros::default(),
            missed: Missed::new(&table.name, (instrument, program), &plan),
            stamp: None,
            table,
            plan,
        }
    }

    /// The same with a column that repeats the digest of a supplied key, as the header of the sink was
    /// [stamped](crate::ScoresHeader::stamped).
    #[must_use]
    pub fn stamped(self, digest: Option<&'a str>) -> Self {
        Self { stamp: digest.map(|digest| (digest, Kept::default())), ..self }
    }

    /// The same with columns of the numbers of missing answers, as the header of the sink was
    /// [made](crate::ScoresHeader::counting).
    #[must_use]
    pub fn counting(mut self, columns: Option<MissingColumns>) -> Self {
        if let Some(columns) = columns {
            self.missed.by_row(self.program, columns);
        }
        self
    }

    /// Repeats the digest for each row of the batch, after the columns of the table.
    fn stamp(&mut self) {
        if let Some((digest, column)) = &mut self.stamp {
            let mut stamp = std::mem::take(column);
            stamp.clear();
            (0..self.batch.responses.rows).for_each(|_| stamp.push_text(digest));
            self.batch.kept.push(stamp);
        }
    }

    /// Removes what [`Run::stamp`] added, because readers fill the columns of the table.
    fn unstamp(&mut self) {
        if let Some((_, column)) = &mut self.stamp {
            *column = self.batch.kept.pop().unwrap_or_default();
        }
    }

    /// The same for a table in which respondents come repeatedly, so that no note says so.
    #[must_use]
    pub fn of_courses(self) -> Self {
        Self { expects_repeats: true, ..self }
    }

    /// Reads, evaluates and writes the next batch of rows. Returns `false` after the last batch. Adds notes on rows
    /// that cannot be scored and on stated scores that differ, also if an error follows.
    ///
    /// # Errors
    ///
    /// When the table cannot be read further, or the scores cannot be written.
    pub fn step(&mut self, notes: &mut Vec<Note>) -> Result<bool, Stop> {
        self.batch.clear();
        let more = self.table.fill(&mut self.plan, &mut self.batch)?;
        self.left_out.add(&self.batch.faults, notes)?;
        self.rows += self.batch.responses.rows;
        // After a fault that stops the run, no scores are kept, so none are computed.
        if self.batch.responses.rows == 0 || self.left_out.stops() {
            return Ok(more);
        }
        let (batch, scored) = (&self.batch, &mut self.scored);
        match self.columns {
            ScoreColumns::All => evaluate_into(self.program, &batch.responses, scored),
            ScoreColumns::Scores => evaluate_scores(self.program, &batch.responses, scored),
        }
        self.differences.batch((self.instrument, self.program), batch, scored, notes);
        if !self.expects_repeats {
            self.repeats.add(batch);
        }
        self.blanked.add(batch, scored, &mut self.left_out)?;
        self.missed.add(batch);
        self.zeros.add(batch);
        self.stamp();
        self.missed.stamp(&mut self.batch);
        let written = self.sink.batch(&self.batch, &self.scored);
        self.missed.unstamp(&mut self.batch);
        self.unstamp();
        written.map_err(|error| scores::failed(&error))?;
        Ok(more)
    }

    /// The amount read so far, in the unit of [`Opened::size`].
    #[must_use]
    pub fn progress(&self) -> u64 {
        self.table.progress()
    }

    /// Writes the end of the table of scores and returns the number of rows scored. Adds the notes that concern the
    /// whole table.
    ///
    /// # Errors
    ///
    /// When rows cannot be scored and must not be left out, an item had no column in any row, or the scores cannot be
    /// written.
    pub fn finish(mut self, notes: &mut Vec<Note>) -> Result<usize, Stop> {
        let stops = self.left_out.stops();
        if !stops {
            self.table.end(&mut self.plan)?;
        }
        let late = self.late();
        // Before `finish`, which consumes the sink.
        let risky_cells = self.sink.note("the table of scores").map(Note::info);
        self.sink.finish().map_err(|error| scores::failed(&error))?;
        notes.extend(self.differences.finish());
        // After a fault no batch was evaluated, so these notes would concern only the rows before it.
        if !stops {
            notes.extend(self.repeats.notes());
            notes.extend(self.blanked.notes());
            notes.extend(self.zeros.note().map(|note| note.about(&self.table.name)));
            notes.extend(self.missed.note());
            notes.extend(self.plan.notes().into_iter().map(|note| note.about(&self.table.name)));
        }
        notes.extend(self.table.notes());
        if !stops {
            notes.extend(late.into_iter().chain(risky_cells));
        }
        self.left_out.finish(&[self.instrument], notes)?;
        Ok(self.rows)
    }

    /// A note on columns that first appeared after the header of the scores was written.
    fn late(&self) -> Option<Note> {
        let late = self.plan.late.iter().filter(|name| self.wish.wants(name));
        late_columns(late, &self.table.name)
    }
}

/// A note on columns that first appeared after the header of the scores was written.
fn late_columns<'n>(late: impl Iterator<Item = &'n String>, table: &str) -> Option<Note> {
    let list: Vec<String> = late.take(8).map(|name| format!("`{name}`")).collect();
    let list = Some(list.join(", ")).filter(|list| !list.is_empty())?;
    // The limits are those of `read_ahead` in `json_table`.
    let text = format!(
        "columns that first appear after the first 1024 rows or 8 MiB, so not written beside the scores: {list}; to write them, name them with `--keep`"
    );
    Some(Note::info(text).about(table))
}
