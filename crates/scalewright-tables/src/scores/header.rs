//! The columns of the table of scores: the respondent, the columns kept from the responses, and the scores.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, Scale};
use scalewright_scoring::Program;

use crate::responses::{KeptColumns, Opened, Plan};
use crate::{Note, ScoreColumns, ScoresFormat};

use super::missing_columns::MissingColumns;
use super::value::bands;

/// A column with the score of a scale.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) scale: &'a Scale,
    /// The number of items that the score is computed from.
    pub(super) items: usize,
    /// The position of the score in the program.
    pub(super) position: usize,
    /// Whether the score is a number, not a truth value or a word.
    pub(super) plain: bool,
}

/// A column of the responses that is written between the respondent and the scores.
#[derive(Clone)]
pub(super) struct KeptColumn {
    /// The index of its cells in [`Batch::kept`](crate::Batch::kept).
    pub(super) at: usize,
    /// Its name in the responses.
    pub(super) name: String,
    /// Its name in the table of scores.
    pub(super) shown: String,
    /// Where it comes from.
    pub(super) origin: Origin,
}

/// Where a column beside the scores comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Origin {
    /// The responses.
    Table,
    /// The run, which writes the same text in each row.
    Run,
    /// The run, which counts.
    Count,
}

/// The columns of the table of scores, and how their cells are written.
#[derive(Clone)]
pub struct ScoresHeader<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) id_name: String,
    /// The columns that the reader always keeps. Their cells come first in [`Batch::kept`](crate::Batch::kept).
    pub(super) own: Vec<String>,
    /// The columns that are written unchanged beside the scores.
    pub(super) kept: Vec<KeptColumn>,
    /// What was done to the answers of all rows, for formats that have a place for it.
    pub(super) remarks: Vec<String>,
    /// The scores, in the order of the definition.
    pub(super) columns: Vec<Column<'a>>,
    chosen: ScoreColumns,
    /// Whether cells that a spreadsheet would run as formulas get an apostrophe.
    pub(super) guard: bool,
}

impl<'a> ScoresHeader<'a> {
    /// The scores of an instrument and a column of respondents named `id_name`. `chosen` selects the columns of each
    /// score. With `guard`, text cells that a spreadsheet would run as formulas get an apostrophe.
    #[must_use]
    pub fn new(
        instrument: &'a Instrument,
        program: &Program,
        id_name: &str,
        (chosen, guard): (ScoreColumns, bool),
    ) -> Self {
        // The scores of a program come after those that they are computed from, which is another order.
        let mut order: Vec<(usize, usize)> =
            program.scores.iter().enumerate().map(|(i, score)| (score.scale.0, i)).collect();
        order.sort_unstable();
        let column = |(scale, position): (usize, usize)| Column {
            scale: &instrument.scales[scale],
            items: program.scores[position].items.len(),
            position,
            plain: program.scores[position].is_number(),
        };
        let columns = order.into_iter().map(column).collect();
        Self {
            instrument,
            id_name: id_name.to_owned(),
            own: Vec::new(),
            kept: Vec::new(),
            remarks: Vec::new(),
            columns,
            chosen,
            guard,
        }
    }

    /// Adds the columns of `table` that `wish` and `plan` keep beside the scores.
    #[must_use]
    pub fn keeping(self, table: &Opened, plan: &Plan<'_>, wish: KeptColumns<'_>) -> Self {
        let own = table.reader.kept();
        let wanted = own.iter().enumerate().filter(|(_, name)| wish.wants(name));
        let more = plan.kept.iter().map(|beside| &beside.name).enumerate();
        let more = more.map(|(at, name)| (own.len() + at, name));
        let beside = |(at, name): (usize, &String)| {
            let (name, shown) = (name.clone(), name.clone());
            KeptColumn { at, name, shown, origin: Origin::Table }
        };
        let kept = wanted.chain(more).map(beside).collect();
        let remarks = plan.turned.iter().cloned().collect();
        Self { own: own.to_vec(), kept, remarks, ..self }
    }

    /// Adds the column `key_digest` after those of `table`, if there is a digest of a supplied key: a table of scores then
    /// states which key made them.
    #[must_use]
    pub fn stamped(mut self, plan: &Plan<'_>, digest: Option<&str>) -> Self {
        if digest.is_some() {
            let (name, at) = ("key_digest".to_owned(), self.own.len() + plan.kept.len());
            self.kept.push(KeptColumn { at, shown: name.clone(), name, origin: Origin::Run });
        }
        self
    }

    /// Adds columns with the numbers of missing answers, if there are any, after all others beside the scores.
    #[must_use]
    pub fn counting(mut self, plan: &Plan<'_>, columns: Option<&MissingColumns>) -> Self {
        let own = self.kept.iter().filter(|kept| kept.origin == Origin::Run).count();
        let first = self.own.len() + plan.kept.len() + own;
        let names = columns.map(|columns| &columns.names[..]).unwrap_or_default();
        for (at, name) in names.iter().enumerate() {
            let (name, shown) = (name.clone(), name.clone());
            self.kept.push(KeptColumn { at: first + at, name, shown, origin: Origin::Count });
        }
        self
    }

    /// Renames columns so that all names differ in `format`, and adds a note for each renamed column.
    #[must_use]
    pub fn distinct(mut self, format: ScoresFormat, notes: &mut Vec<Note>) -> Self {
        // Observations have elements instead of columns, so no names can be equal.
        if matches!(format, ScoresFormat::Fhir | ScoresFormat::FhirNdjson) {
            return self;
        }
        // Columns that are not written this time reserve their names too, so that names do not depend on the options.
        let whole = Self { chosen: ScoreColumns::All, ..self.clone() };
        let mut taken: BTreeSet<String> = whole.score_names().into_iter().collect();
        for kept in self.kept.iter_mut().filter(|kept| kept.origin == Origin::Count) {
            while !taken.insert(kept.shown.clone()) {
                kept.shown.push('_');
            }
        }
        if matches!(format, ScoresFormat::Json | ScoresFormat::Jsonl) {
            // In JSON this key contains all scores of a row.
            taken.insert("scores".to_owned());
        }
        let before = self.kept.iter().map(|beside| beside.name.clone());
        // A new name must not be the name of another column.
        let all: BTreeSet<String> = before.chain([self.id_name.clone()]).collect();
        let others = self.kept.iter_mut().filter(|beside| beside.origin != Origin::Count);
        let shown = others.map(|beside| &mut beside.shown);
        for name in std::iter::once(&mut self.id_name).chain(shown) {
            if !taken.insert(name.clone()) {
                let other = free(name, |other| taken.contains(other) || all.contains(other));
                taken.insert(other.clone());
                let before = std::mem::replace(name, other);
                notes.push(Note::info(format!(
                    "the column `{before}` is written as `{name}`, because a column of the scores has the name `{before}`"
                )));
            }
        }
        self
    }

    /// The names of the columns of scores, in order.
    pub(super) fn score_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for Column { scale, .. } in &self.columns {
            let id = &scale.id;
            names.push(id.clone());
            if self.all() {
                names.extend([format!("{id}_answered"), format!("{id}_prorated")]);
                names.extend(bands(scale).map(|(name, _)| name));
            }
        }
        names
    }

    pub(super) fn all(&self) -> bool {
        self.chosen == ScoreColumns::All
    }
}

/// A name based on `name` that is not taken.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut other = format!("{name}_in_table");
    while is_taken(&other) {
        other.push('_');
    }
    other
}
