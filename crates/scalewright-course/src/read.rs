//! Reads a table into a course: the rows are scored, then made into series.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use scalewright_model::text::line;
use scalewright_model::{Instrument, Note, NoteKind, ScaleIx, Stop, did_you_mean};
use scalewright_scoring::Program;
use scalewright_tables::{
    Keep, KeptColumns, LeftOut, Reading, Run, ScoreColumns, TableInput, open,
};

use crate::average::average;
use crate::columns::{ColumnNames, SeriesColumns};
use crate::course::{Choices, Course};
use crate::criteria::Criteria;
use crate::outcomes::Outcomes;
use crate::parameters::Parameters;
use crate::series::{Duplicates, Ordered, ordered};
use crate::sheet::{Gather, Sheet, Source};

/// How a course is read and judged.
pub struct CourseOptions {
    /// The criteria.
    pub criteria: Criteria,
    /// Options of the analysis.
    pub choices: Choices,
    /// Frozen numbers of a sample.
    pub parameters: Parameters,
    /// What happens to conflicting duplicates.
    pub duplicates: Duplicates,
    /// The scales. All with numbers, if empty.
    pub scales: Vec<String>,
    /// Raters of one form are averaged, in a further series.
    pub average: bool,
    /// Rows with faults are left out instead of stopping the run.
    pub skip: bool,
}

/// At most this many faults are shown. The others are counted.
const SHOWN: usize = 50;

/// A table to read, and how.
pub struct TableOf<'a> {
    /// The table.
    pub from: TableInput,
    /// Its name in messages, if the input has another.
    pub shown: Option<String>,
    /// How it is read.
    pub reading: &'a Reading,
    /// The columns that make series of its rows. `None` for a table of outcomes, which may have neither sessions nor
    /// dates: then a respondent has one row.
    pub columns: Option<&'a ColumnNames>,
    /// The working folder.
    pub cwd: &'a Path,
}

/// Reads a table, scores its rows and makes series of them.
///
/// # Errors
///
/// When the table cannot be read, an answer is not allowed, or rows cannot be placed in a series. All such rows are
/// in the notes.
pub fn read<'a>(
    of: TableOf<'_>,
    (instrument, program): (&'a Instrument, &'a Program),
    options: CourseOptions,
    notes: &mut Vec<Note>,
) -> Result<Course<'a>, Stop> {
    let scales = scales(instrument, program, &options.scales)?;
    let mut table = open(of.from, of.reading, instrument, of.cwd, notes)?;
    table.name = of.shown.unwrap_or(table.name);
    let columns = match of.columns {
        Some(named) => SeriesColumns::find(&table, named)?,
        None => SeriesColumns::of_outcomes(&table)?,
    };
    let keep = Keep { keep: columns.keep(), ..Keep::default() };
    let plan = table.plan(KeptColumns::Read(&keep), instrument, notes)?;
    known_scales(instrument, &options.criteria)?;
    let name = table.name.clone();
    if columns.counts_entries() {
        let text = "redcap_repeat_instance counts entries of the form, which need not be sessions; name another column with `--session` or `--date`";
        notes.push(Note::new(NoteKind::Warning, text).about(&name));
    }
    let mut labels = table.session_labels().clone();
    labels.extend(options.criteria.labels.clone());
    let source = Source::new(
        (&table, &plan),
        columns.clone(),
        (program, &scales),
        (labels, &instrument.version),
    );
    let sheet = Rc::new(RefCell::new(Sheet::default()));
    let gather = Gather { sheet: Rc::clone(&sheet), source };
    let left_out = LeftOut::new(&name, options.skip, None);
    let how = (ScoreColumns::All, KeptColumns::Silent);
    let scored = (instrument, program);
    let mut run = Run::new(scored, how, (table, plan), Box::new(gather), left_out).of_courses();
    while run.step(notes)? {}
    run.finish(notes)?;
    let mut sheet = Rc::try_unwrap(sheet).map(RefCell::into_inner).unwrap_or_default();
    let mut repeated = Vec::new();
    let ordered = ordered(&mut sheet, &columns, options.duplicates, &mut repeated);
    for fault in repeated.iter().take(SHOWN) {
        notes.push(Note::info(fault.text()).about(&name));
    }
    if let Some(more) = repeated.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        notes.push(Note::info(format!("{more} more rows are repeated")).about(&name));
    }
    report(&mut sheet, &name, options.skip, notes)?;
    few_raters(&sheet, &ordered, &name)?;
    let ordered = if options.average { average(&mut sheet, ordered) } else { ordered };
    let CourseOptions { criteria, choices, parameters, .. } = options;
    let first_days = Course::first_days_of(&sheet);
    let has_sessions = columns.has_time();
    let mut course = Course {
        instrument,
        scales,
        sheet,
        ordered,
        criteria,
        choices,
        parameters,
        first_days,
        outcomes: Outcomes::default(),
        has_sessions,
        is_selected: false,
    };
    course.one_form_a_rater(&name, notes);
    course.outcomes_of_column(&name)?;
    course.sample();
    Ok(course)
}

