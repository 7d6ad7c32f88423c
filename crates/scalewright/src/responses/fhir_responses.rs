//! FHIR: QuestionnaireResponses, alone, in a Bundle, in a list or one after the other (ndjson).
//!
//! A response need not come from the form we export: questions are told by link id, or by a code where the form is at
//! hand; answers by the code of an option or the number it carries.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;

use scalewright_export::fhir_names;
use scalewright_model::{Instrument, ScaleIx};
use serde_json::Value;
use serde_json::de::{IoRead, StreamDeserializer};

use crate::Stop;

use super::batch::{self, Batch};
use super::fhir_form::{Form, contained};
use super::fhir_row::Reading;
use super::map_file::Codes;
use super::plan::Plan;
use super::strict_json::{self, Strict};
use super::{About, Source};

/// More link ids that are not used than this are not remembered.
const REMEMBERED: usize = 1000;

/// Resources, one after the other.
type Resources = StreamDeserializer<'static, IoRead<BufReader<Box<dyn Read>>>, Strict>;

/// QuestionnaireResponses being read.
pub(super) struct FhirResponses {
    name: String,
    input: Resources,
    /// What a Bundle or a list held and is not read yet, with its address in the Bundle.
    waiting: VecDeque<(Option<String>, Value)>,
    columns: Vec<String>,
    kept: Vec<String>,
    pub(super) form: Matched,
    /// The forms that came along, by their addresses.
    forms: BTreeMap<String, Form>,
    pub(super) counts: Counts,
}

/// What of the definition is looked for in a response.
pub(super) struct Matched {
    /// For a link id, which item it is.
    items: BTreeMap<String, usize>,
    /// For a code of a terminology that is one item's alone, which item it is.
    by_code: BTreeMap<String, usize>,
    /// For a link id, whose score it states.
    pub(super) stated: BTreeMap<String, ScaleIx>,
    /// For each item, what codes stand for by the map.
    pub(super) codes: Vec<Option<Arc<Codes>>>,
    /// For each scale, the words that its score is one of.
    pub(super) words: Vec<Option<Vec<String>>>,
    id: String,
    url: String,
    version: String,
    /// The form that all answers came from, as the user says.
    given: Option<Form>,
}

/// What is told when all has been read.
#[derive(Default)]
pub(super) struct Counts {
    /// Responses so far.
    pub(super) responses: u64,
    /// Those to another form.
    others: u64,
    /// Those entered in error.
    pub(super) retracted: u64,
    /// Those to another version of the form, and the first such version.
    versions: (u64, String),
    /// Link ids with answers that are not used.
    ignored: BTreeSet<String>,
    scored: u64,
}

impl Matched {
    /// The item that a link id, or a code of the question in its form, stands for.
    pub(super) fn item(&self, link_id: &str, form: Option<&Form>) -> Option<usize> {
        let by_code = |code: &str| self.items.get(code).or_else(|| self.by_code.get(code)).copied();
        let of_form = || form?.question(link_id)?.codes.iter().find_map(|code| by_code(code));
        // LHC-Forms makes link ids of LOINC's codes, with a stroke before each.
        let bare = link_id.rsplit('/').next().unwrap_or_default();
        self.items
            .get(link_id)
            .copied()
            .or_else(of_form)
            .or_else(|| self.by_code.get(bare).copied())
    }

