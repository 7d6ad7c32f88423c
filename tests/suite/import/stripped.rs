//! Our exports without the definition that they embed: what the platform itself carries comes back, and no more is lost
//! than `tests/fixtures/stripped.toml` lists.
//!
//! Keys that say how a score is computed are not compared as they are written: the scores themselves are.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_export::{Carried, OptionValues, exporter, keys_by_target};
use scalewright_import::prove::{Outcome, Subject};
use scalewright_import::{Import, Imported, Options, Sources, import};
use scalewright_model::{Formula, Instrument, ItemIx, ResponseKind, ScaleIx};
use scalewright_scoring::{Column, Program, Responses, evaluate};
use serde::Deserialize;

use super::own::exported_with;
use super::view::view;
use crate::oracles::{corpus, respondents};
use crate::support::root;

/// What is known about the exports of a target.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Target {
    /// The target, if that is not the name of the table.
    target: Option<String>,
    /// The format that reads its files.
    from: String,
    ending: String,
    #[serde(default)]
    set: BTreeMap<String, String>,
    /// The keys that come back in another way although the platform carries them, each with the reason.
    otherwise: BTreeMap<String, String>,
    /// The scores of all definitions that are imported, and those that are reported as not understood.
    scores: [usize; 2],
    /// Those whose proof reports a difference, each as `definition score`.
    #[serde(default)]
    differs: BTreeSet<String>,
}

fn table() -> BTreeMap<String, Target> {
    let text = std::fs::read_to_string(root().join("tests/fixtures/stripped.toml"));
    toml::from_str(&text.expect("it is there")).unwrap_or_else(|error| panic!("{error}"))
}

/// Keys that are compared by the scores of respondents, by proofs, or not at all, because they concern the file itself.
const BY_SCORES: &[&str] = &[
    "allow",
    "flags",
    "format",
    "items[].ask-if",
    "items[].when-not-asked",
    "models",
    "norms",
    "references",
    "scales[].formula",
    "scales[].intercept",
    "scales[].items",
    "scales[].mandatory",
    "scales[].max-missing",
    "scales[].min-answered",
    "scales[].min-proportion",
    "scales[].missing",
    "scales[].more-than",
    "scales[].multiply",
    "scales[].recode",
    "scales[].rescale",
    "scales[].round",
    "scales[].scales",
    "scales[].score",
    "scales[].stated",
    "scales[].substitut",
    "scales[].weights",
    "tables",
];

/// What a target did with all definitions.
#[derive(Default)]
struct Seen {
    otherwise: BTreeMap<String, String>,
    scores: [usize; 2],
    differs: BTreeSet<String>,
    /// Scores of respondents that are not equal.
    unequal: Vec<String>,
    count: usize,
}

#[test]
fn fhir_without_its_definition_comes_back() {
    comes_back("fhir");
}

#[test]
fn redcap_without_its_definition_comes_back() {
    comes_back("redcap");
}

#[test]
fn surveyjs_without_its_definition_comes_back() {
    comes_back("surveyjs");
}

#[test]
fn limesurvey_without_its_definition_comes_back() {
    comes_back("limesurvey");
}

#[test]
fn qualtrics_without_its_definition_comes_back() {
    comes_back("qualtrics");
}

#[test]
fn xlsform_without_its_definition_comes_back() {
    comes_back("xlsform");
}

#[test]
fn codebooks_come_back() {
    comes_back("codebook");
    comes_back("codebook-xlsx");
}

