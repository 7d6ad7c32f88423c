//! Suggests columns for items without a column, as questions that are safe to answer with yes.
//!
//! Never suggested are columns in use, columns with other numbers in their names, columns of other items of the long
//! form, and columns of answers that are already reversed.

use std::collections::BTreeSet;

use scalewright_model::closest;
use scalewright_model::text::line;

use crate::Stop;

/// An item with the column that should answer it.
#[derive(Clone)]
pub(crate) struct Wanted<'a> {
    pub(super) item: &'a str,
    pub(super) column: String,
    /// Whether `--map` or `--names` sets the column.
    pub(super) is_mapped: bool,
    /// The id of the item in the long form, if the instrument is a short form and the ids differ.
    pub(super) taken_from: Option<&'a str>,
}

/// At most this many columns are named.
const SHOWN: usize = 6;

/// Usual names in tables with one answer per row: of the column of items, and of the column of answers.
const LONG: ([&str; 7], [&str; 6]) = (
    ["item", "item_id", "field_name", "variable", "question", "question_id", "key"],
    ["resp", "response", "value", "answer", "score", "rating"],
);

/// What to do with a table whose columns have other names.
const MAP: &str = "map columns to items with `--map`; `scalewright map` proposes a map";

/// The help for items without a column. `missing` contains their indices in `wanted`.
pub(super) fn no_column(columns: &[String], wanted: &[Wanted<'_>], missing: &[usize]) -> String {
    let used: BTreeSet<&str> = wanted.iter().map(|wanted| wanted.column.as_str()).collect();
    let free: Vec<&str> =
        columns.iter().map(String::as_str).filter(|column| !used.contains(column)).collect();
    let found = |&item: &usize| Some((meant(&free, wanted, missing, item)?, &wanted[item]));
    let pairs: Vec<(&str, &Wanted<'_>)> = missing.iter().filter_map(found).collect();
    if let Some(help) = asked(&pairs) {
        return help;
    }
    if let Some((column, item)) = reversed(&free, wanted, missing) {
        return format!(
            "`{column}` may contain answers that are already reversed: give the answers to `{item}` as they were collected, or map the column and list the item under `reversed`"
        );
    }
    let none = missing.len() == wanted.len();
    let has = |names: &[&str]| free.iter().any(|c| names.contains(&c.to_lowercase().as_str()));
    if none && has(&LONG.0) && has(&LONG.1) {
        return "this looks like a long table with one answer per row: name its columns, `--long id=…,item=…,answer=…`"
            .to_owned();
    }
    match none {
        true => MAP.to_owned(),
        false => "if the column has another name, map it with `--map`; if the item was not asked, add the column and \
                  leave its cells empty"
            .to_owned(),
    }
}

/// The first of these columns, and the number of the others. `None` without columns.
pub(super) fn listed<'n>(columns: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = columns.map(|name| format!("`{}`", line(name))).collect();
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => (!names.is_empty()).then_some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
}

/// The question whether these are the columns; `None` without pairs.
fn asked(pairs: &[(&str, &Wanted<'_>)]) -> Option<String> {
    if let [(column, wanted)] = pairs {
        let origin = wanted.taken_from.filter(|origin| key(origin) == key(column));
        let why = if origin.is_some() { ", which is taken from that item" } else { "" };
        return Some(format!(
            "is `{column}` the column of `{}`{why}? then rename it, or map it with `--map`",
            wanted.column.as_str()
        ));
    }
    let shown: Vec<String> = pairs
        .iter()
        .take(6)
        .map(|(column, wanted)| format!("`{column}` of `{}`", wanted.column.as_str()))
        .collect();
    let more = if pairs.len() > 6 { " and so on" } else { "" };
    (!pairs.is_empty()).then(|| {
        let list = shown.join(", ");
        format!("are these the columns: {list}{more}? then rename them, or map them with `--map`")
    })
}

/// The only unused column that may be that of an item.
fn meant<'c>(
    free: &[&'c str],
    wanted: &[Wanted<'_>],
    missing: &[usize],
    item: usize,
) -> Option<&'c str> {
    let this = &wanted[item];
    if this.is_mapped {
        return None;
    }
    let like = |name: &str| -> Vec<&'c str> {
        free.iter().copied().filter(|column| key(column) == key(name)).collect()
    };
    if let Some(origin) = this.taken_from {
        // In a table of the long form, the id of this item may belong to another item.
        return match (like(origin).as_slice(), like(this.column.as_str()).as_slice()) {
            ([column], []) | ([], [column]) => Some(*column),
            _ => None,
        };
    }
    let is_origin = |column: &&str| {
        let mut origins = wanted.iter().filter_map(|wanted| wanted.taken_from);
        origins.any(|origin| key(origin) == key(column))
    };
    // A column named like the origin of another item belongs to that item.
    let free: Vec<&'c str> = free.iter().copied().filter(|column| !is_origin(column)).collect();
    let only = |found: Vec<&'c str>| if let [one] = found[..] { Some(one) } else { None };
    let like = |part: fn(&str) -> &str| -> Vec<&'c str> {
        free.iter()
            .copied()
            .filter(|column| key(part(column)) == key(this.column.as_str()))
            .collect()
    };
    let same = like(|column| column);
    if !same.is_empty() {
        return only(same);
    }
    // Some platforms write the group of a question before its name, as in `group/item`.
    let last = like(|column| column.rsplit(['/', '.', ':']).next().unwrap_or(column));
    if !last.is_empty() {
        return only(last);
    }
    let column = nearest(this.column.as_str(), free.iter().copied())?;
    // A column that is nearest to two items is suggested for neither.
    let rivals = missing.iter().filter(|&&other| other != item);
    let taken = |&other: &usize| {
        nearest(wanted[other].column.as_str(), free.iter().copied()) == Some(column)
    };
    (!rivals.into_iter().any(taken)).then_some(column)
}

/// The candidate that differs from `name` by a typing mistake. It must contain the same numbers, and not look like the
/// name of reversed answers.
pub(super) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let numbers = |name: &str| -> Vec<String> {
        key(name).into_iter().filter(|run| run.starts_with(|c: char| c.is_ascii_digit())).collect()
    };
    let fitting = candidates
        .into_iter()
        .filter(|candidate| numbers(candidate) == numbers(name) && !is_reversed(candidate, name));
    closest(name, fitting)
}

