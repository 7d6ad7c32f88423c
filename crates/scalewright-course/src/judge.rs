//! Judges one series on one scale by all criteria. What cannot be judged has a reason.

use std::borrow::Cow;

use scalewright_model::Choice;

use crate::change::{Category, ChangeForm, category};
use crate::chart::{Chart, ChartRule, Fences, Gaps, Runs, Spread, chart, fences, runs};
use crate::course::{Axis, Choices, Known, Line};
use crate::criteria::{ChangeRule, Criteria, Need, RuptureKind, RuptureRule};
use crate::drops::{DropRule, Episode, drops};
use crate::numbers::{QUANTILE, deviation, mean, median};
use crate::sessions::early;
use crate::shape::{Shape, Thirds, change_points, shape, thirds};
use crate::sudden::{Direction, Interval, SuddenRule, sudden};

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

    pub(crate) fn rupture(
        &self,
        rule: &RuptureRule,
        line: &Line,
        known: &Known,
    ) -> Result<(f64, Found), Reason> {
        let count = line.scores.len();
        let few = |least: usize| too_few(count, least);
        let need = self.need(rule, line, known)?;
        let worse = known.better.unwrap_or(1.0);
        let gaps = rule.gaps.unwrap_or(self.choices.gaps);
        match rule.kind {
            RuptureKind::Drop { from, within, recover } => {
                if count < 2 {
                    return Err(few(2));
                }
                let of = DropRule { kind: from, need, within, recover, gaps };
                Ok((need, Found::Drops(turned(line, worse, &of))))
            }
            RuptureKind::Chart { spread, baseline } => {
                let least = baseline.map_or(LEAST_MARKED, |count| (count + 1).max(LEAST_MARKED));
                if count < least {
                    return Err(few(least));
                }
                self.chart(line, worse, (gaps, spread, baseline))
            }
            RuptureKind::Fences { quartiles } => match fences(&line.scores, quartiles) {
                Some(found) if count >= LEAST_MARKED => {
                    let centre = median(&line.scores).unwrap_or_default();
                    let Fences { lower, upper, .. } = found;
                    let chart = Chart { centre, ranges: 0, sigma: f64::NAN, lower, upper };
                    Ok((0.0, marked(chart, line, worse)))
                }
                _ => Err(few(LEAST_MARKED)),
            },
            RuptureKind::Sudden { gain, share, third, critical } => {
                let direction = match gain == (worse > 0.0) {
                    true => Direction::Rises,
                    false => Direction::Falls,
                };
                let minimum = match (share > 0.0, known.facts.minimum) {
                    (true, None) => {
                        return Err(Reason::from("the smallest score of the scale is unknown"));
                    }
                    (_, minimum) => minimum.unwrap_or_default(),
                };
                let rule = SuddenRule { direction, need, share, minimum, third, critical };
                self.sudden(line, &rule).map(|found| (need, found))
            }
        }
    }

    fn chart(
        &self,
        line: &Line,
        worse: f64,
        (gaps, spread, baseline): (Gaps, Spread, Option<usize>),
    ) -> Result<(f64, Found), Reason> {
        let rule = ChartRule { gaps, spread, baseline };
        let chart = chart(&line.sessions, &line.scores, rule)
            .ok_or(Reason::from("no two neighbours in the baseline"))?;
        Ok((0.0, marked(chart, line, worse)))
    }

    fn sudden(&self, line: &Line, rule: &SuddenRule) -> Result<Found, Reason> {
        let (Some(first), Some(last)) = (line.sessions.first(), line.sessions.last()) else {
            return Err(Reason::from("no score"));
        };
        let places = (last - first + 1).clamp(0, MOST_PLACES) as usize;
        if places < 4 || last - first >= MOST_PLACES {
            return Err(Reason::from(format!("{places} sessions, 4 to {MOST_PLACES} needed")));
        }
        let mut grid = vec![None; places];
        for (session, score) in line.sessions.iter().zip(&line.scores) {
            grid[(session - first) as usize] = Some(*score);
        }
        Ok(Found::Sudden(sudden(&grid, *first, rule)))
    }

    /// How large a drop must be, in points.
    fn need(&self, rule: &RuptureRule, line: &Line, known: &Known) -> Result<f64, Reason> {
        let pooled = || {
            known
                .sample
                .pooled_sd
                .ok_or(Reason::from("no series has the 3 scores that a pooled sd needs"))
        };
        let need = match rule.need {
            Need::Points(points) => points,
            Need::PooledSd(count) => count * pooled()?,
            Need::StricterSd(count) => {
                count * pooled()?.max(deviation(&line.scores).unwrap_or_default())
            }
            Need::Reliable => {
                let group = known.group.ok_or(Reason::from(NO_RELIABILITY))?;
                QUANTILE * group.error_of_difference()
            }
        };
        match need > 0.0 || rule.kind.has_limits() {
            true => Ok(need),
            false => Err(Reason::from("the scores do not vary, so every step would be a drop")),
        }
    }
}

/// Fewer scores are drawn, but not judged by limits.
const LEAST_MARKED: usize = 6;

/// The scores beyond the limits, on the bad side.
fn marked(chart: Chart, line: &Line, worse: f64) -> Found {
    let marks = match worse > 0.0 {
        true => chart.below(&line.scores),
        false => chart.above(&line.scores),
    };
    Found::Marks(chart, marks)
}

/// The reason for a series that is too short.
fn too_few(count: usize, least: usize) -> Reason {
    let scores = if count == 1 { "score" } else { "scores" };
    Reason::from(format!("{count} {scores}, {least} needed"))
}

/// The most sessions between the first and the last for which sudden changes are judged.
const MOST_PLACES: i64 = 10_000;

/// The drops of a series; for a scale on which low scores are good, the rises.
fn turned(line: &Line, worse: f64, rule: &DropRule) -> Vec<Episode> {
    if worse > 0.0 {
        return drops(&line.sessions, &line.scores, rule);
    }
    let turned: Vec<f64> = line.scores.iter().map(|score| -score).collect();
    let mut found = drops(&line.sessions, &turned, rule);
    for episode in &mut found {
        (episode.base, episode.trough) = (-episode.base, -episode.trough);
    }
    found
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
