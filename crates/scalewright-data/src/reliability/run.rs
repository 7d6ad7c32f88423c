//! Reads tables and analyses them. Several tables are read by several threads, with the same result for any number.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use scalewright_model::{Instrument, Note, NoteKind, ScaleIx, Stop, did_you_mean};
use scalewright_scoring::Program;
use scalewright_tables::{
    Among, Keep, KeptColumns, LeftOut, Opened, Reading, Run, ScoreColumns, TableFile, TableInput,
    open_among,
};

use super::collect::{MOST_GROUPS, Prepared};
use super::formats::MissingAnswers;
use super::gather::{Gather, Taken, too_many};
use super::result::Analysis;
use crate::items::{KeyedScale, own_scales};

/// The tables are divided into this many lists. Each list is merged in its order, then the lists are: so sums of decimals
/// do not depend on the number of threads.
const LISTS: usize = 8;

/// What is to be analysed, and how.
pub struct Request<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// All instruments that the tables have answers to: the map may contain columns of each.
    pub all: Vec<&'a Instrument>,
    /// Its program.
    pub program: &'a Program,
    /// The ids of the scales. All that are sums or means of items, if empty.
    pub scales: Vec<String>,
    /// Which respondents count when answers are missing.
    pub missing: MissingAnswers,
    /// The column that divides the sample into groups.
    pub by: Option<String>,
    /// The column that distinguishes the occasions of a respondent.
    pub occasion: Option<String>,
    /// How the tables are read.
    pub reading: &'a Reading,
    /// The folder that relative paths start from.
    pub cwd: &'a Path,
    /// Whether rows that cannot be scored are left out. If not, they make the analysis fail.
    pub skip: bool,
}

/// The ids of scales, with why they are not analysed.
type ScalesLeftOut = Vec<(String, String)>;

impl<'a> Request<'a> {
    /// The analysis of all scales by complete cases, of the whole sample.
    #[must_use]
    pub fn new(
        (instrument, program): (&'a Instrument, &'a Program),
        (reading, cwd): (&'a Reading, &'a Path),
        skip: bool,
    ) -> Self {
        let (missing, scales) = (MissingAnswers::Complete, Vec::new());
        let (by, occasion) = (None, None);
        let all = vec![instrument];
        Self { instrument, all, program, scales, missing, by, occasion, reading, cwd, skip }
    }

    /// The same for one of several instruments that the tables have answers to.
    #[must_use]
    pub fn among(self, all: &[&'a Instrument]) -> Self {
        Self { all: all.to_vec(), ..self }
    }
}

impl Request<'_> {
    /// Analyses one table.
    ///
    /// # Errors
    ///
    /// When no scale can be analysed, the table cannot be read, an answer is not allowed, or a column does not exist.
    pub fn one(&self, from: TableInput, notes: &mut Vec<Note>) -> Result<Analysis, Stop> {
        let (scales, not_analysed) = self.scales()?;
        let prepared = self.prepared(scales);
        let (taken, name) = self.take(from, &prepared, notes)?;
        Ok(self.analysis(&prepared, &taken, vec![name], not_analysed))
    }

