//! Writes scores as FHIR Observations, valid in R4 and R5: one per response, with a component per scale.

use scalewright_export::{fhir_names, ucum_code};
use scalewright_model::file::CodeFile;
use scalewright_model::{Band, Instrument, Lower, Upper};
use scalewright_scoring::Scored;
use serde_json::{Map, Value, json};

use crate::responses::Batch;

use super::entries::{Entries, Frame};
use super::header::{Column, Origin, ScoresHeader};
use super::json_scores::number;
use super::sink::{Out, Sink};
use super::value::{self, label, value};

/// Observations being written: for each row, one of each instrument.
pub(super) struct Observations<'a> {
    header: ScoresHeader<'a>,
    entries: Entries,
    forms: Vec<Form<'a>>,
}

/// An instrument that is scored.
struct Form<'a> {
    instrument: &'a Instrument,
    /// Its code.
    code: Value,
    /// Its scales.
    components: Vec<Component<'a>>,
}

/// A scale of an instrument.
struct Component<'a> {
    column: Column<'a>,
    code: Value,
    /// The bands, as reference ranges.
    ranges: Vec<Value>,
}

impl<'a> Form<'a> {
    fn new(header: &ScoresHeader<'a>, of: usize) -> Self {
        let instrument = header.instruments[of];
        let url = fhir_names::url(instrument);
        // There is no code system of instruments. The address of the instrument serves as a system with one code, its
        // id.
        let own = json!({ "system": url, "version": instrument.version, "code": instrument.id });
        let code = concept(own, &instrument.codes, &instrument.title);
        let system = fhir_names::score_system(instrument);
        let component = |column: &Column<'a>| {
            let Column { scale, .. } = column;
            let own = json!({ "system": system, "version": instrument.version, "code": scale.id });
            let code = concept(own, &scale.codes, &scale.title);
            Component { column: column.clone(), code, ranges: ranges(column) }
        };
        let columns = header.columns.iter().filter(|column| column.of == of);
        Self { instrument, code, components: columns.map(component).collect() }
    }

    /// Whether a row has neither an answer nor a score of this instrument.
    fn is_blank(&self, scored: &[Scored], row: usize) -> bool {
        self.components.iter().all(|component| {
            let scored = &scored[component.column.position];
            scored.score.get(row).is_none() && scored.answered.get(row).is_none_or(|&n| n == 0)
        })
    }
}

impl<'a> Observations<'a> {
    /// Begins a Bundle.
    pub(super) fn bundle(header: ScoresHeader<'a>, file: Out) -> Self {
        Self::new(header, Entries::new(file, Some(BUNDLE)))
    }

    /// Begins a file with one Observation per line.
    pub(super) fn lines(header: ScoresHeader<'a>, file: Out) -> Self {
        Self::new(header, Entries::new(file, None))
    }

    fn new(header: ScoresHeader<'a>, entries: Entries) -> Self {
        let forms = (0..header.instruments.len()).map(|of| Form::new(&header, of)).collect();
        Self { header, entries, forms }
    }

    fn observation(
        &self,
        form: &Form<'_>,
        batch: &Batch,
        scored: &[Scored],
        row: usize,
    ) -> Map<String, Value> {
        let kept = |name: &str| {
            let at = self.header.own.iter().position(|kept| kept == name)?;
            batch.kept[at].get(row)
        };
        let respondent = batch.respondent(row);
        let of_response = self.is_of_response();
        let mut all = Map::new();
        let mut put = |key: &str, value: Value| all.insert(key.to_owned(), value);
        put("resourceType", json!("Observation"));
        put("id", json!(id(form.instrument, batch, row)));
        put("status", json!(status(kept("status"), of_response)));
        let survey = json!({
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
        });
        put("category", json!([{ "coding": [survey] }]));
        put("code", form.code.clone());
        match (of_response, kept("subject")) {
            (true, Some(subject)) => drop(put("subject", reference(subject))),
            // The respondent column of FHIR responses is the id of the response, which is not a subject.
            (true, None) => {}
            (false, _) if respondent.trim().is_empty() => {}
            (false, _) => drop(put("subject", json!({ "identifier": { "value": respondent } }))),
        }
        if let Some(authored) = kept("authored") {
            put("effectiveDateTime", json!(authored));
        }
        if let Some(encounter) = kept("encounter") {
            put("encounter", reference(encounter));
        }
        // Who answered is who asserts the scores: the client, or a therapist about the client.
        if let Some(source) = kept("source") {
            put("performer", json!([reference(source)]));
        }
        let mut notes = self.kept(form, batch, row);
        notes.extend(self.header.remarks.iter().map(|remark| json!({ "text": remark })));
        if self.header.all() {
            notes.extend(form.notes(scored, row));
        }
        if !notes.is_empty() {
            put("note", Value::Array(notes));
        }
        if of_response {
            put("derivedFrom", json!([derived_from(&respondent, batch.numbers[row])]));
        }
        let components = form.components.iter().map(|component| component.of_row(scored, row));
        put("component", components.collect());
        all
    }

    /// Whether the scores come from QuestionnaireResponses, whose kept columns have elements of their own.
    fn is_of_response(&self) -> bool {
        self.header.own.iter().any(|name| name == "authored")
    }

