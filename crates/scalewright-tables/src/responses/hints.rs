//! Which column may be meant, where an item has none: a question that is safe to answer with yes.
//!
//! A column that is in use, of another number, of an item of the long form or of answers that are reversed already is
//! never named.

use std::collections::BTreeSet;

use scalewright_model::closest;

use crate::Stop;

/// An item, and the column that should answer it.
pub(crate) struct Wanted<'a> {
    pub(super) item: &'a str,
    pub(super) column: String,
    /// Whether `--map` or `--names` says which column that is.
    pub(super) is_mapped: bool,
    /// Its id in the instrument that this is a short form of, where that is another.
    pub(super) taken_from: Option<&'a str>,
}

/// Columns of items in tables that have one answer a row, and of the answers beside them.
const LONG: ([&str; 7], [&str; 6]) = (
    ["item", "item_id", "field_name", "variable", "question", "question_id", "key"],
    ["resp", "response", "value", "answer", "score", "rating"],
);

/// What to do about items without a column.
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
            "`{column}` may hold answers that are reversed already: give those of `{item}` as they were collected"
        );
    }
    let none = missing.len() == wanted.len();
    let has = |names: &[&str]| free.iter().any(|c| names.contains(&c.to_lowercase().as_str()));
    if none && has(&LONG.0) && has(&LONG.1) {
        return "this looks like a long table, one answer a row: turn it into one row a respondent, with a column an item"
            .to_owned();
    }
    match none {
        true => "say with `--map` which column answers which item".to_owned(),
        false => "if it has another name, say so with `--map`; if the item was not asked, add the column and \
                  leave its cells empty"
            .to_owned(),
    }
}

/// The question whether these are the columns.
fn asked(pairs: &[(&str, &Wanted<'_>)]) -> Option<String> {
    if let [(column, wanted)] = pairs {
        let origin = wanted.taken_from.filter(|origin| key(origin) == key(column));
        let why = if origin.is_some() { ", which is taken from it" } else { "" };
        return Some(format!(
            "is `{column}` the column of `{}`{why}? rename it, or say so with `--map`",
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
        format!("are these the columns: {list}{more}? rename them, or say so with `--map`")
    })
}

/// The one column that can be meant by an item.
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
        // In a table of the long form its own id may be that of another item.
        return match (like(origin).as_slice(), like(this.column.as_str()).as_slice()) {
            ([column], []) | ([], [column]) => Some(*column),
            _ => None,
        };
    }
    let is_origin = |column: &&str| {
        let mut origins = wanted.iter().filter_map(|wanted| wanted.taken_from);
        origins.any(|origin| key(origin) == key(column))
    };
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
    let last = like(|column| column.rsplit(['/', '.', ':']).next().unwrap_or(column));
    if !last.is_empty() {
        return only(last);
    }
    let column = nearest(this.column.as_str(), free.iter().copied())?;
    // Two items cannot mean one column.
    let rivals = missing.iter().filter(|&&other| other != item);
    let taken = |&other: &usize| {
        nearest(wanted[other].column.as_str(), free.iter().copied()) == Some(column)
    };
    (!rivals.into_iter().any(taken)).then_some(column)
}

/// The name that differs by a slip, has the same numbers in it and is no name of the same answers reversed.
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

/// A column called like an item without a column, with an ending that reversed answers are given.
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

/// Whether the last run of letters has a mark behind it: `calmr` of `calm`.
fn differs_by_mark(column: &[String], item: &[String], mark: impl Fn(&str) -> bool) -> bool {
    let mut different = column.iter().zip(item).filter(|(one, other)| one != other);
    match (different.next(), different.next()) {
        (Some((one, other)), None) => one.strip_prefix(other.as_str()).is_some_and(mark),
        _ => false,
    }
}

/// A name without capitals, signs and leading zeros: its runs of letters and of digits.
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

/// A short form whose items have ids of the long form: a table of the long form has all of its columns, and others'
/// answers in them.
pub(super) fn is_the_long_form(
    name: &str,
    columns: &[String],
    wanted: &[Wanted<'_>],
) -> Result<(), Stop> {
    let stem = |name: &str| key(name).into_iter().next();
    let there = |column: &str| columns.iter().any(|there| there == column);
    for this in wanted.iter().filter(|this| !this.is_mapped && there(this.column.as_str())) {
        let Some(origin) = this.taken_from else { continue };
        let is_ours = wanted.iter().any(|other| other.column == origin);
        if !is_ours && there(origin) && stem(origin) == stem(this.item) {
            let item = this.item;
            let message = format!(
                "{name}: these may be columns of the long form: `{origin}` is there, and `{item}` is taken from it"
            );
            return Err(Stop::wrong(message).help(format!(
                "say with `--map` which column answers which item: `{item} = \"{origin}\"` if so, else `{item} = \"{item}\"`"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Wanted, no_column};

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
    fn a_hint_names_the_right_column_or_none() {
        let plain = [("h_1", None), ("h_2", None), ("h_3", None)];
        for (columns, items, said) in [
            (&["h_1", "h_3"][..], &plain[..], "not asked"),
            (&["h_1", "H_2", "h_3"], &plain, "is `H_2` the column of `h_2`?"),
            (&["h1", "h2", "h3"], &plain, "`h1` of `h_1`, `h2` of `h_2`, `h3` of `h_3`?"),
            (&["h3", "h2", "h1"], &plain, "`h1` of `h_1`, `h2` of `h_2`, `h3` of `h_3`?"),
            (&["h_01", "h_02", "h_03"], &plain, "`h_01` of `h_1`"),
            (&["g/h_1", "g/h_2", "g/h_3"], &plain, "`g/h_1` of `h_1`"),
            (&["h_1[SQ001]", "h_1[SQ002]"], &plain, "say with `--map` which"),
            (&["t1_h_1", "t2_h_1"], &plain, "say with `--map` which"),
            (&["h_1", "h_2r", "h_3"], &plain, "reversed already"),
            (&["h_1", "h_2_rev", "h_3"], &plain, "reversed already"),
            (&["h_1", "h_2", "hh_3"], &plain, "not asked"),
            (&["calmm_1"], &[("calm_1", None)], "is `calmm_1` the column of `calm_1`?"),
            (&["H_1", "h1", "h_2", "h_3"], &plain, "not asked"),
            (&["id", "item", "resp"], &plain, "long table"),
            (&["q11"], &[("q1_1", None)], "say with `--map` which"),
            (&["l_5", "h_1"], &[("h_1", None), ("h_2", Some("l_5"))], "which is taken from it"),
            (&["hx_2", "h_1"], &[("h_1", None), ("h_2", Some("hx_7"))], "not asked"),
            (&["hx_2", "x"], &[("h_2", None), ("x", Some("hx_2"))], "not asked"),
        ] {
            let help = help(columns, items);
            assert!(help.contains(said), "{columns:?}: {help}");
        }
    }
}
