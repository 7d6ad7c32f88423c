//! Exports give the scores of our evaluator: the engines of the targets run on the exported files and on generated
//! responses, including missing ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;
use scalewright_export::redcap_names::field_name;
use scalewright_export::{
    Common, Content, ExportRequest, House, OptionValues, SourceFile, exporter,
};
use scalewright_model::{
    Instrument, ItemIx, Layout, Paper, ResponseKind, Scale, date_of, is_chosen,
};
use scalewright_scoring::{Accepted, Column, Responses, Scored, evaluate, years_counted};
use serde_json::{Map, Value, json};

use crate::support::{load, root};
use crate::{conditions, invented};

/// The tolerance for scores of two engines: FHIRPath has eight decimals.
const CLOSE: f64 = 1e-6;
/// The number of random respondents per instrument, in addition to the systematic ones.
const RANDOM: usize = 60;

/// Every instrument of the library and every scoring fixture that is scored.
pub(crate) fn corpus() -> Vec<(String, Checked)> {
    let mut folders = Vec::new();
    for parent in ["instruments", "tests/scoring"] {
        let entries = std::fs::read_dir(root().join(parent)).into_iter().flatten().flatten();
        folders.extend(entries.map(|e| e.path()).filter(|p| p.join("instrument.toml").is_file()));
    }
    folders.sort();
    let loaded = folders.iter().map(|folder| {
        let name = folder.file_name().expect("a folder has a name");
        (name.to_string_lossy().into_owned(), load(folder))
    });
    let scored: Vec<_> = loaded.filter(|(_, checked)| !checked.program.scores.is_empty()).collect();
    assert!(scored.len() >= 4, "the corpus is there");
    scored
}

/// A small random number generator, so that every run has the same respondents.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        Self(20_261_122)
    }

    /// A generator whose sequence depends on `seed`.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 20_261_122)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        // The constants of Knuth's MMIX generator. Its high bits are more random than its low bits.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }
}

/// For each item, the answers that a score can depend on, including non-response options.
pub(crate) fn answers(checked: &Checked, item: usize) -> Vec<f64> {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let response = instrument.response(ItemIx(item));
    match &response.kind {
        ResponseKind::Coded { options } => options.iter().map(|o| o.value.number()).collect(),
        ResponseKind::YesNo => vec![0.0, 1.0],
        ResponseKind::Time => vec![0.0, 90.0, 450.0, 1365.0, 1439.0],
        ResponseKind::Date => dates(instrument, ItemIx(item)),
        ResponseKind::Numeric { decimals, .. } | ResponseKind::VisualAnalogue { decimals, .. } => {
            let (low, high) = response.bounds().unwrap_or((0.0, 10.0));
            // Division, not multiplication: 280 / 100 is exactly 2.8, but 280 * 0.01 is a little more.
            let scale = 10_f64.powi(i32::try_from(*decimals).expect("few decimals"));
            let (step, tidy) = (1.0 / scale, |x: f64| (x * scale).round() / scale);
            let middle = tidy(low + (high - low) * 0.37);
            [low, low + step, middle, high - step, high].map(tidy).to_vec()
        }
        _ => Vec::new(),
    }
}

/// Dates from which, or up to which, a formula counts years; none for other dates. Tables with a day before the birth are
/// refused, so each date of the one kind is before each of the other.
fn dates(instrument: &Instrument, item: ItemIx) -> Vec<f64> {
    let pairs = years_counted(instrument);
    match (pairs.iter().any(|pair| pair.0 == item), pairs.iter().any(|pair| pair.1 == item)) {
        (true, _) => vec![19_251_231.0, 19_991_231.0, 20_000_228.0, 20_000_229.0, 20_000_301.0],
        (false, true) => vec![20_240_228.0, 20_240_229.0, 20_251_231.0, 20_260_228.0, 20_260_301.0],
        (false, false) => Vec::new(),
    }
}

