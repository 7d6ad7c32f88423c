//! What REDCap exports as "CSV / raw data": one line for each record, event and repeat.
//!
//! Besides answers it has columns of REDCap's own, a column for each choice of a checkbox, codes that mark an answer as
//! missing, scores that REDCap calculated, and lines that belong to other forms.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use scalewright_export::redcap_names::{RESERVED, field_name};
use scalewright_model::{Instrument, ResponseKind, ScaleIx};

use crate::Stop;

use super::answer::Given;
use super::batch::{BadRow, Batch, Stated};
use super::csv_table::CsvTable;
use super::map_file::Map;
use super::plan::Plan;
use super::row_reader::RowReader;

/// Columns of REDCap's own that say which line of a record it is.
const KEYS: [&str; 4] = [
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
];

/// A column of scores that REDCap calculated.
struct Calculated {
    column: usize,
    scale: ScaleIx,
    /// The words that the score is one of.
    words: Option<Vec<String>>,
}

/// A raw export of REDCap.
pub(super) struct RedcapTable {
    name: String,
    table: CsvTable,
    /// The columns, with one for all choices of a checkbox that is an item.
    columns: Vec<String>,
    /// Whether each is that of a further choice of such a checkbox.
    choices: Vec<bool>,
    /// Names and places of the columns that are kept beside the scores.
    kept: Vec<String>,
    kept_at: Vec<usize>,
    occasion: Vec<usize>,
    calculated: Vec<Calculated>,
    /// The place of `redcap_repeat_instrument`.
    instrument_at: Option<usize>,
    /// What the form may be called there.
    form: String,
    rows: u64,
    /// Lines without any answer, in an export that has lines of other events and forms.
    of_others: u64,
}

impl RedcapTable {
    /// Reads the first line.
    pub(super) fn open(
        name: &str,
        input: Box<dyn Read>,
        instrument: &Instrument,
        map: &Map,
    ) -> Result<Self, Stop> {
        let table = CsvTable::open(name, input)?;
        let header = table.columns().to_vec();
        let at = |wanted: &str| header.iter().position(|column| column == wanted);
        let found = KEYS.iter().filter_map(|key| Some(((*key).to_owned(), at(key)?)));
        let (kept, kept_at): (Vec<String>, Vec<usize>) = found.unzip();
        named(name, &header, instrument, map)?;
        let (columns, choices) = with_checkboxes(&header, instrument, map);
        Ok(Self {
            name: name.to_owned(),
            occasion: occasion(&kept),
            calculated: calculated(&header, instrument, map),
            columns,
            choices,
            kept,
            kept_at,
            instrument_at: at("redcap_repeat_instrument"),
            form: instrument.id.replace('-', "_"),
            rows: 0,
            of_others: 0,
            table,
        })
    }

    /// Whether the line belongs to another event or form: it says so, or it holds no answer though lines may differ.
    fn is_of_others(&self, plan: &Plan<'_>, items: &[(usize, usize)]) -> bool {
        if self.kept.is_empty() {
            return false;
        }
        let record = self.table.record();
        let repeats = self.instrument_at.map(|at| record.text(at)).unwrap_or_default();
        let of_another = !repeats.is_empty() && repeats != self.form;
        // A choice that was not ticked is exported as 0, whether or not the form was seen.
        let mut scored = items.iter().filter(|(_, item)| plan.rules[*item].is_scored());
        of_another || scored.all(|(column, _)| record.text(*column).trim().is_empty())
    }

