//! Reads REDCap exports of type "CSV / raw data", which have one line per record, event and repeat.
//!
//! Besides answers, they contain columns of REDCap itself, a column for each choice of a checkbox, missing-answer
//! codes, scores that REDCap calculated, and lines that belong to other forms.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::rc::Rc;

use scalewright_export::redcap_names::{RESERVED, field_name};
use scalewright_model::{Instrument, ResponseKind, ScaleIx};

use crate::Stop;

use super::answer::Given;
use super::batch::{BadRow, Batch, Fault, Stated};
use super::cell::Answer;
use super::cell_meaning::{CellContent, CellMeaning, NOT_ASKED};
use super::csv_table::CsvTable;
use super::map_file::Map;
use super::plan::Plan;
use super::row_answers::RowAnswers;
use super::row_reader::RowReader;
use super::ticks::Ticks;

/// The columns of REDCap that identify a line of a record.
pub(crate) const KEYS: [&str; 4] = [
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
];

/// A column of scores that REDCap calculated.
struct Calculated {
    column: usize,
    scale: ScaleIx,
    /// The words of the scale, if its scores are words.
    words: Option<Vec<String>>,
}

/// A raw REDCap export.
pub(super) struct RedcapTable {
    name: String,
    table: CsvTable,
    /// The names of the columns. The first column of a checkbox that is an item has the name of the item.
    columns: Vec<String>,
    /// Whether each column is that of a further choice of such a checkbox.
    choices: Vec<bool>,
    /// The names of the columns that are always kept beside the scores.
    kept: Vec<String>,
    /// The indices of these columns.
    kept_at: Vec<usize>,
    /// Which of them distinguish the occasions of a record, as indices in `kept`.
    occasion: Vec<usize>,
    /// The columns of scores that REDCap calculated.
    calculated: Vec<Calculated>,
    /// The index of the column `redcap_repeat_instrument`.
    instrument_at: Option<usize>,
    /// The name of the form in that column.
    form: String,
    rows: u64,
    /// The number of lines of other events, forms or repeats.
    of_others: u64,
    /// What cells mean on another platform than REDCap.
    cells: Option<CellMeaning>,
    /// The columns of options of items with several choices that formulas look into.
    ticks: Ticks,
}

impl RedcapTable {
    /// Opens an export, and reads its header.
    pub(super) fn open(
        name: &str,
        input: Box<dyn Read>,
        instrument: &Instrument,
        map: &Map,
    ) -> Result<Self, Stop> {
        let table = CsvTable::open(name, input)?;
        let header = table.columns().to_vec();
        require_names(name, &header, instrument, map)?;
        let export = Self::of_events(name, table, header, (instrument, map))?;
        let at = export.columns.iter().position(|column| column == "redcap_repeat_instrument");
        Ok(Self { instrument_at: at, ..export })
    }

    /// An export whose columns have the names of `header`, with events and repeats.
    pub(super) fn of_events(
        name: &str,
        table: CsvTable,
        header: Vec<String>,
        (instrument, map): (&Instrument, &Map),
    ) -> Result<Self, Stop> {
        let at = |wanted: &str| header.iter().position(|column| column == wanted);
        let found = KEYS.iter().filter_map(|key| Some(((*key).to_owned(), at(key)?)));
        let (kept, kept_at): (Vec<String>, Vec<usize>) = found.unzip();
        let (columns, choices) = with_checkboxes(&header, instrument, map);
        let ticks = Ticks::new(name, &header, instrument, &|item, option| {
            let code = option.value.to_string().replace(['-', '.'], "_");
            let own = map.column(&instrument.items[item.0].id);
            vec![format!("{own}___{code}"), format!("{}___{code}", field_name(own))]
        })?;
        Ok(Self {
            ticks,
            name: name.to_owned(),
            occasion: occasion(&kept),
            calculated: calculated(&header, instrument, map, field_name),
            columns,
            choices,
            kept,
            kept_at,
            instrument_at: None,
            // Names of forms in REDCap have no hyphens. Our own export replaces them in the same way.
            form: instrument.id.replace('-', "_"),
            rows: 0,
            of_others: 0,
            cells: None,
            table,
        })
    }

