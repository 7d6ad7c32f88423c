//! `scalewright score`.

mod many;

use std::fs::File;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::Checked;
use scalewright_data::reliability::Request;
use scalewright_model::{Instrument, Stop};
use scalewright_project::Library;
use scalewright_scoring::working;
use scalewright_tables::{
    KeptColumns, LeftOut, MissingColumns, Named, Opened, Plan, REPORT_FORMATS, Report, Run,
    SCORE_FORMATS, ScoresFormat, ScoresHeader, ScoresOptions, TableFiles, Which, With, answers_of,
    open, sink,
};

use crate::analysis::{Sample, beside};
use crate::cli::{OnError, ScoreArgs};
use crate::exit_code::OK;
use crate::gates;
use crate::output::Outputs;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Scores the responses, or reports why they cannot be scored and writes nothing.
pub(crate) fn run(
    args: &ScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    let files =
        terminal.with_notes(|notes| TableFiles::find(&args.responses, args.format, cwd, notes))?;
    let explains = args.explain.is_some() || args.explain_id.is_some();
    let several = match &files {
        Some(files) => Some((files, TableFiles::folder(args.out.as_deref(), explains)?)),
        None => None,
    };
    let form = format(args, files.as_ref(), terminal)?;
    let found = library.one(&args.instrument)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let checked = library.check(&found, &[])?;
    let instrument = gates::sound(&checked, terminal)?;
    gates::keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    if let Some(several) = several {
        return many::run(args, several, (&checked, instrument), terminal);
    }
    let which = match (args.explain, &args.explain_id) {
        (_, Some(id)) => Some(Which::Respondent(id)),
        (row, None) => row.map(Which::Row),
    };
    let keep = args.keep.keep();
    let wish = if which.is_some() { KeptColumns::Unused } else { KeptColumns::Chosen(&keep) };
    let (from, reading) = (terminal.table(&args.responses[0]), args.reading.reading());
    let (table, plan) = terminal.with_notes(|notes| {
        let table = open(from, &reading, instrument, cwd, notes)?;
        let plan = table.plan(wish, instrument, notes)?;
        Ok((table, plan))
    })?;
    if let Some(which) = which {
        let answers = answers_of(which, (table, plan), instrument)?;
        let shown = working(instrument, &checked.program, &answers);
        terminal.print(Printable::page(&shown));
        return Ok(OK);
    }
    let run = ScoreRun { args, form, wish, checked: &checked, instrument };
    run.score((table, plan), terminal)
}

/// Returns the files that are read, which must not be overwritten: `tables` and the others.
fn read(args: &ScoreArgs, checked: &Checked, tables: Vec<PathBuf>) -> Vec<PathBuf> {
    let reading = &args.reading;
    let given = [reading.map.as_ref(), reading.names.as_ref(), reading.questionnaire.as_ref()];
    let given = tables.into_iter().chain(given.into_iter().flatten().cloned());
    given.chain(checked.documents.iter().map(|document| PathBuf::from(&document.name))).collect()
}

/// Returns the format of the scores of a table. Stops if arguments contradict it, or that of one of `files`.
fn format(
    args: &ScoreArgs,
    files: Option<&TableFiles>,
    terminal: &mut Terminal<'_>,
) -> Result<ScoresFormat, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let stated = args.format;
    let forms = match files {
        Some(files) => files.files.iter().map(|file| file.format).collect(),
        None => vec![terminal.with_notes(|notes| named.format(stated, SCORE_FORMATS, notes))?],
    };
    let options = ScoresOptions {
        columns: args.columns,
        spreadsheet_safe: args.spreadsheet_safe,
        has_report: args.report.is_some(),
        is_printed: args.out.is_none(),
    };
    options.suit(&forms)?;
    Ok(forms[0])
}

/// The arguments of a run and the definition to score with.
struct ScoreRun<'a> {
    args: &'a ScoreArgs,
    form: ScoresFormat,
    wish: KeptColumns<'a>,
    checked: &'a Checked,
    instrument: &'a Instrument,
}

