//! Finds the columns that answer the items, and the column that names the respondent.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::{Note, Stop};

use super::answer::Rule;
use super::batch;
use super::cell::Cells;
use super::hints::{self, Wanted};
use super::kept::ExtraColumn;
use super::map_file::Map;
use super::missing::Missing;

/// The columns that name the respondent by default, in order of preference.
const ID_COLUMNS: [&str; 3] = ["respondent", "id", "record_id"];

/// How a table is read: the columns that were found, and the rules for their cells.
pub struct Plan<'a> {
    /// The answers that each item accepts.
    pub(crate) rules: Vec<Rule<'a>>,
    /// The cells that the column of each item may contain.
    pub(crate) cells: Vec<Cells<'a>>,
    /// What hints on missing columns need to know about each item.
    pub(crate) wanted: Vec<Wanted<'a>>,
    /// The name of the column of each item.
    pub(crate) names: Vec<String>,
    /// The index of the column of each item; `None` if no row had it so far.
    pub(crate) items: Vec<Option<usize>>,
    /// The index of the column that names the respondent.
    pub(crate) id: Option<usize>,
    /// The name of that column; `row` if no column names the respondent.
    pub(crate) id_name: String,
    /// The columns that are written beside the scores, after those that the reader always keeps.
    pub(crate) kept: Vec<ExtraColumn>,
    /// The items that are facts about the respondent and answered elsewhere: in another row or another table.
    pub(crate) carried: Vec<usize>,
    /// The items whose cells are written as they are, because their answers are not coded. Their columns are the last of
    /// `kept`.
    pub(crate) texts: Vec<usize>,
    /// The columns that options name but no row had so far.
    pub(crate) unseen: Vec<String>,
    /// The columns that first appeared after the header of the scores was written.
    pub(crate) late: Vec<String>,
}

/// The columns of a table.
pub(super) struct Columns<'t> {
    /// The name of the table in messages.
    pub(super) name: &'t str,
    /// The names of the columns, as far as known.
    pub(super) names: &'t [String],
    /// Whether rows may add columns.
    pub(super) may_grow: bool,
    /// The column that the user or the format states as naming the respondent.
    pub(super) id: Option<&'t str>,
}

impl Plan<'_> {
    /// A plan without items, which keeps all columns.
    pub(crate) fn of_columns(columns: &[String]) -> Self {
        let kept = columns.iter().enumerate();
        let kept = kept.map(|(at, name)| ExtraColumn { column: Some(at), name: name.clone() });
        Self {
            rules: Vec::new(),
            cells: Vec::new(),
            wanted: Vec::new(),
            names: Vec::new(),
            items: Vec::new(),
            id: None,
            id_name: "row".to_owned(),
            kept: kept.collect(),
            carried: Vec::new(),
            texts: Vec::new(),
            unseen: Vec::new(),
            late: Vec::new(),
        }
    }
}

/// Finds the columns of the items and of the respondent. `marks` are the missing-answer codes.
///
/// # Errors
///
/// When columns are missing or occur twice, or the map or the codes are wrong.
pub(super) fn plan<'a>(
    columns: &Columns<'_>,
    (map, marks): (&Map, &[String]),
    (instrument, carried): (&'a Instrument, &[usize]),
    notes: &mut Vec<Note>,
) -> Result<Plan<'a>, Stop> {
    let &Columns { name, names: columns, may_grow, id: id_column } = columns;
    let missing = Rc::new(Missing::new(marks, instrument)?);
    let positions = positions(name, columns)?;
    let names: Vec<String> =
        instrument.items.iter().map(|item| map.column(&item.id).to_owned()).collect();
    // Before missing columns are reported: a wrong entry in the map may be their cause.
    map.check((!may_grow).then_some(columns), name, notes)?;
    let items: Vec<Option<usize>> =
        names.iter().map(|column| positions.get(column.as_str()).copied()).collect();
    let wanted: Vec<Wanted<'_>> = wanted(map, instrument);
    if !may_grow {
        // An item that is answered elsewhere needs no column.
        let is_asked = |item: &usize| !carried.contains(item);
        let here: Vec<usize> = (0..items.len()).filter(is_asked).collect();
        let found: Vec<Option<usize>> = here.iter().map(|&item| items[item]).collect();
        let asked: Vec<Wanted<'_>> = here.iter().map(|&item| wanted[item].clone()).collect();
        all_there(name, columns, &asked, &found)?;
    }
    let id = id_column_of(name, columns, id_column, &names)?;
    let each = || (0..names.len()).map(ItemIx);
    let rules = each().map(|item| Rule::new(instrument, item)).collect();
    let cells = each().map(|item| Cells::new(instrument, item, &missing)).collect();
    let id_name = id.map_or("row".to_owned(), |column| columns[column].clone());
    let (kept, texts, unseen, late) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Ok(Plan {
        rules,
        cells,
        wanted,
        names,
        items,
        id,
        id_name,
        kept,
        carried: carried.to_vec(),
        texts,
        unseen,
        late,
    })
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

/// Checks that every item has a column.
pub(crate) fn all_there(
    name: &str,
    columns: &[String],
    wanted: &[Wanted<'_>],
    items: &[Option<usize>],
) -> Result<(), Stop> {
    hints::refuse_long_form(name, columns, wanted)?;
    let missing: Vec<usize> = (0..items.len()).filter(|&item| items[item].is_none()).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(no_column(name, columns, wanted, &missing)),
    }
}

/// The indices of the columns by name.
///
/// # Errors
///
/// When two columns have the same name.
fn positions<'c>(name: &str, columns: &'c [String]) -> Result<BTreeMap<&'c str, usize>, Stop> {
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, column) in columns.iter().enumerate() {
        if positions.insert(column, position).is_some() {
            let column = batch::short(column);
            return Err(Stop::wrong(format!("{name}: there are two columns called `{column}`"))
                .help("rename or remove one of them"));
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
            // A column of answers does not name respondents, so it is not suggested.
            let others = columns.iter().filter(|column| !items.contains(column));
            match hints::nearest(given, others.map(String::as_str)) {
                Some(near) => stop.help(format!("did you mean `{near}`?")),
                None => stop.help(list_of(columns)),
            }
        });
    }
    let is_item = |column: &str| items.iter().any(|item| item == column);
    // An item may have the id `id`. Its answers do not name respondents.
    Ok(ID_COLUMNS.iter().filter(|column| !is_item(column)).find_map(|column| position(column)))
}

/// A list of the first columns.
fn list_of(columns: &[String]) -> String {
    let mut names: Vec<String> =
        columns.iter().take(12).map(|column| format!("`{}`", batch::short(column))).collect();
    if columns.len() > names.len() {
        names.push(format!("{} more", columns.len() - names.len()));
    }
    format!("the columns are {}", names.join(", "))
}

impl Plan<'_> {
    /// The name of the column that names the respondent; `row` if there is no such column.
    #[must_use]
    pub fn id_name(&self) -> &str {
        &self.id_name
    }

    /// Whether the answer to any item is a clock time.
    pub(crate) fn has_clocks(&self) -> bool {
        self.rules.iter().any(|rule| rule.scale().kind == ResponseKind::Time)
    }
}