    /// A table of another platform that calculates scores, without events and repeats. `columns` are the names of its
    /// columns, `choices` states whether each is that of a choice of an item.
    pub(super) fn plain(
        name: &str,
        table: CsvTable,
        (columns, choices): (Vec<String>, Vec<bool>),
        instrument: &Instrument,
        map: &Map,
    ) -> Self {
        Self {
            name: name.to_owned(),
            occasion: Vec::new(),
            calculated: calculated(&columns, instrument, map, str::to_owned),
            columns,
            choices,
            kept: Vec::new(),
            kept_at: Vec::new(),
            instrument_at: None,
            form: String::new(),
            rows: 0,
            of_others: 0,
            cells: None,
            ticks: Ticks::whole(instrument),
            table,
        }
    }

    /// The table with columns of options.
    pub(super) fn with_ticks(self, ticks: Ticks) -> Self {
        Self { ticks, ..self }
    }

    /// The table with another meaning of its cells.
    pub(super) fn with_cells(self, cells: CellMeaning) -> Self {
        Self { cells: Some(cells), ..self }
    }

    /// The fault of a line that answers another form, as far as the line shows it.
    fn other_form(&self, bad: &BadRow) -> Option<Fault> {
        self.cells.as_ref()?.other_form(self.table.record(), bad)
    }

