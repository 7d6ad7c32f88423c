//! Compares response scales: for each item the one that it had with the one that it has now, whatever their names.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{
    ItemIx, OptionValue, Pointer, ResponseKind, ResponseOption, ResponseScale,
};

use super::{Both, Change, Kind, Touches, labels, listed, shown};

/// Returns the items of each pair of an old and a new response scale.
pub(super) fn used(both: &Both<'_>) -> BTreeMap<(usize, usize), Vec<ItemIx>> {
    let mut together: BTreeMap<(usize, usize), Vec<ItemIx>> = BTreeMap::new();
    for (old, new) in both.pairs.items.iter().enumerate() {
        let Some(new) = *new else { continue };
        let before = both.old.instrument.items[old].response.0;
        let after = both.new.instrument.items[new.0].response.0;
        together.entry((before, after)).or_default().push(new);
    }
    together
}

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    for ((before, after), items) in used(both) {
        let old = &both.old.instrument.response_scales[before];
        let new = &both.new.instrument.response_scales[after];
        one(both, old, new, &items, changes);
        changes.extend(moved_labels(both, (before, after), &items));
    }
    unused(both, changes);
}

/// Reports labels that moved to other values: the same answer in words now gives another number.
fn moved_labels(both: &Both<'_>, (old, new): (usize, usize), items: &[ItemIx]) -> Option<Change> {
    let any = items.iter().any(|item| both.labels_moved[item.0]);
    let (was, is) = (labels::of(&both.old, old)?, labels::of(&both.new, new)?);
    let name = &both.new.instrument.response_scales[new].name;
    let of = listed(items.iter().map(|item| both.new.item(*item)));
    let what = format!("the values of the labels of `{name}`, the response scale of {of}");
    let change = Change::new(Kind::ResponseValues, what);
    let change = change.was(labels::listed(&was)).is(labels::listed(&is));
    let place = Pointer::response_scale(name);
    any.then(|| change.at_key(place).touching(Touches::Items(items.to_vec())))
}

fn one(
    both: &Both<'_>,
    old: &ResponseScale,
    new: &ResponseScale,
    items: &[ItemIx],
    changes: &mut Vec<Change>,
) {
    // A response scale that was only renamed is unchanged.
    let ResponseScale { name: _, kind } = old;
    if *kind == new.kind {
        return;
    }
    let place = Pointer::response_scale(&new.name);
    let touched = || Touches::Items(items.to_vec());
    let of = listed(items.iter().map(|item| both.new.item(*item)));
    let about = |what: &str| format!("{what} `{}`, the response scale of {of}", new.name);
    let change = |kind: Kind, what: &str| {
        Change::new(kind, about(what)).was(answers(&old.kind)).is(answers(&new.kind))
    };
    match (&old.kind, &new.kind) {
        (ResponseKind::Coded { options: before }, ResponseKind::Coded { options: after })
        | (
            ResponseKind::SeveralChoice { options: before },
            ResponseKind::SeveralChoice { options: after },
        ) => {
            let place = place.key("options");
            // Otherwise `words` compares the labels themselves.
            let is_withheld = both.new.instrument.wording(&both.new.instrument.language).is_none();
            if is_withheld && unlabelled(before) != unlabelled(after) {
                let change = change(Kind::Words, "which options have words on");
                changes.push(change.at(place.clone()).touching(touched()));
            }
            options(before, after, &mut |kind, what| {
                changes.push(change(kind, what).at(place.clone()).touching(touched()));
            });
        }
        (ResponseKind::Text { lines: before }, ResponseKind::Text { lines: after }) => {
            let layout = Change::new(Kind::ResponseLayout, about("the number of lines of"));
            let layout = layout.was(before.to_string()).is(after.to_string());
            changes.push(layout.at(place.key("lines")).touching(touched()));
        }
        _ => {
            let change = change(Kind::ResponseValues, "the answers of");
            changes.push(change.at_key(place).touching(touched()));
        }
    }
}

/// The values of the options without words.
fn unlabelled(options: &[ResponseOption]) -> BTreeSet<OptionValue> {
    options.iter().filter(|option| option.unlabelled).map(|option| option.value).collect()
}