    /// The form that `response` says it answers, if it is at hand: with it, in the same input, or given by the user.
    fn form<'f>(
        &'f self,
        forms: &'f BTreeMap<String, Form>,
        own: Option<&'f Form>,
        canonical: &str,
    ) -> Option<&'f Form> {
        let address = canonical.split('|').next().unwrap_or_default();
        self.given.as_ref().or(own).or_else(|| forms.get(address))
    }

    /// Whether an address is that of this instrument's questionnaire, in whichever language.
    fn is_ours(&self, address: &str) -> bool {
        let rest = address.strip_prefix(self.url.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    fn new(about: &About<'_>, given: Option<Form>) -> Self {
        let About { instrument, map, missing: _, form: _ } = about;
        let Instrument { id, version, items, scales, response_scales, .. } = *instrument;
        let codes: Vec<_> = response_scales
            .iter()
            .map(|scale| map.codes(&scale.name).cloned().map(Arc::new))
            .collect();
        let scale_ids = scales.iter().enumerate();
        Self {
            items: items
                .iter()
                .enumerate()
                .map(|(i, item)| (map.column(&item.id).to_owned(), i))
                .collect(),
            stated: scale_ids
                .map(|(i, scale)| (map.stated(&scale.id).to_owned(), ScaleIx(i)))
                .collect(),
            codes: items.iter().map(|item| codes[item.response.0].clone()).collect(),
            words: scales.iter().map(|scale| scale.words().map(<[String]>::to_vec)).collect(),
            id: id.clone(),
            url: fhir_names::url(instrument),
            by_code: by_code(instrument),
            version: version.clone(),
            given,
        }
    }
}

/// The codes of items; one that two items share tells neither.
fn by_code(instrument: &Instrument) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (index, item) in instrument.items.iter().enumerate() {
        for code in &item.codes {
            let entry = found.entry(code.code.clone()).or_insert(Some(index));
            *entry = entry.filter(|known| *known == index);
        }
    }
    found.into_iter().filter_map(|(code, item)| Some((code, item?))).collect()
}

impl FhirResponses {
    /// Begins to read.
    pub(super) fn open(name: &str, input: Box<dyn Read>, about: &About<'_>) -> Result<Self, Stop> {
        let given = match &about.form {
            Some(path) => Some(form_of(path)?),
            None => None,
        };
        let mut input = BufReader::new(input);
        // Some programs begin a file with a mark that JSON does not know.
        if input.fill_buf().is_ok_and(|start| start.starts_with(b"\xef\xbb\xbf")) {
            input.consume(3);
        }
        Ok(Self {
            name: name.to_owned(),
            input: serde_json::Deserializer::from_reader(input).into_iter(),
            waiting: VecDeque::new(),
            columns: vec!["id".to_owned()],
            kept: ["subject", "authored", "status"].map(str::to_owned).to_vec(),
            form: Matched::new(about, given),
            forms: BTreeMap::new(),
            counts: Counts::default(),
        })
    }

    /// The next response, with its address in a Bundle.
    fn next(&mut self) -> Result<Option<(Option<String>, Value)>, Stop> {
        loop {
            if let Some(waiting) = self.waiting.pop_front() {
                return Ok(Some(waiting));
            }
            match self.input.next() {
                None => return Ok(None),
                Some(Ok(Strict(value))) => self.unpack(value),
                Some(Err(error)) => return Err(strict_json::refused(&self.name, &error)),
            }
        }
    }

    /// Takes the responses and forms out of whatever holds them.
    fn unpack(&mut self, value: Value) {
        let mut found = Vec::new();
        match value {
            Value::Array(list) => found.extend(list.into_iter().map(|value| (None, value))),
            Value::Object(mut bundle)
                if bundle.get("resourceType").is_some_and(|t| t == "Bundle") =>
            {
                let entries = bundle.remove("entry").and_then(|entries| match entries {
                    Value::Array(entries) => Some(entries),
                    _ => None,
                });
                for mut entry in entries.unwrap_or_default() {
                    let address = entry["fullUrl"].as_str().map(str::to_owned);
                    found.extend(entry.get_mut("resource").map(|r| (address, r.take())));
                }
            }
            other => found.push((None, other)),
        }
        for (address, value) in found {
            match value["resourceType"].as_str() {
                Some("Questionnaire") => {
                    let url = value["url"].as_str().unwrap_or_default().to_owned();
                    self.forms.insert(url, Form::read(&value));
                }
                Some("QuestionnaireResponse") => self.waiting.push_back((address, value)),
                _ => {}
            }
        }
    }

