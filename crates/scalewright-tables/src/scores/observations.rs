//! Scores as Observations of FHIR, R4 and R5 alike: one for each response, a component for each scale.

use scalewright_export::{fhir_names, ucum_code};
use scalewright_model::file::CodeFile;
use scalewright_model::{Band, Lower, Upper};
use scalewright_scoring::Scored;
use serde_json::{Map, Value, json};

use crate::responses::Batch;

use super::entries::{Entries, Frame};
use super::json_scores::number;
use super::header::{Column, ScoresHeader};
use super::sink::{Out, Sink};
use super::value::{self, label, value};

/// Observations being written.
pub(super) struct Observations<'a> {
    header: ScoresHeader<'a>,
    entries: Entries,
    /// What is the same for every row: code of the instrument, and of each scale.
    code: Value,
    codes: Vec<Value>,
    /// For each scale, its bands as ranges.
    ranges: Vec<Vec<Value>>,
}

impl<'a> Observations<'a> {
    /// A Bundle.
    pub(super) fn bundle(header: ScoresHeader<'a>, file: Out) -> Self {
        Self::new(header, Entries::new(file, Some(BUNDLE)))
    }

    /// One a line.
    pub(super) fn lines(header: ScoresHeader<'a>, file: Out) -> Self {
        Self::new(header, Entries::new(file, None))
    }

    fn new(header: ScoresHeader<'a>, entries: Entries) -> Self {
        let instrument = header.instrument;
        let url = fhir_names::url(instrument);
        // There is no code system of instruments: the address of each is one that holds its own id.
        let own = json!({ "system": url, "version": instrument.version, "code": instrument.id });
        let code = concept(own, &instrument.codes, &instrument.title);
        let system = fhir_names::score_system(instrument);
        let of_scale = |column: &Column<'_>| {
            let Column { scale, .. } = column;
            let own = json!({ "system": system, "version": instrument.version, "code": scale.id });
            concept(own, &scale.codes, &scale.title)
        };
        let codes = header.columns.iter().map(of_scale).collect();
        let ranges = header.columns.iter().map(ranges).collect();
        Self { header, entries, code, codes, ranges }
    }

    fn observation(&self, batch: &Batch, scored: &[Scored], row: usize) -> Map<String, Value> {
        let kept = |name: &str| {
            let at = self.header.own.iter().position(|kept| kept == name)?;
            batch.kept[at].get(row)
        };
        let respondent = batch.respondent(row);
        let of_response = self.is_of_response();
        let mut all = Map::new();
        let mut put = |key: &str, value: Value| all.insert(key.to_owned(), value);
        put("resourceType", json!("Observation"));
        put("id", json!(self.id(batch, row)));
        put("status", json!(status(kept("status"), of_response)));
        let survey = json!({
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
        });
        put("category", json!([{ "coding": [survey] }]));
        put("code", self.code.clone());
        match (of_response, kept("subject")) {
            (true, Some(subject)) => drop(put("subject", reference(subject))),
            (true, None) => {}
            (false, _) if respondent.trim().is_empty() => {}
            (false, _) => drop(put("subject", json!({ "identifier": { "value": respondent } }))),
        }
        if let Some(authored) = kept("authored") {
            put("effectiveDateTime", json!(authored));
        }
        let mut notes = self.kept(batch, row);
        if self.header.all() {
            notes.extend(self.notes(scored, row));
        }
        if !notes.is_empty() {
            put("note", Value::Array(notes));
        }
        if of_response {
            put("derivedFrom", json!([derived_from(&respondent, batch.numbers[row])]));
        }
        let components = (0..self.codes.len()).map(|index| self.component(scored, row, index));
        put("component", components.collect());
        all
    }

    fn component(&self, scored: &[Scored], row: usize, index: usize) -> Value {
        let column = &self.header.columns[index];
        let score = scored[column.position].score.get(row);
        let mut component = Map::new();
        let mut put = |key: &str, value: Value| component.insert(key.to_owned(), value);
        put("code", self.codes[index].clone());
        match score {
            Some(score) => drop(match value(column.scale, score) {
                value::Value::Number(score) => {
                    put("valueQuantity", quantity(score, column.scale.unit.as_deref()))
                }
                value::Value::Truth(truth) => put("valueBoolean", json!(truth)),
                value::Value::Word(word) => put("valueString", json!(word)),
            }),
            None => {
                put("dataAbsentReason", absent());
            }
        }
        let words = column.scale.all_bands().filter_map(|(_, bands)| label(bands, score));
        let words: Vec<Value> = words.map(|label| json!({ "text": label })).collect();
        if !words.is_empty() {
            put("interpretation", Value::Array(words));
        }
        if !self.ranges[index].is_empty() {
            put("referenceRange", Value::Array(self.ranges[index].clone()));
        }
        Value::Object(component)
    }

    /// Whether it is made of a QuestionnaireResponse, what is kept of which has places of its own.
    fn is_of_response(&self) -> bool {
        self.header.own.iter().any(|name| name == "authored")
    }

    /// What is kept of the responses and has no place of its own, such as the visit.
    fn kept(&self, batch: &Batch, row: usize) -> Vec<Value> {
        let has_place = |at: usize| self.is_of_response() && at < self.header.own.len();
        let kept = self.header.kept.iter().filter(|beside| !has_place(beside.at));
        let notes = kept.filter_map(|beside| {
            let text = batch.kept[beside.at].get(row).filter(|text| !text.trim().is_empty())?;
            Some(json!({ "text": format!("{}: {text}", beside.name) }))
        });
        notes.collect()
    }

    /// How many answers stand behind scores that stand on fewer than all.
    fn notes(&self, scored: &[Scored], row: usize) -> Vec<Value> {
        let columns = self.header.columns.iter();
        let notes = columns.filter_map(|column| {
            let scored = &scored[column.position];
            let answered = scored.answered[row] as usize;
            let prorated = if scored.prorated[row] {
                "; something stands in for a missing answer"
            } else {
                ""
            };
            (answered < column.items).then(|| {
                let text = format!(
                    "{}: {answered} of {} items answered{prorated}",
                    column.scale.id, column.items
                );
                json!({ "text": text })
            })
        });
        notes.collect()
    }

    /// A name made of what the Observation is of, the same every time.
    fn id(&self, batch: &Batch, row: usize) -> String {
        let instrument = self.header.instrument;
        let row_number = batch.numbers[row].to_string();
        let parts = [
            &fhir_names::url(instrument),
            &instrument.version,
            &*batch.respondent(row),
            &row_number,
        ];
        // RFC 9562, version 8: the bits are ours to choose.
        let bits = (digest(&parts) & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
        let hex = format!("{bits:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// The observation as an entry: in a Bundle with its address.
    fn entry(&self, observation: Map<String, Value>) -> Value {
        let resource = Value::Object(observation);
        if self.entries.are_lines() {
            return resource;
        }
        let address = format!("urn:uuid:{}", resource["id"].as_str().unwrap_or_default());
        json!({ "fullUrl": address, "resource": resource })
    }
}

const BUNDLE: Frame = Frame {
    head: "{\n  \"resourceType\": \"Bundle\",\n  \"type\": \"collection\",\n  \"entry\": [\n    ",
    line_break: "\n    ",
    tail: "\n  ]\n}\n",
    // A list may not be empty in FHIR.
    nothing: "{\n  \"resourceType\": \"Bundle\",\n  \"type\": \"collection\"\n}\n",
};

impl Sink for Observations<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        for row in 0..batch.numbers.len() {
            let entry = self.entry(self.observation(batch, scored, row));
            self.entries.add(&entry)?;
        }
        self.entries.flush()
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.entries.finish()
    }
}