fn options(
    old: &[ResponseOption],
    new: &[ResponseOption],
    change: &mut dyn FnMut(Kind, &'static str),
) {
    let scored = |options: &[ResponseOption]| -> BTreeSet<(OptionValue, bool)> {
        // A non-response is not an answer, so it does not belong to the possible answers.
        options.iter().filter(|o| !o.non_response).map(|o| (o.value, o.non_response)).collect()
    };
    if scored(old) != scored(new) {
        // Other values also have another order and other codes, which would report the same change again.
        change(Kind::ResponseValues, "the answers of");
        return;
    }
    let order = |options: &[ResponseOption]| -> Vec<(OptionValue, bool)> {
        options.iter().map(|o| (o.value, o.non_response)).collect()
    };
    if order(old) != order(new) {
        change(Kind::ResponseOrder, "the options of");
    }
    let codes = |options: &[ResponseOption]| -> BTreeMap<OptionValue, String> {
        let coded = options.iter().filter_map(|option| {
            let ResponseOption { value, code, non_response: _, unlabelled: _ } = option;
            Some((*value, code.clone()?))
        });
        coded.collect()
    };
    let (before, after) = (codes(old), codes(new));
    // Data files may contain the old code words; a word for an answer that had none breaks no file.
    if before.iter().any(|(value, code)| after.get(value) != Some(code)) {
        change(Kind::ResponseCode, "the codes of");
    } else if before != after {
        change(Kind::ResponseCodeAdded, "the codes of");
    }
}

/// Reports response scales that no item uses if they are added or removed.
fn unused(both: &Both<'_>, changes: &mut Vec<Change>) {
    let names = |side: &super::Side<'_>| -> BTreeSet<String> {
        let used: BTreeSet<usize> =
            side.instrument.items.iter().map(|item| item.response.0).collect();
        let all = side.instrument.response_scales.iter().enumerate();
        all.filter(|(index, _)| !used.contains(index)).map(|(_, r)| r.name.clone()).collect()
    };
    // A response scale that lost its last item, or got its first, is neither added nor removed.
    let exists = |side: &super::Side<'_>, name: &str| {
        side.instrument.response_scales.iter().any(|scale| scale.name == name)
    };
    let (old, new) = (names(&both.old), names(&both.new));
    let place = |name: &str| Pointer::response_scale(name);
    for name in new.iter().filter(|name| !exists(&both.old, name)) {
        let what = format!("the response scale `{name}`, which no item uses, is added");
        changes.push(Change::new(Kind::ResponseLayout, what).at_key(place(name)));
    }
    for name in old.iter().filter(|name| !exists(&both.new, name)) {
        let what = format!("the response scale `{name}`, which no item used, is removed");
        changes.push(Change::new(Kind::ResponseLayout, what).gone(place(name)));
    }
}

/// The answers that a response scale takes, in a message.
fn answers(kind: &ResponseKind) -> String {
    let option = |option: &ResponseOption| {
        let ResponseOption { value, code, non_response, unlabelled: _ } = option;
        let code = code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        format!("{value}{code}{}", if *non_response { " (no answer)" } else { "" })
    };
    let many = |options: &[ResponseOption]| {
        let all: Vec<String> = options.iter().map(option).collect();
        all.join(", ")
    };
    let ends = |min: Option<f64>, max: Option<f64>, decimals: u32| {
        let end = |end: Option<f64>| end.map_or_else(|| "any".to_owned(), shown);
        let decimals = match decimals {
            0 => "whole numbers".to_owned(),
            1 => "1 decimal".to_owned(),
            more => format!("{more} decimals"),
        };
        format!("{} to {}, {decimals}", end(min), end(max))
    };
    match kind {
        ResponseKind::Coded { options } => many(options),
        ResponseKind::SeveralChoice { options } => format!("any of {}", many(options)),
        ResponseKind::Numeric { min, max, decimals } => {
            format!("a number: {}", ends(*min, *max, *decimals))
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            format!("a mark on a line: {}", ends(Some(*min), Some(*max), *decimals))
        }
        ResponseKind::YesNo => "yes (1) or no (0)".to_owned(),
        ResponseKind::Text { lines: _ } => "text".to_owned(),
        ResponseKind::Date => "a date".to_owned(),
        ResponseKind::Time => "a clock time".to_owned(),
    }
}
