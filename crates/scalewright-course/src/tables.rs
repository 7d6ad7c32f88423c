//! The tables that a course is written as.

mod criteria;
mod dyads;
mod episodes;
mod evidence;
mod false_alarms;
mod groups;
mod head;
mod missed;
mod outcome;
mod sample;
mod sessions;
mod summary;
mod surface;

use scalewright_model::{Stop, choices};
use scalewright_tables::{Out, TableFormat, TableWriter, failed};

use crate::course::Course;

choices! {
    /// The tables of a course.
    CourseTable {
        Summary = "summary": "A row for each series and scale: what changed, what was found, what is not judged",
        Series = "series": "A row for each session and scale: score, change, limits, lag, role in an episode",
        Episodes = "episodes": "A row for each drop, mark and sudden change, with its criterion",
        Dyads = "dyads": "The agreement of each two forms: by respondent, of all pairs, of the means",
        Missed = "missed": "A row for each series: measured, unscored and missed sessions",
        Sample = "sample": "A row for each scale and form: variance within and between persons",
        Outcome = "outcome": "A row for each scale and form: how early scores go with the outcome of `--outcome`",
        Groups = "groups": "The last outcome by what became of drops: none, repaired, unrepaired, censored",
        Surface = "surface": "The response surface of the outcome over the ratings of each two forms",
        Evidence = "evidence": "What meta-analyses found, with sources; never about one client",
        Criteria = "criteria": "A row for each criterion, with its parameters",
        FalseAlarms = "false-alarms": "How often each criterion finds something in pure noise of 8, 12 and 20 sessions",
    }
}

impl CourseTable {
    /// Whether the table is about the sample, so that it says nothing about a few respondents.
    #[must_use]
    pub fn is_of_sample(self) -> bool {
        matches!(self, Self::Sample | Self::Outcome | Self::Groups | Self::Surface)
    }
}

impl Course<'_> {
    /// Writes a table in `format`. With `guard`, cells that a spreadsheet would run as formulas get an apostrophe.
    ///
    /// # Errors
    ///
    /// When the output cannot be written, or this build lacks the format.
    pub fn write(
        &self,
        table: CourseTable,
        format: TableFormat,
        (file, guard): (Out, bool),
    ) -> Result<(), Stop> {
        let columns = match table {
            CourseTable::Summary => summary::columns(self),
            CourseTable::Series => sessions::columns(self),
            CourseTable::Episodes => episodes::columns(),
            CourseTable::Dyads => dyads::columns(),
            CourseTable::Missed => missed::columns(),
            CourseTable::Sample => sample::columns(),
            CourseTable::Outcome => outcome::columns(),
            CourseTable::Groups => groups::columns(),
            CourseTable::Surface => surface::columns(),
            CourseTable::Evidence => evidence::columns(),
            CourseTable::Criteria => criteria::columns(),
            CourseTable::FalseAlarms => false_alarms::columns(),
        };
        let mut writer = TableWriter::new(columns, format, (file, guard))?;
        let written = match table {
            CourseTable::Summary => summary::rows(self, &mut writer),
            CourseTable::Series => sessions::rows(self, &mut writer),
            CourseTable::Episodes => episodes::rows(self, &mut writer),
            CourseTable::Dyads => dyads::rows(self, &mut writer),
            CourseTable::Missed => missed::rows(self, &mut writer),
            CourseTable::Sample => sample::rows(self, &mut writer),
            CourseTable::Outcome => outcome::rows(self, &mut writer),
            CourseTable::Groups => groups::rows(self, &mut writer),
            CourseTable::Surface => surface::rows(self, &mut writer),
            CourseTable::Evidence => evidence::rows(&mut writer),
            CourseTable::Criteria => criteria::rows(self, &mut writer),
            CourseTable::FalseAlarms => false_alarms::rows(self, &mut writer),
        };
        written.and_then(|()| writer.finish()).map_err(|error| failed(&error))
    }
}