/// Respondents with the lowest, the highest and no answers, with each single item missing, and with random answers of
/// which few or many are missing.
pub(crate) fn respondents(checked: &Checked) -> Responses {
    let items = checked.instrument.as_ref().expect("loaded without error").items.len();
    let choices: Vec<Vec<f64>> = (0..items).map(|item| answers(checked, item)).collect();
    let mut dice = Dice::new();
    let mut rows: Vec<Vec<Option<f64>>> = vec![
        choices.iter().map(|c| c.first().copied()).collect(),
        choices.iter().map(|c| c.last().copied()).collect(),
        vec![None; items],
    ];
    for missing in 0..items {
        let mut row: Vec<Option<f64>> = choices.iter().map(|c| pick(c, &mut dice)).collect();
        row[missing] = None;
        rows.push(row);
    }
    let asked = std::env::var("SCALEWRIGHT_RESPONDENTS").ok();
    for count in 0..asked.and_then(|count| count.parse().ok()).unwrap_or(RANDOM) {
        // The proportion of missing answers: none, one in twenty, one in five, one in two.
        let odds = [usize::MAX, 20, 5, 2][count % 4];
        let answer = |c: &Vec<f64>| {
            (!dice.roll(1 << 20).is_multiple_of(odds)).then(|| pick(c, &mut dice)).flatten()
        };
        rows.push(choices.iter().map(answer).collect());
    }
    let column = |item: usize| {
        let mut column = Column::default();
        rows.iter().for_each(|row| column.push(row[item]));
        column
    };
    Responses { rows: rows.len(), items: (0..items).map(column).collect() }
}

/// The same respondents, who also choose several options.
pub(crate) fn choosing_respondents(checked: &Checked) -> Responses {
    let usual = respondents(checked);
    let row = |row: usize| usual.items.iter().map(|column| column.get(row)).collect();
    let mut rows: Vec<Vec<Option<f64>>> = (0..usual.rows).map(row).collect();
    choose(checked, &mut rows);
    let column = |item: usize| {
        let mut column = Column::default();
        rows.iter().for_each(|row| column.push(row[item]));
        column
    };
    Responses { rows: rows.len(), items: (0..usual.items.len()).map(column).collect() }
}

/// Fills in the items with several choices that formulas look into: each respondent chooses other options, one in four
/// none.
pub(crate) fn choose(checked: &Checked, rows: &mut [Vec<Option<f64>>]) {
    let mut dice = Dice::new();
    let several = checked.program.answers.iter().enumerate().filter_map(|(item, answer)| {
        match &answer.as_ref()?.accepted {
            Accepted::Choices(options) => Some((item, options.len())),
            Accepted::Values(_) | Accepted::Between { .. } => None,
        }
    });
    for (item, options) in several {
        let response = checked.instrument.as_ref().expect("loaded without error");
        let response = response.response(ItemIx(item));
        for row in rows.iter_mut() {
            let some = dice.roll(4) > 0;
            row[item] = response.chosen((0..options).filter(|_| some && dice.roll(2) == 0));
        }
    }
}

fn pick(choices: &[f64], dice: &mut Dice) -> Option<f64> {
    (!choices.is_empty()).then(|| choices[dice.roll(choices.len())])
}

/// A variant of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The default.
    Portable,
    /// Values by `weight()`.
    Weight,
    /// Options in contained value sets.
    ValueSets,
}

/// The common options of all exports in tests.
pub(crate) const COMMON: Common = Common {
    paper: Paper::A4,
    layout: Layout::Comfortable,
    accept_recalled_keys: true,
    leave_out_scores: true,
};

/// The options of an export in tests, with all optional content.
pub(crate) fn options(format: &str, way: Way) -> OptionValues {
    let exporter = exporter(format).expect("the format exists");
    let way = match way {
        Way::Portable => ("scoring", "portable"),
        Way::Weight => ("scoring", "weight"),
        Way::ValueSets => ("value-sets", "contained"),
    };
    let mut values = OptionValues::default();
    for (name, value) in [way, ("admin-fields", "yes")] {
        if let Some(spec) = exporter.option(name) {
            values.set(spec, value).expect("a value of the option");
        }
    }
    values
}