/// A column named like an item without a column, but with a mark of reversed answers; and that item.
fn reversed<'c, 'w>(
    free: &[&'c str],
    wanted: &[Wanted<'w>],
    missing: &[usize],
) -> Option<(&'c str, &'w str)> {
    missing.iter().find_map(|&item| {
        let column =
            free.iter().find(|column| is_reversed(column, wanted[item].column.as_str()))?;
        Some((*column, wanted[item].item))
    })
}

fn is_reversed(column: &str, item: &str) -> bool {
    let (column, item) = (key(column), key(item));
    let mark = |run: &str| {
        matches!(
            run,
            "r" | "rev" | "reversed" | "rec" | "recoded" | "i" | "inv" | "inverted" | "neg"
        )
    };
    let behind = column.strip_suffix(item.as_slice());
    let before = column.strip_prefix(item.as_slice());
    [behind, before].into_iter().flatten().any(|rest| matches!(rest, [run] if mark(run)))
        || column.len() == item.len() && differs_by_mark(&column, &item, mark)
}

/// Whether exactly one run differs, by a mark at its end: `calmr` of `calm`.
fn differs_by_mark(column: &[String], item: &[String], mark: impl Fn(&str) -> bool) -> bool {
    let mut different = column.iter().zip(item).filter(|(one, other)| one != other);
    match (different.next(), different.next()) {
        (Some((one, other)), None) => one.strip_prefix(other.as_str()).is_some_and(mark),
        _ => false,
    }
}

/// The runs of letters and of digits in a name, in lower case and without leading zeros.
fn key(name: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in name.chars().flat_map(char::to_lowercase) {
        let kind = if c.is_ascii_digit() { Some(true) } else { c.is_alphabetic().then_some(false) };
        match (kind, runs.last_mut()) {
            (Some(_), Some(run)) if last == kind => run.push(c),
            (Some(_), _) => runs.push(c.to_string()),
            (None, _) => {}
        }
        last = kind;
    }
    for run in &mut runs {
        let short = run.trim_start_matches('0');
        if short.len() < run.len() {
            *run = if short.is_empty() { "0".to_owned() } else { short.to_owned() };
        }
    }
    runs
}

/// Refuses a table that may be of the long form. If items of a short form have ids that mean other items in the long
/// form, such a table has all columns, but some contain answers to other items.
pub(super) fn refuse_long_form(
    name: &str,
    columns: &[String],
    wanted: &[Wanted<'_>],
) -> Result<(), Stop> {
    let stem = |name: &str| key(name).into_iter().next();
    let exists = |column: &str| columns.iter().any(|other| other == column);
    for this in wanted.iter().filter(|this| !this.is_mapped && exists(this.column.as_str())) {
        let Some(origin) = this.taken_from else { continue };
        let is_ours = wanted.iter().any(|other| other.column == origin);
        if !is_ours && exists(origin) && stem(origin) == stem(this.item) {
            let item = this.item;
            let message = format!(
                "{name}: the columns may be those of the long form: there is a column `{origin}`, and `{item}` is taken from that item"
            );
            return Err(Stop::wrong(message).help(format!(
                "map columns to items with `--map`: `{item} = \"{origin}\"` for the long form, else `{item} = \"{item}\"`"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MAP, Wanted, no_column};

    fn help(columns: &[&str], items: &[(&str, Option<&'static str>)]) -> String {
        let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        let wanted: Vec<Wanted<'_>> = items
            .iter()
            .map(|&(item, taken_from)| Wanted {
                item,
                column: item.to_owned(),
                is_mapped: false,
                taken_from,
            })
            .collect();
        let missing: Vec<usize> =
            (0..items.len()).filter(|&item| !columns.iter().any(|c| c == items[item].0)).collect();
        no_column(&columns, &wanted, &missing)
    }

    #[test]
    fn a_hint_suggests_the_right_column_or_none() {
        let plain = [("h_1", None), ("h_2", None), ("h_3", None)];
        for (columns, items, expected) in [
            (&["h_1", "h_3"][..], &plain[..], "not asked"),
            (&["h_1", "H_2", "h_3"], &plain, "is `H_2` the column of `h_2`?"),
            (&["h1", "h2", "h3"], &plain, "`h1` of `h_1`, `h2` of `h_2`, `h3` of `h_3`?"),
            (&["h3", "h2", "h1"], &plain, "`h1` of `h_1`, `h2` of `h_2`, `h3` of `h_3`?"),
            (&["h_01", "h_02", "h_03"], &plain, "`h_01` of `h_1`"),
            (&["g/h_1", "g/h_2", "g/h_3"], &plain, "`g/h_1` of `h_1`"),
            (&["h_1[SQ001]", "h_1[SQ002]"], &plain, MAP),
            (&["t1_h_1", "t2_h_1"], &plain, MAP),
            (&["h_1", "h_2r", "h_3"], &plain, "already reversed"),
            (&["h_1", "h_2_rev", "h_3"], &plain, "already reversed"),
            (&["h_1", "h_2", "hh_3"], &plain, "not asked"),
            (&["calmm_1"], &[("calm_1", None)], "is `calmm_1` the column of `calm_1`?"),
            (&["H_1", "h1", "h_2", "h_3"], &plain, "not asked"),
            (&["id", "item", "resp"], &plain, "long table"),
            (&["q11"], &[("q1_1", None)], MAP),
            (
                &["l_5", "h_1"],
                &[("h_1", None), ("h_2", Some("l_5"))],
                "which is taken from that item",
            ),
            (&["hx_2", "h_1"], &[("h_1", None), ("h_2", Some("hx_7"))], "not asked"),
            (&["hx_2", "x"], &[("h_2", None), ("x", Some("hx_2"))], "not asked"),
        ] {
            let help = help(columns, items);
            assert!(help.contains(expected), "{columns:?}: {help}");
        }
    }
}
