//! Finds the columns that answer the items, and the column that names the respondent.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseKind};
use scalewright_scoring::dated;

use crate::{Note, Stop};

use super::answer::Rule;
use super::batch;
use super::cell::Cells;
use super::declared::Declared;
use super::hints::{self, Wanted};
use super::kept::ExtraColumn;
use super::map_file::Map;
use super::marked::mark;
use super::meaning::Meaning;
use super::reversed::turned;

/// The columns that name the respondent by default, in order of preference.
pub(super) const ID_COLUMNS: [&str; 3] = ["respondent", "id", "record_id"];

/// How a table is read: the columns that were found, and the rules for their cells.
pub struct Plan<'a> {
    /// The answers that each item accepts.
    pub(crate) rules: Vec<Rule<'a>>,
    /// The cells that the column of each item may contain.
    pub(crate) cells: Vec<Cells<'a>>,
    /// The declared reasons for missing answers, in the order of their declaration.
    pub(crate) reasons: Vec<Rc<str>>,
    /// Whether the table itself may give other reasons.
    pub(crate) may_have_reasons: bool,
    /// Which answers are turned back, because the map says that they are already reversed.
    pub(crate) turned: Option<String>,
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
    /// The values of the columns before the texts of items in `kept`, which are in the names of the folders of the table.
    pub(crate) partitions: Vec<String>,
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
    /// Whether commas do not separate the cells of a text table.
    pub(super) has_commas: bool,
    /// Whether the table may give reasons for missing answers by itself.
    pub(super) may_have_reasons: bool,
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
            reasons: Vec::new(),
            may_have_reasons: false,
            turned: None,
            wanted: Vec::new(),
            names: Vec::new(),
            items: Vec::new(),
            id: None,
            id_name: "row".to_owned(),
            kept: kept.collect(),
            partitions: Vec::new(),
            carried: Vec::new(),
            texts: Vec::new(),
            unseen: Vec::new(),
            late: Vec::new(),
        }
    }
}

/// Finds the columns of the items and of the respondent, and the rules for their cells: what the map and the options declare,
/// and the missing-answer codes of the options.
///
/// # Errors
///
/// When columns are missing or occur twice, or the map or what is declared about the cells is wrong.
pub(super) fn plan<'a>(
    columns: &Columns<'_>,
    (map, meaning, codes): (&Map, &Meaning, &[String]),
    (instrument, carried): (&'a Instrument, &[usize]),
    notes: &mut Vec<Note>,
) -> Result<Plan<'a>, Stop> {
    let &Columns { name, names: columns, may_grow, has_commas, may_have_reasons, id: id_column } =
        columns;
    let positions = positions(name, columns)?;
    let names: Vec<String> =
        instrument.items.iter().map(|item| map.column(&item.id).to_owned()).collect();
    // Before missing columns are reported: a wrong entry in the map may be their cause.
    map.check((!may_grow).then_some(columns), name, notes)?;
    let declared = Rc::new(Declared::new((meaning, map), has_commas, instrument)?);
    let items: Vec<Option<usize>> =
        names.iter().map(|column| positions.get(column.as_str()).copied()).collect();
    refuse_twins(name, columns, &names)?;
    let wanted: Vec<Wanted<'_>> = wanted(map, instrument);
    if !may_grow {
        all_asked((name, columns), (&wanted, &items), carried)?;
    }
    let id = id_column_of(name, columns, id_column, &names)?;
    let each = || (0..names.len()).map(ItemIx);
    let dated = dated(instrument);
    let rules = each().map(|item| Rule::among(instrument, item, &dated)).collect();
    let mut cells: Vec<Cells<'_>> =
        each().map(|item| Cells::new(instrument, (item, &dated), &declared)).collect();
    let reasons = mark(&mut cells, (codes, map.missing()), instrument)?;
    let turned = turned_back(map, instrument);
    notes.extend(turned.clone().map(|text| Note::info(text).about(name)));
    let id_name = id.map_or("row".to_owned(), |column| columns[column].clone());
    let (kept, texts, partitions) = (Vec::new(), Vec::new(), Vec::new());
    let (unseen, late) = (Vec::new(), Vec::new());
    Ok(Plan {
        rules,
        cells,
        reasons,
        may_have_reasons,
        turned,
        wanted,
        names,
        items,
        id,
        id_name,
        kept,
        carried: carried.to_vec(),
        texts,
        partitions,
        unseen,
        late,
    })
}