    /// Notes for the kept columns without an element of their own, such as the visit. Counts are in the Observation of their
    /// instrument.
    fn kept(&self, form: &Form<'_>, batch: &Batch, row: usize) -> Vec<Value> {
        let has_element = |at: usize| self.is_of_response() && at < self.header.own.len();
        let is_of_another = |origin: Origin| match origin {
            Origin::Count(of) => self.header.instruments[of].id != form.instrument.id,
            Origin::Table | Origin::Run => false,
        };
        let kept = self.header.kept.iter();
        let kept = kept.filter(|beside| !has_element(beside.at) && !is_of_another(beside.origin));
        let notes = kept.filter_map(|beside| {
            let text = batch.kept[beside.at].get(row).filter(|text| !text.trim().is_empty())?;
            Some(json!({ "text": format!("{}: {text}", beside.name) }))
        });
        notes.collect()
    }

    /// The Observation as an entry; in a Bundle, with its address.
    fn entry(&self, observation: Map<String, Value>) -> Value {
        let resource = Value::Object(observation);
        if self.entries.are_lines() {
            return resource;
        }
        // The Observations are not on a server, so they have no other address.
        let address = format!("urn:uuid:{}", resource["id"].as_str().unwrap_or_default());
        json!({ "fullUrl": address, "resource": resource })
    }
}

impl Component<'_> {
    fn of_row(&self, scored: &[Scored], row: usize) -> Value {
        let column = &self.column;
        let score = scored[column.position].score.get(row);
        let mut component = Map::new();
        let mut put = |key: &str, value: Value| component.insert(key.to_owned(), value);
        put("code", self.code.clone());
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
        if !self.ranges.is_empty() {
            put("referenceRange", Value::Array(self.ranges.clone()));
        }
        Value::Object(component)
    }
}

impl Form<'_> {
    /// Notes on scores with missing answers: the number of items answered.
    fn notes(&self, scored: &[Scored], row: usize) -> Vec<Value> {
        let notes = self.components.iter().filter_map(|Component { column, .. }| {
            let scored = &scored[column.position];
            let answered = scored.answered[row] as usize;
            let prorated =
                if scored.prorated[row] { "; missing answers were replaced" } else { "" };
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
}

/// An id derived from the form, the respondent and the row, so that the same input gives the same id.
fn id(instrument: &Instrument, batch: &Batch, row: usize) -> String {
    let row_number = batch.numbers[row].to_string();
    // The row distinguishes several responses of one respondent.
    let parts =
        [&fhir_names::url(instrument), &instrument.version, &*batch.respondent(row), &row_number];
    // A UUID of version 8 (RFC 9562) leaves the other bits to the application.
    let bits = (digest(&parts) & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

const BUNDLE: Frame = Frame {
    head: "{\n  \"resourceType\": \"Bundle\",\n  \"type\": \"collection\",\n  \"entry\": [\n    ",
    line_break: "\n    ",
    tail: "\n  ]\n}\n",
    // FHIR does not allow empty lists.
    no_entries: "{\n  \"resourceType\": \"Bundle\",\n  \"type\": \"collection\"\n}\n",
};

impl Sink for Observations<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        for row in 0..batch.numbers.len() {
            // A row of several instruments need not have answers to all of them.
            let several = self.forms.len() > 1;
            let forms = self.forms.iter().filter(|form| !several || !form.is_blank(scored, row));
            for form in forms {
                let entry = self.entry(self.observation(form, batch, scored, row));
                self.entries.add(&entry)?;
            }
        }
        self.entries.flush()
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.entries.finish()
    }
}

/// A concept with our own code, the terminologies' codes, and the title.
fn concept(own: Value, codes: &[CodeFile], title: &str) -> Value {
    let others =
        codes.iter().map(|CodeFile { system, code }| json!({ "system": system, "code": code }));
    let coding: Vec<Value> = std::iter::once(own).chain(others).collect();
    json!({ "coding": coding, "text": title })
}

/// The status of the Observation, from the status of the response.
fn status(of: Option<&str>, of_response: bool) -> &'static str {
    match of {
        Some("completed") => "final",
        Some("amended") => "amended",
        // A response that is in progress or stopped may still lack answers.
        Some(_) => "preliminary",
        None if of_response => "unknown",
        None => "final",
    }
}

/// A score with its unit, if any, and the UCUM code of the unit, if known.
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
    json!({ "coding": [coding], "text": "the answers do not allow a score" })
}

/// A reference if the text is an address; otherwise the text as a display name.
fn reference(text: &str) -> Value {
    let is_address = text.contains('/') || text.starts_with("urn:");
    match is_address && !text.contains(char::is_whitespace) {
        true => json!({ "reference": text }),
        false => json!({ "display": text }),
    }
}

/// The reference to the response that the scores were computed from.
fn derived_from(response: &str, number: u64) -> Value {
    // FHIR limits ids to these characters and to 64 of them. With other ids the reference would not be valid.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if !response.is_empty() && response.len() <= 64 && response.chars().all(plain) {
        return json!({ "reference": format!("QuestionnaireResponse/{response}") });
    }
    match response.trim() {
        "" => json!({ "display": format!("response {number}") }),
        other => reference(other),
    }
}

/// All bands of a scale as reference ranges, including those of band sets.
fn ranges(column: &Column<'_>) -> Vec<Value> {
    let bands = column.scale.all_bands();
    let bands = bands.flat_map(|(_, bands)| bands);
    bands.map(|band| range(band, column.scale.unit.as_deref())).collect()
}

/// A band as a reference range. The ends of a range in FHIR are inclusive, so an exclusive end appears only in the
/// text.
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

/// The 128-bit FNV-1a hash. Each part is terminated by a byte that cannot occur in UTF-8.
fn digest(parts: &[&str]) -> u128 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0xff)));
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}
