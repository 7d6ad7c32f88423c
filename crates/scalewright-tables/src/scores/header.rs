//! What a table of scores consists of: who answered, what is kept of the responses, and the scores.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, Scale};
use scalewright_scoring::Program;

use crate::responses::{Opened, Plan, Wish};
use crate::{Note, ScoreColumns, ScoresFormat as Format};

use super::value::bands;

/// The scale of a score.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) scale: &'a Scale,
    /// How many items the score rests on.
    pub(super) items: usize,
    /// Which of the program's scores it is.
    pub(super) position: usize,
    /// Whether it is a number, as nearly all are.
    pub(super) plain: bool,
}

/// A column that stands between respondent and scores.
#[derive(Clone)]
pub(super) struct Beside {
    /// Its place in `kept` of a batch.
    pub(super) at: usize,
    /// What it is called in the responses.
    pub(super) name: String,
    /// What it is called beside the scores.
    pub(super) shown: String,
}

/// What the table consists of.
#[derive(Clone)]
pub struct ScoresHeader<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) id_name: String,
    /// What the source of itself keeps, in the first places of `kept` of a batch.
    pub(super) own: Vec<String>,
    /// What goes out beside the scores as it is.
    pub(super) kept: Vec<Beside>,
    /// In the order of the definition.
    pub(super) columns: Vec<Column<'a>>,
    chosen: ScoreColumns,
    /// Whether cells that a spreadsheet would run are guarded.
    pub(super) guard: bool,
}

impl<'a> ScoresHeader<'a> {
    /// The scores of an instrument beside a column of respondents called `id_name`. With `guard`, cells of text that a
    /// spreadsheet would run get an apostrophe.
    #[must_use]
    pub fn new(
        instrument: &'a Instrument,
        program: &Program,
        id_name: &str,
        (chosen, guard): (ScoreColumns, bool),
    ) -> Self {
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
        let (own, kept) = (Vec::new(), Vec::new());
        Self { instrument, id_name: id_name.to_owned(), own, kept, columns, chosen, guard }
    }

    /// The same, with the columns that are wanted beside the scores.
    #[must_use]
    pub fn keeping(self, table: &Opened, plan: &Plan<'_>, wish: Wish<'_>) -> Self {
        let own = table.reader.kept();
        let wanted = own.iter().enumerate().filter(|(_, name)| wish.wants(name));
        let more = plan.kept.iter().map(|beside| &beside.name).enumerate();
        let more = more.map(|(at, name)| (own.len() + at, name));
        let beside = |(at, name): (usize, &String)| {
            let (name, shown) = (name.clone(), name.clone());
            Beside { at, name, shown }
        };
        let kept = wanted.chain(more).map(beside).collect();
        Self { own: own.to_vec(), kept, ..self }
    }

    /// The same, no two columns of which have one name in `format`; a name that has to change is noted.
    #[must_use]
    pub fn distinct(mut self, format: Format, notes: &mut Vec<Note>) -> Self {
        if matches!(format, Format::Fhir | Format::FhirNdjson) {
            return self;
        }
        // Names of what is not written this time are no less ours.
        let whole = Self { chosen: ScoreColumns::All, ..self.clone() };
        let mut taken: BTreeSet<String> = whole.score_names().into_iter().collect();
        if matches!(format, Format::Json | Format::Jsonl) {
            taken.insert("scores".to_owned());
        }
        let before = self.kept.iter().map(|beside| beside.name.clone());
        // A name that is changed must not become one that another column has.
        let all: BTreeSet<String> = before.chain([self.id_name.clone()]).collect();
        let shown = self.kept.iter_mut().map(|beside| &mut beside.shown);
        for name in std::iter::once(&mut self.id_name).chain(shown) {
            if !taken.insert(name.clone()) {
                let other = free(name, |other| taken.contains(other) || all.contains(other));
                taken.insert(other.clone());
                let before = std::mem::replace(name, other);
                notes.push(Note::info(format!(
                    "the column `{before}` goes out as `{name}`, for `{before}` is a name among the scores"
                )));
            }
        }
        self
    }

    /// The names of the columns that belong to scores, in their order.
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

/// A name like `name` that is free.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut other = format!("{name}_in_table");
    while is_taken(&other) {
        other.push('_');
    }
    other
}