    /// Analyses several tables as one sample.
    ///
    /// # Errors
    ///
    /// The same as those of [`Request::one`], for each table.
    pub fn many(&self, files: &[TableFile], notes: &mut Vec<Note>) -> Result<Analysis, Stop> {
        let (scales, not_analysed) = self.scales()?;
        let prepared = self.prepared(scales);
        let lists: Vec<Mutex<List>> = (0..LISTS).map(|_| Mutex::default()).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < LISTS)
            {
                *lists[at].lock().unwrap_or_else(PoisonError::into_inner) =
                    self.list(&files[at.min(files.len())..], &prepared);
            }
        };
        thread::scope(|scope| {
            for _ in 1..thread::available_parallelism().map_or(1, usize::from).min(LISTS) {
                // If a thread cannot be started, this one reads its tables.
                let _ = thread::Builder::new().spawn_scoped(scope, work);
            }
            work();
        });
        let lists =
            lists.into_iter().map(|l| l.into_inner().unwrap_or_else(PoisonError::into_inner));
        let taken = merged(lists.collect(), files, notes)?;
        let names = files.iter().map(|file| file.shown.display().to_string()).collect();
        Ok(self.analysis(&prepared, &taken, names, not_analysed))
    }

    /// Reads each [`LISTS`]-th of `files`.
    fn list(&self, files: &[TableFile], prepared: &Prepared<'_>) -> List {
        let mut list = List::default();
        for file in files.iter().step_by(LISTS) {
            let from = TableInput::File { shown: file.shown.clone(), path: file.path.clone() };
            let mut notes = Vec::new();
            let done = self.take(from, prepared, &mut notes);
            let stop = match done {
                Ok((taken, _)) => list.taken.merge(taken).err(),
                Err(stop) => Some(stop),
            };
            list.messages.push((notes, stop));
        }
        list
    }

    /// The scales to analyse, and why the others are not.
    fn scales(&self) -> Result<(Vec<KeyedScale>, ScalesLeftOut), Stop> {
        let instrument = self.instrument;
        let id = |scale: ScaleIx| instrument.scales[scale.0].id.as_str();
        let own: Vec<ScaleIx> = own_scales(instrument).collect();
        for name in &self.scales {
            if !own.iter().any(|scale| id(*scale) == name) {
                let stop = Stop::usage(format!("`{}` has no scale `{name}`", instrument.id));
                let near = did_you_mean(name, own.iter().map(|scale| id(*scale)));
                return Err(near.into_iter().fold(stop, Stop::help));
            }
        }
        let (mut found, mut refused) = (Vec::new(), Vec::new());
        for scale in own {
            let is_named = self.scales.iter().any(|name| name == id(scale));
            if !self.scales.is_empty() && !is_named {
                continue;
            }
            match KeyedScale::of(instrument, self.program, scale) {
                Ok(keyed) => found.push(keyed),
                Err(why) if is_named => {
                    return Err(Stop::usage(format!("`{}` cannot be analysed: {why}", id(scale))));
                }
                Err(why) => refused.push((id(scale).to_owned(), why)),
            }
        }
        if found.is_empty() {
            let text = format!("no scale of `{}` is a sum or mean of items", instrument.id);
            return Err(refused
                .iter()
                .take(8)
                .fold(Stop::usage(text), |stop, (id, why)| stop.help(format!("`{id}`: {why}"))));
        }
        Ok((found, refused))
    }

    fn prepared(&self, scales: Vec<KeyedScale>) -> Prepared<'_> {
        let how = (self.missing, self.by.is_some());
        Prepared::new((self.instrument, self.program), scales, how)
    }

    /// Reads one table. Returns its name too.
    fn take(
        &self,
        from: TableInput,
        prepared: &Prepared<'_>,
        notes: &mut Vec<Note>,
    ) -> Result<(Taken, String), Stop> {
        let among = Among { instrument: self.instrument, all: &self.all, cwd: self.cwd };
        let table = open_among(from, self.reading, among, notes)?;
        let named = [("--by", &self.by), ("--occasion", &self.occasion)];
        for (option, column) in named {
            column.as_ref().map_or(Ok(()), |column| exists(&table, option, column))?;
        }
        let keep: Vec<String> = [&self.by, &self.occasion].into_iter().flatten().cloned().collect();
        let keep = Keep { drop_all: keep.is_empty(), keep, drop: Vec::new() };
        let wish = match keep.drop_all {
            true => KeptColumns::Unused,
            false => KeptColumns::Read(&keep),
        };
        let plan = table.plan(wish, self.instrument, notes).map_err(|stop| self.renamed(stop))?;
        let at = |column: &Option<String>| {
            let column = column.as_ref()?;
            table.kept(&plan).iter().position(|kept| kept == column)
        };
        let (by, occasion) = (at(&self.by), at(&self.occasion));
        let name = table.name.clone();
        let state = Rc::new(RefCell::new(Taken::default()));
        let gather = Gather { prepared, by, occasion, taken: Rc::clone(&state) };
        let left_out = LeftOut::new(&name, self.skip, None);
        let how = (ScoreColumns::Scores, KeptColumns::Silent);
        let scored = (self.instrument, self.program);
        let run = Run::new(scored, how, (table, plan), Box::new(gather), left_out);
        let mut run = if self.occasion.is_some() { run.of_courses() } else { run };
        let done = loop {
            match run.step(notes) {
                Ok(true) => {}
                Ok(false) => break run.finish(notes).map(|_| ()),
                Err(stop) => break Err(stop),
            }
        };
        let taken = state.take();
        match (done, taken.refused) {
            (_, Some(stop)) => Err(stop),
            (Err(stop), None) => Err(stop),
            (Ok(()), None) => Ok((Taken { refused: None, ..taken }, name)),
        }
    }

    /// A refusal of columns with the name of the option that names them here.
    fn renamed(&self, stop: Stop) -> Stop {
        let named = [("--by", &self.by), ("--occasion", &self.occasion)];
        let message =
            named.into_iter().fold(stop.message, |message, (option, column)| match column {
                Some(column) => {
                    message.replace(&format!("`--keep {column}`"), &format!("`{option} {column}`"))
                }
                None => message,
            });
        Stop { message, ..stop }
    }

    fn analysis(
        &self,
        prepared: &Prepared<'_>,
        taken: &Taken,
        tables: Vec<String>,
        not_analysed: Vec<(String, String)>,
    ) -> Analysis {
        let groups = taken.collected.groups.iter().map(|(name, sums)| {
            prepared.group(self.by.as_ref().map(|_| name.as_str()), sums, &taken.visits)
        });
        Analysis {
            instrument: self.instrument.id.clone(),
            version: self.instrument.version.clone(),
            title: self.instrument.title.clone(),
            tables,
            missing: scalewright_model::Choice::name(self.missing),
            by: self.by.clone(),
            occasion: self.occasion.clone(),
            groups: groups.collect(),
            not_analysed,
        }
    }
}

