//! Scores several tables into a folder.

use std::io;
use std::path::Path;

use indicatif::ProgressBar;
use scalewright_check::Checked;
use scalewright_model::Stop;
use scalewright_tables::{ManyRun, Out, Places, ScoreRequest, TableFiles};

use super::{analysed, progress, read, report_file};
use crate::analysis::Sample;
use crate::cli::ScoreArgs;
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

/// Scores all tables into `folder`, or reports why they cannot be scored and writes nothing.
pub(super) fn run(
    args: &ScoreArgs,
    (files, folder): (&TableFiles, &Path),
    (request, all): (&ScoreRequest<'_>, &[Checked]),
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    let tables = files.files.iter().map(|file| file.path.clone()).collect();
    let mut outputs = Outputs::new(cwd).reading(read(args, all, tables));
    let report = report_file(args, &mut outputs, terminal)?;
    let whole = OutputFolder::begin(cwd, folder)?;
    let report_path = args.report.as_ref().map(|path| cwd.join(path));
    files.stays_apart((&whole.whole, &whole.shown), report_path.as_deref())?;
    let bar = progress(Some(files.files.iter().map(|file| file.bytes).sum()));
    let places = Destination { folder: whole, bar };
    let run = ManyRun { request };
    let report = report.map(|(file, delimiter)| (Box::new(file) as Out, delimiter));
    let mut notes = Vec::new();
    let scored = run.score(&files.files, &places, report, &mut notes);
    places.bar.finish_and_clear();
    notes.iter().for_each(|note| terminal.note(note));
    let scored = scored?;
    let sample = Sample::Many(&files.files);
    analysed(args, request, &sample, &mut outputs)?;
    outputs.commit(terminal)?;
    places.folder.commit()?;
    terminal.eprint(&format!("scored {scored}: {}\n", folder.display()));
    Ok(OK)
}
