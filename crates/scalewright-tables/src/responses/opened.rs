//! An open table: first its columns are found, then its rows are read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, MOST_CHOICES, ResponseKind, ResponseScale};

use scalewright_scoring::looked_into;

use crate::{Note, ResponsesFormat as Format, Stop};

use super::age_columns::AgeColumns;
use super::ages::{Ages, Years};
use super::batch::Batch;
use super::facts::Background;
use super::kept::{ExtraColumn, Kept, KeptColumns, OtherColumns};
use super::long_columns::LongColumns;
use super::map_file::Map;
use super::meaning::{DateOrder, Meaning};
use super::missing::MissingCode;
use super::plan::{Columns, Plan, plan};
use super::row_reader::RowReader;
use super::{jspsych_trials, partitions, qualtrics_table, words_table, xlsform_table};

/// How a table of responses is read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The format. By default the one that the content proves, else that of the first bytes; for text, of the ending of
    /// the file.
    pub from: Option<Format>,
    /// The column that names the respondent. By default `respondent`, `id` or `record_id`, if it exists.
    pub id_column: Option<String>,
    /// A TOML file that maps items to columns.
    pub map: Option<PathBuf>,
    /// The table of field names that the export of a study wrote, for REDCap exports from that study.
    pub names: Option<PathBuf>,
    /// The codes that mark a missing answer, besides empty cells: `98`, or with a reason, `98=refused`.
    pub missing_codes: Vec<String>,
    /// What cells mean where the definition alone does not say it.
    pub meaning: Meaning,
    /// The columns that the age of respondents is computed from.
    pub age: AgeColumns,
    /// The FHIR Questionnaire that the answers came from, if it is neither our own form nor in the same file.
    pub questionnaire: Option<PathBuf>,
    /// The columns of a table with one answer per row, as far as they have other names than the usual ones.
    pub long: Option<LongColumns>,
    /// The file in a ZIP archive that contains the answers. By default its only table.
    pub member: Option<String>,
    /// The sheet of a workbook. By default the only visible one that is not empty.
    pub sheet: Option<String>,
    /// Whether the stored values of formulas in a workbook count as answers.
    pub stored_values: bool,
}

/// A table, ready to be read.
pub struct Opened {
    /// The name of the table in messages.
    pub name: String,
    /// The number of bytes to read, if known.
    pub size: Option<u64>,
    pub(crate) reader: Box<dyn RowReader>,
    pub(super) map: Map,
    pub(super) reading: Reading,
    /// The path of the file; `None` for a stream.
    pub(super) path: Option<PathBuf>,
    /// The facts about respondents that other rows or another table have.
    pub(super) background: Option<Background>,
    /// The age that is computed from two columns.
    pub(super) ages: Option<Ages>,
    /// The years that formulas count between dates.
    pub(super) years: Years,
    /// The name and the value of each folder such as `site=a` that the table is in.
    pub(super) partitions: Vec<(String, String)>,
}

