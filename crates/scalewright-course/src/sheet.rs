//! The scored rows of a table, stored compactly until the last one is read.
//!
//! Rows may come in any order, so series can only be made at the end. A row takes about 50 bytes, and 9 for each scale.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use scalewright_model::ScaleIx;
use scalewright_scoring::{Program, Scored};
use scalewright_tables::{Batch, DateOrder, Opened, Plan, Sink};

use crate::columns::SeriesColumns;
use crate::dates;
use crate::fault::{FaultKind, RowFault};
use crate::names::Names;

/// A row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The number of the row, from 1.
    pub(crate) number: u32,
    pub(crate) respondent: u32,
    pub(crate) form: u32,
    pub(crate) rater: u32,
    /// The session number; [`UNKNOWN`] until dates or encounters are ranked.
    pub(crate) session: i32,
    /// The day number; [`UNKNOWN`] without a date.
    pub(crate) day: i32,
    /// The number of the encounter.
    pub(crate) encounter: u32,
    /// Equal for equal answers.
    pub(crate) answers: u64,
}

/// A session or a day that is not known.
pub(crate) const UNKNOWN: i32 = i32::MIN;

/// The scores of one scale.
#[derive(Default)]
pub(crate) struct ScaleScores {
    /// The score of each row. NaN without a score.
    pub(crate) scores: Vec<f64>,
    pub(crate) prorated: Vec<bool>,
}

/// All rows of a table with their scores.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) rows: Vec<Row>,
    pub(crate) scores: Vec<ScaleScores>,
    /// The outcome of each row, NaN if it is missing; empty without a column of outcomes.
    pub(crate) outcomes: Vec<f64>,
    pub(crate) people: Names,
    pub(crate) forms: Names,
    pub(crate) raters: Names,
    pub(crate) encounters: Names,
    pub(crate) faults: Vec<RowFault>,
    /// The number of faults, also of those that are not listed.
    pub(crate) fault_count: usize,
    /// The numbers of the rows with faults.
    pub(crate) bad: BTreeSet<u32>,
}

/// At most this many faults are listed.
const MOST_FAULTS: usize = 1000;

