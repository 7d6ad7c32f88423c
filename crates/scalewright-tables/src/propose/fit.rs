//! Whether the cells of a column are answers to an item.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};

use super::columns::TableColumn;

/// Whether an item accepts the text of a cell.
pub(super) fn accepts(scale: &ResponseScale, cell: &str) -> bool {
    match scale.kind {
        ResponseKind::Text { .. } => true,
        ResponseKind::SeveralChoice { .. } => {
            let choices = cell.trim_matches(['[', ']']).split([' ', ',', ';', '|']);
            choices.filter(|choice| !choice.is_empty()).all(|choice| is_answer(scale, choice))
        }
        _ => is_answer(scale, cell),
    }
}

fn is_answer(scale: &ResponseScale, cell: &str) -> bool {
    let by_kind = match scale.kind {
        ResponseKind::Date => scalewright_model::is_date(cell),
        ResponseKind::Time => crate::responses::is_clock(cell),
        _ => false,
    };
    let number = || cell.parse::<f64>().is_ok_and(|number| scale.accepts(number).is_ok());
    by_kind || scale.coded(cell).is_some() || number()
}

/// The cells that the item does not accept, with their numbers.
pub(super) fn refused<'c>(
    scale: &ResponseScale,
    column: &'c TableColumn,
) -> BTreeMap<&'c str, u64> {
    let refused = column.values.iter().filter(|(cell, _)| !accepts(scale, cell));
    refused.map(|(cell, count)| (cell.as_str(), *count)).collect()
}

/// What the cells of a column say, in a clause.
pub(super) fn words(instrument: &Instrument, item: usize, column: &TableColumn) -> String {
    let scale = instrument.response(ItemIx(item));
    let refused = refused(scale, column);
    match (column.filled, refused.values().sum::<u64>()) {
        (0, _) => "all empty".to_owned(),
        (1, 0) => "1 answer fits".to_owned(),
        (all, 0) => format!("all {all} answers fit"),
        (all, some) => {
            let list: Vec<String> = refused
                .iter()
                .take(3)
                .map(|(cell, count)| format!("`{}` ({count})", short(cell)))
                .collect();
            let more = if refused.len() > 3 { ", …" } else { "" };
            format!("{some} of {all} do not fit: {}{more}", list.join(", "))
        }
    }
}

/// The beginning of a cell.
pub(super) fn short(cell: &str) -> String {
    let text = scalewright_model::text::line(cell);
    match text.char_indices().nth(24) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
