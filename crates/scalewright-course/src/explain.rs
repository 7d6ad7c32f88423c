//! Explains the judgement of one respondent, step by step.

use std::fmt::Write;

use scalewright_model::text::line as one_line;
use scalewright_model::{Choice, Stop};

use crate::course::{Course, Known, Line};
use crate::criteria::RuptureRule;
use crate::judge::{Found, Judge, Judgement};
use crate::numbers::QUANTILE;
use crate::series::RowSeries;
use crate::sessions::missed;

/// At most this many sessions are listed for a series.
const LISTED: usize = 200;

impl Course<'_> {
    /// How the series of `respondent` are judged, as text.
    ///
    /// # Errors
    ///
    /// When there is no such respondent.
    pub fn explain(&self, respondent: &str) -> Result<String, Stop> {
        let judge = Judge { criteria: &self.criteria, choices: self.choices };
        let is_meant =
            |series: &&RowSeries| self.sheet.people.name(series.respondent) == respondent;
        let mut text = String::new();
        for series in self.ordered.series.iter().filter(is_meant) {
            for scale in 0..self.scales.len() {
                let known = &self.known(scale)[series.form as usize];
                text.push_str(&self.explained(series, scale, known, &judge));
            }
        }
        match text.is_empty() {
            true => Err(Stop::wrong(format!("there is no respondent `{}`", one_line(respondent)))),
            false => Ok(text),
        }
    }

    fn explained(
        &self,
        series: &RowSeries,
        scale: usize,
        known: &Known,
        judge: &Judge<'_>,
    ) -> String {
        let sheet = &self.sheet;
        let names = [sheet.people.name(series.respondent), sheet.forms.name(series.form)];
        let names = names.into_iter().chain([sheet.raters.name(series.rater)]);
        let name: Vec<String> = names.filter(|name| !name.is_empty()).map(one_line).collect();
        let line = self.line(series, scale);
        let mut text = format!("{}, {}\n", name.join(", "), self.scale(scale).id);
        let sessions = line.sessions.iter().zip(&line.scores).take(LISTED);
        let scores: Vec<String> =
            sessions.map(|(session, score)| format!("{session}: {}", short(*score))).collect();
        let _ = writeln!(text, "  scores by session  {}", scores.join("  "));
        let unscored = series.rows.len() - line.scores.len();
        if let Some(missed) = missed(&line.sessions) {
            let _ = writeln!(
                text,
                "  sessions {} to {}: {} scored, {unscored} unscored, {} missed between",
                missed.first, missed.last, missed.measured, missed.between
            );
        }
        text.push_str(&measurement(known));
        let found = judge.judge(&line, known);
        text.push_str(&changes(judge, &found, &line, known));
        for (rule, one) in self.criteria.rupture.iter().zip(&found.ruptures) {
            let (kind, parameters) = rule.text();
            let gaps = rule.gaps.unwrap_or(self.choices.gaps).name();
            let _ = writeln!(text, "  {} ({kind}: {parameters}, gaps = {gaps})", rule.id);
            match one {
                Err(why) => drop(writeln!(text, "    not judged: {why}")),
                Ok((need, one)) => text.push_str(&ruptures(rule, *need, one, &line)),
            }
        }
        text + &whole(&found, &line) + "\n"
    }
}