    /// What a cell of the current line means for an item.
    fn content(&self, item: usize, column: usize) -> Result<CellContent<'_>, String> {
        let record = self.table.record();
        match &self.cells {
            Some(cells) => cells.content(record, (item, column)),
            None => Ok(CellContent::Answer(record.text(column))),
        }
    }

    /// The answer to an item in the current line, or why there is none.
    ///
    /// # Errors
    ///
    /// The column of a cell that is refused, and why.
    fn answer(
        &self,
        plan: &Plan<'_>,
        (item, column): (usize, usize),
    ) -> Result<Answer, (usize, String)> {
        let cells = &plan.cells[item];
        let own = |why| (column, why);
        if cells.takes_several() && self.ticks.has(item) {
            let record = self.table.record();
            if self.ticks.are_blank(record, item) {
                return Ok(Answer::Absent(NOT_ASKED.into()));
            }
            // The column of a checkbox says whether one choice was ticked, so it is not the answer to the item.
            return self.ticks.answer(record, cells, (item, column));
        }
        // Only formulas look into choices, and only then their cells are checked.
        if cells.takes_several() && !self.ticks.looks_into(item) {
            let record = self.table.record();
            let cells = self.cells.as_ref();
            let reason = cells.and_then(|cells| cells.absent(record, column));
            return Ok(reason.map_or(Answer::Code(None), |reason| Answer::Absent(reason.into())));
        }
        // Before the platform's own codes and labels are looked up: a declared code is what the file contains.
        if let Some(reason) = cells.absent(Given::Text(&self.table.record().text(column))) {
            return Ok(Answer::Absent(Rc::clone(reason)));
        }
        match self.content(item, column).map_err(own)? {
            CellContent::Absent(reason) => Ok(Answer::Absent(reason.into())),
            CellContent::Answer(text) => cells.answer(Given::Text(&text)).map_err(own),
        }
    }

    /// Whether the line belongs to another event, form or repeat. The line says so, or the export has such lines and
    /// this one contains no answer.
    fn is_of_others(&self, plan: &Plan<'_>, items: &[(usize, usize)]) -> bool {
        // Without columns for events and repeats, every line belongs to this form; without items, none belongs to another.
        if self.kept.is_empty() || items.is_empty() {
            return false;
        }
        let record = self.table.record();
        let repeats = self.instrument_at.map(|at| record.text(at)).unwrap_or_default();
        let of_another = !repeats.is_empty() && repeats != self.form;
        // Checkboxes prove no answer: a choice that was not ticked is 0 even if the form was never opened.
        // Nor do facts about the respondent that count for all events.
        let counts = |item: &usize| plan.rules[*item].is_scored() && !plan.carried.contains(item);
        let mut scored = items.iter().filter(|(_, item)| counts(item));
        let is_empty = scored.all(|(column, _)| record.text(*column).trim().is_empty());
        of_another || is_empty && !self.ticks.any(record)
    }

    fn row(&mut self, plan: &Plan<'_>, items: &[(usize, usize)], batch: &mut Batch) {
        self.rows += 1;
        let whole = self.table.whole();
        // A line with missing cells cannot be assigned to a form, so it is a fault.
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
        if let Some(fault) = self.other_form(&bad) {
            batch.faults.push(fault);
            return;
        }
        let (mut answers, mut faults) = (RowAnswers::new(plan.rules.len()), Vec::new());
        for &(column, item) in items {
            match self.answer(plan, (item, column)) {
                Ok(answer) => answers.set(item, answer),
                Err((column, why)) => {
                    faults.push(bad.fault(&self.columns[column], &record.text(column), why));
                }
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
        answers.push(batch);
    }

    /// The score that REDCap calculated in the current line, for a row of the batch.
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

/// The kept columns that distinguish the occasions of a record.
fn occasion(kept: &[String]) -> Vec<usize> {
    let names = ["redcap_event_name", "redcap_repeat_instance"];
    (0..kept.len()).filter(|&at| names.contains(&kept[at].as_str())).collect()
}

/// The columns of scores that the platform calculated. Their names come from the map or the table of names, by default
/// from our own export, which names the field of an id by `field`.
fn calculated(
    header: &[String],
    instrument: &Instrument,
    map: &Map,
    field: fn(&str) -> String,
) -> Vec<Calculated> {
    let is_item = |name: &str| instrument.items.iter().any(|item| map.column(&item.id) == name);
    let scales = instrument.scales.iter().enumerate();
    let found = scales.filter_map(|(index, scale)| {
        let name = map.named_stated(&scale.id).map_or_else(|| field(&scale.id), str::to_owned);
        // A scale may have the name of an item. Then the column contains answers.
        let column = header.iter().position(|column| *column == name && !is_item(&name))?;
        let words = scale.words().map(<[String]>::to_vec);
        Some(Calculated { column, scale: ScaleIx(index), words })
    });
    found.collect()
}

/// Returns an error if fields of items were renamed for a study but `--names` is missing. Without the table of names, a
/// field of REDCap itself could be taken for the answers to an item.
fn require_names(
    name: &str,
    header: &[String],
    instrument: &Instrument,
    map: &Map,
) -> Result<(), Stop> {
    for item in instrument.items.iter().filter(|item| !map.names(&item.id)) {
        let (field, ending) = (field_name(&item.id), format!("_{}", item.id));
        let renamed = header.iter().find(|column| column.ends_with(&ending));
        let why = match (RESERVED.contains(&item.id.as_str()), renamed) {
            (true, _) => "REDCap reserves that name".to_owned(),
            (false, Some(renamed)) if !header.contains(&field) => {
                format!("it may have been renamed to `{renamed}`")
            }
            _ => continue,
        };
        let message = format!("{name}: there is no column for `{}`: {why}", item.id);
        return Err(Stop::wrong(message).help(
            "give the table of names that was written with the study: `--names …redcap-names.csv`",
        ));
    }
    Ok(())
}

/// Returns the names of the columns, and whether each is that of a further choice of a checkbox item. The first choice
/// column of an item (`item___1`) gets the name of the item: ticks are not scored, but the item counts as asked.
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
    // The export shortens long ids to field names.
    let ids = instrument.items.iter().filter(|item| !map.names(&item.id));
    let ids: BTreeMap<String, &str> =
        ids.map(|item| (field_name(&item.id), item.id.as_str())).collect();
    let whole = |column: &'_ str| ids.get(column).map_or(column.to_owned(), |id| (*id).to_owned());
    // The first `___` ends the name of the item. REDCap writes the choice -9 as `____9`.
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

    fn has_reasons(&self) -> bool {
        true
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
        let (lines, verb) = match self.of_others {
            0 => return Vec::new(),
            1 => ("1 line contains".to_owned(), "is"),
            more => (format!("{more} lines contain"), "are"),
        };
        let name = &self.name;
        vec![format!(
            "{name}: {lines} no answer to this form (other events, forms or repeats) and {verb} not scored"
        )]
    }

    fn progress(&self) -> u64 {
        self.table.progress()
    }
}