/// Exports all definitions to a target, imports them, and compares what is lost with the table.
fn comes_back(name: &str) {
    let mut table = table();
    let target = table.remove(name).unwrap_or_else(|| panic!("{name} is not in the table"));
    let exporter_name = target.target.as_deref().unwrap_or(name);
    let carried = carried(exporter_name);
    let mut options = OptionValues::default();
    let spec = exporter(exporter_name).expect("the target exists");
    for (name, value) in &target.set {
        options.set(spec.option(name).expect("it exists"), value).expect("it is a value");
    }
    let mut seen = Seen::default();
    for (id, checked) in corpus() {
        for (file, bytes) in exported_with(exporter_name, &target.ending, &checked, &options) {
            one(&mut seen, (&id, &checked), (&file, &bytes, &target.from), &carried);
        }
    }
    assert!(seen.count > 20, "{name}: only {} definitions were exported", seen.count);
    let keys = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<BTreeSet<_>>();
    let (found, listed) = (keys(&seen.otherwise), keys(&target.otherwise));
    let more: Vec<_> = seen.otherwise.iter().filter(|(key, _)| !listed.contains(*key)).collect();
    let fewer: Vec<_> = listed.difference(&found).collect();
    let is_as_listed = more.is_empty() && fewer.is_empty() && seen.unequal.is_empty();
    let scores = (&seen.scores, &seen.differs);
    assert!(
        is_as_listed && scores == (&target.scores, &target.differs),
        "{name}: come back otherwise: {more:#?}\ncome back, but are listed: {fewer:?}\n\
         scores imported and not understood, and those that differ: {scores:?}\nunequal: {:#?}",
        seen.unequal
    );
}

/// What a target does with each key.
fn carried(target: &str) -> BTreeMap<&'static str, Carried> {
    let rows = keys_by_target().into_iter();
    rows.filter_map(|row| Some((row.key, *row.targets.get(target)?))).collect()
}

/// Imports the export of one definition, and compares.
fn one(
    seen: &mut Seen,
    (id, checked): (&str, &Checked),
    (file, bytes, from): (&str, &[u8], &str),
    carried: &BTreeMap<&'static str, Carried>,
) {
    let instrument = checked.instrument.as_ref().expect("it has no error");
    let options = Options {
        language: Some(instrument.language.clone()),
        licence: Some("CC0-1.0".to_owned()),
        non_response: non_response(checked),
        ..Options::default()
    };
    let sources = Sources { file, bytes, beside: &|_| None, attached: &[] };
    let import: Import = import(&sources, Some(from), &options)
        .unwrap_or_else(|stop| panic!("{file}: {}", stop.message));
    assert_eq!(import.instruments.len(), 1, "{file}");
    let imported = &import.instruments[0];
    assert!(imported.errors.is_empty(), "{file}: {:?}", imported.errors);
    seen.count += 1;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    let before = view(&checked.documents[0].text);
    let after = view(&text(&imported.files[0].1));
    for ((key, owner), value) in &before {
        let is_carried = matches!(carried.get(&**key), Some(Carried::Yes | Carried::Partly));
        let is_by_score = BY_SCORES.iter().any(|start| key.starts_with(start));
        if is_carried && !is_by_score && after.get(&(key.clone(), owner.clone())) != Some(value) {
            let now = after.get(&(key.clone(), owner.clone()));
            let example = format!("{id} {owner}: {value:?} is {now:?}");
            seen.otherwise.entry(key.clone()).or_insert(example);
        }
    }
    proofs(seen, id, imported);
    seen.unequal.extend(unequal(id, checked, imported));
}

/// Counts the scores by their proofs. Conditions must be equal or reported.
fn proofs(seen: &mut Seen, id: &str, imported: &Imported) {
    for proof in &imported.proofs {
        match &proof.outcome {
            Outcome::Equal(_) if proof.subject == Subject::Score => seen.scores[0] += 1,
            Outcome::NotUnderstood(_) if proof.subject == Subject::Score => seen.scores[1] += 1,
            Outcome::Equal(_) | Outcome::NotUnderstood(_) => {}
            Outcome::Differs(_) | Outcome::NotProved(_) => {
                seen.differs.insert(format!("{id} {}", proof.id));
            }
        }
    }
}

/// The codes of options that count as no answer, if no other option of the definition has them.
fn non_response(checked: &Checked) -> Vec<String> {
    let instrument = checked.instrument.as_ref().expect("it has no error");
    let options = instrument.response_scales.iter().flat_map(|scale| match &scale.kind {
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            options.as_slice()
        }
        _ => &[],
    });
    let (missing, others): (Vec<_>, Vec<_>) = options.partition(|option| option.non_response);
    let is_free = |value: &String| !others.iter().any(|option| option.value.to_string() == *value);
    missing.iter().map(|option| option.value.to_string()).filter(is_free).collect()
}

