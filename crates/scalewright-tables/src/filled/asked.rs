//! Answers to items that the respondent should have skipped.

use scalewright_model::{Instrument, ItemIx, ResponseKind};
use scalewright_scoring::{Program, asked};

use super::form::{Answers, Cell};
use crate::responses::{Given, Rule};

/// Returns the ids of the items that were answered although the other answers say that they are not asked. Scoring
/// ignores such answers.
#[must_use]
pub fn not_asked<'i>(
    instrument: &'i Instrument,
    program: &Program,
    answers: &Answers,
) -> Vec<&'i str> {
    let recorded = answers.cells.iter().enumerate();
    let recorded: Vec<Option<f64>> =
        recorded.map(|(item, cell)| number(instrument, ItemIx(item), cell)).collect();
    let asked = asked(instrument, program, &recorded);
    let items = instrument.items.iter().zip(&answers.cells).zip(asked);
    let ignored =
        items.filter(|((_, cell), asked)| **cell != Cell::Missing && *asked == Some(false));
    ignored.map(|((item, _), _)| item.id.as_str()).collect()
}

/// The number that a cell records; `None` for texts, which no condition can use.
fn number(instrument: &Instrument, item: ItemIx, cell: &Cell) -> Option<f64> {
    let scale = instrument.response(item);
    match (cell, &scale.kind) {
        (Cell::Missing, _) => None,
        (Cell::Number(number), _) => Some(*number),
        (Cell::Text(text), ResponseKind::SeveralChoice { .. }) => {
            let values = text.split(';').filter_map(|value| value.parse().ok());
            scale.chosen(values.filter_map(|value| scale.position(value)))
        }
        (Cell::Text(text), _) => Rule::new(instrument, item).code(Given::Text(text)).ok().flatten(),
    }
}
