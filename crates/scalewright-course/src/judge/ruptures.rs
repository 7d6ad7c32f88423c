//! Drops, scores beyond limits, and sudden changes in one series.

use crate::chart::{Chart, ChartRule, Fences, Gaps, Spread, chart, fences};
use crate::course::{Known, Line};
use crate::criteria::{Need, RuptureKind, RuptureRule};
use crate::drops::{DropRule, Episode, drops};
use crate::numbers::{QUANTILE, deviation, median};
use crate::sudden::{Direction, SuddenRule, sudden};

use super::{Found, Judge, NO_RELIABILITY, Reason, too_few};

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

impl Judge<'_> {
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
