//! Scores come out equal in FHIRPath engines of several families, and what they are given stays short.
//!
//! The page about engines is written by `UPDATE_ENGINES=1 cargo test -p scalewright-tests fhir_engines`.
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests fhir_engines` takes more responses than a usual run.

mod table;

use scalewright_check::Checked;
use scalewright_scoring::{Responses, Scored, evaluate};

use crate::oracles::{self, Job, Way, corpus, differences, respondents};
use crate::{conditions, invented};

/// The engines, as `tests/oracles/fhir/engines.mjs` and `engines.py` call them, and who they are by.
const ENGINES: [(&str, &str); 5] = [
    ("fhirpath.js", "U.S. National Library of Medicine"),
    ("fhirpathpy", "Beda Software"),
    ("medplum", "Medplum, its own server"),
    ("atomic-ehr", "Health Samurai"),
    ("fhirpathrs", "m0rl, in Rust"),
];

/// The bytes of all expressions that the corpus had when they were last measured. What is printed may become longer
/// for a reason, which is then a reason to measure again.
const BYTES: usize = 347_218;

/// An instrument with responses and our scores.
struct Tried {
    name: String,
    checked: Checked,
    job: Job,
    scored: Vec<Scored>,
    /// The items that are shown by an expression, and to which respondents.
    shown: Vec<(String, Vec<bool>)>,
}

fn tried(way: Way) -> Vec<Tried> {
    let corpus = corpus().into_iter().chain(invented::corpus());
    let tried = corpus.map(|(name, checked)| {
        let responses: Responses = respondents(&checked);
        let scored = evaluate(&checked.program, &responses);
        let mut job = Job::of(&checked, ("fhir", way), &responses);
        if let Ok(f) = std::env::var("DUMP_JOBS") { let v = serde_json::json!({"name": name, "questionnaire": job.questionnaire, "responses": job.responses}); std::fs::write(format!("{f}/{name}-{way:?}.json"), v.to_string()).unwrap(); }
        let by_expression = conditions::calculate_conditions(&mut job.questionnaire);
        let asked = conditions::asked(&checked, &responses).into_iter();
        let shown = asked
            .filter(|(id, _)| by_expression.iter().any(|other| other == id))
            .map(|(id, rows)| (id.to_owned(), rows))
            .collect();
        Tried { name, job, scored, shown, checked }
    });
    tried.collect()
}

/// What is wrong with the items that an engine shows, by the first respondent.
fn shown_differs(tried: &Tried, theirs: &oracles::Result) -> Option<String> {
    tried.shown.iter().find_map(|(id, asked)| {
        let shown = |row: usize| theirs.scores[row][&format!("shown-{id}")] == true;
        let row = (0..asked.len()).find(|row| shown(*row) != asked[*row])?;
        Some(format!("respondent {row}: whether `{id}` is shown"))
    })
}

/// What is wrong with what an engine made of the corpus.
fn wrong(engine: &str, tried: &[Tried], results: &[oracles::Result]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (tried, theirs) in tried.iter().zip(results) {
        let differences = differences((&tried.checked, &tried.job.refused), &tried.scored, &theirs.scores);
        let found = differences.into_iter().map(|(_, difference)| difference);
        let found = found.chain(shown_differs(tried, theirs)).chain(theirs.errors.iter().cloned());
        wrong.extend(found.map(|what| format!("{engine}, {}: {what}", tried.name)));
    }
    wrong
}

#[test]
fn engines_of_several_families_score_as_we_do() {
    let all = tried(Way::Portable);
    let weighed = tried(Way::Weight);
    let (mut wrong_in_all, mut columns) = (Vec::new(), Vec::new());
    for (engine, by) in ENGINES {
        let jobs = || all.iter().map(|tried| &tried.job);
        let results = oracles::engine(engine, jobs());
        wrong_in_all.extend(wrong(engine, &all, &results.results));
        let by_weight = oracles::engine(engine, weighed.iter().take(1).map(|tried| &tried.job));
        columns.push(table::column((engine, by), &all, &results, &by_weight.results[0]));
    }
    assert!(wrong_in_all.is_empty(), "{}", wrong_in_all.join("\n"));
    table::check(&table::page(&columns));
}

/// Everything that only some engines have, or that they take differently.
#[test]
fn expressions_keep_to_what_all_engines_have() {
    const AVOIDED: [&str; 15] = [
        "descendants(", ".sum(", ".min(", ".max(", ".avg(", "aggregate(", ".round(", "combine(",
        ".not()", ".empty()", ".count()", "ofType(", "coalesce(", "defineVariable(", " != ",
    ];
    let mut found = Vec::new();
    for tried in tried(Way::Portable) {
        oracles::each_expression(&tried.job.questionnaire, &mut |expression| {
            let used = AVOIDED.iter().filter(|avoided| expression.contains(**avoided));
            found.extend(used.map(|used| format!("{}: `{used}` in {expression}", tried.name)));
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
    for (_, checked) in corpus().into_iter().chain(invented::corpus()) {
        let (form, _) = oracles::export_scores(&checked, ("fhir", Way::Portable), ".json");
        let form = serde_json::from_slice(&form).expect("the export is JSON");
        oracles::each_expression(&form, &mut |expression| total += expression.len());
    }
    assert!(total <= BYTES / 5 * 6, "{total} bytes of expressions, from {BYTES}");
}
