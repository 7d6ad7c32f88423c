//! The page of the book about the constructs that each engine evaluates.

use std::fmt::Write;

use scalewright_model::{ItemIx, ResponseKind};

use super::{Engine, Tried, shown_differs};
use crate::oracles::{Result, Results, differences};
use crate::support::root;

/// The results of an engine for each construct, in the order of the rows.
pub(super) struct Column {
    head: String,
    cells: Vec<&'static str>,
}

/// A row: the name of a construct, and the parts of a formula's debug output that show that it is used.
struct Construct {
    name: &'static str,
    words: &'static [&'static str],
}

const fn row(name: &'static str, words: &'static [&'static str]) -> Construct {
    Construct { name, words }
}

const CONSTRUCTS: [Construct; 21] = [
    row("sum", &["kind: Sum"]),
    row("mean", &["kind: Mean"]),
    row("lowest or highest", &["kind: Min", "kind: Max"]),
    row("prorated sum", &["fill: PersonMean"]),
    row("a number for missing answers", &["fill: Constant", "fill: Each"]),
    row("mandatory answers", &["mandatory: [0", "mandatory: [1", "mandatory: [2"]),
    row("weights", &["weights: Some"]),
    row("reversed answers", &["Reverse {"]),
    row("recoded answers", &["Recode {"]),
    row("counts of conditions", &["Count {", "AtLeast {"]),
    row("the longest run of equal answers", &["LongestRun("]),
    row("comparisons", &["Compare {"]),
    row("tests for missing or unknown values", &["IsMissing(", "IsUnknown("]),
    row("`if`", &["If {"]),
    row("division and remainder", &["operator: Divide", "operator: Modulo"]),
    row("functions of a number", &["Apply {"]),
    row("rounding", &["Round {"]),
    row("tables and norms", &["Lookup {"]),
    row("truth values", &["Truth("]),
    row("words", &["Word {"]),
    row("scores of scores", &["Score(", "Flag("]),
];

const ANSWERS: [&str; 4] = ["options", "yes or no", "numbers and lines", "clock times"];

pub(super) fn column(
    engine: &Engine,
    tried: &[Tried<'_>],
    results: &Results,
    weighed: &Result,
) -> Column {
    let mut cells: Vec<Option<bool>> = vec![None; CONSTRUCTS.len() + ANSWERS.len() + 2];
    let mut note = |row: usize, equal: bool| {
        cells[row] = Some(cells[row].unwrap_or(true) && equal);
    };
    for (tried, theirs) in tried.iter().zip(&results.results) {
        let wrong = differences((tried.checked, &tried.job.refused), &tried.scored, &theirs.scores);
        for position in 0..tried.scored.len() {
            let equal = wrong.iter().all(|(other, _)| *other != position);
            rows_of(tried, position).into_iter().for_each(|row| note(row, equal));
        }
        if !tried.shown.is_empty() {
            note(CONSTRUCTS.len() + ANSWERS.len() + 1, shown_differs(tried, theirs).is_none());
        }
    }
    let word = |cell: &Option<bool>| match cell {
        None => "not tried",
        Some(true) => "equal",
        Some(false) => "differs",
    };
    let mut cells: Vec<&str> = cells.iter().map(word).collect();
    cells.push(if weighed.errors.is_empty() { "equal" } else { "not available" });
    Column { head: format!("{} {} ({})", engine.name, results.version, engine.by), cells }
}

/// The rows for the constructs of a score.
fn rows_of(tried: &Tried, position: usize) -> Vec<usize> {
    let instrument = tried.checked.instrument.as_ref().expect("loaded without error");
    let score = &tried.checked.program.scores[position];
    let scale = &instrument.scales[score.scale.0];
    if tried.job.refused.contains(&scale.id) {
        return Vec::new();
    }
    let formula = format!("{:?}", score.formula);
    let mut rows: Vec<usize> = (0..CONSTRUCTS.len())
        .filter(|row| CONSTRUCTS[*row].words.iter().any(|word| formula.contains(word)))
        .collect();
    rows.extend(score.items.iter().map(|item| CONSTRUCTS.len() + kind(instrument, *item)));
    if scale.all_bands().next().is_some() {
        rows.push(CONSTRUCTS.len() + ANSWERS.len());
    }
    rows
}

/// The position of an item's type of answer in [`ANSWERS`].
fn kind(instrument: &scalewright_model::Instrument, item: ItemIx) -> usize {
    match instrument.response(item).kind {
        ResponseKind::YesNo => 1,
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => 2,
        ResponseKind::Time => 3,
        _ => 0,
    }
}

const HEAD: &str = "\
# FHIRPath engines

This page shows which FHIRPath engines compute the scores that `--to fhir` writes. Each engine is run on every instrument of the
library, on every fixture of the tests and on invented instruments, with generated responses, including missing answers, and its
scores are compared with ours. `UPDATE_ENGINES=1 cargo test -p scalewright-tests fhir_engines` generates the page; the tests fail
if it is out of date. With more responses: `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests fhir_engines`.

";

const FOOT: &str = "
*equal*: every score equals ours. *not available*: the engine does not have the function, and reports this.

- LHC-Forms and Smart Forms calculate with fhirpath.js.
- A variable of Medplum's has one value, which may be undefined; `NaN` counts as no value.
- atomic-ehr cannot compare lists, so it gets a variable of one value as that value.
- fhirpathrs has no model of FHIR, so it gets answers under the name `value` instead of `valueCoding` and similar names.
";

pub(super) fn page(columns: &[Column]) -> String {
    let mut page = String::from(HEAD);
    let _ = write!(page, "| |");
    columns.iter().for_each(|column| page.push_str(&format!(" {} |", column.head)));
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(columns.len()));
    page.push('\n');
    for (row, name) in names().enumerate() {
        let _ = write!(page, "| {name} |");
        columns.iter().for_each(|column| page.push_str(&format!(" {} |", column.cells[row])));
        page.push('\n');
    }
    page.push_str(FOOT);
    page
}

fn names() -> impl Iterator<Item = String> {
    let answers = ANSWERS.iter().map(|answers| format!("answers: {answers}"));
    let last = ["bands", "items shown by an expression", "`--set fhir.scoring=weight`"];
    let constructs = CONSTRUCTS.iter().map(|construct| construct.name.to_owned());
    constructs.chain(answers).chain(last.map(str::to_owned))
}

/// Asserts that the page in the book is up to date, or writes it.
pub(super) fn check(page: &str) {
    let path = root().join("docs/src/reference/fhirpath.md");
    if std::env::var_os("UPDATE_ENGINES").is_some() {
        std::fs::write(&path, page).expect("the file is writable");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        there, page,
        "update it: UPDATE_ENGINES=1 cargo test -p scalewright-tests fhir_engines"
    );
}
