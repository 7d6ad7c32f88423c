//! The columns of the table of scores: the respondent, the columns kept from the responses, and the scores.

use std::collections::BTreeSet;

use scalewright_model::{Band, Instrument, Scale};
use scalewright_scoring::Program;

use crate::responses::{KeptColumns, Opened, Plan};
use crate::{Note, ScoreColumns, ScoresFormat};

use super::answers::AnswerColumn;
use super::missing_columns::MissingColumns;
use super::names::prefixed;
use super::prefix::prefix;
use super::renamed;

/// A column with the score of a scale.
#[derive(Clone)]
pub(super) struct Column<'a> {
    pub(super) scale: &'a Scale,
    /// The index of its instrument in [`ScoresHeader::instruments`].
    pub(super) of: usize,
    /// Its name in the table: the id of the scale, after that of the instrument where two instruments share it.
    pub(super) name: String,
    /// The number of items that the score is computed from.
    pub(super) items: usize,
    /// The position of the score in the program.
    pub(super) position: usize,
    /// Whether the score is a number, not a truth value or a word.
    pub(super) plain: bool,
}

impl<'a> Column<'a> {
    /// The names of the further columns of the score: the number of answers, and whether it was prorated.
    pub(super) fn counts(&self) -> [String; 2] {
        [format!("{}_answered", self.name), format!("{}_prorated", self.name)]
    }

    /// The columns for the bands of the scale: the name of each column, and its bands.
    pub(super) fn bands(&self) -> impl Iterator<Item = (String, &'a [Band])> {
        let name = &self.name;
        self.scale.all_bands().map(move |(set, bands)| match set {
            None => (format!("{name}_band"), bands),
            Some(set) => (format!("{name}_band_{set}"), bands),
        })
    }

    /// The names of all columns of the score. `all` is whether there are more than the score.
    pub(super) fn names(&self, all: bool) -> Vec<String> {
        let mut names = vec![self.name.clone()];
        if all {
            names.extend(self.counts());
            names.extend(self.bands().map(|(name, _)| name));
        }
        names
    }
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
    /// The run, which counts for a score of this instrument: an index in [`ScoresHeader::instruments`].
    Count(usize),
}

impl Origin {
    pub(super) fn is_count(self) -> bool {
        matches!(self, Self::Count(_))
    }
}