/// Exports in the first wording. Returns the bytes of the file whose name ends with `ending`, and the scores that the
/// target refused.
pub(crate) fn export_scores(
    checked: &Checked,
    (format, way): (&str, Way),
    ending: &str,
) -> (Vec<u8>, Vec<String>) {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let exporter = exporter(format).expect("the format exists");
    let exported = (exporter.export)(&ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[SourceFile { name: "instrument.toml", text: &checked.documents[0].text }],
        common: COMMON,
        options: &options(format, way),
        house: &House::default(),
    });
    let expected = exported.diagnostics.iter().filter(|finding| finding.code == "lossy-export");
    let refused = expected.filter_map(|finding| {
        let rest = finding.message.strip_prefix("the score of `")?;
        Some(rest.split('`').next()?.to_owned())
    });
    let refused = refused.collect();
    let file = exported.files.into_iter().find(|file| file.name.ends_with(ending));
    match file.expect("the file is exported").content {
        Content::Bytes(bytes) => (bytes, refused),
        Content::Typst(_) => panic!("{ending} is not a PDF"),
    }
}

fn export(checked: &Checked, format: &str, ending: &str) -> Vec<u8> {
    export_scores(checked, (format, Way::Portable), ending).0
}

/// Runs an oracle on an artefact and responses. Returns its answer, a list of objects.
pub(crate) fn oracle(
    program: &[&str],
    artefact: (&str, &[u8]),
    responses: &Value,
) -> Vec<Map<String, Value>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = written(folder.path(), artefact, responses);
    let answer = answer(program, &files);
    serde_json::from_slice(&answer).expect("the oracle answers in JSON")
}

/// Runs an oracle once on many artefacts with the same name, each with responses. Returns a list of objects for each.
fn oracle_of_many(
    program: &[&str],
    name: &str,
    jobs: &[(Vec<u8>, Value)],
) -> Vec<Vec<Map<String, Value>>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = jobs.iter().enumerate().map(|(at, (bytes, responses))| {
        let folder = folder.path().join(at.to_string());
        std::fs::create_dir(&folder).expect("the folder can be created");
        written(&folder, (name, bytes), responses)
    });
    let files = serde_json::to_vec(&files.collect::<Vec<_>>()).expect("paths are text");
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, files).expect("the file is writable");
    let answer = answer(&[program, &["--jobs"]].concat(), &[list]);
    serde_json::from_slice(&answer).expect("the oracle answers in JSON")
}

/// Writes an artefact and responses for an oracle. Returns the paths.
fn written(folder: &Path, artefact: (&str, &[u8]), responses: &Value) -> [PathBuf; 2] {
    let files = [folder.join(artefact.0), folder.join("responses.json")];
    std::fs::write(&files[0], artefact.1).expect("the file is writable");
    std::fs::write(&files[1], responses.to_string()).expect("the file is writable");
    files
}

/// The output of an oracle for files.
fn answer(program: &[&str], files: &[PathBuf]) -> Vec<u8> {
    let output = Command::new(program[0])
        .args(&program[1..])
        .args(files)
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| {
            panic!("{program:?} cannot be run ({error}): run `tests/oracles/setup`")
        });
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program:?} failed (installed by `tests/oracles/setup`):\n{printed}"
    );
    output.stdout
}

pub(crate) fn python() -> String {
    let path = root().join("target/oracles/venv/bin/python");
    assert!(path.exists(), "the oracles are not installed: run `tests/oracles/setup`");
    path.display().to_string()
}

/// Asserts that an oracle's scores equal ours. Scores are named by the ids of the scales.
pub(crate) fn compare(
    name: &str,
    (checked, refused): (&Checked, &[String]),
    scored: &[Scored],
    theirs: &[Map<String, Value>],
) {
    assert_eq!(theirs.len(), scored[0].answered.len(), "{name}: a result for each respondent");
    let wrong = differences((checked, refused), scored, theirs);
    assert!(wrong.is_empty(), "{name}, {}", wrong[0].1);
    let given =
        scored.iter().any(|ours| (0..theirs.len()).any(|row| ours.score.get(row).is_some()));
    let all = scored.len() == refused.len();
    assert!(given || all, "{name}: some respondent has a score");
}

