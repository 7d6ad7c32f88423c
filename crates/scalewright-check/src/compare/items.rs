//! Compares items: which exist, their order, and when they are asked.

use std::collections::BTreeMap;

use scalewright_model::{Ask, Item, ItemIx, Pointer, Section};

use super::metadata::listed_codes;
use super::{Both, Change, Kind, Touches, listed};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    removed(both, changes);
    added(both, changes);
    order(both, changes);
    for (old, new) in both.pairs.items.iter().enumerate() {
        if let Some(new) = new {
            one(both, ItemIx(old), *new, changes);
        }
    }
    numbers(both, changes);
}

/// Compares printed numbers. A number that moved to another item is a change of its own kind, because people and
/// manuals refer to items by number, and paper forms are entered by number.
fn numbers(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&both.old.instrument.items, &both.new.instrument.items);
    let before: BTreeMap<&str, Option<ItemIx>> =
        old.iter().zip(&both.pairs.items).map(|(item, new)| (item.number.as_str(), *new)).collect();
    let taken = |item: &Item, ix: ItemIx| {
        // Several items may have no number, which then has not moved.
        let had = before.get(item.number.as_str()).filter(|_| !item.number.is_empty());
        had.is_some_and(|had| *had != Some(ix))
    };
    let (mut moved, mut other) = (Vec::new(), Vec::new());
    for (index, item) in new.iter().enumerate() {
        let was = both.pairs.items_back[index].map(|old_ix| old[old_ix.0].number.as_str());
        // A new item may take the number of a removed item, or of one that got another number.
        match was {
            Some(was) if was == item.number => {}
            _ if taken(item, ItemIx(index)) => moved.push((ItemIx(index), was)),
            Some(was) => other.push((ItemIx(index), Some(was))),
            None => {}
        }
    }
    for (kind, items) in [(Kind::ItemNumberMoved, moved), (Kind::ItemNumber, other)] {
        changes.extend(numbered(both, kind, &items));
    }
}

/// Returns the change of the numbers of `items`, each given with its old number.
fn numbered(both: &Both<'_>, kind: Kind, items: &[(ItemIx, Option<&str>)]) -> Option<Change> {
    let (first, _) = items.first()?;
    let of = listed(items.iter().map(|(item, _)| both.new.item(*item)));
    let noun = if items.len() == 1 { "the number" } else { "the numbers" };
    let shown = |number: &str| match number {
        "" => "none".to_owned(),
        number => number.to_owned(),
    };
    let was = items.iter().map(|(_, was)| shown(was.unwrap_or_default()));
    let is = items.iter().map(|(item, _)| shown(&both.new.instrument.items[item.0].number));
    let change = Change::new(kind, format!("{noun} printed before {of}"));
    let change = change.was(first_few(was)).is(first_few(is));
    let item = Pointer::item(*first);
    // A number that the file does not state is counted, so there may be no number to point at.
    let given = both.new.file.items.get(first.0).is_some_and(|item| item.number.is_some());
    Some(if given { change.at(item.key("number")) } else { change.at_key(item) })
}

/// Joins a list of numbers, cut at the same length as lists of names.
fn first_few(numbers: impl ExactSizeIterator<Item = String>) -> String {
    const MOST: usize = 8;
    let more = if numbers.len() > MOST { " …" } else { "" };
    numbers.take(MOST).collect::<Vec<_>>().join(", ") + more
}

fn removed(both: &Both<'_>, changes: &mut Vec<Change>) {
    // Items are read in the light of those before them, so removing one affects all items after it.
    let mut after: Vec<ItemIx> = Vec::new();
    let mut removed = Vec::new();
    for (index, pair) in both.pairs.items.iter().enumerate().rev() {
        match pair {
            Some(new) => after.push(*new),
            None => removed.push((index, after.len())),
        }
    }
    for (position, (index, count)) in removed.iter().enumerate() {
        let id = both.old.item(ItemIx(*index));
        // The items after the first removed item include those after all others, so only that change names them. It is
        // the last one here, because the items were collected from the end.
        let touched =
            if position + 1 == removed.len() { after[..*count].to_vec() } else { Vec::new() };
        let change = Change::new(Kind::ItemRemoved, format!("`{id}` is removed"));
        changes.push(change.gone(Pointer::item(ItemIx(*index))).touching(Touches::Items(touched)));
    }
}

fn added(both: &Both<'_>, changes: &mut Vec<Change>) {
    let new = &both.new.instrument.items;
    let old_after: Vec<ItemIx> =
        (0..new.len()).map(ItemIx).filter(|ix| both.pairs.items_back[ix.0].is_some()).collect();
    let last = old_after.last().copied();
    let mut first = true;
    for (index, item) in new.iter().enumerate() {
        if both.pairs.items_back[index].is_some() {
            continue;
        }
        let inside = !item.background && last.is_some_and(|last| index < last.0);
        let (kind, what) = match inside {
            true => (Kind::ItemInserted, format!("`{}` is added before other items", item.id)),
            false => (Kind::ItemAdded, format!("`{}` is added", item.id)),
        };
        let mut change = Change::new(kind, what).at_key(Pointer::item(ItemIx(index)));
        // The items behind the first inserted item include those behind all others, so only that change names them.
        if inside && std::mem::take(&mut first) {
            let behind = old_after.iter().copied().filter(|ix| ix.0 > index).collect();
            change = change.touching(Touches::Items(behind));
        }
        changes.push(change);
    }
}

