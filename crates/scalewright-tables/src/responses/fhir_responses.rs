//! Reads FHIR QuestionnaireResponses: a single one, a Bundle, a list, or one per line (ndjson).
//!
//! A response need not come from the form that we export. Questions are recognised by link id, or by a code if the form
//! is available; answers by the code of an option or by the number it states. Resources are read one at a time. Forms
//! may follow their responses in the input, so a first pass collects them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Seek;

use serde_json::Value;

use scalewright_model::text::plain;

use crate::Stop;

use super::batch::Batch;
use super::fhir_canonical::{Answers, Canonical, Expected};
use super::fhir_form::{AnsweredForm, contained};
use super::fhir_forms::{Forms, Resource, resource};
use super::fhir_matched::Matched;
use super::fhir_pieces::Pieces;
use super::fhir_row::Reading;
use super::plan::Plan;
use super::row_reader::{About, RowReader};

/// At most this many unused link ids, and this many addresses of other forms, are remembered for the notes.
const REMEMBERED: usize = 1000;

/// QuestionnaireResponses being read.
pub(super) struct FhirResponses {
    name: String,
    pieces: Pieces,
    columns: Vec<String>,
    kept: Vec<String>,
    form: Matched,
    expected: Expected,
    forms: Forms,
    counts: Counts,
}

/// The elements that are kept beside the scores. Observations find them by these names. Those that few files have are
/// columns only where a response may have them.
fn kept(forms: &Forms) -> Vec<String> {
    let rare = [("source", forms.has_source), ("encounter", forms.has_encounter)];
    let rare = rare.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name);
    ["subject", "authored", "status"].into_iter().chain(rare).map(str::to_owned).collect()
}

/// The counts and names for the notes at the end.
#[derive(Default)]
struct Counts {
    /// All responses so far.
    responses: u64,
    /// Responses that answer no item.
    others: u64,
    /// Responses to forms that are not scored, and the addresses of these forms.
    foreign: (u64, BTreeSet<String>),
    /// Responses that were entered in error.
    retracted: u64,
    /// Responses that do not state their form.
    unstated: u64,
    /// Responses that are not completed.
    unfinished: u64,
    /// Link ids whose answers are not used.
    ignored: BTreeSet<String>,
    /// Bundles inside a Bundle or a list.
    bundles: u64,
    /// Responses that were scored, or had faults.
    scored: u64,
    /// Those of them that contain an item of the definition.
    matched: u64,
}

impl FhirResponses {
    /// Reads the forms in the file, and rewinds it for the responses.
    pub(super) fn open(name: &str, mut file: File, about: &About<'_>) -> Result<Self, Stop> {
        let (given, named) = Forms::given(about)?;
        // The clone shares the position of the file, so the file is rewound before each pass.
        let again = || -> std::io::Result<(File, File)> {
            let first = file.try_clone()?;
            file.rewind()?;
            Ok((first, file))
        };
        let (first, file) = again()
            .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
        let forms = Forms::read(name, first, (given, named.clone()))?;
        rewind(name, &file)?;
        Ok(Self {
            name: name.to_owned(),
            pieces: Pieces::open(name, Box::new(file))?,
            columns: vec!["id".to_owned()],
            kept: kept(&forms),
            form: Matched::new(about),
            expected: Expected::new(about.instrument, named),
            forms,
            counts: Counts::default(),
        })
    }

    /// The next response, with its address if it is in a Bundle.
    fn next(&mut self) -> Result<Option<Resource>, Stop> {
        while let Some(piece) = self.pieces.next()? {
            let Some((address, value)) = resource(&self.name, &piece)? else { continue };
            match value["resourceType"].as_str() {
                Some("QuestionnaireResponse") => return Ok(Some((address, value))),
                Some("Bundle") => self.counts.bundles += 1,
                _ => {}
            }
        }
        Ok(None)
    }

    fn read(&mut self, (address, response): Resource, plan: &Plan<'_>, batch: &mut Batch) {
        self.counts.responses += 1;
        if response["status"] == "entered-in-error" {
            self.counts.retracted += 1;
            return;
        }
        let own = contained(&response, "Questionnaire").next().map(AnsweredForm::read);
        let canonical = canonical(&response, own.as_ref());
        let form = own.as_ref().or_else(|| self.forms.find(canonical.as_ref()));
        let mut reading = Reading::new(plan, &self.form, form, (self.counts.responses, &self.kept));
        // Read before its form is judged: if the form is unknown, the items found decide.
        reading.resource(&response, address.as_deref());
        let is_of_this_form = reading.is_of_this_form();
        let shown = canonical.as_ref().map(Canonical::shown).unwrap_or_default();
        match self.expected.answers(canonical.as_ref()) {
            Answers::Expected => {}
            Answers::Unstated if is_of_this_form => self.counts.unstated += 1,
            Answers::OtherVersion(ours) => {
                reading.refuse_form(&shown, &other_version(&shown, &ours))
            }
            // The user named the forms to score, so responses to other forms are expected, not faults.
            Answers::Other if self.expected.is_named => {
                self.counts.foreign.0 += 1;
                if self.counts.foreign.1.len() < REMEMBERED {
                    self.counts.foreign.1.insert(shown);
                }
                return;
            }
            // The codes of its questions identify them as items of this instrument.
            Answers::Other if is_of_this_form && !reading.is_by_link() => {}
            Answers::Other if is_of_this_form => {
                reading.refuse_form(&shown, &other_form(&shown));
            }
            Answers::Other | Answers::Unstated => {
                self.counts.others += 1;
                return;
            }
        }
        let status = &response["status"];
        self.counts.unfinished += u64::from(status == "in-progress" || status == "stopped");
        self.counts.scored += 1;
        self.counts.matched += u64::from(is_of_this_form);
        for link in reading.finish(batch) {
            if self.counts.ignored.len() < REMEMBERED {
                self.counts.ignored.insert(link);
            }
        }
    }
}

