//! Estimates how much memory the typesetting of a form takes, before it is typeset. A form on paper that takes too much is
//! divided into parts, which are typeset one after the other; one with fields is refused.
//!
//! The figures were measured on forms of 20 to 1,000 items with 1 to 200 options each. They are rounded up: an estimate
//! that is too high only divides a form too early, but one that is too low would exhaust the memory.

use scalewright_model::{Diagnostic, Pointer};

use super::{Block, Form, OptionData, UPRIGHT, needed};
use crate::printed::ItemData;

/// The maximum estimate for a form in kB, in addition to what the program takes for any form (80 MB).
const MOST: usize = 225_000;

/// The maximum number of places to mark. A table may turn out not to fit, and then its options are typeset as lists.
const MOST_PLACES: usize = 4_000;

/// The maximum estimate for a part of a form that is divided, in kB. Small, because the pages of all parts are in memory
/// too.
const MOST_OF_PART: usize = 60_000;

/// The maximum number of places to mark in such a part.
const MOST_PLACES_OF_PART: usize = 1_500;

/// The maximum number of places to mark in all parts: more than a thousand pages, which take a minute to typeset.
const MOST_PLACES_OF_ALL: usize = 100_000;

/// The maximum estimate for all parts together, in kB.
const MOST_OF_ALL: usize = 5_000_000;

/// What is typeset together.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    weight: usize,
    places: usize,
}

impl Load {
    fn of(form: &Form<'_>, blocks: &[Block<'_>]) -> Self {
        blocks.iter().fold(Self::default(), |load, block| {
            load.and(Self { weight: of_block(form, block), places: places(block) })
        })
    }

    fn and(self, more: Self) -> Self {
        Self { weight: self.weight + more.weight, places: self.places + more.places }
    }

    fn is_at_most(self, weight: usize, places: usize) -> bool {
        self.weight <= weight && self.places <= places
    }

    /// How many parts this is at least.
    fn parts(self) -> usize {
        self.weight.div_ceil(MOST_OF_PART).max(self.places.div_ceil(MOST_PLACES_OF_PART)).max(1)
    }
}

/// Divides the blocks of a form into parts, and estimates the memory that the heaviest one takes, in kB. Most forms are one
/// part.
///
/// # Errors
///
/// If the form takes too much memory or has too many places to mark.
pub(super) fn divided<'a>(
    form: &Form<'a>,
    blocks: Vec<Block<'a>>,
) -> Result<(Vec<Vec<Block<'a>>>, usize), Box<Diagnostic>> {
    let whole = Load::of(form, &blocks);
    let items = blocks.iter().map(|block| block.parts().0.len()).sum();
    if whole.is_at_most(MOST, MOST_PLACES) {
        return Ok((vec![blocks], whole.weight));
    }
    if form.fillable || !whole.is_at_most(MOST_OF_ALL, MOST_PLACES_OF_ALL) {
        return Err(too_large(form, items, whole));
    }
    let parts = parts(form, blocks);
    let heaviest = parts.iter().map(|part| Load::of(form, part)).max_by_key(|load| load.weight);
    match heaviest.unwrap_or_default() {
        // An item is never divided.
        load if load.is_at_most(MOST, MOST_PLACES) => Ok((parts, load.weight)),
        load => Err(too_large(form, items, load)),
    }
}

fn too_large(form: &Form<'_>, items: usize, load: Load) -> Box<Diagnostic> {
    let places = load.places;
    let message = format!(
        "the form is too large to be typeset: its {items} items have {places} places to mark, and it would take about \
         {} MB of memory",
        load.weight.div_ceil(1000)
    );
    let help = match form.fillable {
        true => format!(
            "a form with fields may have {MOST_PLACES} places to mark and take {} MB: divide the items among several \
             instruments, give the response scales fewer options or shorter labels, or print the form without fields",
            MOST / 1000
        ),
        false => format!(
            "a form may have {MOST_PLACES_OF_ALL} places to mark and take {} MB, {} MB for one item: divide the items \
             among several instruments, or give the response scales fewer options or shorter labels",
            MOST_OF_ALL / 1000,
            MOST / 1000
        ),
    };
    let refused = Diagnostic::error("form-too-large", message);
    Box::new(refused.at_key(Pointer::top("items"), "").help(help))
}

/// Divides blocks into parts. The items of a matrix may be in several parts; a heading or a note stays with what follows
/// it.
fn parts<'a>(form: &Form<'a>, blocks: Vec<Block<'a>>) -> Vec<Vec<Block<'a>>> {
    let mut parts: Vec<Vec<Block<'a>>> = Vec::new();
    let (mut part, mut load) = (Vec::new(), Load::default());
    // The headings and notes before the next items.
    let mut ahead: Vec<Block<'a>> = Vec::new();
    for block in blocks.into_iter().flat_map(|block| pieces(form, block)) {
        if block.parts().0.is_empty() {
            ahead.push(block);
            continue;
        }
        ahead.push(block);
        let more = Load::of(form, &ahead);
        if !part.is_empty() && !load.and(more).is_at_most(MOST_OF_PART, MOST_PLACES_OF_PART) {
            parts.push(std::mem::take(&mut part));
            load = Load::default();
        }
        load = load.and(more);
        part.append(&mut ahead);
    }
    part.append(&mut ahead);
    parts.push(part);
    parts
}

/// Divides a matrix into pieces of about the same number of items, each of which fits in a part.
fn pieces<'a>(form: &Form<'a>, block: Block<'a>) -> Vec<Block<'a>> {
    let count = Load::of(form, std::slice::from_ref(&block)).parts();
    match block {
        Block::Matrix { options, items } if count > 1 => {
            let each = (items.len() / count).max(1);
            let piece = |items: &[ItemData<'a>]| Block::Matrix {
                options: options.clone(),
                items: items.to_vec(),
            };
            items.chunks(each).map(piece).collect()
        }
        block => vec![block],
    }
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
