//! Third-party form renderers in a real browser: answers entered into our forms give our scores.
//!
//! `cargo xtask render COUNT [INSTRUMENT…]` installs the renderers and the browser, and fills in COUNT responses per
//! form. Otherwise (if `RENDERERS` is not set), the test only generates the responses and checks that they are
//! complete.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Command;

use scalewright_check::Checked;
use scalewright_scoring::{Column, Responses, evaluate};
use serde_json::{Value, json};

use crate::oracles::{Way, corpus, export_scores, fhir_items, respondents, rows};
use crate::support::root;

/// A form filled in by one renderer.
struct Filled<'a> {
    checked: &'a Checked,
    /// The answers to enter.
    row: &'a BTreeMap<&'a str, f64>,
    renderer: &'a str,
    /// The result of the renderer: scores, items that could not be answered, or an error.
    outcome: &'a Value,
}

impl Filled<'_> {
    /// The problems: an error, items that could not be answered, or different scores.
    fn problems(&self) -> Vec<String> {
        if let Some(error) = self.outcome["error"].as_str() {
            return vec![error.to_owned()];
        }
        let items = &self.checked.instrument.as_ref().expect("loaded without error").items;
        let missed: BTreeSet<&str> = self.outcome["missed"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        // Items that are not asked are not shown.
        let lost = items.iter().filter(|i| i.ask.is_none() && missed.contains(i.id.as_str()));
        let mut found: Vec<String> =
            lost.map(|item| format!("could not answer `{}`", item.id)).collect();
        let answered: Vec<Option<f64>> = items
            .iter()
            .map(|item| {
                self.row
                    .get(item.id.as_str())
                    .copied()
                    .filter(|_| !missed.contains(item.id.as_str()))
            })
            .collect();
        // Smart Forms calculates nothing before the first answer.
        if found.is_empty() && answered.iter().any(Option::is_some) {
            found.extend(self.differences(&answered));
        }
        found
    }

    fn differences(&self, answered: &[Option<f64>]) -> Vec<String> {
        let instrument = self.checked.instrument.as_ref().expect("loaded without error");
        let column = |answer: &Option<f64>| {
            let mut column = Column::default();
            column.push(*answer);
            column
        };
        let responses = Responses { rows: 1, items: answered.iter().map(column).collect() };
        let scored = evaluate(&self.checked.program, &responses);
        let mut found = Vec::new();
        for (score, ours) in self.checked.program.scores.iter().zip(&scored) {
            let scale = &instrument.scales[score.scale.0];
            let Some(theirs) = self.outcome["scores"].get(&scale.id) else { continue };
            let ours = ours.score.get(0);
            let equal = match (ours, theirs) {
                (None, theirs) => theirs.is_null(),
                // Smart Forms does not write false values.
                (Some(ours), Value::Null) => {
                    self.renderer == "smart-forms" && scale.is_truth() && ours == 0.0
                }
                (Some(ours), Value::Bool(theirs)) => (ours != 0.0) == *theirs,
                (Some(ours), Value::String(theirs)) => {
                    let mut words = scale.words().into_iter().flatten().zip(0_u32..);
                    words.any(|(word, at)| word == theirs && (f64::from(at) - ours).abs() < 0.5)
                }
                (Some(ours), theirs) => theirs
                    .as_f64()
                    .is_some_and(|theirs| (ours - theirs).abs() < 1e-6 * ours.abs().max(1.0)),
            };
            if !equal {
                found.push(format!("`{}` is {theirs}, and ours {ours:?}", scale.id));
            }
        }
        found
    }
}

/// Selects respondents: the lowest, the highest and one with a missing answer, then random ones with few and many
/// missing answers.
fn chosen(checked: &Checked, count: usize) -> Responses {
    let all = respondents(checked);
    let order = [3, 0, 1].into_iter().chain((4..all.rows).rev());
    let picked: Vec<usize> = order.filter(|&row| row < all.rows).take(count).collect();
    let column = |from: &Column| {
        let mut column = Column::default();
        picked.iter().for_each(|&row| column.push(from.get(row)));
        column
    };
    Responses { rows: picked.len(), items: all.items.iter().map(column).collect() }
}

/// The number of answers in the items of a response.
fn count(items: &[Value]) -> usize {
    items
        .iter()
        .map(|item| {
            let inner = item["item"].as_array().map_or(0, |items| count(items));
            inner + item["answer"].as_array().map_or(0, Vec::len)
        })
        .sum()
}

#[test]
fn renderers_give_our_scores() {
    let wanted = std::env::var("RENDERERS").ok().and_then(|count| count.parse::<usize>().ok());
    let names = std::env::var("RENDERED").unwrap_or_default();
    let names: BTreeSet<&str> = names.split_whitespace().collect();
    let mut wrong = Vec::new();
    let mut forms = 0;
    for (name, checked) in corpus() {
        let instruments = root().join("instruments").join(&name);
        if !instruments.is_dir() || !(names.is_empty() || names.contains(name.as_str())) {
            continue;
        }
        forms += 1;
        let responses = chosen(&checked, wanted.unwrap_or(3));
        let rows = rows(&checked, &responses);
        let (bytes, _) = export_scores(&checked, ("fhir", Way::Portable), ".json");
        let form: Value = serde_json::from_slice(&bytes).expect("the export is valid JSON");
        let filled: Vec<Value> = rows
            .iter()
            .map(|row| {
                let items = fhir_items(&form["item"], row);
                assert_eq!(count(&items), row.len(), "{name}: every answer is in the response");
                json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "item": items })
            })
            .collect();
        if wanted.is_some() {
            wrong.extend(rendered(&name, &checked, &bytes, &rows, &filled));
        }
    }
    assert!(forms > 0, "at least one form was rendered");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fills in a form with each response in each renderer. Returns the problems.
fn rendered(
    name: &str,
    checked: &Checked,
    form: &[u8],
    rows: &[BTreeMap<&str, f64>],
    filled: &[Value],
) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("the file is writable");
        path
    };
    let form = write("form.json", form);
    let filled = write("responses.json", Value::from(filled).to_string().as_bytes());
    let output = Command::new("node")
        .args(["tests/oracles/fhir/render/render.mjs", "--screenshots"])
        .arg(root().join("target/oracles/render/shots").join(name))
        .args([&form, &filled])
        .current_dir(root())
        .output()
        .expect("node can be run");
    let printed = String::from_utf8_lossy(&output.stderr);
    let Ok(outcomes) = serde_json::from_slice::<Vec<BTreeMap<String, Value>>>(&output.stdout)
    else {
        return vec![format!("{name}: nothing was rendered: {printed}")];
    };
    let mut wrong = Vec::new();
    for (number, (row, outcome)) in rows.iter().zip(&outcomes).enumerate() {
        for (renderer, outcome) in outcome {
            let problems = Filled { checked, row, renderer, outcome }.problems();
            let verdict = if problems.is_empty() { "equal" } else { "not equal" };
            // Written directly, because the test harness captures `eprintln!`: progress of a long run must be visible.
            let _ = writeln!(std::io::stderr(), "{name}, response {number}, {renderer}: {verdict}");
            wrong.extend(
                problems.iter().map(|why| format!("{name}, response {number}, {renderer}: {why}")),
            );
        }
    }
    assert_eq!(outcomes.len(), rows.len(), "{name}: {printed}");
    wrong
}
