//! `scalewright read`.

mod groups;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_model::text::{plain, quote};
use scalewright_model::{Instrument, Stop};
use scalewright_project::{
    Disk, Entry, Files, Found, Kind, Library, Skipped, all_are_used, unread,
};
use scalewright_scoring::{Program, compile};
use scalewright_tables::filled::{
    Answers, Expected, Refused, Table, id_in, not_answered, not_asked,
};
use scalewright_tables::{ANSWER_FORMATS, AnswersFormat, Named, REPORT_FORMATS, failed};

use crate::cli::{OnError, ReadArgs};
use crate::exit_code::OK;
use crate::gates::{self, sound};
use crate::output::Outputs;
use crate::terminal::Terminal;

use groups::{Group, groups, outputs};

/// Reads every form, and writes the answers if all forms could be read.
pub(crate) fn run(
    args: &ReadArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let supplied = library.wordings(&args.wording)?;
    let (paths, skipped) = forms(&args.forms, terminal.cwd)?;
    gates::report_skipped(skipped, terminal);
    let groups = match &args.instrument {
        Some(given) => vec![Group { instrument: given.clone(), forms: paths }],
        None => match groups(paths.clone(), terminal)? {
            Some(groups) => groups,
            None => return Err(no_instrument(&paths, terminal)?),
        },
    };
    let found: Vec<Found> =
        groups.iter().map(|group| library.one(&group.instrument)).collect::<Result<_, _>>()?;
    all_are_used(&args.wording, &supplied, &found, library)?;
    let checked: Vec<Checked> =
        found.iter().map(|found| library.check(found, &supplied)).collect::<Result<_, _>>()?;
    let forms = table_forms(args, groups.len(), terminal)?;
    let mut runs = Vec::new();
    for checked in &checked {
        runs.push(ReadRun::new(args, sound(checked, terminal)?, forms));
    }
    let ids: Vec<&str> = runs.iter().map(|run| run.instrument.id.as_str()).collect();
    let paths = outputs(&ids, args.out.as_deref(), forms.0)?;
    let documents = checked.iter().flat_map(|checked| &checked.documents);
    let documents = documents.map(|document| Path::new(&document.name));
    let read = groups.iter().flat_map(|group| &group.forms);
    let mut outputs =
        Outputs::new(terminal.cwd).reading(documents).reading(read).reading(&args.wording);
    let report = args.report.as_ref().map(|path| outputs.begin(Some(path))).transpose()?;
    for (run, group) in runs.iter_mut().zip(&groups) {
        for path in &group.forms {
            run.form(path, terminal)?;
        }
    }
    Reading { args, runs, paths }.finish((outputs, report), terminal)
}

/// Returns the named files, each once, and those in named folders, sorted by name.
fn forms(given: &[PathBuf], cwd: &Path) -> Result<(Vec<PathBuf>, Skipped), Stop> {
    let (mut forms, mut skipped) = (Vec::new(), Skipped::default());
    for path in given {
        match cwd.join(path).is_dir() {
            true => forms.extend(inside(path, cwd, &mut skipped)?),
            false => forms.push(path.clone()),
        }
    }
    let mut seen = BTreeSet::new();
    // One file may be named twice, by different paths.
    forms.retain(|path| {
        seen.insert(fs::canonicalize(cwd.join(path)).unwrap_or_else(|_| path.clone()))
    });
    Ok((forms, skipped))
}

/// Returns the forms in a folder. Other entries are recorded in `skipped`.
fn inside(folder: &Path, cwd: &Path, skipped: &mut Skipped) -> Result<Vec<PathBuf>, Stop> {
    let entries = Disk.entries(&cwd.join(folder));
    let entries = entries.map_err(|error| unread(folder, &plain(&error)))?;
    let mut forms = Vec::new();
    for Entry { name, kind } in entries {
        let path = folder.join(name);
        match kind {
            Kind::Folder | Kind::LinkedFolder => skipped.skip(path, "it is a subfolder"),
            // A broken link to a form may be a lost form: reading it stops the run, but skipping it would not.
            Kind::File | Kind::BrokenLink | Kind::NoFile if is_pdf(&path) => forms.push(path),
            Kind::File | Kind::BrokenLink | Kind::NoFile => {
                skipped.skip(path, "its name does not end in `.pdf`");
            }
        }
    }
    match forms.is_empty() {
        true => Err(Stop::usage(format!("there is no PDF in `{}`", folder.display()))),
        false => Ok(forms),
    }
}

