//! Finds the column of each item: by its id, by its name, by its wording, and as a question by its place.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Instrument;

use crate::responses::fold_label;

use super::block;
use super::columns::TableColumn;
use super::names::{differ_by_prefix, is_reversed, parts};

/// Why a column is that of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The column has the id of the item as its name.
    Id,
    /// The name of the column is the id but for case, punctuation and leading zeros.
    Name,
    /// The name or the label of the column is the wording of the item.
    Wording,
    /// One of name and id is the other with something in front of it.
    Prefix,
    /// The column has the place of the item in a block of numbered columns.
    Order,
}

impl Evidence {
    /// Its name in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Wording => "wording",
            Self::Prefix => "prefix",
            Self::Order => "order",
        }
    }

    /// The evidence in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Id => "equal id",
            Self::Name => "equal but for case, punctuation or leading zeros",
            Self::Wording => "equal wording",
            Self::Prefix => "equal but for a prefix",
            Self::Order => "order within a block",
        }
    }
}

/// What was found for an item.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) column: Option<usize>,
    pub(super) candidates: Vec<usize>,
    pub(super) evidence: Option<Evidence>,
    pub(super) question: Option<String>,
}

impl Found {
    fn open(evidence: Option<Evidence>, candidates: Vec<usize>, question: String) -> Self {
        Self { column: None, candidates, evidence, question: Some(question) }
    }
}

/// Finds the column of each item.
pub(super) fn find(instrument: &Instrument, columns: &[TableColumn]) -> Vec<Found> {
    let names: Vec<Vec<String>> = columns.iter().map(|column| parts(&column.name)).collect();
    let texts: Vec<BTreeSet<String>> = columns.iter().map(texts).collect();
    let stems = stems(instrument);
    let mut found: Vec<Found> = (0..instrument.items.len())
        .map(|item| of_item(instrument, item, (columns, &names, &texts), &stems))
        .collect();
    refuse_shared(instrument, columns, &mut found);
    let asked = block::ask(instrument, columns, &names, &found);
    for (item, candidates, question) in asked {
        let evidence = Some(Evidence::Order);
        found[item] = Found { column: None, candidates, evidence, question };
    }
    found
}

/// The folded stems, each with the items that have it.
fn stems(instrument: &Instrument) -> BTreeMap<String, BTreeSet<usize>> {
    let mut stems: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for wording in &instrument.wordings {
        for (item, stem) in wording.stems.iter().enumerate() {
            let folded = fold_label(stem);
            if !folded.is_empty() {
                stems.entry(folded).or_default().insert(item);
            }
        }
    }
    stems
}

/// What a column may repeat of the wording of an item: its name and its label, whole or without what platforms add.
fn texts(column: &TableColumn) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for text in [Some(&column.name), column.label.as_ref()].into_iter().flatten() {
        let whole = fold_label(text);
        // A number before the wording: `3. Wording`.
        let unnumbered = whole.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(rest) = unnumbered.strip_prefix(['.', ')', ':']) {
            texts.insert(rest.trim().to_owned());
        }
        // The lead-in before the wording: `Lead-in [Wording]` or `Lead-in - Wording`.
        if let Some((_, inner)) = whole.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
            texts.insert(inner.trim().to_owned());
        }
        if let Some((_, last)) = whole.rsplit_once(" - ") {
            texts.insert(last.trim().to_owned());
        }
        texts.insert(whole);
    }
    texts
}

type Columns<'c> = (&'c [TableColumn], &'c [Vec<String>], &'c [BTreeSet<String>]);

/// Finds the column of one item.
fn of_item(
    instrument: &Instrument,
    item: usize,
    (columns, names, texts): Columns<'_>,
    stems: &BTreeMap<String, BTreeSet<usize>>,
) -> Found {
    let id = &instrument.items[item].id;
    let own = parts(id);
    let where_is = |is: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..columns.len()).filter(|&at| is(at)).collect()
    };
    let by_id = where_is(&|at| columns[at].name == *id);
    let by_name = where_is(&|at| names[at] == own);
    let of_stem = |text: &String| stems.get(text).is_some_and(|items| items.contains(&item));
    let by_wording = where_is(&|at| texts[at].iter().any(of_stem));
    let by_prefix = where_is(&|at| differ_by_prefix(&names[at], &own));
    let name = |at: &usize| format!("`{}`", columns[*at].name);
    let list = |of: &[usize]| of.iter().map(name).collect::<Vec<_>>().join(", ");
    let levels = [
        (Evidence::Id, by_id),
        (Evidence::Name, by_name),
        (Evidence::Wording, by_wording.clone()),
        (Evidence::Prefix, by_prefix),
    ];
    let best = levels.into_iter().find(|(_, candidates)| !candidates.is_empty());
    let Some((evidence, candidates)) = best else {
        let reversed = where_is(&|at| is_reversed(&names[at], &own));
        return match reversed.is_empty() {
            true => Found::open(None, Vec::new(), format!("which column answers `{id}`?")),
            false => {
                let question = format!(
                    "does {} contain answers that are already reversed? then map `{id}` to it, and add `reversed = [\"{id}\"]`",
                    list(&reversed)
                );
                Found::open(None, reversed, question)
            }
        };
    };
    let [only] = candidates[..] else {
        let question = format!("which of {} answers `{id}`?", list(&candidates));
        return Found::open(Some(evidence), candidates, question);
    };
    // The words of another column contradict the name.
    let others: Vec<usize> = by_wording.iter().copied().filter(|&at| at != only).collect();
    if !others.is_empty() && !by_wording.contains(&only) {
        let question = format!(
            "{} has the name of `{id}`, but {} has its wording: which of them answers it?",
            name(&only),
            list(&others)
        );
        return Found::open(
            Some(evidence),
            std::iter::once(only).chain(others).collect(),
            question,
        );
    }
    // Its own words are those of another item.
    let of_others = texts[only].iter().filter_map(|text| stems.get(text)).flatten();
    let of_others: BTreeSet<usize> = of_others.copied().collect();
    if !of_others.is_empty() && !of_others.contains(&item) {
        let ids: Vec<String> =
            of_others.iter().map(|&at| format!("`{}`", instrument.items[at].id)).collect();
        let question = format!(
            "{} has the name of `{id}`, but the wording of {}: which item does it answer?",
            name(&only),
            ids.join(", ")
        );
        return Found::open(Some(evidence), vec![only], question);
    }
    Found { column: Some(only), candidates: Vec::new(), evidence: Some(evidence), question: None }
}

/// Opens the items that would share a column. The better evidence does not decide: it may be the other item that was not
/// asked.
fn refuse_shared(instrument: &Instrument, columns: &[TableColumn], found: &mut [Found]) {
    let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, found) in found.iter().enumerate() {
        if let Some(column) = found.column {
            users.entry(column).or_default().push(item);
        }
    }
    for (column, items) in users.into_iter().filter(|(_, items)| items.len() > 1) {
        let exact: Vec<usize> = items
            .iter()
            .copied()
            .filter(|&item| found[item].evidence == Some(Evidence::Id))
            .collect();
        for &item in items.iter().filter(|item| !exact.contains(item)) {
            let others: Vec<String> = items
                .iter()
                .filter(|&&other| other != item)
                .map(|&other| format!("`{}`", instrument.items[other].id))
                .collect();
            let question = format!(
                "does `{}` answer `{}`, or {}?",
                columns[column].name,
                instrument.items[item].id,
                others.join(" or ")
            );
            found[item] = Found::open(found[item].evidence, vec![column], question);
        }
    }
}
