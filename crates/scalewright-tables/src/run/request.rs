//! What a table is scored with, and how: one instrument or several, and the shape of the table of scores.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};
use scalewright_scoring::Program;
use tempfile::NamedTempFile;

use crate::responses::{
    Among, BackgroundFrom, ExtraColumn, KeptColumns, Opened, Plan, REDCAP_KEYS, Reading,
    TableInput, open_among,
};
use crate::scores::{MissingColumns, Out, ScoresHeader, shaped_sink};
use crate::{Note, NoteKind, ScoreColumns, ScoresFormat, Stop, TableShape, WithColumns};

use super::lane::Lane;
use super::left_out::{LeftOut, Report};
use super::scoring::Beside;
use super::together::Together;
use super::{Run, Scoring};

/// An instrument that a table is scored with.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its program.
    pub program: &'a Program,
    /// The digest of a supplied key, which each row repeats.
    pub key_digest: Option<&'a str>,
}

/// How tables are scored.
pub struct ScoreRequest<'a> {
    /// The instruments: at least one, each once. Their scores are written in this order.
    pub subjects: Vec<Subject<'a>>,
    /// How the tables are read.
    pub reading: &'a Reading,
    /// The folder that the relative paths of `reading` start from.
    pub cwd: &'a Path,
    /// Where the facts about respondents are that the rows do not state.
    pub background: Option<BackgroundFrom>,
    /// Which columns are written beside the scores.
    pub kept: KeptColumns<'a>,
    /// Which columns are written for each score.
    pub columns: ScoreColumns,
    /// The shape of the table of scores.
    pub shape: TableShape,
    /// What else is written beside the scores.
    pub with: &'a [WithColumns],
    /// Whether the output consists of answers instead of scores.
    pub is_of_answers: bool,
    /// Whether cells that a spreadsheet would run as formulas get an apostrophe.
    pub guard: bool,
    /// Whether rows that cannot be scored are left out. If not, they make the run fail.
    pub skip: bool,
}

/// A table whose columns were found, ready to be scored.
pub struct Opening<'a> {
    /// The reading of the table for each instrument.
    tables: Vec<(Opened, Plan<'a>)>,
    /// The copy of a stream that they read.
    copy: Option<NamedTempFile>,
}

/// A column that answers items of two instruments: the indices of the instrument and the item of each.
type SharedColumn<'c> = (&'c str, (usize, usize), (usize, usize));

impl Opening<'_> {
    /// The name of the table in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.tables[0].0.name
    }

    /// The number of bytes to read, if known.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.tables[0].0.size
    }
}

impl<'a> ScoreRequest<'a> {
    /// Opens a table and finds the columns that answer the items. Adds notes on the other columns.
    ///
    /// # Errors
    ///
    /// When the table cannot be read, a column is missing or occurs twice, the map is wrong, an option names a column
    /// that does not exist, or two instruments would read the same column.
    pub fn open(&self, from: TableInput, notes: &mut Vec<Note>) -> Result<Opening<'a>, Stop> {
        let (inputs, copy) = from.copies(self.subjects.len())?;
        let mut tables = Vec::new();
        let mut wrong = Vec::new();
        for (subject, from) in self.subjects.iter().zip(inputs) {
            let mut own = Vec::new();
            match self.read(subject, from, &mut own) {
                Ok(table) => tables.push(table),
                Err(stop) => wrong.push(self.named(stop, subject)),
            }
            // Notes on the file are the same for all instruments.
            notes.extend(own.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
        }
        if let Some(last) = wrong.pop() {
            for Stop { message, help, .. } in wrong {
                notes.push(Note::new(NoteKind::Error, message));
                notes.extend(help.into_iter().map(|help| Note::new(NoteKind::Help, help)));
            }
            return Err(last);
        }
        self.columns_differ(&tables)?;
        self.plan_kept(&mut tables, notes)?;
        Ok(Opening { tables, copy })
    }

    fn read(
        &self,
        subject: &Subject<'a>,
        from: TableInput,
        notes: &mut Vec<Note>,
    ) -> Result<(Opened, Plan<'a>), Stop> {
        let all: Vec<&Instrument> = self.subjects.iter().map(|one| one.instrument).collect();
        let among = Among { instrument: subject.instrument, all: &all, cwd: self.cwd };
        let table = open_among(from, self.reading, among, notes)?;
        let table = match &self.background {
            None => table,
            Some(_) if table.has_background() => {
                return Err(Stop::usage(
                    "facts about respondents are declared twice: by an option, and by `[background]` in a map",
                )
                .help("leave out one of them"));
            }
            Some(from) => {
                let about = (among, self.reading);
                let background = from.read(&table, about, "`--carry-from`", notes)?;
                table.with_background(background)
            }
        };
        let plan = table.plan_items(subject.instrument, notes)?;
        Ok((table, plan))
    }