/// The columns of the table of scores, and how their cells are written.
#[derive(Clone)]
pub struct ScoresHeader<'a> {
    /// The instruments that are scored, in order. Usually one.
    pub(super) instruments: Vec<&'a Instrument>,
    pub(super) id_name: String,
    /// The columns that the reader always keeps. Their cells come first in [`Batch::kept`](crate::Batch::kept).
    pub(super) own: Vec<String>,
    /// The columns that are written unchanged beside the scores.
    pub(super) kept: Vec<KeptColumn>,
    /// What was done to the answers of all rows, for formats that have a place for it.
    pub(super) remarks: Vec<String>,
    /// The coded answers that are written before the scores.
    pub(super) answers: Vec<AnswerColumn<'a>>,
    /// The scores, in the order of the instruments and of their definitions.
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
        how: (ScoreColumns, bool),
    ) -> Self {
        Self::together(&[(instrument, program)], id_name, how, &mut Vec::new())
    }

    /// The same for several instruments. The scores of each batch are those of the programs, one after the other. Scores
    /// with a name that another instrument uses too are named after their instrument, with a note.
    #[must_use]
    pub fn together(
        scored: &[(&'a Instrument, &Program)],
        id_name: &str,
        (chosen, guard): (ScoreColumns, bool),
        notes: &mut Vec<Note>,
    ) -> Self {
        let (mut columns, mut before) = (Vec::new(), 0);
        for (of, (instrument, program)) in scored.iter().enumerate() {
            columns.extend(scores_of(of, instrument, program, before));
            before += program.scores.len();
        }
        let instruments: Vec<&Instrument> =
            scored.iter().map(|&(instrument, _)| instrument).collect();
        notes.extend(prefixed(&mut columns, &instruments));
        Self {
            instruments,
            id_name: id_name.to_owned(),
            own: Vec::new(),
            kept: Vec::new(),
            remarks: Vec::new(),
            answers: Vec::new(),
            columns,
            chosen,
            guard,
        }
    }

    /// Adds a column for the answers to each item that `table` keeps for it.
    #[must_use]
    pub fn answering(self, plans: &[&Plan<'_>], table: &Opened) -> Self {
        let answers = super::answers::columns(&self.instruments, plans, table);
        Self { answers, ..self }
    }

    /// Adds the columns of `table` that `wish` and `plan` keep beside the scores.
    #[must_use]
    pub fn keeping(self, table: &Opened, plan: &Plan<'_>, wish: KeptColumns<'_>) -> Self {
        let own = table.reader.kept();
        let wanted = own.iter().enumerate().filter(|(_, name)| wish.wants(name));
        let more = plan.kept[..plan.kept.len() - plan.texts.len()].iter();
        let more = more.map(|beside| &beside.name).enumerate();
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
    pub fn stamped(self, plan: &Plan<'_>, digest: Option<&str>) -> Self {
        let first = self.own.len() + plan.kept.len();
        self.stamped_all(first, &[digest])
    }

    /// The same with a digest for each instrument that has a supplied key. The columns are named after the instruments if
    /// there are several of them. Their cells come from the position `first` on in [`Batch::kept`](crate::Batch::kept).
    #[must_use]
    pub(crate) fn stamped_all(mut self, first: usize, digests: &[Option<&str>]) -> Self {
        let several = self.instruments.len() > 1;
        let digests = digests.iter().zip(&self.instruments).filter(|(digest, _)| digest.is_some());
        for (more, (_, instrument)) in digests.enumerate() {
            let at = first + more;
            let name = match several {
                true => format!("{}_key_digest", prefix(instrument)),
                false => "key_digest".to_owned(),
            };
            self.kept.push(KeptColumn { at, shown: name.clone(), name, origin: Origin::Run });
        }
        self
    }

    /// Adds columns with the numbers of missing answers, if there are any, after all others beside the scores.
    #[must_use]
    pub fn counting(self, plan: &Plan<'_>, columns: Option<&MissingColumns>) -> Self {
        let own = self.kept.iter().filter(|kept| kept.origin == Origin::Run).count();
        let first = self.own.len() + plan.kept.len() + own;
        self.counting_all(first, &[columns])
    }

    /// The same with the columns of each instrument. They are named after the scores. Their cells come from the position
    /// `first` on in [`Batch::kept`](crate::Batch::kept).
    #[must_use]
    pub(crate) fn counting_all(mut self, first: usize, all: &[Option<&MissingColumns>]) -> Self {
        let mut at = first;
        for (of, missing) in all.iter().enumerate() {
            let Some(missing) = missing else { continue };
            for score in self.columns.iter().filter(|column| column.of == of) {
                for name in missing.names(&score.name) {
                    let shown = name.clone();
                    self.kept.push(KeptColumn { at, name, shown, origin: Origin::Count(of) });
                    at += 1;
                }
            }
        }
        self
    }

    /// Also has what was done to the answers according to these plans.
    #[must_use]
    pub(crate) fn remarked(self, plans: &[&Plan<'_>]) -> Self {
        let remarks = plans.iter().filter_map(|plan| plan.turned.clone()).collect();
        Self { remarks, ..self }
    }

    /// Renames columns so that all names differ in `format`, and adds a note for each renamed column.
    #[must_use]
    pub fn distinct(mut self, format: ScoresFormat, notes: &mut Vec<Note>) -> Self {
        // Observations have elements instead of columns, so no names can be equal.
        // An import file has the names of fields.
        if matches!(format, ScoresFormat::Fhir | ScoresFormat::FhirNdjson | ScoresFormat::Redcap) {
            return self;
        }
        // Columns that are not written this time reserve their names too, so that names do not depend on the options.
        let whole = Self { chosen: ScoreColumns::All, ..self.clone() };
        let mut taken: BTreeSet<String> = whole.score_names().into_iter().collect();
        for kept in self.kept.iter_mut().filter(|kept| kept.origin.is_count()) {
            while !taken.insert(kept.shown.clone()) {
                kept.shown.push('_');
            }
        }
        if matches!(format, ScoresFormat::Json | ScoresFormat::Jsonl) {
            // In JSON this key contains all scores of a row.
            taken.insert("scores".to_owned());
            if !self.answers.is_empty() {
                taken.insert("answers".to_owned());
            }
        } else {
            self.name_answers(&mut taken, notes);
        }
        let before = self.kept.iter().map(|beside| beside.name.clone());
        // A new name must not be the name of another column.
        let all: BTreeSet<String> = before.chain([self.id_name.clone()]).collect();
        let others = self.kept.iter_mut().filter(|beside| !beside.origin.is_count());
        let shown = others.map(|beside| &mut beside.shown);
        let mut renamed = Vec::new();
        for name in std::iter::once(&mut self.id_name).chain(shown) {
            if !taken.insert(name.clone()) {
                let other = renamed::free(format!("{name}_in_table"), |other| {
                    taken.contains(other) || all.contains(other)
                });
                taken.insert(other.clone());
                let before = std::mem::replace(name, other);
                renamed.push((before, name.clone()));
            }
        }
        notes.extend(renamed::note(&renamed));
        self
    }

    /// Names the columns of answers, whose names must differ from those `taken`, which they are added to. In JSON the
    /// answers are an object of their own.
    fn name_answers(&mut self, taken: &mut BTreeSet<String>, notes: &mut Vec<Note>) {
        let ids: BTreeSet<String> = self.answers.iter().map(|answer| answer.name.clone()).collect();
        let mut renamed = Vec::new();
        for answer in &mut self.answers {
            if taken.insert(answer.name.clone()) {
                continue;
            }
            let is_taken = |other: &str| taken.contains(other) || ids.contains(other);
            let other = renamed::free(format!("{}_answer", answer.name), is_taken);
            taken.insert(other.clone());
            let before = std::mem::replace(&mut answer.name, other);
            renamed.push((before, answer.name.clone()));
        }
        notes.extend(renamed::note(&renamed));
    }

    /// The names of the columns of scores, in order.
    pub(super) fn score_names(&self) -> Vec<String> {
        self.columns.iter().flat_map(|column| column.names(self.all())).collect()
    }

    pub(super) fn all(&self) -> bool {
        self.chosen == ScoreColumns::All
    }
}

/// The scores of an instrument, which come after `before` others in a batch.
fn scores_of<'a>(
    of: usize,
    instrument: &'a Instrument,
    program: &Program,
    before: usize,
) -> Vec<Column<'a>> {
    // The scores of a program come after those that they are computed from, which is another order.
    let mut order: Vec<(usize, usize)> =
        program.scores.iter().enumerate().map(|(i, score)| (score.scale.0, i)).collect();
    order.sort_unstable();
    let column = |(scale, position): (usize, usize)| Column {
        scale: &instrument.scales[scale],
        of,
        name: instrument.scales[scale].id.clone(),
        items: program.scores[position].items.len(),
        position: before + position,
        plain: program.scores[position].is_number(),
    };
    order.into_iter().map(column).collect()
}
