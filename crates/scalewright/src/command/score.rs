//! `scalewright score`.

use scalewright_check::Checked;
use scalewright_model::file::KeyStatus;
use scalewright_model::{Instrument, Scale};
use scalewright_scoring::{Program, Scored, evaluate};
use serde_json::{Map, Value, json};

use crate::cli::{ScoreArgs, Table as Form};
use crate::library::Library;
use crate::responses::{self, Table};
use crate::{OK, Stop, Terminal, explain, output, render};

/// Scores the responses, or says why not and writes nothing.
pub(crate) fn run(
    args: &ScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(instrument, &checked.program, args.accept_recalled_keys, terminal)?;
    let table = responses::read(&args.responses, args.id_column.as_deref(), instrument, terminal)?;
    if let Some(wanted) = &args.explain {
        let text = explained(wanted, &table, instrument, &checked.program)?;
        terminal.say(&text);
        return Ok(OK);
    }
    let scored = evaluate(&checked.program, &table.responses);
    let scores = Scores { instrument, program: &checked.program, table: &table, scored: &scored };
    let bytes = match form(args) {
        Form::Csv => scores.csv()?,
        Form::Json => scores.json(),
    };
    match &args.out {
        Some(path) => {
            output::write_one(terminal.cwd, path, &bytes)?;
            let count = table.responses.rows;
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            terminal.tell(&format!("scored {rows}: {}\n", path.display()));
        }
        None => terminal.say(&String::from_utf8_lossy(&bytes)),
    }
    Ok(OK)
}

/// How the scores of the respondent `wanted` came about.
fn explained(
    wanted: &str,
    table: &Table,
    instrument: &Instrument,
    program: &Program,
) -> Result<String, Stop> {
    let named = table.ids.iter().position(|id| id == wanted);
    let numbered = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|row| *row < table.responses.rows);
    let Some(row) = named.or_else(numbered) else {
        let message = format!("there is no row `{wanted}` among the responses");
        let help = format!("name one by the column `{}`, or by its number, counted from 1", table.id_column);
        return Err(Stop::usage(message).help(help));
    };
    let answers: Vec<Option<f64>> = table.responses.items.iter().map(|column| column.get(row)).collect();
    Ok(explain::row(instrument, program, &answers))
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
        terminal.tell(&render::full(finding, &checked.documents));
    }
    let name = checked.documents.first().map_or("", |document| document.name.as_str());
    Err(Stop::wrong(format!("`{name}` has errors; nothing was done")))
}

/// Scoring a recalled key takes a flag; an unverified one is not scored.
fn keys_are_sure(
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

fn form(args: &ScoreArgs) -> Form {
    let ending = args.out.as_ref().and_then(|path| path.extension());
    let json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    args.format.unwrap_or(if json { Form::Json } else { Form::Csv })
}

/// What is to be written.
struct Scores<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    table: &'a Table,
    scored: &'a [Scored],
}

impl Scores<'_> {
    /// The scales that have scores, in the order of the definition, each with its scores.
    fn columns(&self) -> Vec<(&Scale, usize, &Scored)> {
        let mut columns: Vec<(usize, usize)> =
            self.program.scores.iter().enumerate().map(|(i, s)| (s.scale.0, i)).collect();
        columns.sort_unstable();
        let entry = |(scale, position): (usize, usize)| {
            let items = self.program.scores[position].items.len();
            (&self.instrument.scales[scale], items, &self.scored[position])
        };
        columns.into_iter().map(entry).collect()
    }

    fn csv(&self) -> Result<Vec<u8>, Stop> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |_| Stop::usage("the scores could not be written");
        writer.write_record(self.header()).map_err(failed)?;
        for row in 0..self.table.responses.rows {
            writer.write_record(self.cells(row)).map_err(failed)?;
        }
        writer.into_inner().map_err(|_| Stop::usage("the scores could not be written"))
    }

    fn header(&self) -> Vec<String> {
        let mut header = vec![spreadsheet_safe(&self.table.id_column)];
        for (scale, _, _) in self.columns() {
            let id = &scale.id;
            header.extend([id.clone(), format!("{id}_answered"), format!("{id}_prorated")]);
            if !scale.bands.is_empty() {
                header.push(format!("{id}_band"));
            }
        }
        header
    }

    fn cells(&self, row: usize) -> Vec<String> {
        let mut cells = vec![spreadsheet_safe(&self.table.ids[row])];
        for (scale, _, scored) in self.columns() {
            let score = scored.score.get(row);
            cells.push(score.map(|score| score.to_string()).unwrap_or_default());
            cells.push(scored.answered[row].to_string());
            cells.push(score.map_or("", |_| yes_no(scored.prorated[row])).to_owned());
            if !scale.bands.is_empty() {
                cells.push(spreadsheet_safe(band(scale, score).unwrap_or_default()));
            }
        }
        cells
    }

    fn json(&self) -> Vec<u8> {
        let rows: Vec<Value> = (0..self.table.responses.rows).map(|row| self.object(row)).collect();
        let mut text = serde_json::to_vec_pretty(&rows).unwrap_or_default();
        text.push(b'\n');
        text
    }

    fn object(&self, row: usize) -> Value {
        let mut scores = Map::new();
        for (scale, items, scored) in self.columns() {
            let score = scored.score.get(row);
            let mut entry = Map::new();
            entry.insert("score".to_owned(), score.map_or(Value::Null, number));
            entry.insert("answered".to_owned(), json!(scored.answered[row]));
            entry.insert("items".to_owned(), json!(items));
            entry.insert("prorated".to_owned(), json!(scored.prorated[row]));
            if !scale.bands.is_empty() {
                entry.insert("band".to_owned(), json!(band(scale, score)));
            }
            scores.insert(scale.id.clone(), Value::Object(entry));
        }
        let mut object = Map::new();
        object.insert(self.table.id_column.clone(), json!(self.table.ids[row]));
        object.insert("scores".to_owned(), Value::Object(scores));
        Value::Object(object)
    }
}

/// A score as JSON: a whole number without a point.
#[expect(clippy::cast_possible_truncation, reason = "taken only where it is whole and small")]
fn number(score: f64) -> Value {
    match score.fract() == 0.0 && score.abs() < 1e15 {
        true => json!(score as i64),
        false => json!(score),
    }
}

fn band(scale: &Scale, score: Option<f64>) -> Option<&str> {
    let score = score?;
    scale.bands.iter().find(|band| band.contains(score)).map(|band| band.label.as_str())
}

fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// A text that no spreadsheet takes for a formula: one that could be gets an apostrophe before it.
pub(super) fn spreadsheet_safe(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if risky { format!("'{text}") } else { text.to_owned() }
}