/// Prints why no form names its instrument, and returns the reason for the stop.
fn no_instrument(paths: &[PathBuf], terminal: &mut Terminal<'_>) -> Result<Stop, Stop> {
    for path in paths {
        if let Err(refused) = id_in(&bytes(path, terminal.cwd)?) {
            print_refusal(&path.display().to_string(), &refused, "error", terminal);
        }
    }
    Ok(Stop::wrong("no form names its instrument; nothing was written"))
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// Returns the first of some ids, and how many more there are.
fn ids(items: &[&str]) -> String {
    let mut list: Vec<String> = items.iter().take(8).map(|id| format!("`{id}`")).collect();
    if items.len() > 8 {
        list.push(format!("{} more", items.len() - 8));
    }
    list.join(", ")
}

/// The tables and reports of all instruments.
struct Reading<'a> {
    args: &'a ReadArgs,
    runs: Vec<ReadRun<'a>>,
    /// Where the table of each instrument is written.
    paths: Vec<Option<PathBuf>>,
}

/// The state of a run: the table and the report that the forms of an instrument are read into.
struct ReadRun<'a> {
    args: &'a ReadArgs,
    instrument: &'a Instrument,
    expected: Expected<'a>,
    program: Program,
    table: Table<'a>,
    refused: usize,
    forms: usize,
    /// The languages of forms whose wording is not known, so that it was not compared.
    unseen: BTreeSet<String>,
}

impl<'a> ReadRun<'a> {
    fn new(args: &'a ReadArgs, instrument: &'a Instrument, forms: (AnswersFormat, u8)) -> Self {
        Self {
            args,
            instrument,
            expected: Expected::new(instrument),
            program: compile(instrument),
            table: Table::new(instrument, forms, args.spreadsheet_safe),
            refused: 0,
            forms: 0,
            unseen: BTreeSet::new(),
        }
    }

    fn form(&mut self, path: &Path, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        let name = path.display().to_string();
        let bytes = bytes(path, terminal.cwd)?;
        self.forms += 1;
        match self.expected.read(&bytes) {
            Ok(answers) => self.add(&name, answers, terminal),
            Err(refused) => self.refuse(&name, &refused, terminal),
        }
        Ok(())
    }

    fn add(&mut self, name: &str, answers: Answers, terminal: &mut Terminal<'_>) {
        if self.instrument.wording(&answers.language).is_none() {
            self.unseen.insert(answers.language.clone());
        }
        if !self.args.quiet {
            terminal.eprint(&self.summary(name, &answers));
        }
        let ignored = not_asked(self.instrument, &self.program, &answers);
        self.doubts(name, &answers, &ignored, terminal);
        self.table.add(name, answers, &ignored);
    }

    /// Warns of what a person should look at: answers to items that are not asked, and what is no answer.
    fn doubts(&self, name: &str, answers: &Answers, ignored: &[&str], terminal: &mut Terminal<'_>) {
        if !ignored.is_empty() {
            terminal.eprint(&format!(
                "warning: {name} answers items that are not asked: {}; scoring ignores these answers",
                ids(ignored)
            ));
        }
        for remark in &answers.remarks {
            let remark = quote(remark);
            terminal.eprint(&format!("warning: {name} has {remark}; it was not read as an answer"));
        }
    }

    /// Returns one line about a form: the respondent and the number of answered items.
    fn summary(&self, name: &str, answers: &Answers) -> String {
        let (all, given) = (answers.cells.len(), answers.answered());
        let who = match answers.respondent.as_str() {
            "" => "no respondent".to_owned(),
            who => format!("respondent `{}`", quote(who)),
        };
        let mut summary = format!("{name}: {who}, {given} of {all} items answered");
        if given < all {
            let items = not_answered(self.instrument, answers);
            summary.push_str(&format!("; not answered: {}", ids(&items)));
        }
        summary
    }

    fn refuse(&mut self, name: &str, refused: &Refused, terminal: &mut Terminal<'_>) {
        self.refused += 1;
        let level = match self.args.on_error {
            OnError::Stop => "error",
            OnError::Skip => "left out",
        };
        print_refusal(name, refused, level, terminal);
        self.table.refuse(name, refused);
    }

    fn note(&self, note: &str, terminal: &mut Terminal<'_>) {
        if !self.args.quiet {
            terminal.eprint(&format!("note: {note}"));
        }
    }

    fn notes(&self, terminal: &mut Terminal<'_>) {
        for (respondent, forms) in self.twice() {
            let respondent = quote(respondent);
            let note = format!("`{respondent}` is the respondent of {}", forms.join(", "));
            terminal.eprint(&format!("note: {note}"));
        }
        for language in self.unseen.iter().filter(|_| !self.args.quiet) {
            let note = format!(
                "the wording of forms in `{language}` is not known, so it was not compared; supply it with `--wording`"
            );
            terminal.eprint(&format!("note: {note}"));
        }
    }

