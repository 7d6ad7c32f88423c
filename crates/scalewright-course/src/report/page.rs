//! The page of one respondent.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::markup::{html, page as frame, short};
use super::picture::{Drawn, drawn, picture};
use crate::course::{Course, Known};
use crate::dates;
use crate::judge::Judge;
use crate::series::RowSeries;
use crate::sheet::UNKNOWN;

/// At most this many sessions are in the table of a page.
const LISTED: usize = 1_000;

/// The page about the series of one respondent.
pub(super) fn page(course: &Course<'_>, series: &[RowSeries]) -> String {
    let mut body = String::new();
    for scale in 0..course.scales.len() {
        let known = course.known(scale);
        let of = |one: &RowSeries| drawn(course, one, scale, &known[one.form as usize]);
        let all: Vec<Drawn> = series.iter().map(of).collect();
        let _ = writeln!(body, "<h2>{}</h2>", html(&course.scale(scale).title));
        match picture(course, scale, &all, &known[series[0].form as usize]) {
            Some(svg) => drop(writeln!(body, "<figure>{svg}</figure>")),
            None => body.push_str("<p>No session has a score.</p>\n"),
        }
        body.push_str(&findings(course, series, &known, &all));
        body.push_str(&table(course, series, scale));
    }
    body.push_str(NOTES);
    let title = format!("{}: {}", course.instrument.title, course.person(series));
    frame(&title, &body)
}

const NOTES: &str = "<p class=\"note\">A mark says that a rule fired, not that a rupture occurred. Below the plot, a line \
runs from the session before a drop over the lowest score (triangle) to the end: a circle where the score came back, a \
cross where it did not, an arrow where the data end first. A cross at the foot of the plot is a session without a score. \
A line is interrupted where a session was missed. The grey field is where one later score shows no reliable change from \
the first one; in a long series, some scores leave it by chance.</p>\n";

/// What was found, and what is not judged.
fn findings(course: &Course<'_>, series: &[RowSeries], known: &[Known], all: &[Drawn]) -> String {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let mut text = "<ul>\n".to_owned();
    for (one, series) in all.iter().zip(series) {
        let known = &known[series.form as usize];
        let found = judge.judge(&one.line, known);
        let name = html(&one.name);
        let pair = judge.before(&one.line).zip(one.line.scores.last());
        for (rule, change) in course.criteria.change.iter().zip(&found.change) {
            if let (Ok(change), Some((before, after))) = (change, pair) {
                let _ = writeln!(
                    text,
                    "<li>{name}, {}: from {} to {}, index {}: {}</li>",
                    html(&rule.id),
                    short(before),
                    short(*after),
                    short(change.index),
                    change.meaning
                );
            }
        }
        for lane in &one.lanes {
            for episode in &lane.episodes {
                text.push_str(&item(&name, &lane.criterion, episode, &one.line.sessions));
            }
        }
        let reasons = found.reasons(&course.criteria);
        if !reasons.is_empty() {
            let _ = writeln!(text, "<li>{name}, not judged: {}</li>", html(&reasons));
        }
    }
    text + "</ul>\n"
}

fn item(name: &str, criterion: &str, episode: &crate::drops::Episode, sessions: &[i64]) -> String {
    use scalewright_model::Choice;
    let back = episode.repair.map(|at| format!(" in session {}", sessions[at]));
    format!(
        "<li>{name}, {}: {} in session {}, a drop in session {}, lowest {} in session {}: {}{}</li>\n",
        html(criterion),
        short(episode.base),
        sessions[episode.onset],
        sessions[episode.drop],
        short(episode.trough),
        sessions[episode.trough_at],
        episode.outcome.name(),
        back.unwrap_or_default()
    )
}

/// The scores by session, with a column for each series.
fn table(course: &Course<'_>, series: &[RowSeries], scale: usize) -> String {
    let mut rows: BTreeMap<i32, (Option<i32>, Vec<String>)> = BTreeMap::new();
    for (at, one) in series.iter().enumerate() {
        for (row, (score, prorated)) in course.rows(one).iter().zip(course.scores(one, scale)) {
            let cells = rows
                .entry(row.session)
                .or_insert_with(|| (None, vec![String::new(); series.len()]));
            cells.0 = cells.0.or(Some(row.day).filter(|day| *day != UNKNOWN));
            cells.1[at] = match score {
                None => "no score".to_owned(),
                Some(score) if prorated => format!("{} (prorated)", short(score)),
                Some(score) => short(score),
            };
        }
    }
    let has_dates = rows.values().any(|(day, _)| day.is_some());
    let date = if has_dates { "<th scope=\"col\">date</th>" } else { "" };
    let mut text =
        format!("<table><caption>Scores</caption>\n<tr><th scope=\"col\">session</th>{date}");
    for one in series {
        let _ = write!(text, "<th scope=\"col\" class=\"n\">{}</th>", html(&course.rating(one)));
    }
    text.push_str("</tr>\n");
    for (session, (day, cells)) in rows.iter().take(LISTED) {
        let _ = write!(text, "<tr><th scope=\"row\">{session}</th>");
        if has_dates {
            let _ = write!(text, "<td>{}</td>", day.map(dates::text).unwrap_or_default());
        }
        for cell in cells {
            let _ = write!(text, "<td class=\"n\">{cell}</td>");
        }
        text.push_str("</tr>\n");
    }
    text + "</table>\n"
}
