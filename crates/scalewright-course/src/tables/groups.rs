//! The table of outcomes by what became of drops: none, repaired, unrepaired, censored.

use std::io::Result;

use scalewright_model::Choice;
use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::course::Course;
use crate::criteria::{RuptureKind, RuptureRule};
use crate::drops::worst;
use crate::judge::{Found, Judge};
use crate::meta::hedges;
use crate::numbers::{deviation, mean};

/// The names of the groups.
const GROUPS: [&str; 4] = ["none", "repaired", "unrepaired", "censored"];

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form", "criterion", "group"]);
    all.extend(of(ValueKind::Whole, &["respondents", "with_outcome"]));
    all.extend(of(ValueKind::Number, &["mean_last_outcome", "sd_last_outcome"]));
    all.extend(of(ValueKind::Number, &["hedges_g_from_repaired"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        for form in course.forms() {
            for rule in &course.criteria.rupture {
                if matches!(rule.kind, RuptureKind::Drop { .. }) {
                    of_rule(course, (scale, form), rule, writer)?;
                }
            }
        }
    }
    Ok(())
}

fn of_rule(
    course: &Course<'_>,
    (scale, form): (usize, u32),
    rule: &RuptureRule,
    writer: &mut TableWriter,
) -> Result<()> {
    let groups = groups(course, (scale, form), rule);
    let with = |at: usize| groups[at].iter().copied().flatten().collect::<Vec<f64>>();
    let repaired = with(1);
    for (at, name) in GROUPS.iter().enumerate() {
        let outcomes = with(at);
        let apart = (*name == "unrepaired").then(|| hedges(&outcomes, &repaired)).flatten();
        writer.row(&[
            text(&course.scale(scale).id),
            text(course.sheet.forms.name(form)),
            text(&rule.id),
            TableCell::Text((*name).into()),
            count(groups[at].len()),
            count(outcomes.len()),
            number(mean(&outcomes)),
            number(deviation(&outcomes)),
            number(apart),
        ])?;
    }
    Ok(())
}

/// The last outcome of each respondent of each group, where it is known.
fn groups(
    course: &Course<'_>,
    (scale, form): (usize, u32),
    rule: &RuptureRule,
) -> [Vec<Option<f64>>; 4] {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let known = course.known(scale);
    let mut groups: [Vec<Option<f64>>; 4] = Default::default();
    for series in course.of_form(form) {
        let line = course.line(series, scale);
        let Ok((_, Found::Drops(drops))) = judge.rupture(rule, &line, &known[form as usize]) else {
            continue;
        };
        let name = worst(&drops).map_or("none", Choice::name);
        let at = GROUPS.iter().position(|group| *group == name).unwrap_or_default();
        groups[at].push(course.outcomes.last(series.respondent));
    }
    groups
}
