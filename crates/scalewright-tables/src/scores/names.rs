//! The names of the scores of several instruments in one table: a name that two instruments use gets the id of the
//! instrument in front of it.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Instrument;

use crate::Note;

use super::header::Column;
use super::prefix::prefix;

/// Names `columns` so that no column of one instrument has the name of a column of another. Returns a note on the scores
/// that are named after their instrument.
pub(super) fn prefixed(columns: &mut [Column<'_>], instruments: &[&Instrument]) -> Option<Note> {
    let shared = shared(columns);
    let own = |column: &Column<'_>| !column.names(true).iter().any(|name| shared.contains(name));
    let mut taken: BTreeSet<String> =
        columns.iter().filter(|column| own(column)).flat_map(|column| column.names(true)).collect();
    let mut renamed = Vec::new();
    for at in 0..columns.len() {
        if own(&columns[at]) {
            continue;
        }
        let before = columns[at].name.clone();
        columns[at].name = format!("{}_{before}", prefix(instruments[columns[at].of]));
        while columns[at].names(true).iter().any(|name| taken.contains(name)) {
            columns[at].name.push('_');
        }
        taken.extend(columns[at].names(true));
        renamed.push(format!("`{}`", columns[at].name));
    }
    note(&renamed)
}

/// The names that columns of several instruments have, whether or not all of them are written.
fn shared(columns: &[Column<'_>]) -> BTreeSet<String> {
    let mut users: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for column in columns {
        for name in column.names(true) {
            users.entry(name).or_default().insert(column.of);
        }
    }
    users.into_iter().filter(|(_, of)| of.len() > 1).map(|(name, _)| name).collect()
}

fn note(renamed: &[String]) -> Option<Note> {
    let mut list: Vec<String> = renamed.iter().take(8).cloned().collect();
    if renamed.len() > list.len() {
        list.push(format!("{} more", renamed.len() - list.len()));
    }
    (!renamed.is_empty()).then(|| {
        Note::info(format!(
            "several instruments have scores of the same name, which are named after their instruments: {}",
            list.join(", ")
        ))
    })
}