    /// Returns the respondents with more than one form, with the names of their forms.
    fn twice(&self) -> BTreeMap<&str, Vec<String>> {
        let mut forms: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, answers) in self.table.rows() {
            if !answers.respondent.is_empty() {
                forms.entry(&answers.respondent).or_default().push(format!("`{name}`"));
            }
        }
        forms.retain(|_, forms| forms.len() > 1);
        forms
    }
}

impl Reading<'_> {
    fn finish(
        self,
        (mut outputs, report): (Outputs<'_>, Option<File>),
        terminal: &mut Terminal<'_>,
    ) -> Result<u8, Stop> {
        self.runs.iter().for_each(|run| run.notes(terminal));
        if let Some(file) = report {
            self.report(file, terminal)?;
        }
        if let Some(stop) = self.refusal() {
            outputs.commit(terminal)?;
            return Err(stop);
        }
        let mut read = Vec::new();
        for (run, path) in self.runs.iter().zip(&self.paths) {
            let count = run.forms - run.refused;
            // Of several instruments, one may have no readable form.
            if count == 0 && self.runs.len() > 1 {
                continue;
            }
            let (bytes, note) = run.table.bytes()?;
            note.iter().for_each(|note| run.note(note, terminal));
            let mut file = outputs.begin(path.as_deref())?;
            file.write_all(&bytes).map_err(|error| failed(&error))?;
            let path = path.as_ref().filter(|path| path.as_os_str() != "-");
            read.extend(path.map(|path| (count, path)));
        }
        outputs.commit(terminal)?;
        for (count, path) in read {
            let forms = if count == 1 { "1 form".to_owned() } else { format!("{count} forms") };
            terminal.eprint(&format!("read {forms}: {}", path.display()));
        }
        Ok(OK)
    }

    /// Writes the report on the forms of all instruments, below one header.
    fn report(&self, mut file: File, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        for (at, run) in self.runs.iter().enumerate() {
            let report = run.table.report();
            let header = report.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let lines = if at == 0 { &report[..] } else { &report[header..] };
            file.write_all(lines).map_err(|error| {
                Stop::usage(format!("cannot write the report: {}", plain(&error)))
                    .help("nothing was written")
            })?;
            if let Some(note) = run.table.note() {
                run.note(&note, terminal);
            }
        }
        Ok(())
    }

    /// Returns the reason why no table is written, if none is.
    fn refusal(&self) -> Option<Stop> {
        let written = match &self.args.report {
            Some(path) => format!("only the report was written: `{}`", path.display()),
            None => "nothing was written".to_owned(),
        };
        let refused: usize = self.runs.iter().map(|run| run.refused).sum();
        let forms: usize = self.runs.iter().map(|run| run.forms).sum();
        match (refused, forms) {
            (0, _) => None,
            (some, all) if self.args.on_error == OnError::Stop => {
                let what = match (some, all) {
                    (1, 1) => "the form cannot be read".to_owned(),
                    _ => format!("{some} of {all} forms cannot be read"),
                };
                let help = "to leave out such forms: `--on-error skip`";
                Some(Stop::wrong(format!("{what}; {written}")).help(help))
            }
            (some, all) if some == all => {
                Some(Stop::wrong(format!("no form can be read; {written}")))
            }
            _ => None,
        }
    }
}

fn print_refusal(name: &str, refused: &Refused, level: &str, terminal: &mut Terminal<'_>) {
    for reason in &refused.reasons {
        terminal.eprint(&format!("{level}: {name} {reason}"));
    }
    if let Some(help) = &refused.help {
        terminal.eprint(&format!("help: {help}"));
    }
}

/// Reads a file, up to one byte more than a form may have.
fn bytes(path: &Path, cwd: &Path) -> Result<Vec<u8>, Stop> {
    let read = Disk.read(&cwd.join(path), scalewright_pdf::MOST_BYTES + 1);
    read.map_err(|error| unread(path, &plain(&error)))
}

/// Returns the format of the responses, and the delimiter of the report.
fn table_forms(
    args: &ReadArgs,
    instruments: usize,
    terminal: &mut Terminal<'_>,
) -> Result<(AnswersFormat, u8), Stop> {
    // The tables of several instruments are in a folder, whose name has no ending.
    let path = args.out.as_deref().filter(|_| instruments == 1);
    let out = Named { option: "--out", path };
    let format = terminal.with_notes(|notes| out.format(args.format, ANSWER_FORMATS, notes))?;
    let is_text = matches!(format, AnswersFormat::Csv | AnswersFormat::Tsv);
    if args.spreadsheet_safe && !is_text && args.report.is_none() {
        return Err(Stop::usage(
            "`--spreadsheet-safe` only affects CSV and TSV, but neither is written",
        )
        .help("leave it out: in other formats, no cell is run as a formula"));
    }
    let report = Named { option: "--report", path: args.report.as_deref() };
    Ok((format, terminal.with_notes(|notes| report.format(None, REPORT_FORMATS, notes))?))
}
