//! `scalewright reliability`.

use std::path::{Path, PathBuf};

use scalewright_data::reliability::{
    ANALYSIS_FORMATS, AnalysisFormat, Entry, Request, entry, text,
};
use scalewright_model::Stop;
use scalewright_project::Library;
use scalewright_tables::{Named, TableFiles, printable};

use crate::analysis::{table, write};
use crate::cli::{OnError, ReliabilityArgs};
use crate::exit_code::OK;
use crate::gates;
use crate::output::Outputs;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Analyses a sample of answers, and writes what they say about items and scales.
pub(crate) fn run(
    args: &ReliabilityArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let format = terminal.with_notes(|notes| named.format(args.format, ANALYSIS_FORMATS, notes))?;
    suits(args, format)?;
    let cwd = terminal.cwd;
    let files = terminal.with_notes(|notes| TableFiles::find(&args.responses, None, cwd, notes))?;
    let found = library.one(&args.instrument)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let checked = library.check(&found, &[])?;
    let instrument = gates::sound(&checked, terminal)?;
    gates::keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    let reading = args.reading.reading();
    let request = Request {
        instrument,
        all: vec![instrument],
        program: &checked.program,
        scales: args.scale.clone(),
        missing: args.missing,
        by: args.by.clone(),
        occasion: args.occasion.clone(),
        reading: &reading,
        cwd,
        skip: args.on_error == OnError::Skip,
    };
    let from = terminal.table(&args.responses[0]);
    let analysis = terminal.with_notes(|notes| match &files {
        Some(files) => request.many(&files.files, notes),
        None => request.one(from, notes),
    })?;
    let documents = checked.documents.iter().map(|document| PathBuf::from(&document.name));
    let tables = match files {
        Some(files) => files.files.into_iter().map(|file| file.path).collect(),
        None if args.responses[0] == Path::new("-") => vec![PathBuf::from("/dev/stdin")],
        None => args.responses.clone(),
    };
    let given = [&args.reading.map, &args.reading.names, &args.reading.questionnaire];
    let inputs = tables.into_iter().chain(documents).chain(given.into_iter().flatten().cloned());
    let mut outputs = Outputs::new(cwd).reading(inputs.collect::<Vec<_>>());
    if let (Some(path), Some(sample), Some(date)) = (&args.write_entry, &args.sample, &args.date) {
        outputs.add(path, entry(&analysis, &Entry { sample, date })?.into_bytes())?;
    }
    match (format, &args.out) {
        (AnalysisFormat::Text, None) => terminal.print(Printable::page(&text(&analysis))),
        (_, out) => {
            let file = outputs.begin(out.as_deref())?;
            write(&analysis, format, (args.table, args.spreadsheet_safe), file)?;
        }
    }
    outputs.commit(terminal)?;
    Ok(OK)
}

/// Refuses options that the format has no use for.
fn suits(args: &ReliabilityArgs, format: AnalysisFormat) -> Result<(), Stop> {
    match table(format) {
        Some(format) => printable(format, args.out.is_none()),
        None if args.table.is_some() => {
            Err(Stop::usage("`--table` is for formats of tables, and this output has all tables")
                .help("choose a table with `--format csv`, or with the ending of `--out`"))
        }
        None => Ok(()),
    }
}
