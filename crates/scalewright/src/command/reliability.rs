//! `scalewright reliability`.

use std::io::Write;
use std::path::{Path, PathBuf};

use scalewright_data::reliability::{
    ANALYSIS_FORMATS, Analysis, AnalysisFormat, AnalysisTable, Entry, Request, entry, json, page,
    text, write_table,
};
use scalewright_model::Stop;
use scalewright_project::Library;
use scalewright_tables::{Named, TableFiles, TableFormat, failed, printable};

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
    write(args, format, (&analysis, &mut outputs), terminal)?;
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

/// The format of a table. `None` for the formats that have everything.
fn table(format: AnalysisFormat) -> Option<TableFormat> {
    match format {
        AnalysisFormat::Text | AnalysisFormat::Json | AnalysisFormat::Html => None,
        AnalysisFormat::Csv => Some(TableFormat::Csv),
        AnalysisFormat::Tsv => Some(TableFormat::Tsv),
        AnalysisFormat::Jsonl => Some(TableFormat::Jsonl),
        AnalysisFormat::Parquet => Some(TableFormat::Parquet),
        AnalysisFormat::Arrow => Some(TableFormat::Arrow),
    }
}

/// Writes the analysis to the file of `--out`, or to standard output.
fn write(
    args: &ReliabilityArgs,
    format: AnalysisFormat,
    (analysis, outputs): (&Analysis, &mut Outputs<'_>),
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let whole = match format {
        AnalysisFormat::Json => json(analysis),
        AnalysisFormat::Html => page(analysis),
        AnalysisFormat::Text if args.out.is_none() => {
            terminal.print(Printable::page(&text(analysis)));
            return Ok(());
        }
        AnalysisFormat::Text => Printable::page(&text(analysis)).plain(),
        _ => String::new(),
    };
    let mut file = outputs.begin(args.out.as_deref())?;
    match table(format) {
        Some(format) => {
            let table = args.table.unwrap_or(AnalysisTable::Scales);
            write_table(analysis, table, format, (Box::new(file), args.spreadsheet_safe))
        }
        None => file.write_all(whole.as_bytes()).map_err(|error| failed(&error)),
    }
}
