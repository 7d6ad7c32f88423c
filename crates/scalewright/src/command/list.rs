//! `scalewright list`.

use scalewright_check::Checked;
use scalewright_model::file::{KeyStatus, LIBRARY_NAME, Status, WordingPolicy};
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
    if args.families {
        rows[0].extend(["family", "form", "parallel-to"].map(str::to_owned));
    }
    let with_packs = !library.packs().is_empty();
    if with_packs {
        rows[0].push("pack".to_owned());
    }
    for listed in library.listed()? {
        let checked = match library.check(&listed.found, &[]) {
            Ok(checked) => checked,
            Err(stop) => {
                library.could_not_read(stop);
                continue;
            }
        };
        let mut row = row(&checked, &listed.found.path.display().to_string());
        if listed.collides && checked.instrument.is_some() {
            row[0] = format!("{}:{}", listed.pack.as_deref().unwrap_or(LIBRARY_NAME), row[0]);
        }
        if args.families {
            row.extend(family(&checked));
        }
        // Last, so that the other columns are the same with and without packs.
        row.extend(with_packs.then(|| listed.pack.unwrap_or_default()));
        rows.push(row);
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
        match checked.key {
            Some(_) => format!("{} (supplied)", key(instrument)),
            None => key(instrument).to_owned(),
        },
        languages(checked, instrument),
        instrument.title.clone(),
    ]
}

/// Returns the family, the form and the parallel forms.
fn family(checked: &Checked) -> [String; 3] {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let instrument = checked.instrument.as_ref();
    [
        text(instrument.and_then(|one| one.family.as_ref())),
        text(instrument.and_then(|one| one.form.as_ref())),
        checked.parallel_to().join(" "),
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

/// The languages, and in brackets those whose words are incomplete.
fn languages(checked: &Checked, instrument: &Instrument) -> String {
    let complete = instrument.wordings.iter().map(|wording| wording.language.clone());
    let unfinished = checked.unfinished.iter().map(|one| format!("({})", one.language));
    let languages: Vec<String> = complete.chain(unfinished).collect();
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
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
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
            let pairs = rows[0].iter().zip(row).map(|(key, cell)| (key.clone(), json!(cell)));
            serde_json::Value::Object(pairs.collect())
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&objects).unwrap_or_default())
}
