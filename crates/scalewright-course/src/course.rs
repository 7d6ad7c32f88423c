//! A course: the series of a table with their scores, and all that is needed to judge them.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::text::line;
use scalewright_model::{Instrument, Scale, ScaleIx, Stop, choices};

use crate::average::AVERAGE;
use crate::change::Group;
use crate::chart::Gaps;
use crate::criteria::{Better, Criteria, ScaleFacts, Sd};
use crate::drops::pooled_deviation;
use crate::numbers::deviation;
use crate::outcomes::Outcomes;
use crate::parameters::{Parameters, SampleNumbers};
use crate::series::{Ordered, RowSeries};
use crate::sheet::{Row, Sheet, UNKNOWN};

choices! {
    /// What lines and pictures are drawn over.
    Axis {
        Sessions = "sessions": "The numbers of the sessions; slopes are those of a session",
        Days = "days": "The days since the respondent's first date; slopes are those of a week",
    }
}

/// Options of the analysis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choices {
    /// Changes are measured from the mean of this many first scores.
    pub baseline: usize,
    /// What a missed session does, where a criterion does not state it.
    pub gaps: Gaps,
    /// The last session that was planned.
    pub planned: Option<i64>,
    /// What lines and pictures are drawn over.
    pub axis: Axis,
    /// Pictures show the interval of the measurement error around each score.
    pub whiskers: bool,
}

/// The series of a table, ready to be judged.
pub struct Course<'a> {
    pub(crate) instrument: &'a Instrument,
    pub(crate) scales: Vec<ScaleIx>,
    pub(crate) sheet: Sheet,
    pub(crate) ordered: Ordered,
    pub(crate) criteria: Criteria,
    pub(crate) choices: Choices,
    pub(crate) parameters: Parameters,
    /// The first day of each respondent, over all forms; empty without dates.
    pub(crate) first_days: Vec<i32>,
    /// What the course is set beside.
    pub(crate) outcomes: Outcomes,
    /// Whether the table has sessions or dates; only an outcome may have none.
    pub(crate) has_sessions: bool,
    /// Whether only some respondents are shown.
    pub(crate) is_selected: bool,
}

/// The scored sessions of a series on one scale.
pub(crate) struct Line {
    pub(crate) sessions: Vec<i64>,
    pub(crate) scores: Vec<f64>,
    /// The position of each session among the rows of the series.
    pub(crate) at: Vec<usize>,
    /// The days since the respondent's first date. `None` unless they are the axis, and all are known.
    pub(crate) days: Option<Vec<i64>>,
}

/// What is known about a scale in a form.
pub(crate) struct Known {
    pub(crate) facts: ScaleFacts,
    pub(crate) sample: SampleNumbers,
    /// The standard deviation and the reliability, with all else that is stated. `None` if one of the two is unknown.
    pub(crate) group: Option<Group>,
    pub(crate) better: Option<f64>,
    pub(crate) cutoff: Option<f64>,
    /// The cut-off from the standard deviations of the true scores, for the form of Hageman and Arrindell.
    pub(crate) true_cutoff: Option<f64>,
}