    /// An error that names its instrument, if there are several.
    fn named(&self, stop: Stop, subject: &Subject<'_>) -> Stop {
        match self.subjects.len() {
            1 => stop,
            _ => {
                Stop { message: format!("{} (`{}`)", stop.message, subject.instrument.id), ..stop }
            }
        }
    }

    /// Finds the columns that are written beside the scores: those that no instrument uses, once.
    fn plan_kept(
        &self,
        tables: &mut [(Opened, Plan<'a>)],
        notes: &mut Vec<Note>,
    ) -> Result<(), Stop> {
        let used: Vec<BTreeSet<String>> = match tables {
            [_] => vec![BTreeSet::new()],
            _ => tables.iter().map(|(table, plan)| table.columns_in_use(plan)).collect(),
        };
        let all: BTreeSet<String> = used.into_iter().flatten().collect();
        let has_answers = self.with.contains(&WithColumns::Answers) || self.is_of_answers;
        for (at, (table, plan)) in tables.iter_mut().enumerate() {
            let mut own = Vec::new();
            table.plan_kept(plan, self.kept, &all, &mut own)?;
            if self.is_of_answers {
                own = only_keys(plan).into_iter().collect();
            }
            // The columns beside the scores are the same for all instruments.
            if at == 0 {
                notes.append(&mut own);
            }
            if has_answers {
                table.keep_texts(plan, self.subjects[at].instrument, notes);
            }
        }
        Ok(())
    }

    /// Stops if a column would answer items of several instruments, and nobody declared that.
    fn columns_differ(&self, tables: &[(Opened, Plan<'a>)]) -> Result<(), Stop> {
        let mut users: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut shared = Vec::new();
        for (at, (_, plan)) in tables.iter().enumerate() {
            for (item, column) in plan.names.iter().enumerate() {
                let Some(&first) = users.get(column.as_str()) else {
                    users.insert(column, (at, item));
                    continue;
                };
                if first.0 != at && !self.may_share(tables, first, (at, item)) {
                    shared.push((column.as_str(), first, (at, item)));
                }
            }
        }
        match shared.as_slice() {
            [] => Ok(()),
            all => Err(self.shared(&tables[0].0.name, all)),
        }
    }

    /// Whether one column may answer items of two instruments: the map says so for both, or both are the same fact about
    /// the respondent.
    fn may_share(
        &self,
        tables: &[(Opened, Plan<'a>)],
        one: (usize, usize),
        other: (usize, usize),
    ) -> bool {
        let of = |(at, item): (usize, usize)| {
            let instrument = self.subjects[at].instrument;
            (&tables[at].0, &instrument.items[item], instrument.response(ItemIx(item)))
        };
        let ((table, item, scale), (other_table, other_item, other_scale)) = (of(one), of(other));
        let is_declared =
            table.is_mapped_apart(&item.id) && other_table.is_mapped_apart(&other_item.id);
        let is_same_fact =
            item.background && other_item.background && means_same(scale, other_scale);
        is_declared || is_same_fact
    }

    fn shared(&self, name: &str, all: &[SharedColumn<'_>]) -> Stop {
        let item = |(at, item): (usize, usize)| {
            let instrument = self.subjects[at].instrument;
            (instrument.items[item].id.as_str(), instrument.id.as_str())
        };
        let list: Vec<String> = all
            .iter()
            .take(4)
            .map(|&(column, first, second)| {
                let ((one, of), (two, of_other)) = (item(first), item(second));
                format!("`{column}` would answer `{one}` of `{of}` and `{two}` of `{of_other}`")
            })
            .collect();
        let more = match all.len() - list.len() {
            0 => String::new(),
            more => format!("; {more} more"),
        };
        let (column, _, second) = all[0];
        let (two, of) = item(second);
        Stop::wrong(format!("{name}: instruments share columns: {}{more}", list.join("; "))).help(
            format!(
                "in a file for `--map`, name the columns of each instrument: `[columns.{of}]`, then `{two} = \"…\"`; if both ask the same, name `{column}` in the table of both"
            ),
        )
    }

    /// Begins to score a table into `file`.
    ///
    /// # Errors
    ///
    /// When the beginning of the scores cannot be written, or this build lacks the format.
    pub fn begin(
        &self,
        opening: Opening<'a>,
        (format, file): (ScoresFormat, Out),
        report: Option<Report>,
        notes: &mut Vec<Note>,
    ) -> Result<Box<dyn Scoring + 'a>, Stop> {
        Ok(self.begin_beside(opening, (format, file), report, notes)?)
    }

    /// The same for a table beside others.
    pub(crate) fn begin_beside(
        &self,
        opening: Opening<'a>,
        (format, file): (ScoresFormat, Out),
        report: Option<Report>,
        notes: &mut Vec<Note>,
    ) -> Result<Box<dyn Beside + 'a>, Stop> {
        let counts = self.counts(&opening);
        let header = self.header(&opening, (format, &counts), notes);
        let sink = shaped_sink(header, (format, self.shape), file)?;
        let left_out = LeftOut::new(opening.name(), self.skip, report);
        let how = (self.columns, self.kept);
        let (mut tables, mut counts) = (opening.tables, counts);
        if self.subjects.len() == 1
            && let (Some(table), Some(counts)) = (tables.pop(), counts.pop())
        {
            let Subject { instrument, program, key_digest } = self.subjects[0];
            let run = Run::new((instrument, program), how, table, sink, left_out);
            return Ok(Box::new(run.stamped(key_digest).counting(counts)));
        }
        let lanes =
            self.subjects.iter().zip(tables).zip(counts).map(|((subject, table), counts)| {
                let scored = (subject.instrument, subject.program, subject.key_digest);
                Lane::new(scored, table).counting(counts)
            });
        let together = Together::new(lanes.collect(), how, sink, left_out);
        Ok(Box::new(together.keeping(opening.copy)))
    }

    /// The columns with the numbers of missing answers of each instrument, if they are written.
    fn counts(&self, opening: &Opening<'a>) -> Vec<Option<MissingColumns>> {
        // An import file has the reasons in place of the answers, and no counts.
        let is_asked = self.with.contains(&WithColumns::Missing) && !self.is_of_answers;
        let tables = self.subjects.iter().zip(&opening.tables);
        let counts = tables.map(|(subject, (_, plan))| {
            is_asked.then(|| MissingColumns::new(subject.instrument, subject.program, plan))
        });
        counts.collect()
    }

    fn header(
        &self,
        opening: &Opening<'a>,
        (format, counts): (ScoresFormat, &[Option<MissingColumns>]),
        notes: &mut Vec<Note>,
    ) -> ScoresHeader<'a> {
        let (table, plan) = &opening.tables[0];
        let plans: Vec<&Plan<'_>> = opening.tables.iter().map(|(_, plan)| plan).collect();
        let scored: Vec<_> =
            self.subjects.iter().map(|one| (one.instrument, one.program)).collect();
        let mut own = Vec::new();
        let how = (self.columns, self.guard);
        let header = ScoresHeader::together(&scored, plan.id_name(), how, &mut own);
        // A long table names the instrument of each score, and Observations have codes.
        let has_names = self.shape == TableShape::Wide
            && !self.is_of_answers
            && !matches!(format, ScoresFormat::Fhir | ScoresFormat::FhirNdjson);
        notes.extend(own.into_iter().filter(|_| has_names));
        let header = header.keeping(table, plan, self.kept).remarked(&plans);
        let codes = (self.is_of_answers && self.with.contains(&WithColumns::Missing)).then(|| {
            opening.tables.iter().flat_map(|(table, _)| table.codes_of_reasons()).collect()
        });
        let header = header.coding(codes);
        let header = match self.with.contains(&WithColumns::Answers) || self.is_of_answers {
            true => header.answering(&plans, table),
            false => header,
        };
        let texts: usize = plans.iter().map(|plan| plan.texts.len()).sum();
        let kept = table.reader.kept().len() + plan.kept.len() - plan.texts.len() + texts;
        let digests: Vec<Option<&str>> = self.subjects.iter().map(|one| one.key_digest).collect();
        let header = header.stamped_all(kept, &digests);
        let kept = kept + digests.iter().flatten().count();
        let counts: Vec<Option<&MissingColumns>> = counts.iter().map(Option::as_ref).collect();
        let header = header.counting_all(kept, &counts);
        match self.shape {
            TableShape::Wide => header.distinct(format, notes),
            TableShape::Long => header,
        }
    }
}

/// Leaves only the columns that an import file for REDCap may have besides the answers. Returns a note on the others.
fn only_keys(plan: &mut Plan<'_>) -> Option<Note> {
    let is_key = |kept: &ExtraColumn| REDCAP_KEYS.contains(&kept.name.as_str());
    // REDCap knows no folders.
    let folders = plan.kept.split_off(plan.kept.len() - plan.partitions.len());
    plan.partitions.clear();
    let (keys, mut others): (Vec<_>, Vec<_>) = plan.kept.drain(..).partition(is_key);
    others.extend(folders);
    plan.kept = keys;
    let names: Vec<String> = others.iter().map(|kept| format!("`{}`", kept.name)).collect();
    let (shown, more) = names.split_at(names.len().min(8));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    (!names.is_empty()).then(|| {
        Note::info(format!("columns that are not items, left out: {}{more}", shown.join(", ")))
    })
}

/// Whether the same cell means the same on both response scales.
fn means_same(one: &ResponseScale, other: &ResponseScale) -> bool {
    let is_worded = match &one.kind {
        // The same number may be another answer, unless the options have the same words for it.
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            options.iter().all(|option| option.code.is_some())
        }
        _ => true,
    };
    is_worded && one.kind == other.kind
}
