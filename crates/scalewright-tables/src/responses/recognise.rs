//! Recognises the platform that wrote a text, by what only its exports contain.

use std::collections::BTreeSet;

use scalewright_model::Instrument;
use scalewright_model::text::line;

use super::csv_head::has_import_ids;
use super::long_columns::LongColumns;
use super::map_file::Map;
use super::sample::{JsonKey, Sample, keys};
use super::worded::Wordings;
use crate::ResponsesFormat as Format;

/// A format that the content of a file proves.
pub(super) struct Proof {
    pub(super) format: Format,
    /// The platform, as in "is read as …".
    pub(super) what: &'static str,
    /// What proves it: a clause.
    pub(super) why: String,
}

/// What is recognised in a file.
pub(super) struct Recognised {
    /// The formats that the content proves. Several if two readings fit.
    pub(super) proofs: Vec<Proof>,
    /// Whether every item has a column or a key of its own name, so that the file can be read as a plain table.
    pub(super) is_plain: bool,
}

type Table<'t> = (&'t Sample, &'t Instrument, &'t Map);

/// A rule for tables: the format, what it is, and what in a table proves it.
type TableRule = (Format, &'static str, fn(Table<'_>) -> Option<String>);

const TABLES: [TableRule; 10] = [
    (Format::Redcap, "a raw export from REDCap", redcap),
    (Format::RedcapLabels, "an export of labels from REDCap", redcap_labels),
    (Format::Xlsform, "submissions of an XLSForm (ODK, KoboToolbox)", xlsform),
    (Format::Limesurvey, "an export from LimeSurvey", limesurvey),
    (Format::Bids, "phenotype data of BIDS", bids),
    (Format::Surveymonkey, "an export from SurveyMonkey", surveymonkey),
    (Format::GoogleForms, "responses of a Google Form", google_forms),
    (Format::Formr, "results of a formr survey", formr),
    (Format::Jspsych, "data of a jsPsych experiment", jspsych),
    (Format::Long, "a long table with one answer per row", long),
];

/// Recognises a table with a delimiter from its first bytes.
pub(super) fn table(head: &[u8], instrument: &Instrument, map: &Map) -> Recognised {
    if has_import_ids(head) {
        let why = "its third row has `ImportId`".to_owned();
        let proof = Proof { format: Format::Qualtrics, what: "an export from Qualtrics", why };
        return Recognised { proofs: vec![proof], is_plain: false };
    }
    let sample = Sample::of(head);
    let is_plain = instrument.items.iter().all(|item| sample.has(map.column(&item.id)));
    let proofs = TABLES.iter().filter_map(|(format, what, rule)| {
        let why = rule((&sample, instrument, map))?;
        Some(Proof { format: *format, what, why })
    });
    Recognised { proofs: proofs.collect(), is_plain }
}

/// Says that the table has a column.
fn column(name: &str) -> String {
    format!("it has the column `{}`", line(name))
}

/// The first of `names` that is a column.
fn first_of(sample: &Sample, names: &[&str]) -> Option<String> {
    names.iter().find(|name| sample.has(name)).map(|name| column(name))
}

fn redcap((sample, _, _): Table<'_>) -> Option<String> {
    // One row per answer has the same keys.
    if sample.has("field_name") {
        return None;
    }
    let is_form = |name: &&String| name.ends_with("_complete");
    let form = sample.header().iter().find(is_form).filter(|_| sample.has("record_id"));
    first_of(sample, &["redcap_event_name", "redcap_repeat_instrument"])
        .or_else(|| form.map(|form| format!("it has the columns `record_id` and `{}`", line(form))))
}

fn redcap_labels((sample, _, _): Table<'_>) -> Option<String> {
    let choice = sample.header().iter().find(|name| name.contains(" (choice="));
    if let Some(choice) = choice {
        return Some(column(choice));
    }
    let is_event = sample.has("Event Name") || sample.has("Repeat Instrument");
    match sample.header().first().map(String::as_str) {
        Some("Record ID") if sample.has("Complete?") => {
            Some("it has the columns `Record ID` and `Complete?`".to_owned())
        }
        Some("Record ID") if is_event => {
            Some("it has the column `Record ID` and one of events or repeats".to_owned())
        }
        _ => None,
    }
}

fn xlsform((sample, _, _): Table<'_>) -> Option<String> {
    if let Some(why) = first_of(sample, &["meta-instanceID", "meta/instanceID"]) {
        return Some(why);
    }
    let both = [["SubmissionDate", "KEY"], ["_id", "_uuid"], ["_uuid", "_submission_time"]];
    let found = both.into_iter().find(|both| both.iter().all(|name| sample.has(name)));
    found.map(|[one, other]| format!("it has the columns `{one}` and `{other}`"))
}

fn limesurvey((sample, _, _): Table<'_>) -> Option<String> {
    let codes = ["submitdate", "lastpage", "startlanguage"];
    let texts = ["Response ID", "Date submitted", "Last page", "Start language"];
    let count = |names: &[&str]| names.iter().filter(|name| sample.has(name)).count();
    if count(&codes) >= 2 {
        return first_of(sample, &["startlanguage", "lastpage"]);
    }
    (count(&texts) >= 3).then(|| "it has the columns `Response ID` and `Last page`".to_owned())
}

fn bids((sample, _, _): Table<'_>) -> Option<String> {
    let is_first = sample.header().first().is_some_and(|name| name == "participant_id");
    (sample.delimiter == b'\t' && is_first)
        .then(|| "it has tabs, and its first column is `participant_id`".to_owned())
}