impl Opened {
    /// Finds the columns that answer the items, the column that names the respondent, and the columns that `wish`
    /// selects to be written beside the scores. Adds notes on the other columns.
    ///
    /// # Errors
    ///
    /// When a column is missing or occurs twice, the map is wrong, or an option names a column that does not exist.
    pub fn plan<'a>(
        &self,
        wish: KeptColumns<'_>,
        instrument: &'a Instrument,
        notes: &mut Vec<Note>,
    ) -> Result<Plan<'a>, Stop> {
        let mut plan = self.plan_items(instrument, notes)?;
        self.plan_kept(&mut plan, wish, &BTreeSet::new(), notes)?;
        Ok(plan)
    }

    /// Finds the columns of items and of the respondent, as [`plan`](Self::plan) does.
    pub(crate) fn plan_items<'a>(
        &self,
        instrument: &'a Instrument,
        notes: &mut Vec<Note>,
    ) -> Result<Plan<'a>, Stop> {
        let carried = self.background.as_ref().map(|background| background.items.clone());
        let mut carried = carried.unwrap_or_default();
        carried.extend(self.ages.as_ref().map(|ages| ages.item));
        let mut plan = self.plan_with(instrument, &carried, notes)?;
        let has_births = self.background.as_ref().is_some_and(|background| background.has_births);
        if let Some(ages) = &self.ages {
            ages.check((&self.name, self.reader.as_ref()), &mut plan, has_births)?;
        }
        if self.background.is_some() && plan.id.is_none() {
            return Err(Stop::usage(format!("{}: no column names the respondents", self.name))
                .help("name it with `--id-column`: facts about respondents are found by it"));
        }
        Ok(plan)
    }

    /// Finds the columns of items and of the respondent. Those of the items `carried` need not exist.
    fn plan_with<'a>(
        &self,
        instrument: &'a Instrument,
        carried: &[usize],
        notes: &mut Vec<Note>,
    ) -> Result<Plan<'a>, Stop> {
        // In REDCap exports the first column is the record, under any name. In FHIR it is the id of the response, in ODM the
        // subject, in BIDS the participant, and in long tables the respondent.
        let named = matches!(
            self.reading.from,
            Some(
                Format::Redcap
                    | Format::RedcapLabels
                    | Format::Fhir
                    | Format::Odm
                    | Format::Bids
                    | Format::Long
            )
        );
        let first = self.reader.columns().first().filter(|_| named);
        let id = self.reading.id_column.as_ref().or(first).map(String::as_str);
        let id = id.or_else(|| self.submission());
        let (names, may_grow) = (self.reader.columns(), self.reader.may_grow());
        let (has_commas, may_have_reasons) = (self.reader.has_commas(), self.reader.has_reasons());
        let columns =
            Columns { name: &self.name, names, may_grow, has_commas, may_have_reasons, id };
        let Reading { meaning, missing_codes, .. } = &self.reading;
        let declared = (&self.map, meaning, missing_codes.as_slice());
        plan(&columns, declared, (instrument, carried), notes)
    }

    /// Finds only the columns of some items: those of `others` are not read.
    pub(super) fn plan_some<'a>(
        &self,
        instrument: &'a Instrument,
        others: &[usize],
        notes: &mut Vec<Note>,
    ) -> Result<Plan<'a>, Stop> {
        let mut plan = self.plan_with(instrument, others, notes)?;
        for &item in others {
            plan.items[item] = None;
            // Some readers find columns by their names. No column has this one.
            plan.names[item] = "\0".to_owned();
        }
        plan.carried = Vec::new();
        Ok(plan)
    }

    /// Finds the columns that `wish` selects to be written beside the scores. `apart` are columns of items of other
    /// instruments.
    pub(crate) fn plan_kept(
        &self,
        plan: &mut Plan<'_>,
        wish: KeptColumns<'_>,
        apart: &BTreeSet<String>,
        notes: &mut Vec<Note>,
    ) -> Result<(), Stop> {
        let (asked, own) = partitions::asked(wish, &self.partitions, &self.columns());
        let wish = match (wish, &own) {
            (KeptColumns::Chosen(_), Some(own)) => KeptColumns::Chosen(own),
            (KeptColumns::Read(_), Some(own)) => KeptColumns::Read(own),
            (wish, _) => wish,
        };
        let others = others(self, plan, apart);
        let chosen = others.choose(wish)?;
        notes.extend(others.notes(wish));
        let (kept, unseen) = chosen;
        plan.kept = kept;
        plan.unseen.extend(unseen);
        for (name, value) in asked {
            plan.kept.push(ExtraColumn { column: None, name });
            plan.partitions.push(value);
        }
        Ok(())
    }

    /// The columns that answer the items of a plan, or state its scores.
    pub(crate) fn columns_in_use(&self, plan: &Plan<'_>) -> BTreeSet<String> {
        let reader = &self.reader;
        let stated = reader.stated();
        let columns = reader.columns().iter().enumerate();
        let used = columns.filter(|(at, _)| reader.is_of_item(*at) || stated.contains(at));
        used.map(|(_, name)| name).chain(&plan.names).cloned().collect()
    }

    /// The column that the map names for `item` of this instrument, and of no other, if it does.
    pub(crate) fn is_mapped_apart(&self, item: &str) -> bool {
        self.map.names_apart(item)
    }

    /// Also keeps the cells of items whose answers are not coded, after the other columns. Adds a note on those that the
    /// format does not keep.
    pub(crate) fn keep_texts(
        &self,
        plan: &mut Plan<'_>,
        instrument: &Instrument,
        notes: &mut Vec<Note>,
    ) {
        let nested = matches!(self.reading.from, Some(Format::Fhir | Format::Odm));
        let mut lost = Vec::new();
        // Of platforms with a column for each choice, only the choices that formulas ask for are read.
        let mut columns = 0..self.reader.columns().len();
        let ticks = columns.any(|column| self.reader.is_of_item(column));
        let read = looked_into(instrument);
        for (index, item) in instrument.items.iter().enumerate() {
            let scale = instrument.response(ItemIx(index));
            let is_several = matches!(scale.kind, ResponseKind::SeveralChoice { .. });
            if ticks && is_several && !read.contains(&ItemIx(index)) {
                lost.push(format!("`{}`", item.id));
            }
            if !is_kept(instrument.response(ItemIx(index))) {
                continue;
            }
            let column = plan.items[index];
            if nested || column.is_some_and(|column| !self.reader.has_text(column)) {
                lost.push(format!("`{}`", item.id));
                continue;
            }
            plan.kept.push(ExtraColumn { column, name: plan.names[index].clone() });
            plan.texts.push(index);
        }
        if !lost.is_empty() {
            let text = format!("answers that are not scored, left out: {}", lost.join(", "));
            notes.push(Note::info(text).about(&self.name));
        }
    }

    /// The column that identifies a submission or a respondent on the platform. `None` for other formats.
    fn submission(&self) -> Option<&str> {
        let columns = self.reader.columns();
        let has = |name: &&&str| columns.iter().any(|column| column == **name);
        let names: &[&str] = match self.reading.from {
            Some(Format::Xlsform) => &xlsform_table::SUBMISSION,
            Some(Format::Qualtrics) => &[qualtrics_table::RESPONSE],
            Some(Format::Surveymonkey) => &[words_table::RESPONDENT],
            Some(Format::Formr) => &["session"],
            Some(Format::Jspsych) => &jspsych_trials::PARTICIPANT,
            Some(Format::DatasetJson) => &["USUBJID", "SUBJID"],
            Some(Format::Limesurvey) => &["Response ID"],
            _ => &[],
        };
        names.iter().find(has).copied()
    }

    /// Reads the next rows into an empty batch. Returns `false` after the last rows.
    ///
    /// # Errors
    ///
    /// When the table cannot be read further.
    pub fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        let (filled, hidden) = self.fill_own(plan, batch);
        if let Some(background) = &mut self.background {
            background.fill(batch);
        }
        let mut wrong = Vec::new();
        if let Some(ages) = &self.ages {
            let birth = |who: &str| self.background.as_ref()?.birth(who);
            wrong = ages.fill(batch, (plan, self.reader.as_ref()), &hidden, birth);
        }
        wrong.extend(self.years.faults(batch, plan));
        batch.refuse(wrong);
        filled
    }

    /// Reads the next rows without what other rows and tables say about respondents. Also returns the cells of the columns
    /// that are only read for the age.
    fn fill_own(
        &mut self,
        plan: &mut Plan<'_>,
        batch: &mut Batch,
    ) -> (Result<bool, Stop>, Vec<(String, Kept)>) {
        let hidden = self.ages.as_ref().map(|ages| ages.hidden(plan, self.reader.as_ref()));
        let hidden = hidden.unwrap_or_default();
        if plan.partitions.is_empty() && hidden.is_empty() {
            return (self.reader.fill(plan, batch), Vec::new());
        }
        // Readers do not know the values in the names of folders. Their columns precede the texts of items.
        let (texts, own) = (plan.texts.len(), plan.partitions.len());
        let first = |all: usize| all.saturating_sub(texts + own);
        let (columns, kept) = (first(plan.kept.len()), first(batch.kept.len()));
        let asked: Vec<ExtraColumn> = plan.kept.drain(columns..columns + own).collect();
        let mut cells: Vec<Kept> = batch.kept.drain(kept..kept + own).collect();
        let more = hidden.len();
        plan.kept.splice(columns..columns, hidden);
        batch.kept.splice(kept..kept, (0..more).map(|_| Kept::default()));
        let filled = self.reader.fill(plan, batch);
        let hidden = plan.kept.drain(columns..columns + more).map(|column| column.name);
        let hidden = hidden.zip(batch.kept.drain(kept..kept + more)).collect();
        plan.kept.splice(columns..columns, asked);
        for (cells, value) in cells.iter_mut().zip(&plan.partitions) {
            batch.numbers.iter().for_each(|_| cells.push(value));
        }
        batch.kept.splice(kept..kept, cells);
        (filled, hidden)
    }

    /// The declared code for each reason of a missing answer: the first, if there are several. Codes that REDCap does not
    /// accept are left out.
    pub(crate) fn codes_of_reasons(&self) -> BTreeMap<Rc<str>, String> {
        let options = self.reading.missing_codes.iter().map(|text| MissingCode::of_option(text));
        let declared = options.flatten().chain(self.map.missing().iter().cloned());
        let mut codes = BTreeMap::new();
        for MissingCode { code, reason, .. } in declared {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            if code.chars().all(is_plain) {
                codes.entry(reason).or_insert(code);
            }
        }
        codes
    }

    /// Whether the map takes facts about respondents from elsewhere.
    pub(crate) fn has_background(&self) -> bool {
        self.map.background.is_some()
    }

    /// The same table with facts about its respondents from elsewhere.
    #[must_use]
    pub(crate) fn with_background(self, background: Option<Background>) -> Self {
        Self { background, ..self }
    }

    /// Runs the checks that need all rows, after the last one was read.
    ///
    /// # Errors
    ///
    /// When an item had no column in any row.
    pub fn end(&self, plan: &mut Plan<'_>) -> Result<(), Stop> {
        self.reader.end(plan)
    }

    /// The notes on the whole table, after the last row was read.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let notes = self.reader.notes().into_iter().map(Note::info);
        notes.chain(self.background.iter().flat_map(Background::notes)).collect()
    }

    /// An empty batch for rows of this table.
    #[must_use]
    pub fn batch(&self, plan: &Plan<'_>) -> Batch {
        Batch::new(plan.rules.len(), self.reader.kept().len() + plan.kept.len())
    }

    /// The columns, with their values, that distinguish the occasion of a row from others of the same respondent.
    #[must_use]
    pub fn occasion(&self, batch: &Batch, row: usize) -> Vec<(String, String)> {
        let columns = self.reader.occasion().iter().map(|&at| {
            let value = batch.kept[at].get(row).unwrap_or_default();
            (self.reader.kept()[at].clone(), value.to_owned())
        });
        columns.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The names of all columns: those that the reader always keeps, then those of the table.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let all = self.reader.kept().iter().chain(self.reader.columns());
        all.map(String::as_str).collect()
    }

    /// The names of the columns in [`Batch::kept`], in order.
    #[must_use]
    pub fn kept<'t>(&'t self, plan: &'t Plan<'_>) -> Vec<&'t str> {
        let planned = plan.kept.iter().map(|beside| beside.name.as_str());
        self.reader.kept().iter().map(String::as_str).chain(planned).collect()
    }

    /// The number of each label of a session that the map has under `[sessions]`.
    #[must_use]
    pub fn session_labels(&self) -> &BTreeMap<String, i32> {
        self.map.sessions()
    }

    /// The columns that usually tell one occasion of a respondent from another, as far as the table has them.
    #[must_use]
    pub fn usual_occasion(&self, instrument: &Instrument) -> Vec<String> {
        let is_item = |name: &str| instrument.items.iter().any(|item| item.id == name);
        let has = |name: &&str| self.columns().contains(name) && !is_item(name);
        let usual = ["session", "date", "form", "rater"].into_iter().filter(has);
        usual.map(str::to_owned).collect()
    }

    /// The cells of a row in columns of the plan, each with the name of the column. Empty cells are left out.
    #[must_use]
    pub fn carried(
        &self,
        plan: &Plan<'_>,
        (batch, row): (&Batch, usize),
        columns: &[String],
    ) -> Vec<(String, String)> {
        let kept = self.kept(plan);
        let cell = |name: &String| {
            let at = kept.iter().position(|kept| kept == name)?;
            let text = batch.kept[at].get(row).filter(|text| !text.is_empty())?;
            Some((name.clone(), text.to_owned()))
        };
        columns.iter().filter_map(cell).collect()
    }

    /// The declared order of dates.
    #[must_use]
    pub fn date_order(&self) -> DateOrder {
        let order = self.reading.meaning.dates.or(self.map.meaning().dates);
        order.unwrap_or(DateOrder::YearMonthDay)
    }

    /// The format that `reading` states.
    pub(crate) fn format(&self) -> Option<Format> {
        self.reading.from
    }

    /// The number of bytes read so far, comparable to `size`.
    #[must_use]
    pub fn progress(&self) -> u64 {
        self.reader.progress()
    }
}

