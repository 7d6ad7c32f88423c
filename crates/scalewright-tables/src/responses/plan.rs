//! Which column answers which item, and which names the respondent.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::{Note, Stop};

use super::answer::Rule;
use super::batch;
use super::cell::Cells;
use super::hints::{self, Wanted};
use super::kept::Beside;
use super::map_file::Map;
use super::missing::Missing;

/// The columns that name the respondent when none is given, in order of preference.
const ID_COLUMNS: [&str; 3] = ["respondent", "id", "record_id"];

/// What is looked for in a table, and where it was found.
pub struct Plan<'a> {
    /// For each item, what it takes.
    pub(crate) rules: Vec<Rule<'a>>,
    /// For each item, what a cell of its column may hold.
    pub(crate) cells: Vec<Cells<'a>>,
    /// For each item, what hints go by.
    pub(crate) wanted: Vec<Wanted<'a>>,
    /// For each item, the name of its column.
    pub(crate) names: Vec<String>,
    /// For each item, the position of its column; nothing where it has not been seen yet.
    pub(crate) items: Vec<Option<usize>>,
    /// The position of the column that names the respondent.
    pub(crate) id: Option<usize>,
    /// The name of that column; `row` when there is none.
    pub(crate) id_name: String,
    /// The columns that go out beside the scores, behind those of the source.
    pub(crate) kept: Vec<Beside>,
    /// Columns that the options name and that no row had so far.
    pub(crate) unseen: Vec<String>,
    /// Columns that came up when scores were being written, too late to stand beside them.
    pub(crate) late: Vec<String>,
}

/// The columns of a table.
pub(super) struct Columns<'t> {
    /// What messages call the table.
    pub(super) name: &'t str,
    /// The names of its columns, as far as they are known.
    pub(super) names: &'t [String],
    /// Whether rows may bring more.
    pub(super) may_grow: bool,
    /// The one that is said to name the respondent.
    pub(super) id: Option<&'t str>,
}

/// Finds the columns that are looked for, or says which are missing. `marks` are those of missing answers.
pub(super) fn plan<'a>(
    columns: &Columns<'_>,
    (map, marks): (&Map, &[String]),
    instrument: &'a Instrument,
    notes: &mut Vec<Note>,
) -> Result<Plan<'a>, Stop> {
    let &Columns { name, names: columns, may_grow, id: id_column } = columns;
    let missing = Rc::new(Missing::new(marks, instrument)?);
    let positions = positions(name, columns)?;
    let names: Vec<String> =
        instrument.items.iter().map(|item| map.column(&item.id).to_owned()).collect();
    map.check((!may_grow).then_some(columns), name, notes)?;
    let items: Vec<Option<usize>> =
        names.iter().map(|column| positions.get(column.as_str()).copied()).collect();
    let wanted: Vec<Wanted<'_>> = wanted(map, instrument);
    if !may_grow {
        all_there(name, columns, &wanted, &items)?;
    }
    let id = id_column_of(name, columns, id_column, &names)?;
    let each = || (0..names.len()).map(ItemIx);
    let rules = each().map(|item| Rule::new(instrument, item)).collect();
    let cells = each().map(|item| Cells::new(instrument, item, &missing)).collect();
    let id_name = id.map_or("row".to_owned(), |column| columns[column].clone());
    let (kept, unseen, late) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Plan { rules, cells, wanted, names, items, id, id_name, kept, unseen, late })
}

fn wanted<'a>(map: &Map, instrument: &'a Instrument) -> Vec<Wanted<'a>> {
    let wanted = instrument.items.iter().map(|item| Wanted {
        item: &item.id,
        column: map.column(&item.id).to_owned(),
        is_mapped: map.names(&item.id),
        taken_from: item.taken_from.as_deref().filter(|origin| *origin != item.id),
    });
    wanted.collect()
}

/// Whether every item has a column.
pub(crate) fn all_there(
    name: &str,
    columns: &[String],
    wanted: &[Wanted<'_>],
    items: &[Option<usize>],
) -> Result<(), Stop> {
    hints::is_the_long_form(name, columns, wanted)?;
    let missing: Vec<usize> = (0..items.len()).filter(|&item| items[item].is_none()).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(no_column(name, columns, wanted, &missing)),
    }
}

/// The columns by name; two of one name are an error.
fn positions<'c>(name: &str, columns: &'c [String]) -> Result<BTreeMap<&'c str, usize>, Stop> {
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, column) in columns.iter().enumerate() {
        if positions.insert(column, position).is_some() {
            let column = batch::short(column);
            return Err(Stop::wrong(format!("{name}: there are two columns called `{column}`"))
                .help("remove one of them"));
        }
    }
    Ok(positions)
}

fn no_column(name: &str, columns: &[String], wanted: &[Wanted<'_>], missing: &[usize]) -> Stop {
    let mut list: Vec<String> =
        missing.iter().take(6).map(|&item| format!("`{}`", wanted[item].column)).collect();
    if missing.len() > 6 {
        list.push(format!("{} more", missing.len() - 6));
    }
    Stop::wrong(format!("{name}: there is no column for {}", list.join(", ")))
        .help(hints::no_column(columns, wanted, missing))
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
            // A column of answers names nobody.
            let others = columns.iter().filter(|column| !items.contains(column));
            match hints::nearest(given, others.map(String::as_str)) {
                Some(near) => stop.help(format!("did you mean `{near}`?")),
                None => stop.help(list_of(columns)),
            }
        });
    }
    let is_item = |column: &str| items.iter().any(|item| item == column);
    Ok(ID_COLUMNS.iter().filter(|column| !is_item(column)).find_map(|column| position(column)))
}

/// Some of the columns that there are.
fn list_of(columns: &[String]) -> String {
    let mut names: Vec<String> =
        columns.iter().take(12).map(|column| format!("`{}`", batch::short(column))).collect();
    if columns.len() > names.len() {
        names.push(format!("{} more", columns.len() - names.len()));
    }
    format!("there are {}", names.join(", "))
}

impl Plan<'_> {
    /// The name of the column that names the respondent; `row` when there is none.
    #[must_use]
    pub fn id_name(&self) -> &str {
        &self.id_name
    }

    /// Whether any item takes a clock time.
    pub(crate) fn has_clocks(&self) -> bool {
        self.rules.iter().any(|rule| rule.scale().kind == ResponseKind::Time)
    }
}