/// Which answers are turned back, because the map says that they are already reversed.
fn turned_back(map: &Map, instrument: &Instrument) -> Option<String> {
    let item = |item: ItemIx| {
        let (id, scale) = (&instrument.items[item.0].id, instrument.response(item));
        let ends = scale.bounds();
        let ends = ends.map(|(low, _)| format!(" ({low} counts as {})", turned(scale, low)));
        format!("`{id}`{}", ends.unwrap_or_default())
    };
    let all: Vec<String> = map.reversed().map(item).collect();
    let all = all.join(", ");
    let text = format!("answers that are already reversed, as the map says, so turned back: {all}");
    (!all.is_empty()).then_some(text)
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

/// Checks that every item of a plan has a column, except those that are answered elsewhere.
pub(super) fn all_here(name: &str, columns: &[String], plan: &Plan<'_>) -> Result<(), Stop> {
    all_asked((name, columns), (&plan.wanted, &plan.items), &plan.carried)
}

/// Checks that every item has a column, except those of `carried`, which are answered elsewhere.
fn all_asked(
    (name, columns): (&str, &[String]),
    (wanted, items): (&[Wanted<'_>], &[Option<usize>]),
    carried: &[usize],
) -> Result<(), Stop> {
    let here: Vec<usize> = (0..items.len()).filter(|item| !carried.contains(item)).collect();
    let found: Vec<Option<usize>> = here.iter().map(|&item| items[item]).collect();
    let asked: Vec<Wanted<'_>> = here.iter().map(|&item| wanted[item].clone()).collect();
    all_there(name, columns, &asked, &found)
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

/// Refuses a table with two columns whose names differ only in case or blanks, if one of them answers an item: it is not
/// known which of the two does.
fn refuse_twins(name: &str, columns: &[String], items: &[String]) -> Result<(), Stop> {
    let key = |column: &str| -> String {
        column.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let items: BTreeMap<String, &String> = items.iter().map(|item| (key(item), item)).collect();
    for column in columns {
        let item = items.get(&key(column)).filter(|item| **item != column);
        if let Some(item) = item.filter(|item| columns.contains(item)) {
            let (item, column) = (batch::short(item), batch::short(column));
            let message = format!(
                "{name}: the columns `{item}` and `{column}` differ only in case or blanks"
            );
            return Err(
                Stop::wrong(message).help("rename or remove the one that does not answer the item")
            );
        }
    }
    Ok(())
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

    /// The notes on what the cells themselves showed, after the last row was read.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let columns = |shows: fn(&Cells<'_>) -> bool| {
            let items = self.cells.iter().zip(&self.names).filter(|(cells, _)| shows(cells));
            hints::listed(items.map(|(_, name)| name.as_str()))
        };
        let commas = columns(|cells| cells.has_proven_commas()).map(|names| {
            format!("read with decimal commas, because the numbers have no other reading: {names}")
        });
        let forms = columns(|cells| cells.has_both_forms())
            .map(|names| format!("numbers and texts that are numbers, read alike: {names}"));
        commas.into_iter().chain(forms).map(Note::info).collect()
    }

    /// The name of the column of each item, in the order of the instrument.
    #[must_use]
    pub fn item_columns(&self) -> &[String] {
        &self.names
    }

    /// Whether the answer to any item is a clock time.
    pub(crate) fn has_clocks(&self) -> bool {
        self.rules.iter().any(|rule| rule.scale().kind == ResponseKind::Time)
    }
}
