//! Scores printed in R and SQL are computed by Rscript and SQLite, and equal ours.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::Command;

use scalewright_check::Checked;
use scalewright_export::dialects::{Dialect, PrintedScore, scores};
use scalewright_model::Instrument;
use scalewright_scoring::emit::Unsupported;
use scalewright_scoring::normal::{Normal, Operation, Output};
use scalewright_scoring::{Column, Responses, evaluate};
use serde_json::{Value, json};

use crate::invented;
use crate::oracles::{Dice, corpus, python, respondents};
use crate::support::root;

/// The tolerance for results of another order of operations.
const CLOSE: f64 = 1e-9;
/// The number of respondents with answers that are not accepted.
const ODD: usize = 12;
/// What a dialect refuses, and the beginning of the reason. All else is printed.
const REFUSED: &[(Dialect, &str)] = &[
    (Dialect::R, "the code in R does not score the pattern of answers by the model"),
    (Dialect::Sql, "SQL cannot score the pattern of answers by the model"),
    (Dialect::Sql, "SQL has no normal distribution function"),
    (Dialect::R, "this code cannot look into the options"),
    (Dialect::Sql, "this code cannot look into the options"),
];

/// What an expression must give for a respondent.
#[derive(Debug, Clone, PartialEq)]
enum Expected {
    Missing,
    Number(f64),
    Text(String),
}

/// The expressions of an instrument, answers, and the results.
struct Job {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<Option<f64>>>,
    /// The code of each score and band, with the result for each row.
    expressions: Vec<(String, Vec<Expected>)>,
}

fn job(name: &str, checked: &Checked, dialect: Dialect, reasons: &mut BTreeSet<String>) -> Job {
    let instrument = &hostile(checked.instrument.as_ref().expect("loaded without error"));
    let program = &checked.program;
    let all = vec![true; program.scores.len()];
    let printed = scores(dialect, (instrument, program), &instrument.wordings[0], &all);
    let rows = odd_rows(checked);
    let scored = evaluate(program, &accepted(checked, &rows));
    let normal = Normal::of(program, instrument);
    let words = &instrument.wordings[0];
    let mut expressions = Vec::new();
    for (position, PrintedScore { id, code, bands }) in printed.into_iter().enumerate() {
        let score = &program.scores[position];
        let scale = &instrument.scales[score.scale.0];
        assert_eq!(id, scale.id, "{name}: in the order of the program");
        let results = |result: &dyn Fn(f64) -> Expected| -> Vec<Expected> {
            let score = |row| scored[position].score.get(row).map_or(Expected::Missing, result);
            (0..rows.len()).map(score).collect()
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position among words"
        )]
        let of = |score: f64| match &normal.scores[position] {
            Output::Word { position: _, words } => Expected::Text(words[score as usize].clone()),
            Output::Number(_) | Output::Truth(_) => Expected::Number(score),
        };
        let mut take = |code: Result<String, _>, expected: Vec<Expected>| match code {
            Ok(code) => expressions.push((code, expected)),
            Err(Unsupported { because }) => {
                reasons.insert(because);
            }
        };
        take(code, results(&of));
        if matches!(normal.scores[position], Output::Number(_)) {
            assert_eq!(bands.len(), scale.all_bands().count(), "{name}: `{id}`");
        }
        let labels = words.scales[score.scale.0].all_bands();
        for ((printed, (set, bands)), labels) in
            bands.into_iter().zip(scale.all_bands()).zip(labels)
        {
            assert_eq!(printed.set.as_deref(), set);
            let label = |score| match bands.iter().position(|band| band.contains(score)) {
                Some(band) => Expected::Text(labels[band].clone()),
                None => Expected::Missing,
            };
            take(printed.code, results(&label));
        }
    }
    let columns = instrument.items.iter().map(|item| item.id.clone()).collect();
    Job { name: name.to_owned(), columns, rows, expressions }
}

