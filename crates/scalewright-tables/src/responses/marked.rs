//! Gives the items of a table the codes that mark their missing answers.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx};

use crate::Stop;

use super::cell::Cells;
use super::missing::{Missing, MissingCode};

/// At most this many codes may be declared, because each is compared with the answers to every item.
const MOST: usize = 1000;

/// Gives each item the codes that mark its missing answers. Returns the reasons in the order of their declaration.
///
/// # Errors
///
/// When a code is also an answer to one of its items, or has two reasons.
pub(super) fn mark(
    cells: &mut [Cells<'_>],
    (options, map): (&[String], &[MissingCode]),
    instrument: &Instrument,
) -> Result<Vec<Rc<str>>, Stop> {
    let of_options = options.iter().map(|text| MissingCode::of_option(text));
    let mut codes = of_options.collect::<Result<Vec<_>, _>>()?;
    codes.extend_from_slice(map);
    if codes.len() > MOST {
        return Err(Stop::usage(format!("more than {MOST} codes mark missing answers"))
            .help("declare only the codes that the table contains"));
    }
    let mut reasons: Vec<Rc<str>> = Vec::new();
    for code in &codes {
        let items = cells.iter().enumerate();
        let mut own = items.filter(|(item, _)| code.is_of(ItemIx(*item), instrument));
        if let Some((item, _)) = own.find(|(_, cells)| cells.answers(&code.code)) {
            return Err(code.answers(&instrument.items[item].id));
        }
        if !reasons.contains(&code.reason) {
            reasons.push(Rc::clone(&code.reason));
        }
    }
    // Items with the same codes share them, so that they can share tables of cells too.
    let mut shared: BTreeMap<Vec<usize>, Rc<Missing>> = BTreeMap::new();
    for (item, cells) in cells.iter_mut().enumerate() {
        let own = (0..codes.len()).filter(|at| codes[*at].is_of(ItemIx(item), instrument));
        let own: Vec<usize> = own.collect();
        let missing = match shared.get(&own) {
            Some(missing) => Rc::clone(missing),
            None => Rc::new(Missing::new(own.iter().map(|at| &codes[*at]))?),
        };
        cells.marked(&missing);
        shared.insert(own, missing);
    }
    Ok(reasons)
}
