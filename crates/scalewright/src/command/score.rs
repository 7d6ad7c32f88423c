//! `scalewright score`.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::Checked;
use scalewright_model::Instrument;
use scalewright_model::file::KeyStatus;
use scalewright_scoring::{Program, evaluate_into, evaluate_scores};

use crate::cli::{
    OnError, ResponsesFormat as Input, ScoreArgs, ScoreColumns, ScoresFormat as Form,
};
use crate::library::Library;
use crate::output::Outputs;
use crate::render::Printable;
use crate::responses::{self, About, Batch, Opened, Plan};
use crate::scores::{self, Layout, Sink};
use crate::{OK, Stop, Terminal, explain, render};

mod left_out;
mod stated;

use left_out::LeftOut;
use stated::Differences;

/// Scores the responses, or says why not and writes nothing.
pub(crate) fn run(
    args: &ScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    makes_sense(args)?;
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(instrument, &checked.program, args.accept_recalled_keys, terminal)?;
    let given = (args.map.as_deref(), args.names.as_deref());
    let map = responses::map(given, args.from, instrument, terminal.cwd)?;
    let form = args.questionnaire.as_ref();
    let form = form.map(|path| (path.display().to_string(), terminal.cwd.join(path)));
    let about = About { instrument, map: &map, missing: &args.missing_code, form };
    let table = responses::open(&args.responses, args.from, &about, terminal)?;
    // REDCap's first column names the record, whatever it is called; the one of FHIR is the response's id.
    let named = matches!(args.from, Some(Input::Redcap | Input::Fhir));
    let first = || table.source.columns().first().filter(|_| named).cloned();
    let id_column = args.id_column.clone().or_else(first);
    let plan = responses::plan(
        &table.name,
        table.source.columns(),
        table.source.may_grow(),
        id_column.as_deref(),
        &map,
        instrument,
        terminal,
    )?;
    plan.tell_ignored(table.source.columns(), terminal);
    let read = read(args, &checked);
    let job = Job { args, read, instrument, program: &checked.program, table, plan };
    if args.explain.is_some() || args.explain_id.is_some() {
        return job.explain(terminal);
    }
    job.score(terminal)
}

/// The files that scores are made of.
fn read(args: &ScoreArgs, checked: &Checked) -> Vec<PathBuf> {
    let input = PathBuf::from("/dev/stdin");
    let is_input = args.responses.as_os_str() == "-";
    let responses = if is_input { &input } else { &args.responses };
    let given = [Some(responses), args.map.as_ref(), args.names.as_ref()];
    let given = given.into_iter().chain([args.questionnaire.as_ref()]).flatten().cloned();
    given.chain(checked.documents.iter().map(|document| PathBuf::from(&document.name))).collect()
}

/// What no single argument can tell.
fn makes_sense(args: &ScoreArgs) -> Result<(), Stop> {
    if args.report.is_some() && args.on_error == OnError::Stop {
        let message = "`--report` lists rows that were left out, and none are left out";
        return Err(Stop::usage(message).help("to leave them out: `--on-error skip`"));
    }
    if args.out.is_none() && args.format == Some(Form::Parquet) {
        return Err(Stop::usage("Parquet is not printed").help("name a file: `--out FILE`"));
    }
    Ok(())
}

/// The instrument, or its errors on the terminal.
pub(super) fn sound<'a>(
    checked: &'a Checked,
    terminal: &mut Terminal<'_>,
) -> Result<&'a Instrument, Stop> {
    if let Some(instrument) = checked.sound() {
        return Ok(instrument);
    }
    for finding in checked.findings.iter().filter(|finding| finding.is_error()) {
        terminal.tell(render::full(finding, &checked.documents));
    }
    let name = checked.documents.first().map_or("", |document| document.name.as_str());
    Err(Stop::wrong(format!("`{name}` has errors; nothing was done")))
}

/// Scoring a recalled key takes a flag; an unverified one is not scored.
pub(super) fn keys_are_sure(
    instrument: &Instrument,
    program: &Program,
    accept_recalled: bool,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let with = |status: KeyStatus| -> Vec<String> {
        let scales = instrument.scales.iter().filter(|s| s.key_status == Some(status));
        scales.map(|scale| format!("`{}`", scale.id)).collect()
    };
    let (recalled, unverified) = (with(KeyStatus::Recalled), with(KeyStatus::Unverified));
    if !recalled.is_empty() && !accept_recalled {
        let message =
            format!("the key of {} is recalled, not read in a source", recalled.join(", "));
        return Err(Stop::wrong(message).help("to score it all the same: `--accept-recalled-keys`"));
    }
    if program.scores.is_empty() {
        let message = format!("`{}` has no scale that can be scored", instrument.id);
        let help = "their keys are unverified: read them in the instrument's own publication";
        return Err(Stop::wrong(message).help(help));
    }
    if !unverified.is_empty() {
        let list = unverified.join(", ");
        terminal.tell(&format!("note: not scored, because the key is unverified: {list}\n"));
    }
    Ok(())
}