/// The instrument with labels of bands that are hard to write as literals.
pub(crate) fn hostile(instrument: &Instrument) -> Instrument {
    let mut instrument = instrument.clone();
    let mut endings =
        ["", "'", "\"\\", "\n\t\r", "é \u{5d0}\u{202e}", "\u{1f600}", "\\u0041 %s ${x}"]
            .into_iter()
            .cycle();
    let scales = instrument.wordings[0].scales.iter_mut();
    for label in scales.flat_map(|s| s.bands.iter_mut().chain(s.band_sets.iter_mut().flatten())) {
        label.push_str(endings.next().expect("they repeat"));
    }
    instrument
}

/// The answers of the usual respondents, and of some with answers that no score accepts.
pub(crate) fn odd_rows(checked: &Checked) -> Vec<Vec<Option<f64>>> {
    let usual = respondents(checked);
    let row = |row: usize| usual.items.iter().map(|column| column.get(row)).collect();
    let mut rows: Vec<Vec<Option<f64>>> = (0..usual.rows).map(row).collect();
    let mut dice = Dice::seeded(7);
    for at in 0..ODD {
        let mut row = rows[rows.len() - 1 - at * 3 % rows.len()].clone();
        for _ in 0..=row.len() / 8 {
            let item = dice.roll(row.len());
            row[item] = Some([99_999.0, -99_999.0, 1.25, -1.0][dice.roll(4)]);
        }
        rows.push(row);
    }
    rows
}

/// The answers without those that are not accepted.
pub(crate) fn accepted(checked: &Checked, rows: &[Vec<Option<f64>>]) -> Responses {
    let items = rows[0].len();
    let column = |item: usize| {
        let answer = checked.program.answer(scalewright_model::ItemIx(item));
        let mut column = Column::default();
        for row in rows {
            let is_accepted = |value: &f64| answer.is_some_and(|a| a.accepted.contains(*value));
            column.push(row[item].filter(is_accepted));
        }
        column
    };
    Responses { rows: rows.len(), items: (0..items).map(column).collect() }
}

/// All jobs of a dialect, after comparing its refusals with the table.
fn jobs(dialect: Dialect) -> Vec<Job> {
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus());
    let jobs = all.map(|(name, checked)| job(&name, &checked, dialect, &mut reasons)).collect();
    let refused: Vec<&str> =
        REFUSED.iter().filter(|(own, _)| *own == dialect).map(|(_, why)| *why).collect();
    for reason in &reasons {
        assert!(refused.iter().any(|why| reason.starts_with(why)), "{reason}");
    }
    for why in refused {
        assert!(reasons.iter().any(|reason| reason.starts_with(why)), "never refused: {why}");
    }
    jobs
}

/// Compares the results of one expression, given as JSON values.
fn compare(job: &Job, (code, expected): &(String, Vec<Expected>), results: &[Value]) -> usize {
    assert_eq!(results.len(), expected.len(), "{}: a result for each row", job.name);
    for ((result, expected), row) in results.iter().zip(expected).zip(&job.rows) {
        let same = match expected {
            Expected::Missing => result.is_null(),
            Expected::Text(text) => result.as_str() == Some(text),
            Expected::Number(number) => result
                .as_f64()
                .is_some_and(|result| (result - number).abs() <= CLOSE * number.abs().max(1.0)),
        };
        let answers: Vec<_> = job.columns.iter().zip(row).collect();
        assert!(same, "{}: {result} for {expected:?} from {answers:?}\n{code}", job.name);
    }
    results.len()
}

#[test]
fn sqlite_gives_our_scores() {
    let jobs = jobs(Dialect::Sql);
    let listed: Vec<Value> = jobs
        .iter()
        .map(|job| {
            let codes: Vec<&String> = job.expressions.iter().map(|(code, _)| code).collect();
            json!({"name": job.name, "columns": job.columns, "rows": job.rows, "expressions": codes})
        })
        .collect();
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), json!(listed).to_string()).expect("the file is writable");
    let script = root().join("tests/oracles/dialects/sqlite.py");
    let output = output(Command::new(python()).arg(script).arg(file.path()));
    let results: Vec<Vec<Vec<Vec<Value>>>> =
        serde_json::from_str(&output).expect("the script answers in JSON");
    let mut compared = 0;
    for (job, tables) in jobs.iter().zip(&results) {
        for table in tables {
            let pairs = job.expressions.iter().zip(table);
            compared +=
                pairs.map(|(expression, values)| compare(job, expression, values)).sum::<usize>();
        }
    }
    assert!(compared > 50_000, "{compared} results were compared");
}