/// The differences between an oracle's scores and ours, at most one per score: its position and a description.
pub(crate) fn differences(
    (checked, refused): (&Checked, &[String]),
    scored: &[Scored],
    theirs: &[Map<String, Value>],
) -> Vec<(usize, String)> {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let mut found = Vec::new();
    for (position, score) in checked.program.scores.iter().enumerate() {
        let scale = &instrument.scales[score.scale.0];
        let ours = &scored[position].score;
        let difference = theirs.iter().enumerate().find_map(|(row, theirs)| {
            let wrong = match refused.contains(&scale.id) {
                true => theirs.contains_key(&scale.id).then(|| "refused, but scored".to_owned()),
                false => score_differs(scale, ours.get(row), theirs),
            };
            Some(format!("respondent {row}, `{}`: {}", scale.id, wrong?))
        });
        found.extend(difference.map(|difference| (position, difference)));
    }
    found
}

/// Asserts that no score of the engine is outside the bounds of its item.
fn within_bounds(name: &str, item: &Value, theirs: &[Map<String, Value>]) {
    let bound = |url: &str| {
        let mut extensions = item["extension"].as_array().into_iter().flatten();
        let found = extensions.find(|extension| {
            extension["url"].as_str().is_some_and(|address| address.ends_with(url))
        })?;
        found["valueDecimal"].as_f64()
    };
    let id = item["linkId"].as_str().unwrap_or_default();
    let scores = theirs.iter().filter_map(|scores| scores.get(id)?.as_f64());
    for score in scores {
        assert!(bound("/minValue").is_none_or(|low| low <= score), "{name}, `{id}`: {score}");
        assert!(bound("/maxValue").is_none_or(|high| score <= high), "{name}, `{id}`: {score}");
    }
}

/// Describes how a score or its bands differ from ours, or returns `None`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a list of words"
)]
fn score_differs(scale: &Scale, ours: Option<f64>, theirs: &Map<String, Value>) -> Option<String> {
    let id = &scale.id;
    let Some(there) = theirs.get(id).or_else(|| theirs.get(&field_name(id))) else {
        return Some("not scored".to_owned());
    };
    let equal = match (ours, there) {
        (None, _) => there.is_null(),
        (Some(_), Value::Number(_)) if scale.words().is_some() => false,
        (Some(ours), Value::Bool(there)) => (ours == 1.0) == *there,
        (Some(ours), Value::String(there)) => scale.words().is_some_and(|words| {
            words.iter().position(|word| word == there) == Some(ours as usize)
        }),
        (Some(ours), _) => there.as_f64().is_some_and(|there| (ours - there).abs() < CLOSE),
    };
    if !equal {
        return Some(format!("ours {ours:?}, theirs {there}"));
    }
    scale.all_bands().find_map(|(set, bands)| {
        let band = ours.and_then(|ours| bands.iter().find(|b| b.contains(ours)));
        let label = band.map_or("", |band| band.label.as_str());
        let there = match set {
            None => [format!("{id}-band"), format!("{id}_band")],
            Some(set) => {
                let hyphened = set.replace('_', "-");
                [format!("{id}-band-{hyphened}"), format!("{id}_band_{set}")]
            }
        };
        let found = |key: &String| theirs.get(key).or_else(|| theirs.get(&field_name(key)));
        let Some(there) = there.iter().find_map(found) else {
            return Some("no band".to_owned());
        };
        let there = there.as_str().unwrap_or_default();
        (label != there).then(|| format!("the band is `{label}`, theirs `{there}`"))
    })
}

/// The items of a questionnaire, with the options of its value sets copied into the items that refer to them.
pub(crate) fn with_options(questionnaire: &Value) -> Value {
    fn add(items: &mut Value, sets: &[Value]) {
        for item in items.as_array_mut().into_iter().flatten() {
            if let Some(inner) = item.get_mut("item") {
                add(inner, sets);
            }
            let Some(set) = item["answerValueSet"].as_str() else { continue };
            let set = sets.iter().find(|other| other["id"] == set[1..]).expect("the set exists");
            let contains = set["expansion"]["contains"].as_array().expect("the set is expanded");
            item["answerOption"] =
                contains.iter().map(|concept| json!({ "valueCoding": concept })).collect();
        }
    }
    let mut items = questionnaire["item"].clone();
    let sets = questionnaire["contained"].as_array();
    add(&mut items, sets.map_or(&[], Vec::as_slice));
    items
}

