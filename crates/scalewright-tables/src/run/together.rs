//! Scores a table with several instruments into one table of scores.
//!
//! The table is read once for each instrument, in step: each [`Lane`] reads a batch, and the rows that all of them have
//! reached are joined by their number. A row that one instrument refuses is left out as a whole, so that a blank score
//! always means that answers are missing.

use std::collections::BTreeSet;
use std::ops::Range;

use scalewright_model::Instrument;
use scalewright_scoring::{Responses, evaluate_into, evaluate_scores};
use tempfile::NamedTempFile;

use crate::responses::{Absent, Batch, Fault, Kept, KeptCell, KeptColumns};
use crate::scores::{self, Sink};
use crate::{Note, ScoreColumns, Stop};

use super::lane::{Lane, Part};
use super::late_columns;
use super::left_out::LeftOut;
use super::repeats::Repeats;
use super::stated::Row;
use super::zeros::Zeros;

/// A table that is being scored with several instruments.
pub(super) struct Together<'a> {
    lanes: Vec<Lane<'a>>,
    columns: ScoreColumns,
    wish: KeptColumns<'a>,
    sink: Box<dyn Sink + 'a>,
    /// The joined rows.
    batch: Batch,
    /// The number of kept columns that all lanes have. The texts of each lane and the digests of keys follow them.
    shared: usize,
    rows: usize,
    /// The copy of a stream that the lanes read. After them, because it is removed when it is dropped.
    _copy: Option<NamedTempFile>,
    pub(super) left_out: LeftOut,
    pub(super) repeats: Repeats,
    zeros: Zeros,
}