#[test]
fn r_gives_our_scores() {
    let jobs = jobs(Dialect::R);
    let mut script = std::fs::read_to_string(root().join("tests/oracles/dialects/head.R"))
        .expect("the file is in the repository");
    for (at, job) in jobs.iter().enumerate() {
        let columns = job.columns.iter().enumerate().map(|(item, name)| {
            let cells: Vec<String> = job
                .rows
                .iter()
                .map(|row| row[item].map_or("NA".to_owned(), |v| v.to_string()))
                .collect();
            format!("`{name}` = {}", cells_as(at + item, &cells))
        });
        let columns: Vec<String> = columns.collect();
        writeln!(script, "answers <- list({})", columns.join(",\n ")).expect("a text");
        for (code, _) in &job.expressions {
            writeln!(script, "show(with(answers, {code}), {})", job.rows.len()).expect("a text");
        }
    }
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), script).expect("the file is writable");
    let output = output(Command::new("Rscript").arg("--vanilla").arg(file.path()));
    let mut lines = output.lines();
    let mut compared = 0;
    for job in &jobs {
        for expression in &job.expressions {
            let line = lines.next().expect("a line for each expression");
            let values: Vec<Value> = serde_json::from_str(line).expect("a list in JSON");
            let values: Vec<Value> = values.into_iter().map(text_of).collect();
            compared += compare(job, expression, &values);
        }
    }
    assert!(compared > 25_000, "{compared} results were compared");
}

/// A column of R: numbers, texts or a factor.
fn cells_as(kind: usize, cells: &[String]) -> String {
    let numbers = format!("c({})", cells.join(","));
    match kind % 3 {
        0 => numbers,
        1 => format!("as.character({numbers})"),
        _ => format!("factor({numbers})"),
    }
}

/// A text that the script printed as a list of code points.
fn text_of(value: Value) -> Value {
    let Value::Array(points) = value else { return value };
    let point = |point: &Value| u32::try_from(point.as_u64()?).ok().and_then(char::from_u32);
    Value::from(points.iter().map(|p| point(p).expect("a character")).collect::<String>())
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{command:?} cannot be run ({error}): `tests/oracles/setup`")
    });
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{printed}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// The name of an operation. An operation that is added must be added here, and to a definition of the tests.
fn operation(operation: &Operation) -> &'static str {
    match operation {
        Operation::Constant(_) => "constant",
        Operation::Missing => "missing",
        Operation::Answer(_) => "answer",
        Operation::Chosen { .. } => "chosen",
        Operation::Score(_) => "score",
        Operation::Arithmetic { .. } => "arithmetic",
        Operation::Apply { .. } => "apply",
        Operation::Round { .. } => "round",
        Operation::Sum(_) => "sum",
        Operation::Combine { .. } => "combine",
        Operation::Count(_) => "count",
        Operation::Choose { .. } => "choose",
        Operation::Recode { .. } => "recode",
        Operation::Lookup { .. } => "lookup",
        Operation::Eap { .. } => "eap",
    }
}

#[test]
fn the_compared_scores_have_every_operation() {
    let mut found = BTreeSet::new();
    for (_, checked) in corpus() {
        let instrument: &Instrument = checked.instrument.as_ref().expect("loaded without error");
        let normal = Normal::of(&checked.program, instrument);
        found.extend(normal.steps.iter().map(|step| operation(&step.operation)));
    }
    assert_eq!(found.len(), 15, "{found:?}");
}