impl Sheet {
    pub(crate) fn fault(&mut self, fault: RowFault) {
        self.fault_count += 1;
        self.bad.insert(fault.row);
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// Labels of sessions with their numbers.
pub(crate) type Labels = BTreeMap<String, i32>;

/// Where a sheet is filled from: the places of the columns in a batch, and of the scores in the program.
pub(crate) struct Source {
    pub(crate) columns: SeriesColumns,
    places: Places,
    scores: Vec<usize>,
    labels: Labels,
    version: String,
    dates: DateOrder,
}

/// The places of the columns in [`Batch::kept`].
struct Places {
    session: Option<usize>,
    date: Option<usize>,
    form: Option<usize>,
    rater: Option<usize>,
    version: Option<usize>,
    outcome: Option<usize>,
    subject: Option<usize>,
    encounter: Option<usize>,
}

impl Source {
    pub(crate) fn new(
        (table, plan): (&Opened, &Plan<'_>),
        columns: SeriesColumns,
        (program, scales): (&Program, &[ScaleIx]),
        (labels, version): (Labels, &str),
    ) -> Self {
        let kept = table.kept(plan);
        let place = |name: &Option<String>| {
            name.as_ref().and_then(|name| kept.iter().position(|other| other == name))
        };
        let places = Places {
            session: place(&columns.session),
            date: place(&columns.date),
            form: place(&columns.form),
            rater: place(&columns.rater),
            version: place(&columns.version),
            outcome: place(&columns.outcome),
            subject: place(&columns.subject),
            encounter: place(&columns.encounter),
        };
        let scores = scales.iter().filter_map(|scale| program.position(*scale)).collect();
        Self {
            columns,
            places,
            scores,
            labels,
            version: version.to_owned(),
            dates: table.date_order(),
        }
    }
}

/// Fills a sheet with the rows that a run scores.
pub(crate) struct Gather {
    pub(crate) sheet: Rc<RefCell<Sheet>>,
    pub(crate) source: Source,
}

impl Sink for Gather {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        let mut sheet = self.sheet.borrow_mut();
        let digests = digests(batch);
        sheet.scores.resize_with(self.source.scores.len(), ScaleScores::default);
        for (row, answers) in digests.into_iter().enumerate() {
            let read = self.source.row(batch, (row, answers), &mut sheet);
            let Some(read) = read else { continue };
            sheet.rows.push(read);
            for (column, position) in sheet.scores.iter_mut().zip(&self.source.scores) {
                let one = &scored[*position];
                column.scores.push(one.score.get(row).unwrap_or(f64::NAN));
                column.prorated.push(one.prorated[row]);
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        Ok(())
    }
}

/// A number for the answers of each row, equal for equal answers.
fn digests(batch: &Batch) -> Vec<u64> {
    let mut digests = vec![0; batch.numbers.len()];
    for column in &batch.responses.items {
        for (row, digest) in digests.iter_mut().enumerate() {
            let answer = column.get(row).map_or(u64::MAX, f64::to_bits);
            *digest = mixed(*digest ^ answer);
        }
    }
    digests
}

/// Mixes all bits of a number: the finaliser of SplitMix64 (Steele, Lea and Flood 2014). No two numbers
/// become the same, so answers that differ in one item always differ in their digest.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

impl Source {
    /// The day number of a date, which may be followed by a time.
    fn day(&self, text: &str) -> Option<i32> {
        let date = || text.split([' ', 'T']).next().and_then(|date| self.dates.iso(date));
        dates::day(text).or_else(|| dates::day(&date()?))
    }

    /// Reads a row. `None` after a fault.
    fn row(&self, batch: &Batch, (row, answers): (usize, u64), sheet: &mut Sheet) -> Option<Row> {
        let cell = |place: Option<usize>| {
            place.and_then(|place| batch.kept[place].get(row)).map(str::trim).unwrap_or_default()
        };
        let number = u32::try_from(batch.numbers[row]).unwrap_or(u32::MAX);
        let fault = |kind, column: &Option<String>, value: &str| RowFault {
            row: number,
            other: None,
            column: column.clone().unwrap_or_default(),
            value: value.chars().take(40).collect(),
            kind,
        };
        let places = &self.places;
        let person = match places.subject {
            Some(_) => cell(places.subject),
            None => batch.ids.get(row).map(str::trim).unwrap_or_default(),
        };
        let mut faults = Vec::new();
        if person.is_empty() {
            faults.push(fault(FaultKind::NoRespondent, &self.columns.subject, ""));
        }
        let (session, encounter) = (cell(places.session), cell(places.encounter));
        let session = match (places.session, self.session(session)) {
            (None, _) => UNKNOWN,
            (Some(_), Ok(number)) => number,
            (Some(_), Err(kind)) => {
                faults.push(fault(kind, &self.columns.session, session));
                UNKNOWN
            }
        };
        let date = cell(places.date);
        let day = match self.day(date) {
            Some(day) => day,
            None if !date.is_empty() => {
                faults.push(fault(FaultKind::NotIso, &self.columns.date, date));
                UNKNOWN
            }
            None if places.session.is_none() && places.date.is_some() => {
                faults.push(fault(FaultKind::NoDate, &self.columns.date, date));
                UNKNOWN
            }
            None => UNKNOWN,
        };
        let version = cell(places.version);
        if !version.is_empty() && major(version) != major(&self.version) {
            faults.push(fault(FaultKind::OtherVersion, &self.columns.version, version));
        }
        let outcome = cell(places.outcome);
        let outcome = match outcome.parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            _ if outcome.is_empty() || outcome == "NA" => f64::NAN,
            _ => {
                faults.push(fault(FaultKind::NoNumber, &self.columns.outcome, outcome));
                f64::NAN
            }
        };
        let (form, rater) = (cell(places.form), cell(places.rater));
        // In FHIR the form follows from who answered: `Patient/7` is a patient.
        let form = if places.subject.is_some() && places.form == places.rater {
            kind_of(form)
        } else {
            form
        };
        if !faults.is_empty() {
            faults.into_iter().for_each(|one| sheet.fault(one));
            return None;
        }
        if places.outcome.is_some() {
            sheet.outcomes.push(outcome);
        }
        Some(Row {
            number,
            respondent: sheet.people.number(person),
            form: sheet.forms.number(form),
            rater: sheet.raters.number(rater),
            session,
            day,
            encounter: sheet.encounters.number(encounter),
            answers,
        })
    }

    fn session(&self, text: &str) -> Result<i32, FaultKind> {
        if let Some(number) = self.labels.get(text) {
            return Ok(*number);
        }
        match text.parse::<i32>() {
            _ if text.is_empty() => Err(FaultKind::NoSession),
            Ok(number) if number < 0 => Err(FaultKind::BelowZero),
            // A session number with decimals that are zero comes from spreadsheets.
            Ok(number) if number <= MOST_SESSION => Ok(number),
            Ok(_) => Err(FaultKind::NotWhole),
            Err(_) => match text.strip_suffix(".0").and_then(|whole| whole.parse::<i32>().ok()) {
                Some(number) if (0..=MOST_SESSION).contains(&number) => Ok(number),
                _ => Err(FaultKind::NotWhole),
            },
        }
    }
}

/// The greatest session number: more than one a day for a lifetime.
const MOST_SESSION: i32 = 100_000;

/// The part of a version before the first point.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// The type in a reference such as `Patient/7` or `https://example.org/fhir/Patient/7`.
fn kind_of(reference: &str) -> &str {
    let mut parts = reference.rsplit('/');
    parts.next();
    parts.next().unwrap_or(reference)
}