impl<'a> Together<'a> {
    pub(super) fn new(
        lanes: Vec<Lane<'a>>,
        (columns, wish): (ScoreColumns, KeptColumns<'a>),
        sink: Box<dyn Sink + 'a>,
        left_out: LeftOut,
    ) -> Self {
        let (shared, all) = kept(&lanes);
        let repeats = Repeats::new(&lanes[0].table);
        let batch = Batch::new(0, all);
        let (zeros, rows) = (Zeros::default(), 0);
        Self {
            lanes,
            columns,
            wish,
            sink,
            batch,
            shared,
            rows,
            _copy: None,
            left_out,
            repeats,
            zeros,
        }
    }

    /// The same with a copy of the table that is removed at the end.
    pub(super) fn keeping(self, copy: Option<NamedTempFile>) -> Self {
        Self { _copy: copy, ..self }
    }

    pub(super) fn progress(&self) -> u64 {
        self.lanes[0].table.progress()
    }

    /// Reads, evaluates and writes the next rows. Returns `false` after the last ones.
    pub(super) fn step(&mut self, notes: &mut Vec<Note>) -> Result<bool, Stop> {
        for lane in &mut self.lanes {
            lane.fill()?;
        }
        let last = self.lanes.iter().filter_map(Lane::horizon).min();
        let parts: Vec<Part> = self.lanes.iter_mut().map(|lane| lane.take(last)).collect();
        let more = !self.lanes.iter().all(Lane::is_done);
        let (ranges, faults): (Vec<Range<usize>>, Vec<Vec<Fault>>) =
            parts.into_iter().map(|part| (part.rows, part.faults)).unzip();
        let faults = self.named(self.of_own_forms(faults, &ranges));
        self.left_out.add(&faults, notes)?;
        let refused: BTreeSet<u64> = faults.iter().map(|fault| fault.row).collect();
        self.join(&ranges, &refused);
        self.rows += self.batch.numbers.len();
        // After a fault that stops the run, no scores are kept, so none are computed.
        if self.batch.numbers.is_empty() || self.left_out.stops() {
            return Ok(more);
        }
        self.score(&ranges, notes)?;
        Ok(more)
    }

    /// The faults of all lanes, without those of responses to other forms that another lane reads.
    fn of_own_forms(&self, faults: Vec<Vec<Fault>>, ranges: &[Range<usize>]) -> Vec<Vec<Fault>> {
        if !faults.iter().flatten().any(Fault::is_of_another_form) {
            return faults;
        }
        let lanes = self.lanes.iter().zip(ranges);
        let read: BTreeSet<u64> =
            lanes.flat_map(|(lane, rows)| &lane.batch.numbers[rows.clone()]).copied().collect();
        let is_wrong = |fault: &Fault| !(fault.is_of_another_form() && read.contains(&fault.row));
        faults.into_iter().map(|faults| faults.into_iter().filter(is_wrong).collect()).collect()
    }

    /// The faults of all lanes in the order of the rows. Each names its instrument; those of a whole row, which concern
    /// every instrument, are there once.
    fn named(&self, faults: Vec<Vec<Fault>>) -> Vec<Fault> {
        let mut named: Vec<Fault> = Vec::new();
        let mut whole: BTreeSet<(u64, String)> = BTreeSet::new();
        for (lane, faults) in self.lanes.iter().zip(faults) {
            for fault in faults {
                if !fault.column.is_empty() {
                    let reason = format!("{} (`{}`)", fault.reason, lane.instrument.id);
                    named.push(Fault { reason, ..fault });
                } else if whole.insert((fault.row, fault.reason.clone())) {
                    named.push(fault);
                }
            }
        }
        // A stable sort: the faults of a row stay in the order of the instruments.
        named.sort_by_key(|fault| fault.row);
        named
    }

    /// Fills the batch with the respondents and the kept cells of the rows that no lane refuses.
    fn join(&mut self, ranges: &[Range<usize>], refused: &BTreeSet<u64>) {
        self.batch.clear();
        let lanes = self.lanes.iter().zip(ranges);
        let numbers = lanes.flat_map(|(lane, rows)| &lane.batch.numbers[rows.clone()]);
        let mut numbers: Vec<u64> = numbers.copied().collect();
        numbers.sort();
        numbers.dedup();
        numbers.retain(|number| !refused.contains(number));
        self.batch.numbers = numbers;
        let mut texts = self.shared;
        for (at, range) in ranges.iter().enumerate() {
            let rows = self.rows_of(at, range);
            let (lane, batch) = (&self.lanes[at], &mut self.batch);
            for text in self.shared..self.shared + lane.plan.texts.len() {
                let cells = &lane.batch.kept[text];
                rows.iter().for_each(|row| copy(cells, *row, &mut batch.kept[texts]));
                texts += 1;
            }
        }
        self.join_shared(ranges);
        for digest in self.lanes.iter().filter_map(|lane| lane.digest) {
            (0..self.batch.numbers.len()).for_each(|_| self.batch.kept[texts].push_text(digest));
            texts += 1;
        }
    }

    /// Fills the batch with the respondent and the shared cells of each row, which are those of the first lane that has
    /// the row.
    fn join_shared(&mut self, ranges: &[Range<usize>]) {
        let mut next: Vec<usize> = ranges.iter().map(|rows| rows.start).collect();
        for at in 0..self.batch.numbers.len() {
            let number = self.batch.numbers[at];
            let mut found = None;
            for (index, (lane, rows)) in self.lanes.iter().zip(ranges).enumerate() {
                while next[index] < rows.end && lane.batch.numbers[next[index]] < number {
                    next[index] += 1;
                }
                let is_here = next[index] < rows.end && lane.batch.numbers[next[index]] == number;
                found = found.or(is_here.then_some((lane, next[index])));
            }
            let Some((lane, row)) = found else { continue };
            if lane.plan.id.is_some() {
                self.batch.ids.push(lane.batch.ids.get(row).unwrap_or_default());
            }
            for (from, to) in lane.batch.kept[..self.shared].iter().zip(&mut self.batch.kept) {
                copy(from, Some(row), to);
            }
        }
    }

    /// For each joined row, its index in the batch of a lane.
    fn rows_of(&self, lane: usize, range: &Range<usize>) -> Vec<Option<usize>> {
        let numbers = &self.lanes[lane].batch.numbers;
        let mut next = range.start;
        let row = |number: &u64| {
            while next < range.end && numbers[next] < *number {
                next += 1;
            }
            (next < range.end && numbers[next] == *number).then_some(next)
        };
        self.batch.numbers.iter().map(row).collect()
    }

    /// Evaluates the joined rows with each instrument, and writes them.
    fn score(&mut self, ranges: &[Range<usize>], notes: &mut Vec<Note>) -> Result<(), Stop> {
        let (mut items, mut all, mut absent) = (Vec::new(), Vec::new(), Vec::new());
        for (at, range) in ranges.iter().enumerate() {
            let rows = self.rows_of(at, range);
            let lane = &mut self.lanes[at];
            self.batch.responses = lane.responses(&rows);
            self.batch.absent = lane.absent(&rows);
            match self.columns {
                ScoreColumns::All => {
                    evaluate_into(lane.program, &self.batch.responses, &mut lane.scored);
                }
                ScoreColumns::Scores => {
                    evaluate_scores(lane.program, &self.batch.responses, &mut lane.scored);
                }
            }
            lane.blank(&rows);
            compare(lane, (&rows, range), &self.batch, notes);
            lane.blanked.add(&self.batch, &lane.scored, &mut self.left_out)?;
            lane.missed.add(&self.batch);
            // After the cells that all batches have. They are removed before the next batch.
            lane.missed.stamp(&mut self.batch);
            let before = items.len();
            let own = std::mem::take(&mut self.batch.absent).into_iter();
            absent.extend(own.map(|one| Absent { item: before + one.item, ..one }));
            items.append(&mut self.batch.responses.items);
            all.append(&mut lane.scored);
        }
        self.batch.responses = Responses { rows: self.batch.numbers.len(), items };
        self.batch.absent = absent;
        self.repeats.add(&self.batch);
        self.zeros.add(&self.batch);
        let written = self.sink.batch(&self.batch, &all);
        for lane in self.lanes.iter_mut().rev() {
            lane.missed.unstamp(&mut self.batch);
        }
        written.map_err(|error| scores::failed(&error))
    }

    /// Writes the end of the table of scores and returns the number of rows scored.
    pub(super) fn finish(mut self, notes: &mut Vec<Note>) -> Result<usize, Stop> {
        let stops = self.left_out.stops();
        if !stops {
            for lane in &mut self.lanes {
                lane.table.end(&mut lane.plan)?;
            }
        }
        let late = self.late();
        let risky_cells = self.sink.note("the table of scores").map(Note::info);
        self.sink.finish().map_err(|error| scores::failed(&error))?;
        if !stops {
            notes.extend(self.repeats.notes());
            let name = &self.lanes[0].table.name;
            notes.extend(self.zeros.note().map(|note| note.about(name)));
            self.lanes.iter_mut().for_each(|lane| notes.extend(lane.notes()));
        }
        notes.extend(of_tables(&self.lanes));
        if !stops {
            notes.extend(late.into_iter().chain(risky_cells));
        }
        let instruments: Vec<&Instrument> = self.lanes.iter().map(|lane| lane.instrument).collect();
        self.left_out.finish(&instruments, notes)?;
        Ok(self.rows)
    }

    /// A note on columns that first appeared after the header of the scores was written. Those of the items of another
    /// instrument are none.
    fn late(&self) -> Option<Note> {
        let first = self.lanes.first()?;
        let is_item = |name: &&String| self.lanes.iter().any(|lane| lane.plan.names.contains(name));
        let late = first.plan.late.iter().filter(|name| !is_item(name) && self.wish.wants(name));
        late_columns(late, &first.table.name)
    }
}

/// The number of kept columns that all lanes share, and of all kept columns.
fn kept(lanes: &[Lane<'_>]) -> (usize, usize) {
    let first = &lanes[0];
    let shared = first.batch.kept.len() - first.plan.texts.len();
    let texts: usize = lanes.iter().map(|lane| lane.plan.texts.len()).sum();
    let digests = lanes.iter().filter(|lane| lane.digest.is_some()).count();
    (shared, shared + texts + digests)
}

/// Copies a cell. Without a row, the cell is missing.
fn copy(from: &Kept, row: Option<usize>, to: &mut Kept) {
    match row.and_then(|row| from.cell(row)) {
        None => to.push_missing(),
        Some(KeptCell::Text(text)) => to.push_text(text),
        Some(KeptCell::Literal(text)) => to.push_literal(text),
    }
}

/// Compares the scores that the rows of a lane state with those computed.
fn compare(
    lane: &mut Lane<'_>,
    (rows, range): (&[Option<usize>], &Range<usize>),
    batch: &Batch,
    notes: &mut Vec<Note>,
) {
    if lane.batch.stated.is_empty() {
        return;
    }
    // The joined row of each row of the lane.
    let mut joined = vec![None; range.len()];
    for (at, row) in rows.iter().enumerate() {
        if let Some(row) = row {
            joined[row - range.start] = Some(at);
        }
    }
    let mut differences = lane.differences.take();
    let mut found = Vec::new();
    for stated in lane.stated(range.clone()) {
        let Some(at) = joined[stated.row - range.start] else { continue };
        let Some(position) = lane.program.position(stated.scale) else { continue };
        let respondent = batch.respondent(at);
        let row = Row { number: batch.numbers[at], respondent: &respondent };
        let score = lane.scored[position].score.get(at);
        let scale = &lane.instrument.scales[stated.scale.0];
        differences.compare(scale, stated, (&row, score), &mut found);
    }
    lane.differences = differences;
    notes.extend(found.into_iter().map(|note| lane.named(note)));
}

/// The notes of all readers. One that all of them make is there once; the others name their instrument.
fn of_tables(lanes: &[Lane<'_>]) -> Vec<Note> {
    let all: Vec<Vec<Note>> = lanes.iter().map(|lane| lane.table.notes()).collect();
    let mut notes: Vec<Note> = Vec::new();
    for (lane, of_lane) in lanes.iter().zip(&all) {
        for note in of_lane {
            match all.iter().all(|other| other.contains(note)) {
                true if notes.contains(note) => {}
                true => notes.push(note.clone()),
                false => notes.push(lane.named(note.clone())),
            }
        }
    }
    notes
}