fn other_version(shown: &str, ours: &str) -> String {
    format!(
        "is another version of the form: version {ours} is scored; score it with the definition of its version, or, if both are scored alike, put `questionnaire = \"{shown}\"` in a map"
    )
}

fn other_form(shown: &str) -> String {
    format!(
        "is another form, but has link ids of items of this instrument; if it is to be scored, put `questionnaire = \"{shown}\"` in a map"
    )
}

/// The form that a response says it answers. A form contained in the response is known by its own address.
fn canonical(response: &Value, own: Option<&AnsweredForm>) -> Option<Canonical> {
    // Releases before R4 used a reference.
    let stated = &response["questionnaire"];
    let stated = stated.as_str().or_else(|| stated["reference"].as_str())?;
    match own.filter(|_| stated.starts_with('#')) {
        Some(own) => {
            let known = own.canonical.as_ref().or(own.derived_from.as_ref()).cloned();
            known.or_else(|| Canonical::parse(stated))
        }
        None => Canonical::parse(stated),
    }
}

fn rewind(name: &str, mut file: &File) -> Result<(), Stop> {
    file.rewind().map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))
}

impl RowReader for FhirResponses {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn may_grow(&self) -> bool {
        true
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn has_reasons(&self) -> bool {
        true
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.is_full() {
            let Some(response) = self.next()? else { return Ok(false) };
            self.read(response, plan, batch);
        }
        Ok(true)
    }

    fn end(&self, _: &mut Plan<'_>) -> Result<(), Stop> {
        let Counts { responses, others, foreign, scored, matched, .. } = &self.counts;
        let (name, id) = (&self.name, &self.form.id);
        if *responses == 0 {
            return Err(Stop::wrong(format!("{name}: the file contains no QuestionnaireResponse")));
        }
        if *scored == 0 && foreign.0 > 0 {
            let message = format!("{name}: no response answers a form that is scored");
            return Err(Stop::wrong(message).help(format!(
                "the responses answer {}; to score one of these forms, name it in a map: `questionnaire = \"…\"`",
                shortened(&foreign.1)
            )));
        }
        if *matched == 0 && *others + *scored > 0 {
            let message = format!("{name}: no response answers an item of `{id}`");
            return Err(Stop::wrong(message).help(
                "map link ids to items with `--map`, or give the form that the answers came from with `--questionnaire`",
            ));
        }
        Ok(())
    }

    fn notes(&self) -> Vec<String> {
        let name = &self.name;
        let Counts { others, foreign, retracted, unstated, unfinished, .. } = &self.counts;
        let foreign_forms = format!("other forms ({})", shortened(&foreign.1));
        let unstated_why =
            "which form was answered: assumed to be this form because of the link ids";
        let notes: [(u64, &str, &str, &str); 5] = [
            (*others, "answers", "answer", "no item of this form, not scored"),
            (foreign.0, "answers", "answer", &format!("{foreign_forms}, not scored")),
            (*retracted, "was", "were", "entered in error, not scored"),
            (*unstated, "does not say", "do not say", unstated_why),
            (*unfinished, "is", "are", "in progress or stopped: answers may be missing"),
        ];
        let mut messages: Vec<String> = Vec::new();
        for (count, one, more, what) in notes {
            match count {
                0 => {}
                1 => messages.push(format!("{name}: 1 response {one} {what}")),
                many => messages.push(format!("{name}: {many} responses {more} {what}")),
            }
        }
        match self.counts.bundles {
            0 => {}
            1 => messages.push(format!(
                "{name}: 1 Bundle is inside another Bundle or a list, and is not read"
            )),
            many => messages.push(format!(
                "{name}: {many} Bundles are inside another Bundle or a list, and are not read"
            )),
        }
        if !self.counts.ignored.is_empty() {
            let list = shortened(&self.counts.ignored);
            messages.push(format!(
                "{name}: answers to questions that are not items, so not used: {list}"
            ));
        }
        messages
    }

    fn progress(&self) -> u64 {
        self.pieces.used()
    }
}

/// The first names of a list, and the number of the others.
fn shortened(names: &BTreeSet<String>) -> String {
    let mut list: Vec<String> = names.iter().take(7).map(|name| format!("`{name}`")).collect();
    if names.len() > 7 {
        list.push(format!("{} more", names.len() - 7));
    }
    list.join(", ")
}
