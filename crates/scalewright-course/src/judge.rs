//! Judges one series on one scale by all criteria. What cannot be judged has a reason.

mod ruptures;

use std::borrow::Cow;

use scalewright_model::Choice;

use crate::change::{Category, ChangeForm, category};
use crate::chart::{Chart, Runs, runs};
use crate::course::{Axis, Choices, Known, Line};
use crate::criteria::{ChangeRule, Criteria};
use crate::drops::Episode;
use crate::numbers::mean;
use crate::sessions::early;
use crate::shape::{Shape, Thirds, change_points, shape, thirds};
use crate::sudden::Interval;

/// Why something is not judged.
pub(crate) type Reason = Cow<'static, str>;

/// A change by one criterion.
pub(crate) struct ChangeFound {
    pub(crate) index: f64,
    pub(crate) meaning: &'static str,
}

/// What a criterion of drops finds.
pub(crate) enum Found {
    Drops(Vec<Episode>),
    /// The scores outside the limits on the bad side.
    Marks(Chart, Vec<usize>),
    Sudden(Vec<Interval>),
}

/// The judgement of a series.
pub(crate) struct Judgement {
    pub(crate) change: Vec<Result<ChangeFound, Reason>>,
    pub(crate) ruptures: Vec<Result<(f64, Found), Reason>>,
    pub(crate) early: Option<usize>,
    pub(crate) shape: Result<Shape, Reason>,
    pub(crate) thirds: Result<Thirds, Reason>,
    pub(crate) change_points: Result<Vec<usize>, Reason>,
    pub(crate) runs: Result<Runs, Reason>,
}

/// The rules that series are judged by.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) criteria: &'a Criteria,
    pub(crate) choices: Choices,
}

const NO_RELIABILITY: &str = "the reliability or the standard deviation of the scale is unknown";

impl Judge<'_> {
    pub(crate) fn judge(&self, line: &Line, known: &Known) -> Judgement {
        let scores = &line.scores;
        let few = |least: usize| too_few(scores.len(), least);
        let delta = known.group.map(|group| group.sem()).ok_or(Reason::from(NO_RELIABILITY));
        Judgement {
            change: self
                .criteria
                .change
                .iter()
                .map(|rule| self.change(rule, line, known))
                .collect(),
            ruptures: self
                .criteria
                .rupture
                .iter()
                .map(|rule| self.rupture(rule, line, known))
                .collect(),
            early: early(&line.sessions, self.criteria.early),
            shape: self.shape(line),
            thirds: delta.and_then(|delta| thirds(scores, delta).ok_or_else(|| few(6))),
            change_points: match scores.len() < 6 {
                true => Err(few(6)),
                false => Ok(change_points(scores)),
            },
            runs: mean(scores)
                .and_then(|mean| runs(scores, mean))
                .filter(|runs| runs.useful >= 8)
                .ok_or(Reason::from("fewer than 8 scores off the mean")),
        }
    }

    /// The shape over sessions, or over days with slopes of a week.
    fn shape(&self, line: &Line) -> Result<Shape, Reason> {
        let times = match self.choices.axis {
            Axis::Sessions => &line.sessions,
            Axis::Days => line.days.as_ref().ok_or(Reason::from("a session has no date"))?,
        };
        if line.scores.len() < 5 {
            return Err(too_few(line.scores.len(), 5));
        }
        let found = shape(times, &line.scores);
        let mut found = found.ok_or(Reason::from("the sessions are on fewer than three days"))?;
        if self.choices.axis == Axis::Days {
            found.slope *= 7.0;
        }
        Ok(found)
    }

    /// The score that changes are measured from: the first, or the mean of the first few.
    pub(crate) fn before(&self, line: &Line) -> Option<f64> {
        mean(line.scores.get(..self.choices.baseline)?)
    }

    /// The index of a change from the baseline to `after`.
    pub(crate) fn index(
        &self,
        rule: &ChangeRule,
        (before, after): (f64, f64),
        known: &Known,
    ) -> Result<f64, Reason> {
        let group = known.group.ok_or(Reason::from(NO_RELIABILITY))?;
        let count = self.choices.baseline as f64;
        let index = match (rule.form, self.choices.baseline) {
            (ChangeForm::Jt, 2..) => {
                let index = (after - before) / (group.sem() * (1.0 + 1.0 / count).sqrt());
                Some(index).filter(|index| index.is_finite())
            }
            (_, 2..) => {
                return Err(Reason::from("a baseline of several sessions is defined for jt only"));
            }
            (form, _) => group.index(form, before, after),
        };
        index.ok_or_else(|| match rule.form {
            ChangeForm::Ha => Reason::from(
                "ha needs mean, mean-after, sd-after and correlation, and a difference with reliability",
            ),
            form => Reason::from(format!("{} needs the means of the group", form.name())),
        })
    }

    fn change(&self, rule: &ChangeRule, line: &Line, known: &Known) -> Result<ChangeFound, Reason> {
        let needed = self.choices.baseline + 1;
        let count = line.scores.len();
        let (Some(before), true) = (self.before(line), count >= needed) else {
            return Err(too_few(count, needed));
        };
        let after = line.scores[count - 1];
        let index = self.index(rule, (before, after), known)?;
        Ok(ChangeFound { index, meaning: meaning(rule, (before, after), index, known) })
    }
}

/// The reason for a series that is too short.
fn too_few(count: usize, least: usize) -> Reason {
    let scores = if count == 1 { "score" } else { "scores" };
    Reason::from(format!("{count} {scores}, {least} needed"))
}

/// The meaning of a change: a category where the good direction is known, else the direction.
pub(crate) fn meaning(
    rule: &ChangeRule,
    (before, after): (f64, f64),
    index: f64,
    known: &Known,
) -> &'static str {
    let cutoff = match rule.form {
        ChangeForm::Ha => known.true_cutoff,
        _ => known.cutoff,
    };
    match known.better {
        Some(better) => category((before, after), index, cutoff, (better, rule.limit)).name(),
        None => match category((before, after), index, None, (1.0, rule.limit)) {
            Category::Improved | Category::Recovered => "reliable-rise",
            Category::Deteriorated | Category::Harmed => "reliable-fall",
            Category::Unchanged => "unchanged",
        },
    }
}

impl Judgement {
    /// What is not judged, with the reasons: `shape: 3 scores, 5 needed; …`.
    pub(crate) fn reasons(&self, criteria: &Criteria) -> String {
        let change = criteria.change.iter().map(|rule| rule.id.as_str());
        let change = change.zip(self.change.iter().map(|found| found.as_ref().err()));
        let ruptures = criteria.rupture.iter().map(|rule| rule.id.as_str());
        let ruptures = ruptures.zip(self.ruptures.iter().map(|found| found.as_ref().err()));
        let rest = [
            ("shape", self.shape.as_ref().err()),
            ("high-low-high", self.thirds.as_ref().err()),
            ("change-points", self.change_points.as_ref().err()),
            ("runs", self.runs.as_ref().err()),
        ];
        let all = change.chain(ruptures).chain(rest);
        let all = all.filter_map(|(what, why)| Some(format!("{what}: {}", why?)));
        all.collect::<Vec<_>>().join("; ")
    }
}
