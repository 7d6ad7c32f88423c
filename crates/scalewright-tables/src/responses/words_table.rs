//! Reads exports in which the words of questions are headers and the labels of answers are cells: Google Forms and
//! SurveyMonkey.

use std::io::Read;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::labels::fold;
use super::map_file::Map;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader as _;
use super::ticks::Ticks;
use super::word_cells::WordCells;
use super::worded::Wordings;
use crate::Stop;

/// The column that identifies a respondent of SurveyMonkey.
pub(super) const RESPONDENT: &str = "Respondent ID";

/// What the second row of SurveyMonkey has below a question with one column.
const RESPONSE: [&str; 3] = ["", "Response", "Open-Ended Response"];

/// Opens the responses of a Google Form, and reads the header.
pub(super) fn google_forms(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let table = CsvTable::open(name, input)?;
    let words = Wordings::new(instrument, map);
    let items = words.items(name, table.columns())?;
    let columns = words.names(table.columns(), &items);
    let choices = vec![false; columns.len()];
    let table = RedcapTable::plain(name, table, (columns, choices), instrument, map);
    Ok(table.with_cells(CellMeaning::Words(WordCells::new(instrument))))
}

/// Opens an export from SurveyMonkey, and reads its two rows of headers.
pub(super) fn surveymonkey(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let mut table = CsvTable::open(name, input)?;
    let has_second = table.machine_row()? && table.record().cells() == table.columns().len();
    let second = |table: &CsvTable| -> Vec<String> {
        (0..table.columns().len()).map(|at| table.record().text(at).trim().to_owned()).collect()
    };
    let second = if has_second { second(&table) } else { Vec::new() };
    if second.first().is_none_or(|first| !first.is_empty()) {
        return Err(Stop::wrong(format!(
            "{name}: the table does not have the two rows of headers of a SurveyMonkey export"
        ))
        .help("export all responses as CSV, with answers as texts, and give the file unchanged"));
    }
    let cells = WordCells::new(instrument);
    let words = Wordings::new(instrument, map);
    let headers = headers(table.columns(), &second);
    let found = columns(name, &headers, (&words, &cells), (instrument, map))?;
    let ticks = Ticks::new(name, &found.names, instrument, &|item, option| {
        vec![choice(map.column(&instrument.items[item.0].id), &option.value.to_string())]
    })?;
    let labels = found.labels.into_iter().enumerate();
    let labels = labels.filter_map(|(at, label)| Some((at, label?)));
    let ticks = ticks.with_labels(labels.collect());
    let (names, choices) = with_items(found.names, found.several, instrument, map);
    let table = RedcapTable::plain(name, table, (names, choices), instrument, map);
    Ok(table.with_cells(CellMeaning::Words(cells)).with_ticks(ticks))
}

/// The two headers of a column: the question, which is only above its first column, and the row, the choice or a word.
struct Header {
    question: String,
    below: String,
}

fn headers(first: &[String], second: &[String]) -> Vec<Header> {
    let mut question = String::new();
    let both = first.iter().zip(second).map(|(above, below)| {
        if !above.is_empty() {
            question.clone_from(above);
        }
        Header { question: question.clone(), below: below.clone() }
    });
    both.collect()
}

/// The columns of an export from SurveyMonkey.
struct Found {
    names: Vec<String>,
    /// The item with several choices that a column is a choice of.
    several: Vec<Option<usize>>,
    /// The folded label of that choice.
    labels: Vec<Option<String>>,
}

fn choice(column: &str, value: &str) -> String {
    format!("{column}___{value}")
}

fn columns(
    name: &str,
    headers: &[Header],
    (words, cells): (&Wordings<'_>, &WordCells),
    (instrument, map): (&Instrument, &Map),
) -> Result<Found, Stop> {
    let (mut several, mut labels, mut ticks) = (Vec::new(), Vec::new(), Vec::new());
    let mut texts = Vec::new();
    for Header { question, below } in headers {
        let item = words.items(name, std::slice::from_ref(question))?[0];
        let takes_several = item.filter(|item| {
            matches!(instrument.response(ItemIx(*item)).kind, ResponseKind::SeveralChoice { .. })
        });
        let option = takes_several.and_then(|item| cells.option(item, below));
        let is_alone = RESPONSE.contains(&below.as_str());
        texts.push(match item {
            _ if option.is_some() => String::new(),
            Some(_) if is_alone => question.clone(),
            // A matrix, or a text beside the answer.
            _ if is_alone => question.clone(),
            _ => below.clone(),
        });
        ticks.push(takes_several.zip(option).map(|(item, value)| {
            choice(map.column(&instrument.items[item].id), &value.to_string())
        }));
        labels.push(option.map(|_| fold(below)));
        several.push(takes_several.filter(|_| option.is_some()));
    }
    let items = words.items(name, &texts)?;
    let shown: Vec<String> = headers
        .iter()
        .map(|Header { question, below }| match below.as_str() {
            below if RESPONSE.contains(&below) => question.clone(),
            below => format!("{question}: {below}"),
        })
        .collect();
    let names = words.names(&shown, &items).into_iter().zip(ticks);
    let names = names.map(|(name, tick)| tick.unwrap_or(name)).collect();
    Ok(Found { names, several, labels })
}

/// The names of the columns, in which the first choice of an item has the name of the item, and whether each is that of a
/// further choice.
fn with_items(
    names: Vec<String>,
    several: Vec<Option<usize>>,
    instrument: &Instrument,
    map: &Map,
) -> (Vec<String>, Vec<bool>) {
    let mut seen = Vec::new();
    let both = names.into_iter().zip(several).map(|(name, item)| match item {
        Some(item) if !seen.contains(&item) => {
            seen.push(item);
            (map.column(&instrument.items[item].id).to_owned(), false)
        }
        item => (name, item.is_some()),
    });
    both.unzip()
}