/// The scores of respondents that are not those of the definition that was exported, for scores that both definitions
/// have: the first of each score.
fn unequal(id: &str, checked: &Checked, imported: &Imported) -> Vec<String> {
    let source =
        |(name, bytes): &(String, Vec<u8>)| Source { name: name.clone(), bytes: bytes.clone() };
    let again = check(Input::alone(source(&imported.files[0])));
    let (Some(before), Some(after)) = (&checked.instrument, &again.instrument) else {
        return vec![format!("{id}: it has an error")];
    };
    let positions: Vec<Option<usize>> = after
        .items
        .iter()
        .map(|item| before.items.iter().position(|other| other.id == item.id))
        .collect();
    // An item with several choices is an item for each of them where a rule looks into it.
    if positions.iter().any(Option::is_none) || before.items.len() != after.items.len() {
        return Vec::new();
    }
    let respondents = respondents(checked);
    let column = |position: &Option<usize>| {
        let item = position.expect("all are known");
        let mut column = Column::default();
        (0..respondents.rows).for_each(|row| column.push(respondents.items[item].get(row)));
        column
    };
    let moved = Responses { rows: respondents.rows, items: positions.iter().map(column).collect() };
    let (ours, theirs) =
        (evaluate(&checked.program, &respondents), evaluate(&again.program, &moved));
    let mut found = Vec::new();
    for (index, scale) in after.scales.iter().enumerate() {
        let Some(own) = before.scales.iter().position(|other| other.id == scale.id) else {
            continue;
        };
        let place = |program: &Program, ix| program.position(ScaleIx(ix));
        let (Some(own), Some(other)) = (place(&checked.program, own), place(&again.program, index))
        else {
            continue;
        };
        let different = (0..respondents.rows).filter(|row| is_possible(before, &respondents, *row));
        let different = different.filter_map(|row| {
            let own = result(&checked.program, own, ours[own].score.get(row));
            let other = result(&again.program, other, theirs[other].score.get(row));
            let what = || format!("{id} {}, respondent {row}: {own:?} is {other:?}", scale.id);
            (!is_equal(&own, &other)).then(what)
        });
        found.extend(different.take(1));
    }
    found
}

/// The word or the number of a score.
type Shown = (Option<String>, Option<f64>);

fn result(program: &Program, score: usize, value: Option<f64>) -> Shown {
    match (&program.scores[score].formula, value) {
        (Formula::Word { words, position: _ }, Some(value)) => {
            let is_at = |at: &usize| at.to_string() == value.to_string();
            let at = (0..words.len()).find(is_at).expect("the position of a word");
            (Some(words[at].clone()), None)
        }
        (_, value) => (None, value),
    }
}

fn is_equal(one: &Shown, other: &Shown) -> bool {
    let is_near = match (one.1, other.1) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-6 * one.abs().max(1.0),
        (one, other) => one == other,
    };
    is_near && one.0 == other.0
}

/// Whether a form can have the answers of a respondent. An item whose condition cannot be decided is hidden, so that it has
/// no answer.
fn is_possible(instrument: &Instrument, respondents: &Responses, row: usize) -> bool {
    let counts = |item: usize, value: f64| {
        let mut options = instrument.response(ItemIx(item)).options().iter();
        !options.any(|option| option.non_response && option.value.number() == value)
    };
    let answered =
        |item: usize| respondents.items[item].get(row).is_some_and(|value| counts(item, value));
    let mut items = instrument.items.iter().enumerate();
    let has_hidden = items.any(|(item, of)| of.ask.is_some() && answered(item));
    let is_scored = |item: usize| instrument.response(ItemIx(item)).limits().is_some();
    let all = (0..instrument.items.len()).all(|item| answered(item) || !is_scored(item));
    !has_hidden || all
}
