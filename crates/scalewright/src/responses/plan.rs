//! Which column answers which item, and which names the respondent.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, did_you_mean};

use crate::{Stop, Terminal, render};

use super::answer::Rule;
use super::map_file::Map;

/// The columns that name the respondent when none is given, in order of preference.
const ID_COLUMNS: [&str; 3] = ["respondent", "id", "record_id"];

/// What is looked for in a table, and where it was found.
pub(crate) struct Plan<'a> {
    /// For each item, what it takes.
    pub(crate) rules: Vec<Rule<'a>>,
    /// For each item, the name of its column.
    pub(crate) names: Vec<String>,
    /// For each item, the position of its column; nothing where it has not been seen yet.
    pub(crate) items: Vec<Option<usize>>,
    /// The position of the column that names the respondent.
    pub(crate) id: Option<usize>,
    /// The name of that column; `row` when there is none.
    pub(crate) id_name: String,
}

/// Finds the columns, or says which are not there.
pub(crate) fn plan<'a>(
    name: &str,
    columns: &[String],
    may_grow: bool,
    id_column: Option<&str>,
    map: &Map,
    instrument: &'a Instrument,
    terminal: &mut Terminal<'_>,
) -> Result<Plan<'a>, Stop> {
    let positions = positions(name, columns)?;
    let names: Vec<String> =
        instrument.items.iter().map(|item| map.column(&item.id).to_owned()).collect();
    map.check((!may_grow).then_some(columns), name, terminal)?;
    let items: Vec<Option<usize>> =
        names.iter().map(|column| positions.get(column.as_str()).copied()).collect();
    if !may_grow {
        all_there(name, columns, &names, &items)?;
    }
    let id = id_column_of(name, columns, id_column, &names)?;
    let rules = (0..names.len()).map(|item| Rule::new(instrument, ItemIx(item))).collect();
    let id_name = id.map_or("row".to_owned(), |column| columns[column].clone());
    Ok(Plan { rules, names, items, id, id_name })
}

/// Whether every item has a column.
pub(crate) fn all_there(
    name: &str,
    columns: &[String],
    names: &[String],
    items: &[Option<usize>],
) -> Result<(), Stop> {
    let missing: Vec<&str> = names
        .iter()
        .zip(items)
        .filter(|(_, column)| column.is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    match missing.first() {
        None => Ok(()),
        Some(first) => Err(no_column(name, columns, &missing, first)),
    }
}

/// The columns by name; two of one name are an error.
fn positions<'c>(name: &str, columns: &'c [String]) -> Result<BTreeMap<&'c str, usize>, Stop> {
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, column) in columns.iter().enumerate() {
        if positions.insert(column, position).is_some() {
            return Err(Stop::wrong(format!("{name}: there are two columns called `{column}`"))
                .help("remove one of them"));
        }
    }
    Ok(positions)
}

fn no_column(name: &str, columns: &[String], missing: &[&str], first: &str) -> Stop {
    let mut list: Vec<String> = missing.iter().take(6).map(|id| format!("`{id}`")).collect();
    if missing.len() > 6 {
        list.push(format!("{} more", missing.len() - 6));
    }
    let stop = Stop::wrong(format!("{name}: there is no column for {}", list.join(", ")));
    let near = scalewright_model::closest(first, columns.iter().map(String::as_str));
    stop.help(match near {
        Some(near) => {
            format!("is `{near}` the column of `{first}`? rename it, or say so with `--map`")
        }
        None => "add the column; leave its cells empty if the item was not asked".to_owned(),
    })
}

fn id_column_of(
    name: &str,
    columns: &[String],
    given: Option<&str>,
    items: &[String],
) -> Result<Option<usize>, Stop> {
    let position = |wanted: &str| columns.iter().position(|column| column == wanted);
    if let Some(given) = given {
        return position(given).map(Some).ok_or_else(|| {
            let stop = Stop::wrong(format!("{name}: there is no column `{given}`"));
            match did_you_mean(given, columns.iter().map(String::as_str)) {
                Some(help) => stop.help(help),
                None => stop,
            }
        });
    }
    let is_item = |column: &str| items.iter().any(|item| item == column);
    Ok(ID_COLUMNS.iter().filter(|column| !is_item(column)).find_map(|column| position(column)))
}

impl Plan<'_> {
    /// Columns that are neither items nor the respondent: not an error, but nothing is ignored in silence.
    pub(crate) fn tell_ignored(&self, columns: &[String], terminal: &mut Terminal<'_>) {
        let used: std::collections::BTreeSet<&str> =
            self.names.iter().map(String::as_str).collect();
        let ignored: Vec<String> = columns
            .iter()
            .enumerate()
            .filter(|(position, column)| {
                !used.contains(column.as_str()) && self.id != Some(*position)
            })
            .map(|(_, column)| format!("`{}`", render::quote(column)))
            .collect();
        match ignored.len() {
            0 => {}
            1..=8 => {
                terminal.tell(&format!("note: not items, so not used: {}", ignored.join(", ")));
            }
            more => terminal.tell(&format!(
                "note: not items, so not used: {} and {} more",
                ignored[..7].join(", "),
                more - 7
            )),
        }
    }
}
