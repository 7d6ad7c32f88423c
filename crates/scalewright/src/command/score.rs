//! `scalewright score`.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::Checked;
use scalewright_model::Instrument;
use scalewright_model::file::KeyStatus;
use scalewright_scoring::{Program, evaluate_into, evaluate_scores};

use crate::cli::{ScoreArgs, ScoreColumns, ScoresFormat as Form};
use crate::endings::Named;
use crate::library::Library;
use crate::output::Outputs;
use crate::render::Printable;
use crate::responses::{self, Batch, Opened, Plan, Wish};
use crate::scores::{self, Layout, SCORE_FORMS, Sink};
use crate::{OK, Stop, Terminal, explain, render};

mod blanks;
mod left_out;
mod repeats;
pub(super) mod stated;

use blanks::Blanked;
use left_out::LeftOut;
use repeats::Repeats;
use stated::Differences;

/// Scores the responses, or says why not and writes nothing.
pub(crate) fn run(
    args: &ScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let explains = args.explain.is_some() || args.explain_id.is_some();
    let form = makes_sense(args, terminal)?;
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(instrument, &checked.program, args.accept_recalled_keys, terminal)?;
    let wish = if explains { Wish::Nothing } else { Wish::Of(&args.keep) };
    let (table, plan) =
        responses::begin(&args.responses, &args.reading, wish, instrument, terminal)?;
    let read = read(args, &checked);
    let job = Job { args, form, wish, read, instrument, program: &checked.program, table, plan };
    if explains { job.explain(terminal) } else { job.score(terminal) }
}

/// The files that scores are made of.
fn read(args: &ScoreArgs, checked: &Checked) -> Vec<PathBuf> {
    let input = PathBuf::from("/dev/stdin");
    let is_input = args.responses.as_os_str() == "-";
    let responses = if is_input { &input } else { &args.responses };
    let reading = &args.reading;
    let given = [Some(responses), reading.map.as_ref(), reading.names.as_ref()];
    let given = given.into_iter().chain([reading.questionnaire.as_ref()]).flatten().cloned();
    given.chain(checked.documents.iter().map(|document| PathBuf::from(&document.name))).collect()
}

/// What no single argument can tell.
fn makes_sense(args: &ScoreArgs, terminal: &mut Terminal<'_>) -> Result<Form, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let form = named.form(args.format, SCORE_FORMS, terminal)?;
    let is_columnar = matches!(form, Form::Parquet | Form::Arrow | Form::ArrowStream);
    if is_columnar && cfg!(not(feature = "columnar")) {
        return Err(scores::no_columnar());
    }
    if args.columns == ScoreColumns::Scores && matches!(form, Form::Fhir | Form::FhirNdjson) {
        let message = "`--columns` has no effect on Observations, which say all of a score";
        return Err(Stop::usage(message).help("leave it out, or write a table: `--format csv`"));
    }
    if is_columnar && args.out.is_none() {
        let what = if form == Form::Parquet { "Parquet" } else { "Arrow" };
        return Err(Stop::usage(format!("{what} is not printed")).help("name a file: `--out FILE`"));
    }
    if args.spreadsheet_safe && scores::delimiter(form).is_none() && args.report.is_none() {
        return Err(Stop::usage("`--spreadsheet-safe` is about CSV and TSV, and none is written")
            .help("leave it out: in other formats, no cell is run"));
    }
    Ok(form)
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

/// A table to be scored.
struct Job<'a> {
    args: &'a ScoreArgs,
    form: Form,
    wish: Wish<'a>,
    /// The files that are read.
    read: Vec<PathBuf>,
    instrument: &'a Instrument,
    program: &'a Program,
    table: Opened,
    plan: Plan<'a>,
}

impl<'a> Job<'a> {
    fn score(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let mut outputs = Outputs::new(terminal.cwd).reading(&self.read);
        let file = outputs.begin(self.args.out.as_deref())?;
        let sink = scores::sink(self.layout(terminal), self.form, file)?;
        let mut left_out = LeftOut::begin(&self.table.name, self.args, &mut outputs, terminal)?;
        let rows = self.rows(sink, &mut left_out, terminal)?;
        left_out.finish(self.instrument, terminal)?;
        outputs.commit(terminal)?;
        if let Some(path) = &self.args.out {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            terminal.tell(&format!("scored {rows}: {}\n", path.display()));
        }
        Ok(OK)
    }

    fn layout(&self, terminal: &mut Terminal<'_>) -> Layout<'a> {
        let how = (self.args.columns, self.args.spreadsheet_safe);
        let layout = Layout::new(self.instrument, self.program, &self.plan.id_name, how);
        let layout = layout.keeping(&self.table, &self.plan, self.wish);
        let (layout, changed) = layout.distinct(self.form);
        for (before, after) in changed {
            let text = format!(
                "the column `{before}` goes out as `{after}`, for `{before}` is a name among the scores"
            );
            terminal.tell(&format!("note: {text}"));
        }
        layout
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
        let mut repeats = Repeats::new(&self.table, self.args.reading.from);
        let mut blanked = Blanked::new(&self.table.name, self.instrument, self.program);
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
                repeats.add(&batch);
                blanked.add(&batch, &scored, left_out)?;
                sink.batch(&batch, &scored).map_err(|error| scores::failed(&error))?;
            }
        }
        if !left_out.stops() {
            self.table.source.end(&mut self.plan)?;
        }
        let of_cells = sink.note("the table of scores");
        sink.finish().map_err(|error| scores::failed(&error))?;
        progress.finish_and_clear();
        differences.finish(terminal);
        let mut notes = self.table.source.notes();
        if !left_out.stops() {
            repeats.tell(terminal);
            blanked.tell(terminal);
            notes.extend(self.late().into_iter().chain(of_cells));
        }
        for note in notes {
            terminal.tell(&format!("note: {note}"));
        }
        Ok(rows)
    }

    /// Columns that came up too late to stand beside the scores.
    fn late(&self) -> Option<String> {
        let late = self.plan.late.iter().filter(|name| self.wish.wants(name));
        let list: Vec<String> = late.take(8).map(|name| format!("`{name}`")).collect();
        (!list.is_empty()).then(|| {
            let (name, list) = (&self.table.name, list.join(", "));
            format!(
                "{name}: not beside the scores, because they come up after 1024 rows: {list}; to write them: `--keep`"
            )
        })
    }

    fn batch(&self) -> Batch {
        let kept = self.table.source.kept().len() + self.plan.kept.len();
        Batch::new(self.instrument.items.len(), kept)
    }

    /// Looks for one row and shows how its scores come about.
    fn explain(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let mut batch = self.batch();
        let (mut more, mut found) = (true, None);
        while more {
            batch.clear();
            more = self.table.source.fill(&mut self.plan, &mut batch)?;
            self.refuse_faults(&batch)?;
            let row = (0..batch.responses.rows).find(|&row| self.is_it(&batch, row));
            if let Some(row) = row.filter(|_| found.is_none()) {
                let answers: Vec<Option<f64>> =
                    batch.responses.items.iter().map(|column| column.get(row)).collect();
                found = Some(explain::row(self.instrument, self.program, &answers));
                // What clock times mean depends on those of all rows.
                more &= self.plan.has_clocks();
            }
        }
        if let Some(found) = found {
            terminal.say(Printable::page(&found));
            return Ok(OK);
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
            _ if fault.concerns_all() => true,
            Some(id) => *fault.respondent == *responses::short(id),
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