/// A questionnaire response with the answers of one row, in the structure of the questionnaire.
pub(crate) fn fhir_items(items: &Value, row: &BTreeMap<&str, f64>) -> Vec<Value> {
    let mut made = Vec::new();
    for item in items.as_array().into_iter().flatten() {
        let id = item["linkId"].as_str().expect("an item has a link id");
        match item["type"].as_str().expect("an item has a type") {
            "group" => {
                let inner = fhir_items(&item["item"], row);
                if !inner.is_empty() {
                    made.push(json!({ "linkId": id, "item": inner }));
                }
            }
            _ if item["repeats"] == true => {
                let Some(recorded) = row.get(id) else { continue };
                let options = item["answerOption"].as_array().expect("a choice has options");
                let chosen = options.iter().enumerate().filter(|(at, _)| is_chosen(*recorded, *at));
                let answers = chosen.map(|(_, option)| {
                    let coding = &option["valueCoding"];
                    json!({ "valueCoding": { "system": coding["system"], "code": coding["code"] } })
                });
                made.push(json!({ "linkId": id, "answer": answers.collect::<Vec<_>>() }));
            }
            kind => {
                if let Some(value) = row.get(id).and_then(|answer| fhir_answer(kind, *answer, item))
                {
                    made.push(json!({ "linkId": id, "answer": [value] }));
                }
            }
        }
    }
    made
}

#[expect(clippy::cast_possible_truncation, reason = "coded values are small whole numbers")]
fn fhir_answer(kind: &str, answer: f64, item: &Value) -> Option<Value> {
    Some(match kind {
        "choice" | "coding" => {
            let code = answer.to_string();
            let options = item["answerOption"].as_array().expect("a choice has options");
            let option =
                options.iter().find(|option| option["valueCoding"]["code"] == code.as_str());
            let coding = &option.expect("the answer is an option")["valueCoding"];
            json!({ "valueCoding": { "system": coding["system"], "code": code } })
        }
        "boolean" => json!({ "valueBoolean": answer == 1.0 }),
        "integer" => json!({ "valueInteger": answer as i64 }),
        "decimal" => json!({ "valueDecimal": answer }),
        "time" => {
            let minutes = answer as i64;
            json!({ "valueTime": format!("{:02}:{:02}:00", minutes / 60, minutes % 60) })
        }
        "date" => json!({ "valueDate": date_of(answer)? }),
        _ => return None,
    })
}

pub(crate) fn rows<'a>(checked: &'a Checked, responses: &Responses) -> Vec<BTreeMap<&'a str, f64>> {
    let items = &checked.instrument.as_ref().expect("loaded without error").items;
    let row = |row: usize| {
        let answered = items.iter().zip(&responses.items);
        answered.filter_map(|(item, column)| Some((item.id.as_str(), column.get(row)?))).collect()
    };
    (0..responses.rows).map(row).collect()
}

/// A questionnaire, responses to it, and the scores that are refused.
#[derive(serde::Serialize)]
pub(crate) struct Job {
    pub(crate) questionnaire: Value,
    pub(crate) responses: Value,
    #[serde(skip)]
    pub(crate) refused: Vec<String>,
}

impl Job {
    pub(crate) fn of(checked: &Checked, (format, way): (&str, Way), responses: &Responses) -> Self {
        let (bytes, refused) = export_scores(checked, (format, way), ".json");
        let questionnaire: Value =
            serde_json::from_slice(&bytes).expect("the export is valid JSON");
        let questions = with_options(&questionnaire);
        let answered = rows(checked, responses);
        let filled = answered.iter().map(|row| {
            json!({
                "resourceType": "QuestionnaireResponse",
                "questionnaire": questionnaire["url"],
                "status": "completed",
                "item": fhir_items(&questions, row),
            })
        });
        let filled = filled.collect();
        Self { questionnaire, responses: Value::Array(filled), refused }
    }
}

