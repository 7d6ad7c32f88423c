//! Scores, their marks and bands, and cleaned answers as computed rows.

use scalewright_model::{Instrument, ItemIx, Pointer, ResponseKind, TOLERANCE, UNLIMITED};
use scalewright_scoring::emit::digits;
use scalewright_scoring::{Accepted, Program};

use super::items::CLOCK;
use super::row::Row;
use super::spelling::{reference, referred};
use super::syntax::{MISSING, XPath, cleaned_name};
use crate::ExportRequest;
use crate::code::script::{Content, Kind, Script};

/// A date as the form stores it, without what may follow the day.
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The syntax for an instrument; `prefix` distinguishes the names of its lines from others.
pub(super) fn xpath(instrument: &Instrument, program: &Program, prefix: &'static str) -> XPath {
    let items = (0..instrument.items.len()).map(ItemIx);
    let cleaned = items.filter(|item| cleaning(instrument, program, *item).is_some());
    let worded = instrument.scales.iter().filter(|scale| scale.words().is_some());
    XPath {
        prefix,
        cleaned: cleaned.map(|item| instrument.items[item.0].id.clone()).collect(),
        worded: worded.map(|scale| scale.id.clone()).collect(),
    }
}

/// The formula that cleans the answer to an item. `None` if the question accepts nothing else than scored answers, or if
/// no answer is scored.
fn cleaning(instrument: &Instrument, program: &Program, item: ItemIx) -> Option<String> {
    let response = instrument.response(item);
    let answer = reference(&instrument.items[item.0].id);
    let accepted = &program.answer(item)?.accepted;
    if response.kind == ResponseKind::Time {
        let minutes = format!("substr({answer}, 0, 2) * 60 + substr({answer}, 3, 5)");
        return Some(format!("if(regex({answer}, '{CLOCK}'), {minutes}, {MISSING})"));
    }
    if response.kind == ResponseKind::Date {
        let part = |from: u8, to: u8| format!("substr(string({answer}), {from}, {to})");
        let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
        let test = format!("regex(string({answer}), '{DAY}')");
        return Some(format!("if({test}, {year} * 10000 + {month} * 100 + {day}, {MISSING})"));
    }
    let test = match accepted {
        Accepted::Values(values) => {
            if response.options().iter().all(|option| !option.non_response) {
                return None;
            }
            let each = values.iter().map(|value| format!("{answer} = {value}"));
            each.collect::<Vec<_>>().join(" or ")
        }
        // Read option by option.
        Accepted::Choices(_) => return None,
        Accepted::Between { min, max, decimals: _ } => {
            // Engines keep an answer that violates a constraint until the form is sent.
            let min =
                (*min > -UNLIMITED).then(|| format!("{answer} >= {}", digits(min - TOLERANCE)));
            let max =
                (*max < UNLIMITED).then(|| format!("{answer} <= {}", digits(max + TOLERANCE)));
            let ends: Vec<String> = min.into_iter().chain(max).collect();
            if ends.is_empty() {
                return None;
            }
            format!("{answer} != {MISSING} and {}", ends.join(" and "))
        }
    };
    Some(format!("if({test}, {answer}, {MISSING})"))
}

/// Adds the rows of the cleaned answers that formulas refer to.
pub(super) fn add_cleaned(instrument: &Instrument, program: &Program, rows: &mut Vec<Row>) {
    let mut cleaned = Vec::new();
    for (at, item) in instrument.items.iter().enumerate() {
        let name = cleaned_name(&item.id);
        let of = reference(&name);
        let is_used =
            rows.iter().any(|row| row.calculation.contains(&of) || row.relevant.contains(&of));
        if let Some(formula) = cleaning(instrument, program, ItemIx(at)).filter(|_| is_used) {
            cleaned.push(Row::calculate(&name, formula, Pointer::item(ItemIx(at))));
        }
    }
    let first = rows.iter().position(|row| row.kind == "calculate").unwrap_or(rows.len());
    rows.splice(first..first, cleaned);
}

/// The rows of all scores, in the order in which they are computed.
pub(super) fn rows(request: &ExportRequest<'_>, script: &Script) -> Vec<Row> {
    let mut rows = Vec::new();
    for block in &script.blocks {
        let place = request.instrument.scales[block.scale.0].pointer();
        for line in &block.lines {
            let name = referred(&line.name).unwrap_or(&line.name);
            rows.push(Row::calculate(name, line.text.clone(), place.clone()));
        }
        let columns = script.columns.iter().filter(|column| column.scale == block.scale);
        for column in columns {
            // The row of a number is the line that later scores refer to.
            let is_line = column.content == Content::Score && column.kind == Kind::Number;
            if !(is_line && column.text.text == reference(&column.name)) {
                let text = column.text.text.clone();
                rows.push(Row::calculate(&column.name, text, place.clone()));
            }
        }
    }
    rows
}