/// The form that is asked for, or that the name's ending stands for.
fn form(args: &ScoreArgs) -> Form {
    let ending = args.out.as_ref().and_then(|path| path.extension());
    let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
    args.format.unwrap_or(match ending.as_deref() {
        Some("json") => Form::Json,
        Some("jsonl" | "ndjson") => Form::Jsonl,
        Some("parquet") => Form::Parquet,
        _ => Form::Csv,
    })
}

/// A table to be scored.
struct Job<'a> {
    args: &'a ScoreArgs,
    /// The files that are read.
    read: Vec<PathBuf>,
    instrument: &'a Instrument,
    program: &'a Program,
    table: Opened,
    plan: Plan<'a>,
}

impl Job<'_> {
    fn score(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let mut outputs = Outputs::new(terminal.cwd).reading(&self.read);
        let file = outputs.begin(self.args.out.as_deref())?;
        let layout =
            Layout::new(self.instrument, self.program, &self.plan.id_name, self.args.columns)
                .keeping(self.table.source.kept());
        let sink = scores::sink(layout, form(self.args), file)?;
        let mut left_out = LeftOut::begin(&self.table.name, self.args, &mut outputs)?;
        let rows = self.rows(sink, &mut left_out, terminal)?;
        left_out.finish(terminal)?;
        outputs.commit(terminal)?;
        if let Some(path) = &self.args.out {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            terminal.tell(&format!("scored {rows}: {}\n", path.display()));
        }
        Ok(OK)
    }

    /// Reads, evaluates and writes some rows after others; answers how many were scored.
    fn rows(
        &mut self,
        mut sink: Box<dyn Sink + '_>,
        left_out: &mut LeftOut,
        terminal: &mut Terminal<'_>,
    ) -> Result<usize, Stop> {
        let progress = progress(self.table.size);
        let mut batch = self.batch();
        let (mut rows, mut more) = (0, true);
        let mut scored = Vec::new();
        let mut differences = Differences::new(&self.table.name);
        while more {
            batch.clear();
            more = self.table.source.fill(&mut self.plan, &mut batch)?;
            progress.set_position(self.table.source.progress());
            progress.suspend(|| left_out.add(&batch.faults, terminal))?;
            rows += batch.responses.rows;
            // What will not be kept need not be worked out.
            if batch.responses.rows > 0 && !left_out.stops() {
                match self.args.columns {
                    ScoreColumns::All => {
                        evaluate_into(self.program, &batch.responses, &mut scored);
                    }
                    ScoreColumns::Scores => {
                        evaluate_scores(self.program, &batch.responses, &mut scored);
                    }
                }
                progress.suspend(|| {
                    differences.tell((self.instrument, self.program), &batch, &scored, terminal);
                });
                sink.batch(&batch, &scored).map_err(|error| scores::failed(&error))?;
            }
        }
        if !left_out.stops() {
            self.table.source.end(&mut self.plan)?;
        }
        sink.finish().map_err(|error| scores::failed(&error))?;
        progress.finish_and_clear();
        differences.finish(terminal);
        for note in self.table.source.notes() {
            terminal.tell(&format!("note: {note}"));
        }
        Ok(rows)
    }

    fn batch(&self) -> Batch {
        Batch::new(self.instrument.items.len(), self.table.source.kept().len())
    }

    /// Looks for one row and shows how its scores come about.
    fn explain(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let mut batch = self.batch();
        let mut more = true;
        while more {
            batch.clear();
            more = self.table.source.fill(&mut self.plan, &mut batch)?;
            self.refuse_faults(&batch)?;
            if let Some(row) = (0..batch.responses.rows).find(|&row| self.is_it(&batch, row)) {
                let answers: Vec<Option<f64>> =
                    batch.responses.items.iter().map(|column| column.get(row)).collect();
                terminal.say(Printable::page(&explain::row(
                    self.instrument,
                    self.program,
                    &answers,
                )));
                return Ok(OK);
            }
        }
        let what = match (self.args.explain, &self.args.explain_id) {
            (_, Some(id)) => format!("no respondent `{id}`"),
            (row, None) => format!("no row {}", row.unwrap_or_default()),
        };
        Err(Stop::wrong(format!("{}: there is {what}", self.table.name)))
    }

    fn is_it(&self, batch: &Batch, row: usize) -> bool {
        match &self.args.explain_id {
            Some(id) => batch.respondent(row) == id.as_str(),
            None => self.args.explain == Some(batch.numbers[row]),
        }
    }

    /// The row that is asked for may be one that cannot be scored.
    fn refuse_faults(&self, batch: &Batch) -> Result<(), Stop> {
        let meant = batch.faults.iter().find(|fault| match &self.args.explain_id {
            Some(id) => fault.respondent == *id,
            None => self.args.explain == Some(fault.row),
        });
        match meant {
            None => Ok(()),
            Some(fault) => Err(Stop::wrong(format!("{}: {}", self.table.name, fault.text()))
                .help("correct it, or empty the cell if nothing was answered")),
        }
    }
}

/// A bar for tables long enough to want one; it shows itself on a terminal only.
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