/// The results of an engine for several questionnaires.
#[derive(serde::Deserialize)]
pub(crate) struct Results {
    pub(crate) version: String,
    pub(crate) results: Vec<Result>,
}

/// The result for one questionnaire: one row of scores per response, and the errors.
#[derive(serde::Deserialize)]
pub(crate) struct Result {
    pub(crate) scores: Vec<Map<String, Value>>,
    pub(crate) errors: Vec<String>,
}

/// Runs a FHIRPath engine on all jobs in one process.
pub(crate) fn engine<'a>(name: &str, jobs: impl Iterator<Item = &'a Job>) -> Results {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let jobs = serde_json::to_vec(&jobs.collect::<Vec<_>>()).expect("they are valid JSON");
    std::fs::write(file.path(), jobs).expect("the file is writable");
    let (program, script) = match ["fhirpathpy", "fhirpathrs"].contains(&name) {
        true => (python(), "tests/oracles/fhir/engines.py"),
        false => ("node".to_owned(), "tests/oracles/fhir/engines.mjs"),
    };
    let output = Command::new(&program)
        .args([script, name])
        .arg(file.path())
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot be run ({error}): `tests/oracles/setup`"));
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} failed (see `tests/oracles/setup`):\n{printed}");
    serde_json::from_slice(&output.stdout).expect("the engine answers in JSON")
}

/// Calls `see` with every expression of a questionnaire.
pub(crate) fn each_expression(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if let Some(expression) = value["valueExpression"]["expression"].as_str() {
                see(expression);
            }
            fields.values().for_each(|value| each_expression(value, see));
        }
        Value::Array(values) => values.iter().for_each(|value| each_expression(value, see)),
        _ => {}
    }
}

/// A corpus exported in one variant: for each instrument, the responses and the job for an engine.
struct Exported<'a> {
    how: (&'static str, Way),
    corpus: &'a [(String, Checked)],
    responses: Vec<Responses>,
    jobs: Vec<Job>,
}