/// A number for people: without rounding errors, with at most four decimals.
fn short(number: f64) -> String {
    let text = format!("{number:.4}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

fn measurement(known: &Known) -> String {
    let Some(group) = known.group else { return String::new() };
    let source = known.facts.source.as_deref().map(one_line);
    let source = source.map(|source| format!("  source: {source}\n")).unwrap_or_default();
    let by = if known.facts.reliability.is_some() { "criteria state" } else { "definition states" };
    format!(
        "  sd {}, reliability {} (as the {by}): SEM = {}, error of a difference = {}, reliable change beyond {}\n{source}",
        short(group.sd),
        short(group.reliability),
        short(group.sem()),
        short(group.error_of_difference()),
        short(QUANTILE * group.error_of_difference()),
    )
}

fn changes(judge: &Judge<'_>, found: &Judgement, line: &Line, known: &Known) -> String {
    let mut text = String::new();
    for (rule, change) in judge.criteria.change.iter().zip(&found.change) {
        let (method, limit) = (rule.form.name(), short(rule.limit));
        let _ = match (change, judge.before(line), line.scores.last()) {
            (Ok(change), Some(before), Some(after)) => writeln!(
                text,
                "  {} ({method}, limit {limit}): {} to {} is {}, index {}: {}",
                rule.id,
                short(before),
                short(*after),
                short(after - before),
                short(change.index),
                change.meaning
            ),
            (Err(why), ..) => writeln!(text, "  {} ({method}): not judged: {why}", rule.id),
            _ => Ok(()),
        };
    }
    if let Some(cutoff) = known.cutoff {
        let _ = writeln!(text, "  cut-off {}", short(cutoff));
    }
    text
}

fn ruptures(rule: &RuptureRule, need: f64, found: &Found, line: &Line) -> String {
    let session = |at: usize| line.sessions[at];
    let mut text = String::new();
    match found {
        Found::Drops(drops) => {
            for one in drops {
                let _ = write!(
                    text,
                    "    a drop of at least {}: {} in session {} to {} in session {}, lowest {} in session {}: {}",
                    short(need),
                    short(one.base),
                    session(one.onset),
                    short(line.scores[one.drop]),
                    session(one.drop),
                    short(one.trough),
                    session(one.trough_at),
                    one.outcome.name()
                );
                let back = one.repair.map(|at| format!(" in session {}", session(at)));
                let _ = writeln!(text, "{}", back.unwrap_or_default());
            }
            if drops.is_empty() {
                let _ = writeln!(text, "    no drop of at least {}", short(need));
            }
        }
        Found::Marks(chart, marks) => {
            let sigma = match chart.sigma.is_nan() {
                true => String::new(),
                false => format!(", sigma {}", short(chart.sigma)),
            };
            let _ = writeln!(
                text,
                "    centre {}{sigma}, limits {} and {}",
                short(chart.centre),
                short(chart.lower),
                short(chart.upper)
            );
            for at in marks {
                let score = short(line.scores[*at]);
                let _ = writeln!(text, "    session {}: {score} is outside", session(*at));
            }
        }
        Found::Sudden(all) => {
            for one in all.iter().filter(|one| one.sudden != Some(false)) {
                let word = match (one.sudden, one.reversed) {
                    (None, _) => "not judged, because a score is missing",
                    (_, Some(true)) => "sudden, later reversed",
                    _ => "sudden",
                };
                let _ = writeln!(text, "    from session {}: {word}", one.from);
            }
            if all.iter().all(|one| one.sudden == Some(false)) {
                let _ = writeln!(text, "    {}: none of at least {}", rule.id, short(need));
            }
        }
    }
    text
}

fn whole(found: &Judgement, line: &Line) -> String {
    let mut text = String::new();
    let _ = match found.early {
        Some(at) => writeln!(
            text,
            "  early score: {} in session {}",
            short(line.scores[at]),
            line.sessions[at]
        ),
        None => writeln!(text, "  early score: none of the sessions that may count is measured"),
    };
    let _ = match &found.shape {
        Ok(shape) => writeln!(
            text,
            "  shape: {} (slope {} a session, F tests at .05 of the line p = {}, of the parabola p = {})",
            shape.form.name(),
            short(shape.slope),
            short(shape.p_line),
            short(shape.p_parabola)
        ),
        Err(why) => writeln!(text, "  shape: not judged: {why}"),
    };
    let _ = match &found.thirds {
        Ok(thirds) => writeln!(
            text,
            "  thirds: {}: high-low-high {}",
            thirds.means.map(short).join(", "),
            if thirds.high_low_high { "yes" } else { "no" }
        ),
        Err(why) => writeln!(text, "  thirds: not judged: {why}"),
    };
    let _ = match &found.change_points {
        Ok(points) if points.is_empty() => writeln!(text, "  change points: none"),
        Ok(points) => {
            let sessions: Vec<String> =
                points.iter().map(|at| line.sessions[*at].to_string()).collect();
            writeln!(text, "  change points: a new level from session {}", sessions.join(", "))
        }
        Err(why) => writeln!(text, "  change points: not judged: {why}"),
    };
    let _ = match &found.runs {
        Ok(runs) => writeln!(
            text,
            "  runs: longest {} (up to {}), crossings {} (from {}): {}",
            runs.longest,
            runs.longest_allowed,
            runs.crossings,
            runs.fewest_allowed,
            if runs.signal() { "a signal" } else { "no signal" }
        ),
        Err(why) => writeln!(text, "  runs: not judged: {why}"),
    };
    text
}
