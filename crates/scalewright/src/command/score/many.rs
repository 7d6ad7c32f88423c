//! Scores several tables into a folder.

use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use scalewright_check::Checked;
use scalewright_model::{Instrument, Stop};
use scalewright_tables::{ManyRun, Out, Places, TableFiles};

use super::{progress, read, report_file};
use crate::cli::{OnError, ScoreArgs};
use crate::exit_code::OK;
use crate::output::{OutputFolder, Outputs};
use crate::terminal::Terminal;

/// The folder of the scores, and the progress bar.
struct Destination {
    folder: OutputFolder,
    bar: ProgressBar,
}

impl Places for Destination {
    fn create(&self, path: &Path) -> io::Result<Out> {
        Ok(Box::new(self.folder.create(path)?))
    }

    fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
    }
}

/// Returns the folder to write to. Stops if arguments do not apply to several tables.
pub(super) fn folder(args: &ScoreArgs) -> Result<&Path, Stop> {
    if args.explain.is_some() || args.explain_id.is_some() {
        let option = if args.explain.is_some() { "--explain" } else { "--explain-id" };
        let message = format!("`{option}` shows one row of one table, but several are named");
        return Err(Stop::usage(message).help("name only the file that contains the row"));
    }
    args.out.as_deref().ok_or_else(|| {
        Stop::usage("the scores of several tables are several files, and cannot be printed")
            .help("name a new folder for them: `--out DIR`")
    })
}

/// Scores all tables into `folder`, or reports why they cannot be scored and writes nothing.
pub(super) fn run(
    args: &ScoreArgs,
    (files, folder): (&TableFiles, &Path),
    (checked, instrument): (&Checked, &Instrument),
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    let tables = files.files.iter().map(|file| file.path.clone()).collect();
    let mut outputs = Outputs::new(cwd).reading(read(args, checked, tables));
    let report = report_file(args, &mut outputs, terminal)?;
    let whole = OutputFolder::begin(cwd, folder)?;
    stays_apart(args, files, &whole, cwd)?;
    let bar = progress(Some(files.files.iter().map(|file| file.bytes).sum()));
    let places = Destination { folder: whole, bar };
    let (reading, keep) = (args.reading.reading(), args.keep.keep());
    let run = ManyRun {
        instrument,
        program: &checked.program,
        reading: &reading,
        cwd,
        kept: scalewright_tables::KeptColumns::Chosen(&keep),
        columns: args.columns,
        guard: args.spreadsheet_safe,
        skip: args.on_error == OnError::Skip,
    };
    let report = report.map(|(file, delimiter)| (Box::new(file) as Out, delimiter));
    let mut notes = Vec::new();
    let scored = run.score(&files.files, &places, report, &mut notes);
    places.bar.finish_and_clear();
    notes.iter().for_each(|note| terminal.note(note));
    let scored = scored?;
    outputs.commit(terminal)?;
    places.folder.commit()?;
    terminal.eprint(&format!("scored {scored}: {}\n", folder.display()));
    Ok(OK)
}

/// Stops if the next run with the same arguments would also read what this run writes.
fn stays_apart(
    args: &ScoreArgs,
    files: &TableFiles,
    folder: &OutputFolder,
    cwd: &Path,
) -> Result<(), Stop> {
    let mut scores = files.files.iter().map(|file| folder.whole.join(&file.output));
    if scores.any(|path| files.would_read(&path)) {
        let message = format!("the folder `{}` is inside the folder that is read", folder.shown);
        return Err(Stop::usage(message).help(
            "name a folder outside, or the next run would score the scores; nothing was written",
        ));
    }
    let report = args.report.as_deref().and_then(|path| real(&cwd.join(path)));
    if report.is_some_and(|path| path.starts_with(&folder.whole) || files.would_read(&path)) {
        let message =
            "`--report` is inside the folder of `--out`, or inside the folder that is read";
        return Err(Stop::usage(message).help("name a file outside; nothing was written"));
    }
    Ok(())
}

/// Returns the path of a file without links in its folders, which exist.
fn real(path: &Path) -> Option<PathBuf> {
    Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?))
}
