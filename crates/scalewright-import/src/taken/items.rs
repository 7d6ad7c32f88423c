//! Which item of a form is which item of the definition.

use scalewright_model::{Instrument, ItemIx};

use super::answers;
use super::types::{MatchedBy, Remark};
use crate::alike::{key, keys};
use crate::audit::Names;
use crate::form::Form;
use crate::place::Place;

/// The items of a form that are those of a definition.
pub(super) struct Matching {
    /// For each item of the definition, the position of the item of the form, and how it was found.
    pub(super) items: Vec<Option<(usize, MatchedBy)>>,
    /// Why items were not found with certainty.
    pub(super) refusals: Vec<Remark>,
}

impl Matching {
    /// How many items were found by code or name, and how many at all.
    pub(super) fn counts(&self) -> (usize, usize) {
        let found = || self.items.iter().flatten();
        (found().filter(|(_, by)| *by != MatchedBy::Order).count(), found().count())
    }

    /// Whether an item of the form is one of the definition.
    pub(super) fn has(&self, position: usize) -> bool {
        self.items.iter().flatten().any(|(at, _)| *at == position)
    }
}

/// Matches all items by code or name, and the others by order.
pub(super) fn matching(form: &Form, instrument: &Instrument, names: &Names) -> Matching {
    let mut matching = Matching { items: Vec::new(), refusals: Vec::new() };
    for index in 0..instrument.items.len() {
        let found = named(form, instrument, names, index);
        let found = found.unwrap_or_else(|refusal| {
            matching.refusals.push(refusal);
            None
        });
        matching.items.push(found);
    }
    are_different(&mut matching, form, instrument);
    if matching.refusals.is_empty() && matching.counts().1 < matching.items.len() {
        by_order(&mut matching, form, instrument);
    }
    matching
}

/// The only item of the form with a code or a name of an item of the definition.
fn named(
    form: &Form,
    instrument: &Instrument,
    names: &Names,
    index: usize,
) -> Result<Option<(usize, MatchedBy)>, Remark> {
    let item = &instrument.items[index];
    let with_code = |at: &usize| {
        let codes = form.codes.get(at).into_iter().flatten();
        codes.into_iter().any(|code| item.codes.contains(code))
    };
    let in_table = names.of.iter().find(|(id, _)| *id == item.id).map(|(_, name)| key(name));
    let own = key(&item.id);
    let all = || 0..form.items.len();
    // The whole name first: the last part of a column may be that of several items.
    let called = |wanted: &String, parts: usize| -> Vec<usize> {
        let is_called = |at: &usize| keys(&form.items[*at])[..parts].contains(wanted);
        all().filter(is_called).collect()
    };
    let tries = [
        (MatchedBy::Code, all().filter(with_code).collect::<Vec<_>>()),
        (MatchedBy::Name, in_table.iter().flat_map(|name| called(name, 3)).collect()),
        (MatchedBy::Id, called(&own, 2)),
        (MatchedBy::Id, called(&own, 3)),
    ];
    let Some((by, found)) = tries.into_iter().find(|(_, found)| !found.is_empty()) else {
        return Ok(None);
    };
    match found[..] {
        [only] => Ok(Some((only, by))),
        _ => Err(Remark::new(
            &form.items[found[0]].place,
            format!(
                "`{}`: several items of the form have its {}: {}",
                item.id,
                by.name(),
                listed(form, &found)
            ),
        )),
    }
}

/// The names of items of a form, for a message.
fn listed(form: &Form, positions: &[usize]) -> String {
    crate::words::some_of(positions.iter().map(|at| form.items[*at].column.as_str()))
}

/// Refuses items of the definition that were found in the same item of the form.
fn are_different(matching: &mut Matching, form: &Form, instrument: &Instrument) {
    for position in 0..form.items.len() {
        let same: Vec<usize> = (0..matching.items.len())
            .filter(|index| matching.items[*index].is_some_and(|(at, _)| at == position))
            .collect();
        if same.len() < 2 {
            continue;
        }
        let ids = crate::words::some_of(same.iter().map(|at| instrument.items[*at].id.as_str()));
        let item = &form.items[position];
        let message = format!("`{}` of the form could be each of {ids}", item.column);
        matching.refusals.push(Remark::new(&item.place, message));
        same.iter().for_each(|index| matching.items[*index] = None);
    }
}

/// Matches the remaining items by their order, if everything agrees; otherwise they are refused, or the form has no more
/// items.
fn by_order(matching: &mut Matching, form: &Form, instrument: &Instrument) {
    let left = (0..form.items.len()).filter(|at| !matching.has(*at)).count();
    if left == 0 {
        return;
    }
    match order(matching, form, instrument) {
        Ok(order) => {
            for (index, position) in order {
                matching.items[index].get_or_insert((position, MatchedBy::Order));
            }
        }
        Err(reason) => {
            let place = form.items.first().map(|item| item.place.file.clone());
            let place = Place::new(&place.unwrap_or_default(), "");
            let missing = instrument.items.iter().zip(&matching.items);
            // Facts about the respondent are often in another form.
            let missing = missing.filter(|(item, found)| found.is_none() && !item.background);
            let refusals = missing.map(|(item, _)| {
                let id = &item.id;
                let message =
                    format!("`{id}`: no item of the form has its code or its id, and {reason}");
                Remark::new(&place, message)
            });
            matching.refusals.extend(refusals.collect::<Vec<_>>());
        }
    }
}

/// The items of the definition with their positions in the form, if the order is certain; otherwise the reason.
fn order(
    matching: &Matching,
    form: &Form,
    instrument: &Instrument,
) -> Result<Vec<(usize, usize)>, String> {
    let all: Vec<usize> = (0..instrument.items.len()).collect();
    let asked: Vec<usize> =
        all.iter().copied().filter(|index| !instrument.items[*index].background).collect();
    let count = form.items.len();
    let items = [all, asked].into_iter().find(|items| items.len() == count).ok_or_else(|| {
        format!(
            "their order cannot tell: the form has {count} items, the definition {}",
            instrument.items.len()
        )
    })?;
    for (position, index) in items.iter().enumerate() {
        agrees(matching, form, instrument, (*index, position))?;
    }
    Ok(items.into_iter().enumerate().map(|(position, index)| (index, position)).collect())
}

/// Whether an item of the definition may be the one at a position of the form.
fn agrees(
    matching: &Matching,
    form: &Form,
    instrument: &Instrument,
    (index, position): (usize, usize),
) -> Result<(), String> {
    let (ours, theirs) = (&instrument.items[index], &form.items[position]);
    let (id, column) = (&ours.id, &theirs.column);
    if matching.items[index].is_some_and(|(at, _)| at != position)
        || (matching.items[index].is_none() && matching.has(position))
    {
        return Err(format!(
            "their order cannot tell: `{id}` and `{column}` stand at the same position"
        ));
    }
    let number = theirs.number.as_deref().map(key).filter(|number| !number.is_empty());
    if number.is_some_and(|number| number != key(&ours.number)) {
        return Err(format!("their order cannot tell: `{column}` has another number than `{id}`"));
    }
    let response = &form.responses[theirs.response].kind;
    match answers::agree(form, instrument.response(ItemIx(index)), response) {
        true => Ok(()),
        false => Err(format!("their order cannot tell: `{column}` has other answers than `{id}`")),
    }
}