/// Whether the answers to an item are not coded, so that the cells of the table are written.
fn is_kept(scale: &ResponseScale) -> bool {
    match &scale.kind {
        ResponseKind::Text { .. } | ResponseKind::Date => true,
        ResponseKind::SeveralChoice { options } => options.len() > MOST_CHOICES,
        _ => false,
    }
}

/// The columns that are neither items nor the respondent.
fn others<'t>(
    table: &'t Opened,
    plan: &'t Plan<'_>,
    apart: &'t BTreeSet<String>,
) -> OtherColumns<'t> {
    let reader = &table.reader;
    let own = reader.kept();
    let items: BTreeSet<&str> = plan.names.iter().chain(apart).map(String::as_str).collect();
    let columns = reader.columns().iter().enumerate();
    let stated = reader.stated();
    let rest = columns.filter(|(column, name)| {
        let is_of_item =
            items.contains(name.as_str()) || reader.is_of_item(*column) || stated.contains(column);
        !is_of_item && plan.id != Some(*column) && !own.contains(name)
    });
    let rest = rest.map(|(column, name)| (column, name.as_str()));
    let (rest, textless) = rest.partition(|(column, _)| reader.has_text(*column));
    OtherColumns {
        table: &table.name,
        own,
        rest,
        textless,
        id: plan.id.map(|_| plan.id_name.as_str()),
        // In FHIR, which keeps columns of its own, no further columns can appear.
        grows: reader.may_grow() && own.is_empty(),
        items,
    }
}