    fn read(
        &mut self,
        (address, response): (Option<String>, Value),
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) {
        self.counts.responses += 1;
        let canonical = response["questionnaire"].as_str().unwrap_or_default();
        if response["status"] == "entered-in-error" {
            self.counts.retracted += 1;
            return;
        }
        let own = contained(&response, "Questionnaire").next().map(Form::read);
        let form = self.form.form(&self.forms, own.as_ref(), canonical);
        let mut reading = Reading::new(plan, &self.form, form, self.counts.responses);
        reading.resource(&response, address.as_deref());
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        let ours = self.form.is_ours(url);
        if !reading.is_of_this_form() && !ours {
            self.counts.others += 1;
            return;
        }
        if ours && !version.is_empty() && version != self.form.version {
            if self.counts.versions.0 == 0 {
                self.counts.versions.1 = version.chars().take(64).collect();
            }
            self.counts.versions.0 += 1;
        }
        self.counts.scored += 1;
        for link in reading.finish(batch) {
            if self.counts.ignored.len() < REMEMBERED {
                self.counts.ignored.insert(link);
            }
        }
    }
}

/// Reads the form that the user says the answers came from.
fn form_of((name, path): &(String, PathBuf)) -> Result<Form, Stop> {
    let bytes = std::fs::read(path).map_err(|error| {
        Stop::usage(format!("cannot read `{name}`: {}", crate::library::plain(&error)))
    })?;
    let Strict(value) =
        serde_json::from_slice(&bytes).map_err(|error| strict_json::refused(name, &error))?;
    match value["resourceType"].as_str() {
        Some("Questionnaire") => Ok(Form::read(&value)),
        _ => Err(Stop::wrong(format!("{name}: this is no FHIR Questionnaire"))),
    }
}

impl Source for FhirResponses {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn may_grow(&self) -> bool {
        true
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while batch.numbers.len() + batch.faults.len() < batch::ROWS {
            let Some(response) = self.next()? else { return Ok(false) };
            self.read(response, plan, batch);
        }
        Ok(true)
    }

    fn end(&self, _: &mut Plan<'_>) -> Result<(), Stop> {
        let Counts { responses, others, scored, .. } = &self.counts;
        let (name, id) = (&self.name, &self.form.id);
        if *responses == 0 {
            return Err(Stop::wrong(format!("{name}: there is no QuestionnaireResponse in it")));
        }
        if *scored == 0 && *others > 0 {
            let message = format!("{name}: no response answers an item of `{id}`");
            return Err(Stop::wrong(message).help(
                "say which link id is which item with `--map`, or give the form the answers came from with `--questionnaire`",
            ));
        }
        Ok(())
    }

    fn notes(&self) -> Vec<String> {
        let Counts { others, retracted, versions: (versions, version), ignored, .. } = &self.counts;
        let name = &self.name;
        let count = |number: u64, one: &str, more: &str| match number {
            1 => format!("{name}: 1 response {one}"),
            number => format!("{name}: {number} responses {more}"),
        };
        let mut notes = Vec::new();
        if *others > 0 {
            notes.push(count(*others, "answers", "answer") + " no item of this form, not scored");
        }
        if *retracted > 0 {
            notes.push(count(*retracted, "was", "were") + " entered in error, not scored");
        }
        if *versions > 0 {
            let ours = &self.form.version;
            notes.push(
                count(*versions, "answers", "answer")
                    + &format!(" version {version} of the form; this is version {ours}"),
            );
        }
        if !ignored.is_empty() {
            let mut list: Vec<String> =
                ignored.iter().take(7).map(|link| format!("`{link}`")).collect();
            if ignored.len() > 7 {
                list.push(format!("{} more", ignored.len() - 7));
            }
            notes.push(format!(
                "{name}: answers that are not items, so not used: {}",
                list.join(", ")
            ));
        }
        notes
    }

    fn progress(&self) -> u64 {
        self.input.byte_offset() as u64
    }
}
