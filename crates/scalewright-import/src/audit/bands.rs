//! The bands of a score in a form beside those of the definition. A form has them with the score, or as a field of its own
//! that gives words.

use scalewright_model::Severity;
use scalewright_model::file::BandFile;

use super::both::Both;
use super::matched::words;
use super::scores::of_name;
use super::types::{Discrepancy, Names};
use crate::form::Score;
use crate::form::rule::{Answers, Rule};
use crate::place::Place;
use crate::value::Value;

/// A set of bands on both sides.
struct Set<'a> {
    both: &'a Both<'a>,
    scale: usize,
    /// The position of the score in the program.
    position: usize,
    /// Its position among all sets of the scale, and the bands of the definition.
    at: usize,
    bands: &'a [scalewright_model::Band],
}

/// A finding for each set of bands of a scale in which the form differs. `score` is the score of the form.
pub(super) fn findings(
    both: &Both<'_>,
    names: &Names,
    scale: usize,
    score: &Score,
    position: usize,
) -> Vec<Discrepancy> {
    let own = &both.matched.instrument().scales[scale];
    let sets = own.all_bands().enumerate().filter_map(|(at, (name, bands))| {
        let set = Set { both, scale, position, at, bands };
        let id = match name {
            None => format!("{}_band", own.id),
            Some(name) => format!("{}_band_{name}", own.id),
        };
        match of_name(&both.matched.form.scores, &id, names) {
            Some(field) => set.of_field(&field.rule),
            None if name.is_none() => set.of_score(score),
            None => None,
        }
    });
    sets.collect()
}

impl Set<'_> {
    /// The label of the definition for a score; `None` if it is in no band.
    fn own(&self, score: Option<f64>) -> Option<usize> {
        let score = score?;
        self.bands.iter().position(|band| band.contains(score))
    }

    /// Whether a label of the form is that of a band, in any language.
    fn is_same(&self, theirs: Option<&str>, own: Option<usize>) -> bool {
        let (Some(theirs), Some(own)) = (theirs, own) else {
            return theirs.is_none() == own.is_none();
        };
        let theirs = words(theirs);
        let mut labels =
            self.both.matched.instrument().wordings.iter().filter_map(|wording| {
                wording.scales[self.scale].all_bands().nth(self.at)?.get(own)
            });
        words(&self.bands[own].label) == theirs || labels.any(|label| words(label) == theirs)
    }

    /// A finding for the lowest score in another band, for bands that the form has with its score.
    fn of_score(&self, score: &Score) -> Option<Discrepancy> {
        if score.bands.is_empty() {
            return None;
        }
        let theirs = |value: f64| score.bands.iter().find(|band| holds(band, value));
        let ours = &self.both.ours[self.position];
        let mut values: Vec<(f64, usize)> = ours
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((value.score()?, index)))
            .collect();
        values.sort_by(|one, two| one.0.total_cmp(&two.0));
        let differs = |value: f64| {
            !self.is_same(theirs(value).map(|band| &*band.label), self.own(Some(value)))
        };
        let (value, index) = values.into_iter().find(|(value, _)| differs(*value))?;
        let has_it =
            |answers: &Answers| self.both.result(answers, self.position).score() == Some(value);
        let respondent = self.both.smallest(index, has_it);
        let label = theirs(value).map(|band| band.label.clone());
        Some(self.finding(&score.rule.place, value, label, &respondent))
    }

    /// A finding for a respondent for whom a field of the form gives another label.
    fn of_field(&self, rule: &Rule) -> Option<Discrepancy> {
        let source = rule.source.as_deref()?;
        let label = |answers: &Answers| match self.both.value_of(source, answers) {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let differs = |answers: &Answers| {
            let score = self.both.result(answers, self.position).score();
            !self.is_same(label(answers).as_deref(), self.own(score))
        };
        let ours = &self.both.ours[self.position];
        let index = (0..ours.len()).find(|index| {
            let theirs = label(&self.both.sets[*index]);
            !self.is_same(theirs.as_deref(), self.own(ours[*index].score()))
        })?;
        let respondent = self.both.smallest(index, differs);
        let score = self.both.result(&respondent, self.position).score();
        match score {
            Some(score) => Some(self.finding(&rule.place, score, label(&respondent), &respondent)),
            None => {
                let scale = &self.both.matched.instrument().scales[self.scale];
                let message = format!(
                    "without a score `{}`, the form has the band `{}`, for instance with {}",
                    scale.id,
                    label(&respondent).unwrap_or_default(),
                    self.both.described(&respondent)
                );
                let place = &rule.place;
                Some(Discrepancy::new("band-differs", Severity::Error, place, message))
            }
        }
    }

    fn finding(
        &self,
        place: &Place,
        score: f64,
        theirs: Option<String>,
        respondent: &Answers,
    ) -> Discrepancy {
        let name = |label: Option<String>| {
            label.map_or_else(|| "in no band".to_owned(), |label| format!("`{label}`"))
        };
        let own = self.own(Some(score)).map(|band| self.bands[band].label.clone());
        let message = format!(
            "a `{}` of {score} is {} in the form and {} by the definition, for instance with {}",
            self.both.matched.instrument().scales[self.scale].id,
            name(theirs),
            name(own),
            self.both.described(respondent)
        );
        Discrepancy::new("band-differs", Severity::Error, place, message)
    }
}

/// Whether a band contains a score.
fn holds(band: &BandFile, value: f64) -> bool {
    let above = band.from.is_none_or(|from| value >= from - 1e-9)
        && band.above.is_none_or(|above| value > above + 1e-9);
    above
        && band.to.is_none_or(|to| value <= to + 1e-9)
        && band.below.is_none_or(|below| value < below - 1e-9)
}
