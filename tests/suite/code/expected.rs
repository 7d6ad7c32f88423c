//! The columns that scoring code must give, computed by the evaluator.

use std::collections::BTreeSet;

use scalewright_check::Checked;
use scalewright_model::{Formula, Instrument, ItemIx, Scale};
use scalewright_scoring::{Score, Scored, evaluate};

use crate::dialects::accepted;

/// A column.
pub(crate) struct Expected {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// What a target calls it if it refuses it.
    pub(crate) refused_as: String,
    pub(crate) cells: Vec<Cell>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Missing,
    Number(f64),
    Truth(bool),
    Text(String),
}

/// All columns for these answers, in the order of the definition.
pub(crate) fn all(
    instrument: &Instrument,
    checked: &Checked,
    rows: &[Vec<Option<f64>>],
    refused: &BTreeSet<String>,
) -> Vec<Expected> {
    let program = &checked.program;
    let scored = evaluate(program, &accepted(checked, rows));
    let mut positions: Vec<usize> = (0..program.scores.len()).collect();
    positions.sort_by_key(|position| program.scores[*position].scale);
    let mut columns = Vec::new();
    for position in positions {
        let scale = program.scores[position].scale.0;
        let labels: Vec<&[String]> = instrument.wordings[0].scales[scale].all_bands().collect();
        columns.extend(of_scale(&instrument.scales[scale], &labels, &scored[position]));
    }
    columns.push(Expected {
        name: "invalid_answers".to_owned(),
        kind: "count",
        refused_as: String::new(),
        cells: rows.iter().map(|row| invalid(instrument, checked, row, refused)).collect(),
    });
    columns.retain(|column| !refused.contains(&column.refused_as));
    columns
}

fn of_scale(scale: &Scale, labels: &[&[String]], scored: &Scored) -> Vec<Expected> {
    let id = &scale.id;
    let rows = scored.answered.len();
    let each = |cell: &dyn Fn(f64) -> Cell| -> Vec<Cell> {
        (0..rows).map(|row| scored.score.get(row).map_or(Cell::Missing, cell)).collect()
    };
    let kind = match (scale.is_truth(), scale.words()) {
        (true, _) => "truth",
        (false, Some(_)) => "word",
        (false, None) => "number",
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    let score = |score: f64| match scale.words() {
        _ if scale.is_truth() => Cell::Truth(score != 0.0),
        Some(words) => Cell::Text(words[score as usize].clone()),
        None => Cell::Number(score),
    };
    let refused_as = format!("the score of `{id}`");
    let column =
        |name: String, kind, cells| Expected { name, kind, refused_as: refused_as.clone(), cells };
    let answered = scored.answered.iter().map(|count| Cell::Number(f64::from(*count))).collect();
    let prorated = (0..rows).map(|row| match scored.score.get(row) {
        None => Cell::Missing,
        Some(_) => Cell::Truth(scored.prorated[row]),
    });
    let mut columns = vec![
        column(id.clone(), kind, each(&score)),
        column(format!("{id}_answered"), "count", answered),
        column(format!("{id}_prorated"), "truth", prorated.collect()),
    ];
    for ((set, bands), labels) in scale.all_bands().zip(labels) {
        let name = set.map_or_else(|| format!("{id}_band"), |set| format!("{id}_band_{set}"));
        let label = |score| match bands.iter().position(|band| band.contains(score)) {
            Some(band) => Cell::Text(labels[band].clone()),
            None => Cell::Missing,
        };
        columns.push(column(name, "label", each(&label)));
    }
    columns
}

/// How many answers to scored items are neither allowed nor a stated non-response.
fn invalid(
    instrument: &Instrument,
    checked: &Checked,
    row: &[Option<f64>],
    refused: &BTreeSet<String>,
) -> Cell {
    let name = |score: &Score| format!("the score of `{}`", instrument.scales[score.scale.0].id);
    let kept = checked.program.scores.iter().filter(|score| !refused.contains(&name(score)));
    let mut used: BTreeSet<ItemIx> = kept.flat_map(|score| score.items.iter().copied()).collect();
    let mut next: Vec<ItemIx> = used.iter().copied().collect();
    while let Some(item) = next.pop() {
        let more = asked_by(checked, item);
        next.extend(more.into_iter().filter(|item| used.insert(*item)));
    }
    let wrong = used.into_iter().filter(|item| {
        let is_accepted = |value| {
            checked.program.answer(*item).is_some_and(|answer| answer.accepted.contains(value))
        };
        #[expect(clippy::float_cmp, reason = "both are whole numbers, represented exactly")]
        let is_none = |value| {
            let options = instrument.response(*item).options().iter();
            options
                .filter(|option| option.non_response)
                .any(|option| option.value.number() == value)
        };
        row[item.0].is_some_and(|value| !is_accepted(value) && !is_none(value))
    });
    #[expect(clippy::cast_precision_loss, reason = "a number of items")]
    Cell::Number(wrong.count() as f64)
}

/// The items that decide whether an item is asked.
fn asked_by(checked: &Checked, item: ItemIx) -> Vec<ItemIx> {
    let asked = checked.program.answer(item).and_then(|answer| answer.asked.as_ref());
    let (mut scales, mut items) = (Vec::new(), Vec::new());
    if let Some(asked) = asked {
        Formula::Truth(asked.when.clone()).operands(&mut scales, &mut items);
    }
    let scores = scales.into_iter().filter_map(|scale| checked.program.position(scale));
    items.extend(scores.flat_map(|position| checked.program.scores[position].items.clone()));
    items
}
