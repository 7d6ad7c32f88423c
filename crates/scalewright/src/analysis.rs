//! Item analysis in a file: by the command `reliability`, or beside the scores of `score`.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use scalewright_data::reliability::{
    ANALYSIS_FORMATS, Analysis, AnalysisFormat, AnalysisTable, Request, json, page, text,
    write_table,
};
use scalewright_model::Stop;
use scalewright_tables::{Named, TableFile, TableFormat, TableInput, failed};

use crate::output::Outputs;
use crate::render::Printable;

/// The tables of a sample, as another command read them.
pub(crate) enum Sample<'a> {
    /// One table, as it is named.
    One(&'a Path),
    /// Several.
    Many(&'a [TableFile]),
}

/// Analyses a sample that was scored, and adds the file of `--reliability` to the outputs. The tables are read again; notes on
/// them were printed before.
/// Its format is that of `--reliability FILE`, which is `given`.
pub(crate) fn beside(
    (given, path): (&Path, &Path),
    request: &Request<'_>,
    sample: &Sample<'_>,
    outputs: &mut Outputs<'_>,
) -> Result<(), Stop> {
    let mut notes = Vec::new();
    let named = Named { option: "--reliability", path: Some(given) };
    let format = named.format(None, ANALYSIS_FORMATS, &mut notes)?;
    let analysis = match sample {
        Sample::Many(files) => request.many(files, &mut notes)?,
        Sample::One(table) if *table == Path::new("-") => {
            let message =
                "`--reliability` reads the table again, which standard input does not allow";
            return Err(Stop::usage(message).help("name a file"));
        }
        Sample::One(table) => {
            let path = request.cwd.join(table);
            request.one(TableInput::File { shown: table.to_path_buf(), path }, &mut notes)?
        }
    };
    write(&analysis, format, (None, false), outputs.begin(Some(path))?)
}

/// Writes the analysis to `file`. `table` is the table of formats of tables; `guard` is that of `--spreadsheet-safe`.
pub(crate) fn write(
    analysis: &Analysis,
    format: AnalysisFormat,
    (of_table, guard): (Option<AnalysisTable>, bool),
    mut file: File,
) -> Result<(), Stop> {
    let whole = match format {
        AnalysisFormat::Json => json(analysis),
        AnalysisFormat::Html => page(analysis),
        _ => Printable::page(&text(analysis)).plain(),
    };
    match table(format) {
        Some(format) => {
            let of_table = of_table.unwrap_or(AnalysisTable::Scales);
            write_table(analysis, of_table, format, (Box::new(file), guard))
        }
        None => file.write_all(whole.as_bytes()).map_err(|error| failed(&error)),
    }
}

/// The format of a table. `None` for the formats that have everything.
pub(crate) fn table(format: AnalysisFormat) -> Option<TableFormat> {
    match format {
        AnalysisFormat::Text | AnalysisFormat::Json | AnalysisFormat::Html => None,
        AnalysisFormat::Csv => Some(TableFormat::Csv),
        AnalysisFormat::Tsv => Some(TableFormat::Tsv),
        AnalysisFormat::Jsonl => Some(TableFormat::Jsonl),
        AnalysisFormat::Parquet => Some(TableFormat::Parquet),
        AnalysisFormat::Arrow => Some(TableFormat::Arrow),
    }
}