/// What something is called: by our own code, by those of terminologies, and in words.
fn concept(own: Value, codes: &[CodeFile], title: &str) -> Value {
    let others =
        codes.iter().map(|CodeFile { system, code }| json!({ "system": system, "code": code }));
    let coding: Vec<Value> = std::iter::once(own).chain(others).collect();
    json!({ "coding": coding, "text": title })
}

/// How far an Observation of a response in this state has come.
fn status(of: Option<&str>, of_response: bool) -> &'static str {
    match of {
        Some("completed") => "final",
        Some("amended") => "amended",
        Some(_) => "preliminary",
        None if of_response => "unknown",
        None => "final",
    }
}

/// A score with its unit, where it has one, and the code of UCUM for it, where one is known.
fn quantity(score: f64, unit: Option<&str>) -> Value {
    let mut quantity = json!({ "value": number(score) });
    if let Some(unit) = unit {
        quantity["unit"] = json!(unit);
        if let Some(code) = ucum_code(unit) {
            quantity["system"] = json!("http://unitsofmeasure.org");
            quantity["code"] = json!(code);
        }
    }
    quantity
}

fn absent() -> Value {
    let coding = json!({
        "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "code": "unknown",
    });
    json!({ "coding": [coding], "text": "the answers allow no score" })
}

/// A reference, as far as the text is one; else the name of who or what is meant.
fn reference(text: &str) -> Value {
    let is_address = text.contains('/') || text.starts_with("urn:");
    match is_address && !text.contains(char::is_whitespace) {
        true => json!({ "reference": text }),
        false => json!({ "display": text }),
    }
}

/// The response that scores are made of.
fn derived_from(response: &str, number: u64) -> Value {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if !response.is_empty() && response.len() <= 64 && response.chars().all(plain) {
        return json!({ "reference": format!("QuestionnaireResponse/{response}") });
    }
    match response.trim() {
        "" => json!({ "display": format!("response {number}") }),
        other => reference(other),
    }
}

/// The bands of a scale, all sets of them.
fn ranges(column: &Column<'_>) -> Vec<Value> {
    let bands = column.scale.all_bands();
    let bands = bands.flat_map(|(_, bands)| bands);
    bands.map(|band| range(band, column.scale.unit.as_deref())).collect()
}

/// FHIR's ends belong to the range: one that does not is in the words alone.
fn range(band: &Band, unit: Option<&str>) -> Value {
    let mut range = Map::new();
    let mut words = Vec::new();
    match band.lower {
        Lower::From(low) => {
            range.insert("low".to_owned(), quantity(low, unit));
            words.push(format!("from {low}"));
        }
        Lower::Above(low) => words.push(format!("above {low}")),
    }
    match band.upper {
        Upper::To(high) => {
            range.insert("high".to_owned(), quantity(high, unit));
            words.push(format!("to {high}"));
        }
        Upper::Below(high) => words.push(format!("below {high}")),
    }
    range.insert("text".to_owned(), json!(format!("{}: {}", band.label, words.join(", "))));
    Value::Object(range)
}

/// 128 bits of FNV-1a; each part is closed by a byte that no UTF-8 has.
fn digest(parts: &[&str]) -> u128 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0xff)));
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}
