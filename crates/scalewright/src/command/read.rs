//! `scalewright read`.

mod days;
mod form;
mod layout;
mod refused;
mod table;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_model::Instrument;

use self::form::Answers;
use self::refused::Refused;
use self::table::Table;
use super::score::sound;
use super::wordings;
use crate::cli::{OnError, ReadArgs};
use crate::library::{Library, plain};
use crate::{OK, Stop, Terminal, output, render};

/// Reads every form, and writes what was in them when all of them could be read.
pub(crate) fn run(
    args: &ReadArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    if args.report.is_some() && args.report == args.out {
        return Err(Stop::usage("`--report` and `--out` name the same file"));
    }
    let supplied = library.wordings(&args.wording)?;
    let paths = forms(&args.forms, terminal.cwd)?;
    let given = match &args.instrument {
        Some(given) => given.clone(),
        None => instrument(&paths, terminal)?,
    };
    let found = library.one(&given)?;
    wordings::all_are_used(&args.wording, &supplied, std::slice::from_ref(&found), library)?;
    let checked = library.check(&found, &supplied)?;
    let instrument = sound(&checked, terminal)?;
    let mut job = Job {
        args,
        instrument,
        expected: form::Expected::new(instrument),
        table: Table::new(instrument, args, terminal)?,
        refused: 0,
        forms: 0,
        unseen: BTreeSet::new(),
    };
    for path in paths {
        job.form(&path, terminal)?;
    }
    job.finish(terminal)
}