impl<'a> Course<'a> {
    pub(crate) fn scale(&self, at: usize) -> &'a Scale {
        &self.instrument.scales[self.scales[at].0]
    }

    /// The rows of a series, in the order of the sessions.
    pub(crate) fn rows(&self, series: &RowSeries) -> Vec<Row> {
        let order = &self.ordered.order[series.rows.clone()];
        order.iter().map(|at| self.sheet.rows[*at as usize]).collect()
    }

    /// The score of each row of a series on the scale at `scale`, and whether it was prorated.
    pub(crate) fn scores(&self, series: &RowSeries, scale: usize) -> Vec<(Option<f64>, bool)> {
        let column = &self.sheet.scores[scale];
        let of = |at: &u32| {
            let at = *at as usize;
            (Some(column.scores[at]).filter(|score| !score.is_nan()), column.prorated[at])
        };
        self.ordered.order[series.rows.clone()].iter().map(of).collect()
    }

    /// The scored sessions of a series on the scale at `scale`.
    pub(crate) fn line(&self, series: &RowSeries, scale: usize) -> Line {
        let order = &self.ordered.order[series.rows.clone()];
        let column = &self.sheet.scores[scale].scores;
        let mut line =
            Line { sessions: Vec::new(), scores: Vec::new(), at: Vec::new(), days: None };
        for (place, at) in order.iter().enumerate() {
            let score = column[*at as usize];
            if !score.is_nan() {
                line.sessions.push(i64::from(self.sheet.rows[*at as usize].session));
                line.scores.push(score);
                line.at.push(place);
            }
        }
        if self.choices.axis == Axis::Days {
            line.days = self.days(series, &line.at);
        }
        line
    }

    /// The days of the rows at `places` since the respondent's first date. `None` if one has no date.
    fn days(&self, series: &RowSeries, places: &[usize]) -> Option<Vec<i64>> {
        let first = self.first_day(series.respondent)?;
        let order = &self.ordered.order[series.rows.clone()];
        let day = |place: &usize| {
            let day = self.sheet.rows[order[*place] as usize].day;
            (day != UNKNOWN).then(|| i64::from(day - first))
        };
        places.iter().map(day).collect()
    }

    /// The first day of a respondent over all forms. `None` without dates.
    pub(crate) fn first_day(&self, respondent: u32) -> Option<i32> {
        self.first_days.get(respondent as usize).copied().filter(|day| *day != i32::MAX)
    }

    /// The first day of each respondent of a sheet; empty without dates.
    pub(crate) fn first_days_of(sheet: &Sheet) -> Vec<i32> {
        let mut days = Vec::new();
        for row in sheet.rows.iter().filter(|row| row.day != UNKNOWN) {
            days.resize(sheet.people.all().len(), i32::MAX);
            let day: &mut i32 = &mut days[row.respondent as usize];
            *day = row.day.min(*day);
        }
        days
    }

    /// Computes the numbers of the sample that are not frozen.
    pub(crate) fn sample(&mut self) {
        for at in 0..self.scales.len() {
            let scale = self.scale(at).id.clone();
            for form in self.forms() {
                let name = self.sheet.forms.name(form).to_owned();
                let frozen = self.parameters.get(&scale).is_some_and(|of| of.contains_key(&name));
                if !frozen {
                    let numbers = self.numbers(at, form);
                    self.parameters.entry(scale.clone()).or_default().insert(name, numbers);
                }
            }
        }
    }

    fn numbers(&self, scale: usize, form: u32) -> SampleNumbers {
        let of_form = self.ordered.series.iter().filter(|series| series.form == form);
        let lines: Vec<Line> = of_form.map(|series| self.line(series, scale)).collect();
        let each = lines.iter().map(|line| (line.sessions.as_slice(), line.scores.as_slice()));
        let first: Vec<f64> =
            lines.iter().filter_map(|line| line.scores.first().copied()).collect();
        SampleNumbers { pooled_sd: pooled_deviation(each), first_sd: deviation(&first) }
    }

    /// The series of a form. A respondent with several raters has none, or the mean of them if that was asked for.
    pub(crate) fn of_form(&self, form: u32) -> Vec<&RowSeries> {
        let all: Vec<&RowSeries> =
            self.ordered.series.iter().filter(|series| series.form == form).collect();
        let people = all.chunk_by(|a, b| a.respondent == b.respondent);
        let is_mean = |series: &&&RowSeries| self.sheet.raters.name(series.rater) == AVERAGE;
        let one = |of: &[&'_ RowSeries]| match of {
            [one] => Some(one.rows.start),
            of => of.iter().find(is_mean).map(|one| one.rows.start),
        };
        let starts: BTreeSet<usize> = people.filter_map(one).collect();
        all.into_iter().filter(|series| starts.contains(&series.rows.start)).collect()
    }

    /// The point on which ratings are centred for a response surface: the stated one, else the middle of the range.
    pub(crate) fn centre(&self, scale: usize) -> Option<f64> {
        let scale = self.scale(scale);
        let stated = self.criteria.scales.get(&scale.id).and_then(|facts| facts.centre);
        let middle = |range: scalewright_model::ScoreRange| (range.low + range.high) / 2.0;
        stated.or_else(|| scale.stated_range.map(middle))
    }

    /// The numbers of the forms that occur, in the order of their names.
    pub(crate) fn forms(&self) -> Vec<u32> {
        let mut forms: Vec<u32> = self.ordered.series.iter().map(|series| series.form).collect();
        forms.sort_unstable();
        forms.dedup();
        forms.sort_unstable_by_key(|form| self.sheet.forms.name(*form));
        forms
    }

    /// What is known about the scale at `scale` in each form, by the number of the form.
    pub(crate) fn known(&self, scale: usize) -> Vec<Known> {
        let forms = self.sheet.forms.all().iter();
        forms.map(|form| self.known_in(scale, form)).collect()
    }

    fn known_in(&self, scale: usize, form: &str) -> Known {
        let scale = self.scale(scale);
        let facts = self.criteria.scales.get(&scale.id).cloned().unwrap_or_default();
        let of_scale: Option<&BTreeMap<_, _>> = self.parameters.get(&scale.id);
        let sample = of_scale.and_then(|of| of.get(form)).copied().unwrap_or_default();
        let published = scale.reliability.as_ref();
        let reliability = facts.reliability.or(published.map(|published| published.value));
        let sd = match &facts.sd {
            Some(Sd::Known(sd)) => Some(*sd),
            Some(Sd::Of(_)) => sample.first_sd.filter(|sd| *sd > 0.0),
            None => published.and_then(|published| published.sd),
        };
        let group = sd.zip(reliability).map(|(sd, reliability)| Group {
            sd,
            reliability,
            mean: facts.mean,
            mean_after: facts.mean_after,
            sd_after: facts.sd_after,
            reliability_after: facts.reliability_after,
            correlation: facts.correlation,
        });
        let better = facts.better.map(|better| if better == Better::Higher { 1.0 } else { -1.0 });
        let cutoff = better.and_then(|better| facts.cutoff(better, 0.0));
        let true_cutoff = group.zip(better);
        let true_cutoff = true_cutoff.and_then(|(group, better)| facts.cutoff(better, group.sem()));
        Known { facts, sample, group, better, cutoff, true_cutoff }
    }

    /// Shows only these respondents. They are judged as before, by the numbers of the whole sample.
    ///
    /// # Errors
    ///
    /// When there is no such respondent.
    pub fn only(&mut self, respondents: &[String]) -> Result<(), Stop> {
        let name = |series: &RowSeries| self.sheet.people.name(series.respondent);
        let is_there = |wanted: &&String| self.ordered.series.iter().any(|s| name(s) == **wanted);
        if let Some(unknown) = respondents.iter().find(|wanted| !is_there(wanted)) {
            return Err(Stop::wrong(format!("there is no respondent `{}`", line(unknown))));
        }
        let people = &self.sheet.people;
        let is_wanted = |series: &RowSeries| {
            respondents.iter().any(|wanted| people.name(series.respondent) == wanted)
        };
        self.ordered.series.retain(is_wanted);
        self.is_selected = true;
        Ok(())
    }

    /// The numbers of the sample that were used, for a later run.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }
}
