//! The page of one respondent.

use std::collections::BTreeMap;

use scalewright_model::Choice;

use super::content::{Block, Cell, Column, Page, Table};
use super::drawn::{Drawn, drawn};
use super::markup::short;
use super::picture::picture;
use crate::course::{Course, Known};
use crate::dates;
use crate::drops::Episode;
use crate::judge::Judge;
use crate::series::RowSeries;
use crate::sheet::UNKNOWN;

/// At most this many sessions are in the table of a page.
const LISTED: usize = 1_000;

/// The page about the series of one respondent.
pub(super) fn page(course: &Course<'_>, series: &[RowSeries], name: String) -> Page {
    let mut blocks = Vec::new();
    for scale in 0..course.scales.len() {
        let known = course.known(scale);
        let of = |one: &RowSeries| drawn(course, one, scale, &known[one.form as usize]);
        let all: Vec<Drawn> = series.iter().map(of).collect();
        let title = &course.scale(scale).title;
        blocks.push(Block::Heading { text: title.clone() });
        blocks.push(match picture(course, scale, &all, &known[series[0].form as usize]) {
            Some(svg) => Block::Picture { svg, alt: format!("{title}. {SAME}") },
            None => Block::Paragraph { text: "No session has a score.".to_owned() },
        });
        blocks.push(Block::List { items: findings(course, series, &known, &all) });
        blocks.push(Block::Table(table(course, series, scale)));
    }
    blocks.push(Block::Note { text: NOTES.to_owned() });
    let title = format!("{}: {}", course.instrument.title, course.person(series));
    Page { name, title, blocks }
}

/// What a picture shows, for those who cannot see it.
pub(super) const SAME: &str = "The list and the table below have the same scores and drops.";

const NOTES: &str = "A mark says that a rule fired, not that a rupture occurred. Below the plot, a line \
runs from the session before a drop over the lowest score (triangle) to the end: a circle where the score came back, a \
cross where it did not, an arrow where the data end first; the plot is shaded over the same sessions. A cross at the foot of the \
plot is a session without a score, and a p beside a mark a prorated score. \
A line is interrupted where a session was missed. The grey field between dotted lines is where one later score shows no reliable \
change from the first one; in a long series, some scores leave it by chance.";

/// What was found, and what is not judged.
fn findings(
    course: &Course<'_>,
    series: &[RowSeries],
    known: &[Known],
    all: &[Drawn],
) -> Vec<String> {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let mut items = Vec::new();
    for (one, series) in all.iter().zip(series) {
        let found = judge.judge(&one.line, &known[series.form as usize]);
        let name = &one.name;
        let pair = judge.before(&one.line).zip(one.line.scores.last());
        for (rule, change) in course.criteria.change.iter().zip(&found.change) {
            if let (Ok(change), Some((before, after))) = (change, pair) {
                items.push(format!(
                    "{name}, {}: from {} to {}, index {}: {}",
                    rule.id,
                    short(before),
                    short(*after),
                    short(change.index),
                    change.meaning
                ));
            }
        }
        for lane in &one.lanes {
            let of_lane = lane.episodes.iter();
            items.extend(
                of_lane.map(|one_of| item(name, &lane.criterion, one_of, &one.line.sessions)),
            );
        }
        let reasons = found.reasons(&course.criteria);
        if !reasons.is_empty() {
            items.push(format!("{name}, not judged: {reasons}"));
        }
    }
    items
}

fn item(name: &str, criterion: &str, episode: &Episode, sessions: &[i64]) -> String {
    let back = episode.repair.map(|at| format!(" in session {}", sessions[at]));
    format!(
        "{name}, {criterion}: {} in session {}, a drop in session {}, lowest {} in session {}: {}{}",
        short(episode.base),
        sessions[episode.onset],
        sessions[episode.drop],
        short(episode.trough),
        sessions[episode.trough_at],
        episode.outcome.name(),
        back.unwrap_or_default()
    )
}

/// A session with its day and the score of each series.
type Listed = (Option<i32>, Vec<String>);

/// The scores by session, with a column for each series.
fn table(course: &Course<'_>, series: &[RowSeries], scale: usize) -> Table {
    let mut rows: BTreeMap<i32, Listed> = BTreeMap::new();
    for (at, one) in series.iter().enumerate() {
        for (row, (score, prorated)) in course.rows(one).iter().zip(course.scores(one, scale)) {
            let listed = rows
                .entry(row.session)
                .or_insert_with(|| (None, vec![String::new(); series.len()]));
            listed.0 = listed.0.or(Some(row.day).filter(|day| *day != UNKNOWN));
            listed.1[at] = match score {
                None => "no score".to_owned(),
                Some(score) if prorated => format!("{} (prorated)", short(score)),
                Some(score) => short(score),
            };
        }
    }
    let has_dates = rows.values().any(|(day, _)| day.is_some());
    let mut columns = vec![Column::text("session")];
    columns.extend(has_dates.then(|| Column::text("date")));
    columns.extend(series.iter().map(|one| Column::number(course.rating(one))));
    let row = |(session, (day, scores)): (i32, Listed)| {
        let mut cells = vec![Cell::text(session.to_string())];
        if has_dates {
            cells.push(Cell::text(day.map(dates::text).unwrap_or_default()));
        }
        cells.extend(scores.into_iter().map(Cell::text));
        cells
    };
    let rows = rows.into_iter().take(LISTED).map(row).collect();
    Table { caption: "Scores".to_owned(), columns, rows }
}
