//! `--with answers`: the coded answers beside the scores, one column for each item.
//!
//! An answer is the number that was scored. Of an item with several choices it is the list of the chosen values. Texts
//! and dates, which are not scored, are written as the table has them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale, date_of, is_chosen};

use crate::responses::{Batch, Opened, Plan};

use super::prefix::prefix;

/// A column of answers to an item.
#[derive(Clone)]
pub(super) struct AnswerColumn<'a> {
    /// Its name: the id of the item, after that of the instrument where two instruments share it.
    pub(super) name: String,
    /// The id of the item.
    pub(super) id: &'a str,
    /// The index of its instrument in [`ScoresHeader::instruments`](super::ScoresHeader::instruments).
    pub(super) of: usize,
    /// Where its cells are.
    cells: Cells,
    pub(super) scale: &'a ResponseScale,
}

#[derive(Clone, Copy)]
enum Cells {
    /// The index of its column in the responses of a batch.
    Coded(usize),
    /// The index of its column in [`Batch::kept`], and in the responses of a batch.
    Kept(usize, usize),
}

/// The answer in a cell.
pub(super) enum Answer<'b> {
    /// A coded answer.
    Number(f64),
    /// The values of the chosen options.
    Several(Vec<f64>),
    /// A text or a date, as in the table. A date that another row states is that date.
    Text(Cow<'b, str>),
}

impl Answer<'_> {
    /// The answer as text. Chosen values are separated by semicolons, which every reader of tables takes as a list.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Number(number) => number.to_string().into(),
            Self::Several(values) => list(values).into(),
            Self::Text(text) => Cow::Borrowed(text.as_ref()),
        }
    }
}

/// Several values in one cell.
pub(super) fn list(values: &[f64]) -> String {
    let values: Vec<String> = values.iter().map(f64::to_string).collect();
    values.join(";")
}

impl AnswerColumn<'_> {
    /// Whether the answers are numbers.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.cells, Cells::Coded(_)) && !self.takes_several()
    }

    fn takes_several(&self) -> bool {
        matches!(self.scale.kind, ResponseKind::SeveralChoice { .. })
    }

    /// The answer in a row; `None` if it is missing.
    pub(super) fn get<'b>(&self, batch: &'b Batch, row: usize) -> Option<Answer<'b>> {
        match self.cells {
            Cells::Kept(at, item) => {
                let own = batch.kept[at].get(row).map(Cow::Borrowed);
                // Only dates have a number too.
                let carried = || batch.responses.items[item].get(row).and_then(date_of);
                own.or_else(|| carried().map(Cow::Owned)).map(Answer::Text)
            }
            Cells::Coded(item) => {
                let answer = batch.responses.items[item].get(row)?;
                Some(match self.takes_several() {
                    true => Answer::Several(self.chosen(answer)),
                    false => Answer::Number(answer),
                })
            }
        }
    }

    /// The index of the item in the responses of a batch.
    pub(super) fn item(&self) -> usize {
        match self.cells {
            Cells::Coded(item) | Cells::Kept(_, item) => item,
        }
    }

    /// The values of the options that a number records.
    fn chosen(&self, recorded: f64) -> Vec<f64> {
        let options = self.scale.options().iter().enumerate();
        let chosen = options.filter(|(at, _)| is_chosen(recorded, *at));
        chosen.map(|(_, option)| option.value.number()).collect()
    }
}

/// The columns of the answers to all items. The items of the instruments follow each other in the responses of a batch.
pub(super) fn columns<'a>(
    instruments: &[&'a Instrument],
    plans: &[&Plan<'_>],
    table: &Opened,
) -> Vec<AnswerColumn<'a>> {
    let mut users: BTreeMap<&str, usize> = BTreeMap::new();
    for item in instruments.iter().flat_map(|instrument| &instrument.items) {
        *users.entry(&item.id).or_default() += 1;
    }
    let (mut columns, mut coded) = (Vec::new(), 0);
    // The kept texts of all instruments follow the other kept columns, which are the same in all plans.
    let first = plans.first();
    let beside = first.map_or(0, |plan| plan.kept.len() - plan.texts.len());
    let mut kept = table.reader.kept().len() + beside;
    for (of, (instrument, plan)) in instruments.iter().zip(plans).enumerate() {
        for (index, item) in instrument.items.iter().enumerate() {
            let scale = instrument.response(ItemIx(index));
            let name = match users[item.id.as_str()] {
                1 => item.id.clone(),
                _ => format!("{}_{}", prefix(instrument), item.id),
            };
            let text = plan.texts.iter().position(|&text| text == index);
            let at = coded + index;
            let cells = text.map_or(Cells::Coded(at), |text| Cells::Kept(kept + text, at));
            columns.push(AnswerColumn { name, id: &item.id, of, cells, scale });
        }
        coded += instrument.items.len();
        kept += plan.texts.len();
    }
    columns
}
