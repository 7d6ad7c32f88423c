//! FHIRPath engines of several families compute the same scores, and the expressions stay short.
//!
//! `UPDATE_ENGINES=1 cargo test -p scalewright-tests fhir_engines` writes the page about engines.
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests fhir_engines` uses more responses than a usual run.
//! `SCALEWRIGHT_ENGINES="medplum fhirpathrs"` tests only those engines, and does not check the page.

mod table;

use std::collections::BTreeMap;

use scalewright_check::Checked;
use scalewright_scoring::{Column, Responses, Scored, evaluate};

use crate::oracles::{self, Job, Way, choosing_respondents, corpus, differences};
use crate::{conditions, invented};

/// An engine, by its name in `tests/oracles/fhir/engines.mjs` or `engines.py`.
struct Engine {
    name: &'static str,
    by: &'static str,
    /// In a usual run, the engine gets one in `one_in` responses: more than 1 for slow engines.
    one_in: usize,
}

const ENGINES: [Engine; 5] = [
    Engine { name: "fhirpath.js", by: "U.S. National Library of Medicine", one_in: 1 },
    Engine { name: "fhirpathpy", by: "Beda Software", one_in: 2 },
    Engine { name: "medplum", by: "Medplum", one_in: 1 },
    Engine { name: "atomic-ehr", by: "Health Samurai", one_in: 10 },
    Engine { name: "fhirpathrs", by: "m0rl", one_in: 1 },
];

/// The size in bytes of all expressions of the corpus before they were written for engines of several families. The
/// expressions may be 1.2 times as long.
const BYTES: usize = 347_218;

/// An instrument with responses and our scores.
struct Tried<'a> {
    name: &'a str,
    checked: &'a Checked,
    job: Job,
    scored: Vec<Scored>,
    /// The items that an expression shows, each with whether each respondent sees it.
    shown: Vec<(String, Vec<bool>)>,
}

impl<'a> Tried<'a> {
    fn of((name, checked): &'a (String, Checked), way: Way, one_in: usize) -> Self {
        let responses = thinned(&choosing_respondents(checked), one_in);
        let scored = evaluate(&checked.program, &responses);
        let mut job = Job::of(checked, ("fhir", way), &responses);
        let by_expression = conditions::calculate_conditions(&mut job.questionnaire);
        let asked = conditions::asked(checked, &responses).into_iter();
        let shown = asked
            .filter(|(id, _)| by_expression.iter().any(|other| other == id))
            .map(|(id, rows)| (id.to_owned(), rows))
            .collect();
        Self { name, job, scored, shown, checked }
    }
}

/// The lowest answers, the highest, none, and one in `one_in` of the others.
fn thinned(responses: &Responses, one_in: usize) -> Responses {
    let many = std::env::var_os("SCALEWRIGHT_RESPONDENTS").is_some();
    let kept = |row: &usize| many || *row < 3 || row.is_multiple_of(one_in);
    let rows: Vec<usize> = (0..responses.rows).filter(kept).collect();
    let items = responses.items.iter().map(|column| {
        let mut thinned = Column::default();
        rows.iter().for_each(|&row| thinned.push(column.get(row)));
        thinned
    });
    Responses { rows: rows.len(), items: items.collect() }
}

fn all() -> impl Iterator<Item = (String, Checked)> {
    corpus().into_iter().chain(invented::corpus())
}

/// Describes the first difference in the items that an engine shows, if there is one.
fn shown_differs(tried: &Tried<'_>, theirs: &oracles::Result) -> Option<String> {
    tried.shown.iter().find_map(|(id, asked)| {
        let shown = |row: usize| theirs.scores[row][&format!("shown-{id}")] == true;
        let row = (0..asked.len()).find(|row| shown(*row) != asked[*row])?;
        Some(format!("respondent {row}: whether `{id}` is shown"))
    })
}

/// The differences between the results of an engine and ours.
fn wrong(engine: &str, tried: &[Tried<'_>], results: &[oracles::Result]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (tried, theirs) in tried.iter().zip(results) {
        let differences =
            differences((tried.checked, &tried.job.refused), &tried.scored, &theirs.scores);
        let found = differences.into_iter().map(|(_, difference)| difference);
        let found = found.chain(shown_differs(tried, theirs)).chain(theirs.errors.iter().cloned());
        wrong.extend(found.map(|what| format!("{engine}, {}: {what}", tried.name)));
    }
    wrong
}

/// Runs an engine on everything. Returns its column of the table, and the differences. The last job uses weights.
fn judged(
    engine: &Engine,
    all: &[Tried<'_>],
    by_weight: &Tried<'_>,
) -> (table::Column, Vec<String>) {
    let jobs = all.iter().chain([by_weight]).map(|tried| &tried.job);
    let mut results = oracles::engine(engine.name, jobs);
    let by_weight = results.results.pop().expect("a result for each job");
    assert_eq!(results.results.len(), all.len(), "a result for each job");
    let wrong = wrong(engine.name, all, &results.results);
    (table::column(engine, all, &results, &by_weight), wrong)
}

#[test]
fn engines_of_several_families_compute_our_scores() {
    let named = std::env::var("SCALEWRIGHT_ENGINES").ok();
    let wanted = |engine: &&Engine| {
        named.as_ref().is_none_or(|names| names.split_whitespace().any(|name| name == engine.name))
    };
    let corpus: Vec<(String, Checked)> = all().collect();
    let every = |one_in| corpus.iter().map(|one| Tried::of(one, Way::Portable, one_in)).collect();
    // Engines with the same number of responses share them.
    let mut tried: BTreeMap<usize, Vec<Tried<'_>>> = BTreeMap::new();
    for engine in ENGINES.iter().filter(wanted) {
        tried.entry(engine.one_in).or_insert_with(|| every(engine.one_in));
    }
    let by_expression = |tried: &Vec<Tried<'_>>| tried.iter().any(|tried| !tried.shown.is_empty());
    assert!(tried.values().all(by_expression), "some items are shown by expressions");
    let by_weight =
        Tried::of(corpus.first().expect("the instrument was resolved"), Way::Weight, 10);
    let judged: Vec<_> = std::thread::scope(|scope| {
        let engines = ENGINES.iter().filter(wanted);
        let judge = |engine: &'static Engine| {
            let (tried, by_weight) = (&tried[&engine.one_in], &by_weight);
            scope.spawn(move || judged(engine, tried, by_weight))
        };
        let threads: Vec<_> = engines.map(judge).collect();
        threads.into_iter().map(|thread| thread.join().expect("the engine was run")).collect()
    });
    let (columns, wrong): (Vec<_>, Vec<_>) = judged.into_iter().unzip();
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if named.is_none() {
        table::check(&table::page(&columns));
    }
}

fn each_expression(checked: &Checked, see: &mut impl FnMut(&str)) {
    let (form, _) = oracles::export_scores(checked, ("fhir", Way::Portable), ".json");
    let form = serde_json::from_slice(&form).expect("the export is valid JSON");
    oracles::each_expression(&form, see);
}

/// No expression uses a function that only some engines have, or that they interpret differently.
#[test]
fn expressions_use_only_functions_of_all_engines() {
    const AVOIDED: [&str; 15] = [
        "descendants(",
        ".sum(",
        ".min(",
        ".max(",
        ".avg(",
        "aggregate(",
        ".round(",
        "combine(",
        ".not()",
        ".empty()",
        ".count()",
        "ofType(",
        "coalesce(",
        "defineVariable(",
        " != ",
    ];
    let mut found = Vec::new();
    for (name, checked) in all() {
        each_expression(&checked, &mut |expression| {
            let used = AVOIDED.iter().filter(|avoided| expression.contains(**avoided));
            found.extend(used.map(|used| format!("{name}: `{used}` in {expression}")));
        });
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn expressions_stay_short() {
    if std::env::var_os("SCALEWRIGHT_INVENTED").is_some() {
        return;
    }
    let mut total = 0;
    for (_, checked) in all() {
        each_expression(&checked, &mut |expression| total += expression.len());
    }
    assert!(total <= BYTES / 5 * 6, "{total} bytes of expressions, from {BYTES}");
}
