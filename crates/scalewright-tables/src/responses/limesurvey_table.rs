//! Reads responses that LimeSurvey exports to CSV, with the codes or the texts of questions as headers.
//!
//! The header of a question is its code, and that of a row of an array `feel[1]` or `feel_1`. Cells contain the codes of
//! answers or their full texts. A question that was not shown is empty or `N/A`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use scalewright_export::limesurvey_codes::{ARRAY, CHOICE, Codes, ROW, SLIDER, answers, plain};
use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::Stop;

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::limesurvey_cells::LimesurveyCells;
use super::limesurvey_words;
use super::map_file::Map;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader;
use super::ticks::Ticks;

/// Opens a table, and reads its header.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let table = CsvTable::open(name, input)?;
    let codes = Codes::of(instrument);
    let headers = Headers::new(instrument, map);
    let mut header = table.columns().to_vec();
    let mut columns = headers.named(&header);
    if !headers.are_all_in(&columns.0)
        && let Some(coded) = limesurvey_words::coded(name, &header, &codes, (instrument, map))?
    {
        header = coded;
        columns = headers.named(&header);
    }
    let header: Vec<String> = header.iter().map(|column| key(column)).collect();
    let ticks = Ticks::new(name, &header, instrument, &|item, option| {
        let options = instrument.response(item).options();
        let at = options.iter().position(|other| other == option);
        let answer = at.map(|at| answers(options).swap_remove(at)).unwrap_or_default();
        let id = &instrument.items[item.0].id;
        let code = if map.names(id) { map.column(id) } else { &codes.items[item.0] };
        vec![key(&format!("{code}{CHOICE}{answer}")), key(&format!("{code}{answer}"))]
    })?;
    let table = RedcapTable::plain(name, table, columns, instrument, map).with_ticks(ticks);
    Ok(table.with_cells(CellMeaning::Limesurvey(LimesurveyCells::new(instrument))))
}

/// What the headers of our own export mean.
struct Headers {
    /// The column of an item or a scale, by the letters and digits of its header.
    whole: BTreeMap<String, String>,
    /// The column of an item, by its code as the row of an array that is only numbered.
    rows: BTreeMap<String, String>,
    /// The column of an item with several choices, by its code.
    several: BTreeMap<String, String>,
    /// The columns of scores.
    scores: BTreeSet<String>,
}

impl Headers {
    fn new(instrument: &Instrument, map: &Map) -> Self {
        let codes = Codes::of(instrument);
        let (mut whole, mut rows, mut several) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut scores = BTreeSet::new();
        let scales = instrument.scales.iter().zip(&codes.scales);
        for (scale, code) in scales {
            // A score that the map names is looked up under that name.
            let column = map.named_stated(&scale.id).unwrap_or(&scale.id);
            let code = map.named_stated(&scale.id).unwrap_or(code);
            whole.insert(key(code), column.to_owned());
            scores.insert(column.to_owned());
        }
        for (at, (item, code)) in instrument.items.iter().zip(&codes.items).enumerate() {
            let column = map.column(&item.id).to_owned();
            // A scale may have the name of an item.
            scores.remove(&column);
            let is_named = map.names(&item.id);
            let code = if is_named { &column } else { code };
            match instrument.response(ItemIx(at)).kind {
                ResponseKind::SeveralChoice { options: _ } => {
                    several.insert(key(code), column);
                }
                ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } if !is_named => {
                    whole.insert(key(&format!("{code}{SLIDER}")), column);
                }
                _ => {
                    whole.insert(key(code), column.clone());
                    if !is_named {
                        rows.insert(key(code), column);
                    }
                }
            }
        }
        Self { whole, rows, several, scores }
    }

    /// Whether this is the name of the column of an item or a scale.
    fn is_used(&self, name: &str) -> bool {
        self.whole.values().chain(self.several.values()).any(|column| column == name)
    }

    /// Whether every item has a column among these names.
    fn are_all_in(&self, names: &[String]) -> bool {
        let mut items = self.whole.values().chain(self.several.values());
        items.all(|item| self.is_score(item) || names.contains(item))
    }

    /// Whether this is the name of the column of a score, and of no item.
    fn is_score(&self, name: &str) -> bool {
        self.scores.contains(name)
    }

    /// The columns of rows of any array that have the code of an item, if no other column has: `feelings[calm_1]`.
    fn alone(&self, header: &[String]) -> BTreeMap<usize, String> {
        let row = |column: &str| {
            let (_, row) = column.strip_suffix(']')?.split_once('[')?;
            self.rows.get(&key(row)).filter(|_| !row.contains('['))
        };
        let mut found: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (at, column) in header.iter().enumerate() {
            if let Some(item) = self.whole.get(&key(column)).or_else(|| row(column)) {
                found.entry(item).or_default().push(at);
            }
        }
        let one = found.into_iter().filter_map(|(item, at)| match at[..] {
            [at] => Some((at, item.clone())),
            _ => None,
        });
        one.collect()
    }

    /// Returns the names of the columns, and whether each is that of a further choice of an item. The first choice has
    /// the name of the item.
    fn named(&self, header: &[String]) -> (Vec<String>, Vec<bool>) {
        let mut seen: Vec<&str> = Vec::new();
        let alone = self.alone(header);
        let named = header.iter().enumerate().map(|(at, column)| {
            let parts = column
                .strip_suffix(']')
                .and_then(|open| open.split_once('['))
                .or_else(|| column.rsplit_once('_'));
            let question = parts.map(|(question, _)| key(question));
            let several = question.as_ref().and_then(|question| self.several.get(question));
            if let Some(item) = several {
                let is_first = !seen.contains(&item.as_str());
                seen.push(item);
                return if is_first { (item.clone(), false) } else { (column.clone(), true) };
            }
            let own = self.whole.get(&key(column)).or_else(|| {
                let (question, row) = parts?;
                let ending = row.strip_prefix(ROW)?;
                let is_number = ending.starts_with(|first: char| first.is_ascii_digit());
                self.whole.get(&key(&format!("{question}{ending}"))).filter(|_| is_number)
            });
            let own = own.or_else(|| {
                let number = question.as_ref()?.strip_prefix(ARRAY)?;
                let is_numbered = number.bytes().all(|byte| byte.is_ascii_digit());
                let (_, row) = parts.filter(|_| is_numbered && !number.is_empty())?;
                self.rows.get(&key(row))
            });
            let own = own.or_else(|| alone.get(&at));
            match own {
                Some(own) => (own.clone(), false),
                // A column of LimeSurvey itself is not the answers to an item with its name.
                None if self.is_used(column) => (format!("limesurvey_{column}"), false),
                None => (column.clone(), false),
            }
        });
        named.unzip()
    }
}

/// The letters and digits of a header.
fn key(header: &str) -> String {
    plain(header).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn headers_with_brackets_and_underscores_are_the_same() {
        assert_eq!(key("feel[1]"), key("feel_1"));
    }
}