/// Compares the order of items. As few items as possible are reported as moved: those outside a longest sequence that
/// kept its order.
fn order(both: &Both<'_>, changes: &mut Vec<Change>) {
    let after: Vec<usize> = both.pairs.items.iter().flatten().map(|new| new.0).collect();
    let moved = out_of_order(&after);
    let Some(first) = moved.first() else { return };
    let ids = moved.iter().map(|&index| both.new.item(ItemIx(index)));
    let verb = if moved.len() == 1 { "is" } else { "are" };
    let what = format!("{} {verb} asked in another position", listed(ids));
    // Items are read in the light of those before them, which may now differ for every item.
    let all = after.iter().copied().map(ItemIx).collect();
    let change = Change::new(Kind::ItemsReordered, what).at_key(Pointer::item(ItemIx(*first)));
    changes.push(change.touching(Touches::Items(all)));
}

/// Returns the numbers outside one longest ascending subsequence of `numbers`, in ascending order.
fn out_of_order(numbers: &[usize]) -> Vec<usize> {
    // Patience sorting: `ends[n]` is the position of the lowest end of a subsequence of length n + 1, and `before` is
    // the position of the predecessor of each number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        kept[index] = true;
        next = before[index];
    }
    let mut moved: Vec<usize> =
        numbers.iter().zip(kept).filter(|(_, kept)| !kept).map(|(number, _)| *number).collect();
    moved.sort_unstable();
    moved
}

fn one(both: &Both<'_>, old: ItemIx, ix: ItemIx, changes: &mut Vec<Change>) {
    let (before, after) = (&both.old.instrument.items[old.0], &both.new.instrument.items[ix.0]);
    // Other modules compare the remaining fields: `responses` the response scale, `words` the words of the section, and
    // `metadata` the item of the long form.
    let Item {
        id,
        number: _,
        response: _,
        section,
        required,
        ask,
        background,
        codes,
        taken_from: _,
    } = before;
    let place = Pointer::item(ix);
    if *id != after.id {
        let what = format!("`{id}` is renamed to `{}`", after.id);
        let change = Change::new(Kind::ItemRenamed, what).was(id).is(&after.id);
        changes.push(change.at(place.key("id")));
    }
    let name = |sections: &[Section], at: Option<scalewright_model::SectionIx>| {
        at.map(|at| {
            let Section { id } = &sections[at.0];
            id.clone()
        })
    };
    let was = name(&both.old.instrument.sections, *section);
    let is = name(&both.new.instrument.sections, after.section);
    // Respondents do not read the id of a section. `words` compares the words around the item.
    if was.is_some() != is.is_some() {
        let what = format!("the section of `{}`", after.id);
        changes.push(Change::new(Kind::ItemLayout, what).turns(was, is).at(place.key("section")));
    }
    let yes = |truth: bool| if truth { "yes" } else { "no" };
    if *required != after.required {
        let what = format!("whether an answer to `{}` is required", after.id);
        let change = Change::new(Kind::ItemRequired, what).was(yes(*required));
        changes.push(change.is(yes(after.required)).at(place.key("required")));
    }
    if *background != after.background {
        let what = format!("whether `{}` is a background item", after.id);
        let change = Change::new(Kind::ItemBackground, what).was(yes(*background));
        changes.push(change.is(yes(after.background)).at(place.key("background")));
    }
    if *codes != after.codes {
        let what = format!("the codes of `{}`", after.id);
        let change = Change::new(Kind::Metadata, what);
        let change = change.turns(listed_codes(codes), listed_codes(&after.codes));
        changes.push(change.at(place.key("codes")));
    }
    condition(both, ask.as_ref(), after, (ix, &place), changes);
}

fn condition(
    both: &Both<'_>,
    old: Option<&Ask>,
    new: &Item,
    (ix, place): (ItemIx, &Pointer),
    changes: &mut Vec<Change>,
) {
    if is_same(both, old, new.ask.as_ref()) {
        return;
    }
    let text = |ask: Option<&Ask>| match ask {
        None => "always".to_owned(),
        Some(ask) => match ask.otherwise {
            None => ask.text.clone(),
            Some(otherwise) => format!("{}; {} if not asked", ask.text, super::shown(otherwise)),
        },
    };
    let change = Change::new(Kind::Condition, format!("when `{}` is asked", new.id));
    let change = change.was(text(old)).is(text(new.ask.as_ref()));
    changes.push(change.at(place.key("ask-if")).touching(Touches::Items(vec![ix])));
}

/// Whether two conditions are the same, however they are written.
pub(super) fn is_same(both: &Both<'_>, old: Option<&Ask>, new: Option<&Ask>) -> bool {
    let mut contents = super::canonical::Contents::default();
    let mut canonical = |ask: Option<&Ask>, names| {
        let Ask { when, text: _, otherwise } = ask?;
        let mut writer = super::canonical::CanonicalWriter { names, contents: &mut contents };
        Some((writer.test(when), otherwise.map(super::shown)))
    };
    canonical(old, &both.pairs.old_names) == canonical(new, &both.pairs.new_names)
}

#[cfg(test)]
mod tests {
    use super::out_of_order;

    #[test]
    fn as_few_items_as_possible_count_as_moved() {
        for (order, moved) in [
            (vec![], vec![]),
            (vec![0, 1, 2], vec![]),
            (vec![1, 2, 3, 0], vec![0]),
            (vec![3, 0, 1, 2], vec![3]),
            (vec![0, 2, 4, 5], vec![]),
        ] {
            assert_eq!(out_of_order(&order), moved, "{order:?}");
        }
        assert_eq!(out_of_order(&[2, 1, 0]).len(), 2);
    }
}
