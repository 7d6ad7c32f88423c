//! Estimates how much memory the typesetting of a form takes, before it is typeset. A form that takes too much is
//! refused.
//!
//! The figures were measured on forms of 20 to 1,000 items with 1 to 200 options each. They are rounded up: an estimate
//! that is too high only refuses a form too early, but one that is too low would exhaust the memory.

use scalewright_model::{Diagnostic, Pointer};

use super::{Block, Form, OptionData, UPRIGHT, needed};
use crate::printed::ItemData;

/// The maximum estimate for a form in kB, in addition to what the program takes for any form (80 MB).
const MOST: usize = 225_000;

/// The maximum number of places to mark. A table may turn out not to fit, and then its options are typeset as lists.
const MOST_PLACES: usize = 4_000;

/// Estimates the memory that the form takes, in kB.
///
/// # Errors
///
/// If the form takes too much memory or has too many places to mark.
pub(super) fn estimate(form: &Form<'_>) -> Result<usize, Box<Diagnostic>> {
    let weight: usize = form.blocks.iter().map(|block| of_block(form, block)).sum();
    let places: usize = form.blocks.iter().map(places).sum();
    if weight <= MOST && places <= MOST_PLACES {
        return Ok(weight);
    }
    let items: usize = form.blocks.iter().map(|block| block.parts().0.len()).sum();
    let message = format!(
        "the form is too large to be typeset: its {items} items have {places} places to mark, and it would take about \
         {} MB of memory",
        weight.div_ceil(1000)
    );
    let help = format!(
        "a form may have {MOST_PLACES} places to mark and take {} MB: divide the items among several instruments, or \
         give the response scales fewer options or shorter labels",
        MOST / 1000
    );
    let refused = Diagnostic::error("form-too-large", message);
    Err(Box::new(refused.at_key(Pointer::top("items"), "").help(help)))
}

fn places(block: &Block<'_>) -> usize {
    let (items, options) = block.parts();
    items.len() * options.len()
}

fn of_block(form: &Form<'_>, block: &Block<'_>) -> usize {
    if let Block::Note { text, condition } = block {
        return 200 + 2 * (text.len() + condition.as_deref().unwrap_or_default().len());
    }
    let (items, options) = block.parts();
    let is_table = is_table(form, block);
    let place = match is_table {
        true => options.len() * if form.fillable { 50 } else { 15 },
        false => options.iter().map(|option| listed(form, option, items.len() > 1)).sum(),
    };
    let item = match (is_table, form.layout) {
        (true, _) => 50,
        (false, "large-print") => 300,
        (false, _) => 200,
    };
    let asked = |asked: &ItemData<'_>| {
        let condition = asked.condition.as_deref().unwrap_or_default();
        item + 2 * (asked.stem.len() + condition.len())
    };
    items.iter().map(|item| place + asked(item)).sum()
}

/// Estimates the memory of an option whose label is beside it. Typst's data about a label is shared by all items that
/// use the label.
fn listed(form: &Form<'_>, option: &OptionData<'_>, is_shared: bool) -> usize {
    let label = 2 * option.label.len();
    // Labels in large print are tried in several sizes.
    let label = if form.layout == "large-print" { 2 * label } else { label };
    30 + if is_shared { label / 4 } else { label } + if form.fillable { 40 } else { 0 }
}

/// Whether the options are above columns, as far as this is known before typesetting.
fn is_table(form: &Form<'_>, block: &Block<'_>) -> bool {
    let Block::Matrix { options, items: _ } = block else { return false };
    let width = if form.landscape { super::ACROSS } else { UPRIGHT };
    // The maximum length of a label: three lines of 8-point text, with the width shared among all columns.
    let most = 3 * width / (4 * options.len().max(1));
    form.layout != "large-print"
        && needed(options) <= width
        && options.iter().all(|option| option.label.chars().count() <= most)
}