    fn row(&mut self, plan: &Plan<'_>, items: &[(usize, usize)], batch: &mut Batch) {
        self.rows += 1;
        let whole = self.table.whole();
        if whole.is_ok() && self.is_of_others(plan, items) {
            self.of_others += 1;
            return;
        }
        let record = self.table.record();
        let respondent = plan.id.filter(|&column| column < record.cells());
        let respondent = respondent.map(|column| record.text(column)).unwrap_or_default();
        let bad = BadRow::new(self.rows, Some(record.line()), &respondent);
        if let Err(why) = whole {
            batch.faults.push(bad.fault("", "", why));
            return;
        }
        let (mut answers, mut faults) = (vec![None; plan.rules.len()], Vec::new());
        for &(column, item) in items {
            // A column of a checkbox is that of one choice alone: it says whether that was ticked.
            if plan.cells[item].takes_several() {
                continue;
            }
            let cell = record.text(column);
            match plan.cells[item].code(Given::Text(&cell)) {
                Ok(answer) => answers[item] = answer,
                Err(why) => faults.push(bad.fault(&self.columns[column], &cell, why)),
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
        }
        for calculated in &self.calculated {
            batch.stated.push(self.calculated_in(calculated, batch.numbers.len()));
        }
        batch.numbers.push(self.rows);
        if plan.id.is_some() {
            batch.ids.push(&respondent);
        }
        let beside = plan.kept.iter().filter_map(|beside| beside.column);
        for (kept, column) in batch.kept.iter_mut().zip(self.kept_at.iter().copied().chain(beside))
        {
            kept.push(&record.text(column));
        }
        for (column, answer) in batch.responses.items.iter_mut().zip(answers) {
            column.push(answer);
        }
        batch.responses.rows += 1;
    }

    /// What REDCap calculated in the line that was read last, for a row of the batch.
    fn calculated_in(&self, calculated: &Calculated, row: usize) -> Stated {
        let Calculated { column, scale, words } = calculated;
        let record = self.table.record();
        let text = record.text(*column).trim().to_owned();
        #[expect(clippy::cast_precision_loss, reason = "a position among words")]
        let position = |text: &str| {
            words.as_ref()?.iter().position(|word| word == text).map(|position| position as f64)
        };
        let score = position(&text).or_else(|| text.parse().ok());
        let place = self.columns[*column].clone();
        Stated { row, scale: *scale, line: Some(record.line()), place, text, score }
    }
}

/// The kept columns that tell one occasion of a record from another.
fn occasion(kept: &[String]) -> Vec<usize> {
    let tells = ["redcap_event_name", "redcap_repeat_instance"];
    (0..kept.len()).filter(|&at| tells.contains(&kept[at].as_str())).collect()
}

/// The columns of scores: those that the map or the table of names says, else those that our own form has.
fn calculated(header: &[String], instrument: &Instrument, map: &Map) -> Vec<Calculated> {
    let is_item = |name: &str| instrument.items.iter().any(|item| map.column(&item.id) == name);
    let scales = instrument.scales.iter().enumerate();
    let found = scales.filter_map(|(index, scale)| {
        let name = map.named_stated(&scale.id).map_or_else(|| field_name(&scale.id), str::to_owned);
        let column = header.iter().position(|column| *column == name && !is_item(&name))?;
        let words = scale.words().map(<[String]>::to_vec);
        Some(Calculated { column, scale: ScaleIx(index), words })
    });
    found.collect()
}

/// Items whose names were changed for a study are known by its table alone. Where it is not given, a field that REDCap
/// keeps for itself would be taken for one of them.
fn named(name: &str, header: &[String], instrument: &Instrument, map: &Map) -> Result<(), Stop> {
    for item in instrument.items.iter().filter(|item| !map.names(&item.id)) {
        let (field, ending) = (field_name(&item.id), format!("_{}", item.id));
        let renamed = header.iter().find(|column| column.ends_with(&ending));
        let why = match (RESERVED.contains(&item.id.as_str()), renamed) {
            (true, _) => "REDCap keeps that name for itself".to_owned(),
            (false, Some(renamed)) if !header.contains(&field) => format!("but `{renamed}`"),
            _ => continue,
        };
        let message = format!("{name}: there is no column for `{}`: {why}", item.id);
        return Err(Stop::wrong(message)
            .help("name the table that was written with the study: `--names …redcap-names.csv`"));
    }
    Ok(())
}

/// The columns, those of the choices of a checkbox item (`item___1`, `item___2`) called after the item once: what was
/// ticked is not scored, but the item has been asked. Beside each, whether it is that of a further choice.
fn with_checkboxes(
    header: &[String],
    instrument: &Instrument,
    map: &Map,
) -> (Vec<String>, Vec<bool>) {
    let several = instrument.items.iter().enumerate().filter(|(index, _)| {
        let response = instrument.response(scalewright_model::ItemIx(*index));
        matches!(response.kind, ResponseKind::SeveralChoice { .. })
    });
    let several: BTreeMap<&str, ()> = several.map(|(_, item)| (map.column(&item.id), ())).collect();
    let mut seen = BTreeSet::new();
    // Long ids are shortened on the way out.
    let ids = instrument.items.iter().filter(|item| !map.names(&item.id));
    let ids: BTreeMap<String, &str> =
        ids.map(|item| (field_name(&item.id), item.id.as_str())).collect();
    let whole = |column: &'_ str| ids.get(column).map_or(column.to_owned(), |id| (*id).to_owned());
    let named = header.iter().map(|column| match column.split_once("___") {
        Some((item, _)) if several.contains_key(&*whole(item)) => match seen.insert(item) {
            true => (whole(item), false),
            false => (whole(column), true),
        },
        _ => (whole(column), false),
    });
    named.unzip()
}

impl RowReader for RedcapTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn occasion(&self) -> &[usize] {
        &self.occasion
    }

    fn stated(&self) -> Vec<usize> {
        self.calculated.iter().map(|calculated| calculated.column).collect()
    }

    fn is_of_item(&self, column: usize) -> bool {
        self.choices.get(column).copied().unwrap_or_default()
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        let items: Vec<(usize, usize)> = plan
            .items
            .iter()
            .enumerate()
            .filter_map(|(item, column)| Some(((*column)?, item)))
            .collect();
        while !batch.is_full() {
            if !self.table.machine_row()? {
                return Ok(false);
            }
            self.row(plan, &items, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        let (lines, are) = match self.of_others {
            0 => return Vec::new(),
            1 => ("1 line holds".to_owned(), "is"),
            more => (format!("{more} lines hold"), "are"),
        };
        let name = &self.name;
        vec![format!(
            "{name}: {lines} no answer to this form (other events, forms or repeats) and {are} not scored"
        )]
    }

    fn progress(&self) -> u64 {
        self.table.progress()
    }
}