/// What was taken from a list of tables, with the notes and the failure of each.
#[derive(Default)]
struct List {
    taken: Taken,
    messages: Vec<(Vec<Note>, Option<Stop>)>,
}

impl Taken {
    fn merge(&mut self, other: Self) -> Result<(), Stop> {
        self.collected.merge(other.collected);
        self.visits.merge(other.visits);
        match self.collected.groups.len() > MOST_GROUPS {
            true => Err(too_many()),
            false => self.visits.sound(),
        }
    }
}

/// Merges the lists, and adds the notes of all tables in their order.
fn merged(lists: Vec<List>, files: &[TableFile], notes: &mut Vec<Note>) -> Result<Taken, Stop> {
    let mut all = Taken::default();
    let mut messages: Vec<_> = Vec::new();
    for list in lists {
        all.merge(list.taken)?;
        messages.push(list.messages.into_iter());
    }
    let mut stops = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let Some((of_table, stop)) = messages[at % LISTS].next() else { continue };
        notes.extend(of_table);
        stops.extend(stop.map(|stop| (file.shown.display().to_string(), stop)));
    }
    let count = stops.len();
    match stops.pop() {
        None => Ok(all),
        Some((_, stop)) if count == 1 => Err(stop),
        Some(last) => {
            stops.push(last);
            for (name, stop) in &stops {
                notes.push(Note::new(NoteKind::Error, stop.message.clone()).about(name));
                notes.extend(stop.help.iter().map(|help| Note::new(NoteKind::Help, help.clone())));
            }
            let text = format!("{count} of {} tables cannot be analysed", files.len());
            Err(Stop { cause: stops[0].1.cause, ..Stop::wrong(text) })
        }
    }
}

/// Checks that a column exists.
fn exists(table: &Opened, option: &str, column: &str) -> Result<(), Stop> {
    let columns = table.columns();
    if columns.contains(&column) {
        return Ok(());
    }
    let stop = Stop::usage(format!("`{option} {column}`: {} has no such column", table.name));
    Err(did_you_mean(column, columns).into_iter().fold(stop, Stop::help))
}