fn surveymonkey((sample, _, _): Table<'_>) -> Option<String> {
    let is_response = |cell: &String| cell == "Response" || cell == "Open-Ended Response";
    let first = sample.header().first().is_some_and(|name| name == "Respondent ID");
    (first && sample.has("Collector ID") && sample.row(1).first().is_some_and(String::is_empty))
        .then(|| match sample.row(1).iter().any(is_response) {
            true => {
                "it has the column `Collector ID`, and its second row has `Response`".to_owned()
            }
            false => "it has the column `Collector ID`, and a second row of headers".to_owned(),
        })
}

/// The first column of the responses of a Google Form, in some languages.
const TIMES: [&str; 8] = [
    "Timestamp",
    "Zeitstempel",
    "Horodateur",
    "Marca temporal",
    "Carimbo de data/hora",
    "Informazioni cronologiche",
    "Tijdstempel",
    "Tidsstämpel",
];

fn google_forms((sample, instrument, map): Table<'_>) -> Option<String> {
    let first = sample.header().first().filter(|name| TIMES.contains(&name.as_str()))?;
    Wordings::new(instrument, map)
        .are_all_in(sample.header())
        .then(|| format!("its first column is `{first}`, and the words of every item are a column"))
}

fn formr((sample, _, _): Table<'_>) -> Option<String> {
    let names = ["session", "created", "modified", "ended"];
    names
        .iter()
        .all(|name| sample.has(name))
        .then(|| "it has the columns `session`, `created`, `modified` and `ended`".to_owned())
}

fn jspsych((sample, _, _): Table<'_>) -> Option<String> {
    let names = ["trial_type", "trial_index"];
    names
        .iter()
        .all(|name| sample.has(name))
        .then(|| "it has the columns `trial_type` and `trial_index`".to_owned())
}

fn long((sample, instrument, map): Table<'_>) -> Option<String> {
    let at = LongColumns::are_in(sample.header())?;
    // A wide table may have a column with the name of each item, or of some.
    let is_wide = instrument.items.iter().any(|item| sample.has(map.column(&item.id)));
    let name = |at: usize| line(&sample.header()[at]);
    (!is_wide).then(|| {
        format!(
            "it has the columns `{}`, `{}` and `{}`, and none for the items",
            name(at.id),
            name(at.item),
            name(at.answer)
        )
    })
}

/// Recognises JSON from its first bytes.
pub(super) fn json(head: &[u8], instrument: &Instrument, map: &Map) -> Recognised {
    let keys = keys(head);
    let has = |name: &str| keys.iter().any(|key| key.depth == 1 && key.key == name);
    let is_plain = instrument.items.iter().all(|item| has(map.column(&item.id)));
    let key = |name: &str| format!("it has the key `{name}`");
    let proof = |format, what, why| Proof { format, what, why };
    let mut proofs = Vec::new();
    if let Some(resource) = resource(&keys) {
        let why = format!("its `resourceType` is `{}`", line(resource));
        proofs.push(proof(Format::Fhir, "FHIR responses", why));
    }
    if has("instrument") && has("version") && has("answers") {
        let why = "it has the keys `instrument`, `version` and `answers`".to_owned();
        proofs.push(proof(Format::Html, "what an HTML form saved", why));
    }
    if has("trial_type") {
        proofs.push(proof(Format::Jspsych, "data of a jsPsych experiment", key("trial_type")));
    } else if has("form__version") || has("items__1") {
        let own = if has("form__version") { "form__version" } else { "items__1" };
        proofs.push(proof(Format::Surveyjs, "results of a SurveyJS form", key(own)));
    }
    let odk = ["@odata.context", "__system", "_submission_time", "meta/instanceID"];
    let nested = |name: &&&str| keys.iter().any(|key| key.depth <= 2 && key.key == **name);
    if let Some(own) = odk.iter().find(nested) {
        proofs.push(proof(
            Format::Xlsform,
            "submissions of an XLSForm (ODK, KoboToolbox)",
            key(own),
        ));
    }
    if ["session", "created", "modified", "ended"].iter().all(|name| has(name)) {
        let why = "it has the keys `session`, `created`, `modified` and `ended`".to_owned();
        proofs.push(proof(Format::Formr, "results of a formr survey", why));
    }
    // Other programs write objects of answers too, each with signs of its own.
    if proofs.is_empty()
        && !is_plain
        && let Some(why) = matrix(&keys, instrument, map)
    {
        proofs.push(proof(Format::Surveyjs, "results of a SurveyJS form", why));
    }
    Recognised { proofs, is_plain }
}

/// Says that objects within a result have answers and nothing else, as SurveyJS saves a matrix of questions.
fn matrix(keys: &[JsonKey], instrument: &Instrument, map: &Map) -> Option<String> {
    let items: BTreeSet<&str> = instrument.items.iter().map(|item| map.column(&item.id)).collect();
    let (mut outer, mut name) = ("", None);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for JsonKey { depth, key, .. } in keys {
        match depth {
            1 => outer = key,
            2 if items.contains(key.as_str()) => name = name.or(Some(outer)),
            _ => return None,
        }
        found.extend(items.get(key.as_str()));
    }
    // Blank answers have no keys; where all of an item are, the format must be named.
    let name = name.filter(|_| found.len() == items.len());
    name.map(|name| format!("its object `{}` has the answers to items, like a matrix", line(name)))
}

/// The type of a FHIR resource that contains answers.
fn resource(keys: &[JsonKey]) -> Option<&str> {
    let own = keys.iter().find(|key| key.depth == 1 && key.key == "resourceType")?;
    own.text.as_deref().filter(|kind| matches!(*kind, "QuestionnaireResponse" | "Bundle"))
}
