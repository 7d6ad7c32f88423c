//! `scalewright list`.

use scalewright_check::Checked;
use scalewright_model::file::{KeyStatus, Status, WordingPolicy};
use scalewright_model::text::line;
use scalewright_model::{Instrument, Origin, Stop};
use scalewright_project::Library;
use scalewright_tables::CsvCells;
use serde_json::json;

use crate::cli::{ListArgs, ListFormat};
use crate::exit_code::OK;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Prints one line for each instrument of the library.
pub(crate) fn run(
    args: &ListArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    if args.spreadsheet_safe && args.format != Some(ListFormat::Csv) {
        return Err(Stop::usage("`--spreadsheet-safe` only affects CSV, but no CSV is written")
            .help("leave it out, or choose `--format csv`"));
    }
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    for found in library.all_readable()? {
        match library.check(&found, &[]) {
            Ok(checked) => rows.push(row(&checked, &found.path.display().to_string())),
            Err(stop) => library.could_not_read(stop),
        }
    }
    match args.format {
        None => terminal.print(Printable::page(&aligned(&rows))),
        Some(ListFormat::Csv) => {
            let (text, note) = csv(&rows, args.spreadsheet_safe);
            terminal.write(text.as_bytes());
            if let Some(note) = note {
                terminal.eprint(&format!("note: {note}"));
            }
        }
        Some(ListFormat::Json) => terminal.write(json(&rows).as_bytes()),
    }
    Ok(OK)
}

const HEADER: [&str; 8] =
    ["id", "version", "status", "items", "scales", "key", "languages", "title"];

fn row(checked: &Checked, path: &str) -> Vec<String> {
    let Some(instrument) = &checked.instrument else {
        let mut row = vec![path.to_owned(), "?".to_owned(), "broken".to_owned()];
        row.resize(HEADER.len() - 1, String::new());
        row.push("`scalewright check` shows the errors".to_owned());
        return row;
    };
    let status = match instrument.status {
        Status::Development => "development",
        Status::Active => "active",
        Status::Retired => "retired",
    };
    vec![
        instrument.id.clone(),
        instrument.version.clone(),
        status.to_owned(),
        instrument.items.len().to_string(),
        instrument
            .scales
            .iter()
            .filter(|s| matches!(s.origin, Origin::Scale(_)))
            .count()
            .to_string(),
        key(instrument).to_owned(),
        languages(instrument),
        instrument.title.clone(),
    ]
}

/// Returns the status of the least certain key.
fn key(instrument: &Instrument) -> &'static str {
    let has = |status| instrument.scales.iter().any(|scale| scale.key_status == Some(status));
    match () {
        () if has(KeyStatus::Unverified) => "unverified",
        () if has(KeyStatus::Recalled) => "recalled",
        () if has(KeyStatus::SingleSource) => "single-source",
        () if has(KeyStatus::Verified) => "verified",
        () => "original",
    }
}

fn languages(instrument: &Instrument) -> String {
    let languages: Vec<&str> = instrument.wordings.iter().map(|w| w.language.as_str()).collect();
    match (languages.is_empty(), instrument.rights.wording) {
        (true, WordingPolicy::Withheld) => "withheld".to_owned(),
        _ => languages.join(" "),
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            format!("{}{}", cell, " ".repeat(width.saturating_sub(cell.chars().count())))
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// Returns the list as CSV, and a note if a spreadsheet would run some of its cells as formulas.
fn csv(rows: &[Vec<String>], guard: bool) -> (String, Option<String>) {
    let (mut text, mut cells) = (Vec::new(), CsvCells::new(b',', guard));
    for row in rows {
        cells.line(&mut text, row.iter().map(String::as_str));
    }
    (String::from_utf8_lossy(&text).into_owned(), cells.note("the list"))
}

fn json(rows: &[Vec<String>]) -> String {
    let objects: Vec<serde_json::Value> = rows[1..]
        .iter()
        .map(|row| {
            let pairs = HEADER.iter().zip(row).map(|(key, cell)| ((*key).to_owned(), json!(cell)));
            serde_json::Value::Object(pairs.collect())
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&objects).unwrap_or_default())
}