impl<'a> ScoreRun<'a> {
    fn score(
        &self,
        (table, plan): (Opened, Plan<'a>),
        terminal: &mut Terminal<'_>,
    ) -> Result<u8, Stop> {
        let given = &self.args.responses[0];
        // Standard input may be a file as well, which must not be overwritten.
        let given = if given.as_os_str() == "-" { Path::new("/dev/stdin") } else { given };
        let inputs = read(self.args, self.checked, vec![given.to_path_buf()]);
        let mut outputs = Outputs::new(terminal.cwd).reading(inputs);
        let file = outputs.begin(self.args.out.as_deref())?;
        let digest = self.checked.key.as_ref().map(|key| key.digest.as_str());
        let program = &self.checked.program;
        let counts = self.args.with.contains(&With::Missing);
        let counts = counts.then(|| MissingColumns::new(self.instrument, program, &plan));
        let header = terminal.with_notes(|notes| {
            let how = (self.args.columns, self.args.spreadsheet_safe);
            let header =
                ScoresHeader::new(self.instrument, &self.checked.program, plan.id_name(), how);
            let header = header.keeping(&table, &plan, self.wish).stamped(&plan, digest);
            header.counting(&plan, counts.as_ref()).distinct(self.form, notes)
        });
        let sink = sink(header, self.form, Box::new(file))?;
        let guard = self.args.spreadsheet_safe;
        let report = report_file(self.args, &mut outputs, terminal)?
            .map(|(file, delimiter)| Report::new(Box::new(file), delimiter, guard));
        let left_out = LeftOut::new(&table.name, self.args.on_error == OnError::Skip, report);
        let progress = progress(table.size);
        let scored = (self.instrument, &self.checked.program);
        let how = (self.args.columns, self.wish);
        let run = Run::new(scored, how, (table, plan), sink, left_out);
        let mut run = run.stamped(digest).counting(counts);
        let mut more = true;
        while more {
            let mut notes = Vec::new();
            let done = run.step(&mut notes);
            progress.set_position(run.progress());
            progress.suspend(|| notes.iter().for_each(|note| terminal.note(note)));
            // After the notes, which explain the error.
            more = done?;
        }
        progress.finish_and_clear();
        let rows = terminal.with_notes(|notes| run.finish(notes))?;
        let sample = Sample::One(&self.args.responses[0]);
        let scored = (self.instrument, self.checked);
        analysed((self.args, terminal.cwd), scored, &sample, &mut outputs)?;
        outputs.commit(terminal)?;
        if let Some(path) = &self.args.out {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            terminal.eprint(&format!("scored {rows}: {}\n", path.display()));
        }
        Ok(OK)
    }
}

/// Adds the item analysis of `--reliability`.
fn analysed(
    (args, cwd): (&ScoreArgs, &Path),
    (instrument, checked): (&Instrument, &Checked),
    sample: &Sample<'_>,
    outputs: &mut Outputs<'_>,
) -> Result<(), Stop> {
    let Some(path) = &args.reliability else { return Ok(()) };
    let reading = args.reading.reading();
    let skip = args.on_error == OnError::Skip;
    let request = Request::new((instrument, &checked.program), (&reading, cwd), skip);
    beside(path, &request, sample, outputs)
}

/// Returns the file of `--report`, which lists the errors in rows left out, and the delimiter between its cells.
fn report_file(
    args: &ScoreArgs,
    outputs: &mut Outputs<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Option<(File, u8)>, Stop> {
    let Some(path) = args.report.as_deref() else { return Ok(None) };
    let named = Named { option: "--report", path: Some(path) };
    let delimiter = terminal.with_notes(|notes| named.format(None, REPORT_FORMATS, notes))?;
    Ok(Some((outputs.begin(Some(path))?, delimiter)))
}

/// Returns a progress bar for tables of more than 16 MiB. It is only visible on a terminal.
fn progress(size: Option<u64>) -> ProgressBar {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let Some(size) = size.filter(|&size| size > 16 << 20 && !plain) else {
        return ProgressBar::hidden();
    };
    let bar = ProgressBar::new(size);
    let style = ProgressStyle::with_template("{bar:30} {percent}% {bytes} {eta}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