impl<'a> Exported<'a> {
    fn of(how: (&'static str, Way), corpus: &'a [(String, Checked)]) -> Self {
        let responses: Vec<Responses> =
            corpus.iter().map(|(_, checked)| choosing_respondents(checked)).collect();
        let each = corpus.iter().zip(&responses);
        let jobs = each.map(|((_, checked), rows)| Job::of(checked, how, rows)).collect();
        Self { how, corpus, responses, jobs }
    }

    /// Asserts that an engine's scores equal ours.
    fn assert_equal(&self, results: &[Result]) {
        for (at, (instrument, checked)) in self.corpus.iter().enumerate() {
            let scored = evaluate(&checked.program, &self.responses[at]);
            let Result { scores, errors } = &results[at];
            let place = format!("fhirpath.js, {:?}, {instrument}", self.how);
            assert!(errors.is_empty(), "{place}: {errors:?}");
            compare(&place, (checked, &self.jobs[at].refused), &scored, scores);
            for item in self.jobs[at].questionnaire["item"].as_array().into_iter().flatten() {
                let bounded = item["item"].as_array().into_iter().flatten();
                bounded.for_each(|item| within_bounds(&place, item, scores));
            }
        }
    }
}

/// `fhir_engines` tests the portable R4 form. All other variants go to one process, which parses an expression that
/// occurs in several of them only once.
#[test]
fn fhirpath_js_gives_our_scores_with_weights_in_r5_and_with_value_sets() {
    let (corpus, invented) = (corpus(), invented::corpus());
    let all = [
        Exported::of(("fhir", Way::Weight), &corpus),
        Exported::of(("fhir-r5", Way::Portable), &corpus),
        Exported::of(("fhir-r5", Way::Weight), &corpus),
        Exported::of(("fhir", Way::ValueSets), &invented),
        Exported::of(("fhir-r5", Way::ValueSets), &invented),
    ];
    let results = engine("fhirpath.js", all.iter().flat_map(|exported| &exported.jobs)).results;
    let mut rest = results.as_slice();
    for exported in &all {
        let (results, others) = rest.split_at(exported.jobs.len());
        exported.assert_equal(results);
        rest = others;
    }
    assert!(rest.is_empty(), "a result for each job");
}

#[test]
fn redcap_logic_gives_our_scores() {
    redcap_scores(corpus());
}

#[test]
fn redcap_logic_gives_our_scores_of_invented_instruments() {
    let shown = redcap_scores(invented::corpus());
    assert!(shown > 0, "some item of some instrument has a condition");
}

/// The page about REDCap states the scores of the lowest and the highest answers.
#[test]
fn the_redcap_page_states_the_scores_of_its_example() {
    let checked = load(&root().join("tests/scoring/steady-ten"));
    let (bytes, _) = export_scores(&checked, ("redcap", Way::Portable), ".redcap.csv");
    let page = root().join("docs/src/export/redcap.md");
    let page = std::fs::read_to_string(page).expect("the page exists");
    let rows = [[0, 3], [3, 0]].map(|pair| pair.repeat(5));
    let record = |row: &Vec<i32>| -> Value {
        let fields = row.iter().enumerate();
        fields.map(|(at, x)| (format!("steady_{}", at + 1), json!(x.to_string()))).collect()
    };
    let records = Value::Array(rows.iter().map(record).collect());
    let program = [&*python(), "tests/oracles/redcap/score.py"];
    for (row, theirs) in rows.iter().zip(oracle(&program, ("dictionary.csv", &bytes), &records)) {
        let answers: Vec<String> = row.iter().map(ToString::to_string).collect();
        let raw: i32 = row.iter().sum();
        let line = format!("| {} | {raw} | {} |", answers.join(", "), theirs["steady_total"]);
        assert!(page.contains(&line), "the page lacks `{line}`");
    }
}

/// Compares scores, and whether items are shown. Returns the number of comparisons of the latter. One process scores
/// all instruments.
fn redcap_scores(corpus: Vec<(String, Checked)>) -> usize {
    let responses: Vec<Responses> =
        corpus.iter().map(|(_, checked)| choosing_respondents(checked)).collect();
    let exports: Vec<(Vec<u8>, Vec<String>)> = corpus
        .iter()
        .map(|(_, checked)| export_scores(checked, ("redcap", Way::Portable), ".redcap.csv"))
        .collect();
    let (dictionaries, refused): (Vec<Vec<u8>>, Vec<Vec<String>>) = exports.into_iter().unzip();
    let records = corpus.iter().zip(&responses).map(|((_, checked), rows)| records(checked, rows));
    let jobs: Vec<(Vec<u8>, Value)> = dictionaries.into_iter().zip(records).collect();
    let program = [&*python(), "tests/oracles/redcap/score.py", "--branching"];
    let all = oracle_of_many(&program, "dictionary.csv", &jobs);
    assert_eq!(all.len(), corpus.len(), "scores of each instrument");
    let mut compared = 0;
    for (at, ((name, checked), theirs)) in corpus.iter().zip(&all).enumerate() {
        let scored = evaluate(&checked.program, &responses[at]);
        compared += conditions::compare(name, checked, &responses[at], theirs);
        for (row, theirs) in theirs.iter().enumerate() {
            let unclear = theirs.get("ambiguous").and_then(Value::as_array);
            assert!(
                unclear.is_none_or(Vec::is_empty),
                "{name}, respondent {row}: depends on undocumented behaviour: {unclear:?}"
            );
        }
        compare(name, (checked, &refused[at]), &scored, theirs);
    }
    compared
}

/// How the scores of REDCap's logic differ from ours, for instruments that need not be exported whole: one line for each
/// score.
pub(crate) fn redcap_differences(corpus: Vec<(String, Checked)>) -> Vec<String> {
    let jobs = corpus.iter().map(|(_, checked)| {
        let (bytes, refused) = export_scores(checked, ("redcap", Way::Portable), ".redcap.csv");
        let responses = respondents(checked);
        ((bytes, records(checked, &responses)), (responses, refused))
    });
    let (jobs, known): (Vec<_>, Vec<_>) = jobs.unzip();
    let program = [&*python(), "tests/oracles/redcap/score.py"];
    let all = oracle_of_many(&program, "dictionary.csv", &jobs);
    let mut lines = Vec::new();
    for (((name, checked), theirs), (responses, refused)) in corpus.iter().zip(&all).zip(&known) {
        let scored = evaluate(&checked.program, responses);
        lines.extend(refused.iter().map(|id| format!("{name}: `{id}` is refused")));
        let wrong = differences((checked, refused), &scored, theirs);
        lines.extend(wrong.into_iter().map(|(_, wrong)| format!("{name}: {wrong}")));
    }
    lines
}

/// Responses as records of a project.
fn records(checked: &Checked, responses: &Responses) -> Value {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let boxes = |id: &str, recorded: f64| -> Option<Vec<(String, Value)>> {
        let at = instrument.items.iter().position(|item| item.id == id)?;
        let response = instrument.response(ItemIx(at));
        let several = matches!(response.kind, ResponseKind::SeveralChoice { .. });
        let ticked = response.options().iter().enumerate().map(|(at, option)| {
            let code = option.value.to_string().replace(['-', '.'], "_");
            let ticked = if is_chosen(recorded, at) { "1" } else { "0" };
            (format!("{}___{code}", field_name(id)), json!(ticked))
        });
        several.then(|| ticked.collect())
    };
    let record = |row: &BTreeMap<&str, f64>| -> Value {
        // A box that is not ticked is 0.
        let open = instrument.items.iter().filter_map(|item| boxes(&item.id, 0.0)).flatten();
        let given = row.iter().flat_map(|(id, x)| {
            boxes(id, *x).unwrap_or_else(|| vec![(field_name(id), json!(x.to_string()))])
        });
        open.chain(given).collect::<Map<String, Value>>().into()
    };
    rows(checked, responses).iter().map(record).collect()
}

#[test]
fn redcap_accepts_every_dictionary_and_instrument() {
    redcap_accepts(corpus().into_iter().chain(invented::corpus()).collect());
}

fn redcap_accepts(corpus: Vec<(String, Checked)>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for (name, checked) in corpus {
        for ending in ["csv", "zip"] {
            let path = folder.path().join(format!("{name}.{ending}"));
            let bytes = export(&checked, "redcap", &format!(".redcap.{ending}"));
            std::fs::write(&path, bytes).expect("the file is writable");
            files.push(path);
        }
    }
    let output = Command::new(python())
        .args(["tests/oracles/redcap/redcap_check.py", "check", "--strict"])
        .args(&files)
        .current_dir(root())
        .output()
        .expect("the checker can be run");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}");
    assert!(!printed.contains("\"F011\""), "the bytes differ from REDCap's own: {printed}");
}

#[test]
fn fhir_validators_accept_every_questionnaire() {
    accepted(&["node", "tests/oracles/fhir/validate.mjs"], "fhir");
}

#[test]
fn fhir_validators_accept_every_questionnaire_of_r5() {
    accepted(&[&*python(), "tests/oracles/fhir/validate_r5.py"], "fhir-r5");
}

/// Exports the whole corpus in every variant, and asserts that a validator reports only `ok`.
fn accepted(validator: &[&str], format: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for (name, checked) in corpus().into_iter().chain(invented::corpus()) {
        for way in [Way::Portable, Way::Weight, Way::ValueSets] {
            let path = folder.path().join(format!("{name}.{way:?}.json"));
            let bytes = export_scores(&checked, (format, way), ".json").0;
            std::fs::write(&path, bytes).expect("the file is writable");
            files.push(path);
        }
    }
    let output = Command::new(validator[0])
        .args(&validator[1..])
        .args(&files)
        .current_dir(root())
        .output()
        .expect("the validator can be run: `tests/oracles/setup` installs it");
    let printed = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run `tests/oracles/setup`?\n{printed}{why}");
    assert_eq!(
        printed.matches(": ok").count(),
        files.len(),
        "the validator reports problems or warnings:\n{printed}"
    );
}
