//! What REDCap exports as "CSV / raw data": one line for each record, event and repeat.
//!
//! Besides answers it has columns of REDCap's own, a column for each choice of a checkbox, codes that mark an answer as
//! missing, and lines that belong to other forms.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use scalewright_model::{Instrument, ResponseKind};
use scalewright_scoring::emit::redcap::{RESERVED, field_name};

use crate::Stop;

use super::answer::Given;
use super::batch::{self, Batch, Fault};
use super::csv_table::CsvTable;
use super::plan::Plan;
use super::{Map, Source};

/// Columns of REDCap's own that say which line of a record it is.
const KEYS: [&str; 4] = [
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
];

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
    /// The place of `redcap_repeat_instrument`.
    instrument_at: Option<usize>,
    /// What the form may be called there.
    form: String,
    missing: BTreeSet<String>,
    rows: u64,
    /// Lines without any answer, in an export that has lines of other events and forms.
    of_others: u64,
}

impl RedcapTable {
    /// Reads the first line. The answers in `missing` are none: REDCap's missing-data codes.
    pub(super) fn open(
        name: &str,
        input: Box<dyn Read>,
        instrument: &Instrument,
        map: &Map,
        missing: &[String],
    ) -> Result<Self, Stop> {
        let table = CsvTable::open(name, input)?;
        let header = table.columns().to_vec();
        let at = |wanted: &str| header.iter().position(|column| column == wanted);
        let found = KEYS.iter().filter_map(|key| Some(((*key).to_owned(), at(key)?)));
        let (kept, kept_at) = found.unzip();
        no_answers(instrument, missing)?;
        named(name, &header, instrument, map)?;
        let (columns, choices) = with_checkboxes(&header, instrument, map);
        Ok(Self {
            name: name.to_owned(),
            columns,
            choices,
            kept,
            kept_at,
            instrument_at: at("redcap_repeat_instrument"),
            form: instrument.id.replace('-', "_"),
            missing: missing.iter().cloned().collect(),
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
        let respondent = plan.id.map_or(String::new(), |column| match column < record.cells() {
            true => record.text(column).into_owned(),
            false => String::new(),
        });
        let fault = |column: &str, value: &str, reason: String| Fault {
            within: None,
            row: self.rows,
            line: Some(record.line()),
            respondent: respondent.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason,
        };
        if let Err(why) = whole {
            batch.faults.push(fault("", "", why));
            return;
        }
        let (mut answers, mut faults) = (vec![None; plan.rules.len()], Vec::new());
        for &(column, item) in items {
            let cell = record.text(column);
            let given = if self.missing.contains(cell.trim()) { "" } else { &*cell };
            match plan.rules[item].code(Given::Text(given)) {
                Ok(answer) => answers[item] = answer,
                Err(why) => faults.push(fault(&self.columns[column], &cell, why)),
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
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
}

/// A missing-data code that is an answer of some item would be both.
fn no_answers(instrument: &Instrument, missing: &[String]) -> Result<(), Stop> {
    for (index, item) in instrument.items.iter().enumerate() {
        let response = instrument.response(scalewright_model::ItemIx(index));
        let is_answer = |code: &&String| {
            let number = code.trim().parse().ok();
            number.is_some_and(|number| response.accepts(number).is_ok())
        };
        if let Some(code) = missing.iter().find(is_answer) {
            let message = format!("`{code}` cannot mark missing answers: it answers `{}`", item.id);
            return Err(Stop::usage(message).help("give another `--missing-code`"));
        }
    }
    Ok(())
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

impl Source for RedcapTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn kept(&self) -> &[String] {
        &self.kept
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
        while batch.numbers.len() + batch.faults.len() < batch::ROWS {
            if !self.table.machine_row()? {
                return Ok(false);
            }
            self.row(plan, &items, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        let lines = match self.of_others {
            0 => return Vec::new(),
            1 => "1 line holds".to_owned(),
            more => format!("{more} lines hold"),
        };
        let name = &self.name;
        vec![format!(
            "{name}: {lines} no answer to this form (other events, forms or repeats) and is not scored"
        )]
    }

    fn progress(&self) -> u64 {
        self.table.progress()
    }
}
