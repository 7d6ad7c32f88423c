//! Outcomes that a course is set beside: a column of the sessions, or the scores of another instrument.

use std::collections::BTreeMap;

use scalewright_model::text::line as one_line;
use scalewright_model::{Note, NoteKind, Stop};

use crate::course::Course;
use crate::series::RowSeries;
use crate::within::SessionPairs;

/// What `--outcome` names: `COLUMN` of the sessions, or `ID:SCALE=FILE`, the scores of another instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeOf {
    /// A column with numbers.
    Column(String),
    /// A scale of an instrument, and a table of its answers.
    Scores {
        /// The instrument.
        instrument: String,
        /// The scale.
        scale: String,
        /// The table.
        table: String,
    },
}

impl std::str::FromStr for OutcomeOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((name, table)) = text.split_once('=') else {
            return Ok(Self::Column(text.to_owned()));
        };
        match name.rsplit_once(':') {
            Some((instrument, scale))
                if !instrument.is_empty() && !scale.is_empty() && !table.is_empty() =>
            {
                let [instrument, scale, table] = [instrument, scale, table].map(str::to_owned);
                Ok(Self::Scores { instrument, scale, table })
            }
            _ => Err("use COLUMN, or ID:SCALE=FILE as in phq-9:phq_total=phq.csv".to_owned()),
        }
    }
}

/// The scores of another instrument, by the name of the respondent.
#[derive(Debug, Clone, Default)]
pub struct OtherScores {
    of: BTreeMap<String, Vec<(i32, f64)>>,
    /// Whether the sessions are those of a table with sessions or dates.
    has_sessions: bool,
}

impl Course<'_> {
    /// The scores of the only scale of this course, as an outcome of another.
    ///
    /// # Errors
    ///
    /// When a respondent has several forms or raters, because then it is not known which one is meant.
    pub fn as_outcome(&self, table: &str) -> Result<OtherScores, Stop> {
        let mut other = OtherScores { has_sessions: self.has_sessions, ..OtherScores::default() };
        for series in &self.ordered.series {
            let line = self.line(series, 0);
            let person = self.sheet.people.name(series.respondent);
            let scores = line.sessions.iter().map(|session| *session as i32).zip(line.scores);
            if other.of.insert(person.to_owned(), scores.collect()).is_some() {
                let person = one_line(person);
                return Err(Stop::wrong(format!(
                    "{table}: `{person}` has several forms or raters, so the outcome is not known"
                ))
                .help("keep the rows of one form"));
            }
        }
        Ok(other)
    }

    /// Sets the course beside the scores of another instrument. Respondents without them are counted in a note.
    pub fn set_beside(&mut self, other: &OtherScores, table: &str, notes: &mut Vec<Note>) {
        let mut without = 0;
        for series in self.ordered.series.chunk_by(|a, b| a.respondent == b.respondent) {
            let respondent = series[0].respondent;
            match other.of.get(self.sheet.people.name(respondent)) {
                Some(scores) if !scores.is_empty() => {
                    let scores = scores.iter().map(|(_, score)| *score).collect();
                    self.outcomes.of.insert(respondent, scores);
                }
                _ => without += 1,
            }
        }
        if other.has_sessions {
            let by_session: BTreeMap<(&str, i32), f64> = other
                .of
                .iter()
                .flat_map(|(person, all)| {
                    all.iter().map(|(session, score)| ((person.as_str(), *session), *score))
                })
                .collect();
            let of_row = |row: &crate::sheet::Row| {
                let key = (self.sheet.people.name(row.respondent), row.session);
                by_session.get(&key).copied().unwrap_or(f64::NAN)
            };
            self.sheet.outcomes = self.sheet.rows.iter().map(of_row).collect();
        }
        if without > 0 {
            let text = format!("{without} respondents of the sessions have no outcome");
            notes.push(Note::new(NoteKind::Warning, text).about(table));
        }
    }

    /// The sessions of a series that have a score and an outcome, with both.
    pub(crate) fn with_outcomes(&self, series: &RowSeries, scale: usize) -> SessionPairs {
        let line = self.line(series, scale);
        let order = &self.ordered.order[series.rows.clone()];
        let mut pairs = SessionPairs::default();
        for (place, (session, score)) in line.at.iter().zip(line.sessions.iter().zip(&line.scores))
        {
            let outcome = self.sheet.outcomes.get(order[*place] as usize);
            if let Some(outcome) = outcome.filter(|outcome| !outcome.is_nan()) {
                pairs.0.push(*session);
                pairs.1.push(*score);
                pairs.2.push(*outcome);
            }
        }
        pairs
    }

    /// Collects the outcomes of a column of the sessions. Blank cells are no outcomes.
    ///
    /// # Errors
    ///
    /// When rows of one session state different outcomes.
    pub(crate) fn outcomes_of_column(&mut self, table: &str) -> Result<(), Stop> {
        let mut stated: BTreeMap<(u32, i32), (f64, u32)> = BTreeMap::new();
        for series in &self.ordered.series {
            for at in &self.ordered.order[series.rows.clone()] {
                let (row, at) = (self.sheet.rows[*at as usize], *at as usize);
                let Some(outcome) = self.sheet.outcomes.get(at).filter(|one| !one.is_nan()) else {
                    continue;
                };
                let key = (row.respondent, row.session);
                let before = *stated.entry(key).or_insert((*outcome, row.number));
                if before.0 != *outcome {
                    return Err(Stop::wrong(format!(
                        "{table}: rows {} and {} are one session, and state different outcomes",
                        before.1, row.number
                    )));
                }
            }
        }
        for ((respondent, _), (outcome, _)) in stated {
            self.outcomes.of.entry(respondent).or_default().push(outcome);
        }
        Ok(())
    }
}