/// The scales to judge: those that are named, or all with numbers.
fn scales(
    instrument: &Instrument,
    program: &Program,
    named: &[String],
) -> Result<Vec<ScaleIx>, Stop> {
    let is_number =
        |scale: &ScaleIx| program.position(*scale).is_some_and(|at| program.scores[at].is_number());
    let all: Vec<ScaleIx> = (0..instrument.scales.len()).map(ScaleIx).filter(is_number).collect();
    if named.is_empty() {
        return Ok(all);
    }
    let id = |scale: &ScaleIx| instrument.scales[scale.0].id.as_str();
    let find = |name: &String| {
        all.iter().copied().find(|scale| id(scale) == name).ok_or_else(|| {
            let stop =
                Stop::usage(format!("`--scale {name}`: there is no such scale with numbers"));
            match did_you_mean(name, all.iter().map(id)) {
                Some(help) => stop.help(help),
                None => stop,
            }
        })
    };
    named.iter().map(find).collect()
}

/// Stops if the criteria are about a scale that does not exist.
fn known_scales(instrument: &Instrument, criteria: &Criteria) -> Result<(), Stop> {
    let known = |id: &&String| instrument.scales.iter().any(|scale| scale.id == **id);
    match criteria.scales.keys().find(|id| !known(id)) {
        None => Ok(()),
        Some(id) => {
            let stop = Stop::wrong(format!(
                "the criteria have [scales.{id}], but {} has no such scale",
                instrument.id
            ));
            let ids = instrument.scales.iter().map(|scale| scale.id.as_str());
            Err(match did_you_mean(id, ids) {
                Some(help) => stop.help(help),
                None => stop,
            })
        }
    }
}

/// The most forms and raters of one respondent: each two of them are a dyad.
const MOST_SERIES: usize = 100;

/// Stops if a respondent has very many series, because then a column is not what it seems to be.
fn few_raters(sheet: &Sheet, ordered: &Ordered, name: &str) -> Result<(), Stop> {
    let mut people = ordered.series.chunk_by(|a, b| a.respondent == b.respondent);
    match people.find(|series| series.len() > MOST_SERIES) {
        None => Ok(()),
        Some(series) => {
            let person = line(sheet.people.name(series[0].respondent));
            Err(Stop::wrong(format!(
                "{name}: `{person}` has more than {MOST_SERIES} forms and raters"
            ))
            .help("name the columns of forms and raters with `--form` and `--rater`"))
        }
    }
}

/// Reports the faults of all rows, in the order of the rows.
fn report(sheet: &mut Sheet, name: &str, skip: bool, notes: &mut Vec<Note>) -> Result<(), Stop> {
    sheet.faults.sort_by_key(|fault| fault.row);
    let kind = if skip { NoteKind::LeftOut } else { NoteKind::Error };
    for fault in sheet.faults.iter().take(SHOWN) {
        notes.push(Note::new(kind, fault.text()).about(name));
    }
    let more = sheet.fault_count.saturating_sub(SHOWN);
    if more > 0 {
        notes.push(Note::new(NoteKind::Total, format!("and {more} more")).about(name));
    }
    match (sheet.fault_count, skip) {
        (0, _) | (_, true) => Ok(()),
        (1, _) => Err(Stop::wrong(format!("{name}: 1 row fits no series; nothing was written"))
            .help("correct the row, or leave it out with `--on-error skip`")),
        (count, _) => {
            Err(Stop::wrong(format!("{name}: {count} rows fit no series; nothing was written"))
                .help("correct the rows, or leave them out with `--on-error skip`"))
        }
    }
}
