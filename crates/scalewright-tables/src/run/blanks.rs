//! Derived scores that are blank although their raw score exists: counted, noted, and listed in the report.

use std::collections::BTreeMap;

use scalewright_model::Instrument;
use scalewright_scoring::{Blank, Blanks, Program, Scored};

use super::left_out::LeftOut;
use crate::responses::Batch;
use crate::{Note, Stop};

/// At most this many rows are named for each reason; the others are counted.
const NAMED: usize = 3;

/// The number of rows in which a score was blank for one reason.
struct Count {
    rows: u64,
    /// The numbers of the first of these rows.
    first: Vec<u64>,
}

/// The blank scores so far.
pub(super) struct Blanked<'a> {
    name: String,
    instrument: &'a Instrument,
    program: &'a Program,
    blanks: Blanks<'a>,
    /// By reason, then by the position of the score in the program.
    counts: BTreeMap<Blank, BTreeMap<usize, Count>>,
}

impl<'a> Blanked<'a> {
    pub(super) fn new(name: &str, instrument: &'a Instrument, program: &'a Program) -> Self {
        let blanks = Blanks::new(instrument, program);
        Self { name: name.to_owned(), instrument, program, blanks, counts: BTreeMap::new() }
    }

    /// Finds the blank scores of a batch, and lists them in the report.
    pub(super) fn add(
        &mut self,
        batch: &Batch,
        scored: &[Scored],
        report: &mut LeftOut,
    ) -> Result<(), Stop> {
        if self.blanks.is_empty() {
            return Ok(());
        }
        for row in 0..batch.responses.rows {
            for (position, why) in self.blanks.in_row((&batch.responses, scored), row) {
                let number = batch.numbers[row];
                let reason = format!("is blank: {}", why.reason());
                report.note(number, &batch.respondent(row), self.id(position), &reason);
                let of_score = self.counts.entry(why).or_default();
                let none = Count { rows: 0, first: Vec::new() };
                let count = of_score.entry(position).or_insert(none);
                count.rows += 1;
                if count.first.len() < NAMED {
                    count.first.push(number);
                }
            }
        }
        report.flush()
    }

    fn id(&self, position: usize) -> &'a str {
        &self.instrument.scales[self.program.scores[position].scale.0].id
    }

    /// The notes on blank scores. Scores that are blank for the same reason, in equally many rows and with the same
    /// first rows, share a note.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        for (why, of_score) in &self.counts {
            let mut alike: BTreeMap<(u64, &[u64]), Vec<usize>> = BTreeMap::new();
            for (position, count) in of_score {
                alike.entry((count.rows, &count.first)).or_default().push(*position);
            }
            for ((rows, first), mut positions) in alike {
                // In the order of the definition. Positions have the order in which the program computes the scores.
                positions.sort_unstable_by_key(|&position| self.program.scores[position].scale);
                let line = self.line(why, (rows, first), &positions);
                notes.push(Note::info(line).about(&self.name));
            }
        }
        notes
    }

    fn line(&self, why: &Blank, (rows, first): (u64, &[u64]), positions: &[usize]) -> String {
        let mut ids: Vec<String> =
            positions.iter().take(6).map(|&at| format!("`{}`", self.id(at))).collect();
        if positions.len() > ids.len() {
            ids.push(format!("{} more", positions.len() - ids.len()));
        }
        let (are, reason) = (if positions.len() == 1 { "is" } else { "are" }, why.reason());
        let mut named: Vec<String> = first.iter().map(u64::to_string).collect();
        if rows > first.len() as u64 {
            named.push(format!("{} more", rows - first.len() as u64));
        }
        let rows = if rows == 1 { "row" } else { "rows" };
        let (ids, named) = (ids.join(", "), named.join(", "));
        format!("{ids} {are} blank because {reason}: {rows} {named}")
    }
}