/// The files that are named, and those of folders in the order of their names.
fn forms(given: &[PathBuf], cwd: &Path) -> Result<Vec<PathBuf>, Stop> {
    let mut forms = Vec::new();
    for path in given {
        if !cwd.join(path).is_dir() {
            forms.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(cwd.join(path)).into_iter().flatten().flatten();
        let names = entries.map(|entry| path.join(entry.file_name()));
        let mut inside: Vec<PathBuf> = names.filter(|path| is_pdf(path)).collect();
        if inside.is_empty() {
            return Err(Stop::usage(format!("there is no PDF in `{}`", path.display())));
        }
        inside.sort();
        forms.extend(inside);
    }
    let mut seen = BTreeSet::new();
    forms.retain(|path| seen.insert(path.clone()));
    Ok(forms)
}

/// The instrument of the first form that says which it is a form of.
fn instrument(paths: &[PathBuf], terminal: &mut Terminal<'_>) -> Result<PathBuf, Stop> {
    let mut refusals = Vec::new();
    for path in paths {
        match form::id_in(&bytes(path, terminal.cwd)?) {
            Ok(id) => return Ok(PathBuf::from(id)),
            Err(refused) => refusals.push((path.display().to_string(), refused)),
        }
    }
    for (name, refused) in &refusals {
        tell(name, refused, "error", terminal);
    }
    Err(Stop::wrong("no form says which instrument it is a form of; nothing was written"))
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// The forms that are read together.
struct Job<'a> {
    args: &'a ReadArgs,
    instrument: &'a Instrument,
    expected: form::Expected<'a>,
    table: Table<'a>,
    refused: usize,
    forms: usize,
    /// Languages of forms whose words are not known here.
    unseen: BTreeSet<String>,
}

impl Job<'_> {
    fn form(&mut self, path: &Path, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        let name = path.display().to_string();
        let bytes = bytes(path, terminal.cwd)?;
        self.forms += 1;
        match self.expected.read(&bytes) {
            Ok(answers) => self.take(&name, answers, terminal),
            Err(refused) => self.refuse(&name, &refused, terminal),
        }
        Ok(())
    }

    fn take(&mut self, name: &str, answers: Answers, terminal: &mut Terminal<'_>) {
        if self.instrument.wording(&answers.language).is_none() {
            self.unseen.insert(answers.language.clone());
        }
        if !self.args.quiet {
            terminal.tell(&format!("{}\n", render::line(&self.said(name, &answers))));
        }
        self.table.add(name, answers);
    }

    /// What was read, in a line.
    fn said(&self, name: &str, answers: &Answers) -> String {
        let (all, given) = (answers.cells.len(), answers.answered());
        let who = match answers.respondent.as_str() {
            "" => "no respondent".to_owned(),
            who => format!("respondent `{who}`"),
        };
        let mut said = format!("{name}: {who}, {given} of {all} items answered");
        if given < all {
            let items = table::not_answered(self.instrument, answers);
            let mut list: Vec<String> = items.iter().take(8).map(|id| format!("`{id}`")).collect();
            if items.len() > 8 {
                list.push(format!("{} more", items.len() - 8));
            }
            said.push_str(&format!("; not answered: {}", list.join(", ")));
        }
        said
    }

    fn refuse(&mut self, name: &str, refused: &Refused, terminal: &mut Terminal<'_>) {
        self.refused += 1;
        let level = match self.args.on_error {
            OnError::Stop => "error",
            OnError::Skip => "left out",
        };
        tell(name, refused, level, terminal);
        self.table.refuse(name, refused);
    }

    fn finish(self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        self.notes(terminal);
        if let Some(path) = &self.args.report {
            output::write_one(terminal.cwd, path, &self.table.report())?;
            if let Some(note) = self.table.note().filter(|_| !self.args.quiet) {
                terminal.tell(&format!("note: {}\n", render::line(&note)));
            }
        }
        if self.refused > 0 && self.args.on_error == OnError::Stop {
            let message = match (self.refused, self.forms) {
                (1, 1) => "the form cannot be read; nothing was written".to_owned(),
                (some, all) => format!("{some} of {all} forms cannot be read; nothing was written"),
            };
            let help = "to leave such forms out: `--on-error skip`";
            return Err(Stop::wrong(message).help(help));
        }
        let read = self.forms - self.refused;
        if read == 0 {
            return Err(Stop::wrong("no form can be read; nothing was written"));
        }
        let (bytes, note) = self.table.bytes();
        if let Some(note) = note.filter(|_| !self.args.quiet) {
            terminal.tell(&format!("note: {}\n", render::line(&note)));
        }
        match &self.args.out {
            None => terminal.say(&String::from_utf8_lossy(&bytes)),
            Some(path) => {
                output::write_one(terminal.cwd, path, &bytes)?;
                let forms = if read == 1 { "1 form".to_owned() } else { format!("{read} forms") };
                terminal.tell(&format!("read {forms}: {}\n", path.display()));
            }
        }
        Ok(OK)
    }

    fn notes(&self, terminal: &mut Terminal<'_>) {
        for (respondent, forms) in self.twice() {
            let note = format!("`{respondent}` is the respondent of {}", forms.join(", "));
            terminal.tell(&format!("note: {}\n", render::line(&note)));
        }
        for language in self.unseen.iter().filter(|_| !self.args.quiet) {
            let note = format!(
                "the words of forms in `{language}` are not known here, so they were not compared: `--wording` gives them"
            );
            terminal.tell(&format!("note: {}\n", render::line(&note)));
        }
    }

    /// Respondents of more than one form.
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

fn tell(name: &str, refused: &Refused, level: &str, terminal: &mut Terminal<'_>) {
    for reason in &refused.reasons {
        terminal.tell(&format!("{level}: {}\n", render::line(&format!("{name} {reason}"))));
    }
    if let Some(help) = &refused.help {
        terminal.tell(&format!("help: {}\n", render::line(help)));
    }
}

/// A file, as much of it as could be a form.
fn bytes(path: &Path, cwd: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let most = scalewright_pdf::MOST_BYTES as u64 + 1;
    File::open(cwd.join(path)).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(
        |error| Stop::usage(format!("cannot read `{}`: {}", path.display(), plain(&error))),
    )?;
    Ok(bytes)
}
