//! FHIR: QuestionnaireResponses, alone, in a Bundle, in a list or one after the other (ndjson).
//!
//! A response need not come from the form we export: questions are told by link id, or by a code where the form is at
//! hand; answers by the code of an option or the number it carries. One resource after the other is read. Forms may come
//! behind their responses, so they are looked for before.

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

/// More link ids that are not used, and more addresses of other forms, than this are not remembered.
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

/// What is told when all has been read.
#[derive(Default)]
struct Counts {
    /// Responses so far.
    responses: u64,
    /// Those that answer no item.
    others: u64,
    /// Those to a form that is not scored, and which forms those are.
    foreign: (u64, BTreeSet<String>),
    /// Those entered in error.
    retracted: u64,
    /// Those that say no form.
    unsaid: u64,
    /// Those that are not complete.
    unfinished: u64,
    /// Link ids with answers that are not used.
    ignored: BTreeSet<String>,
    /// Bundles within a Bundle or a list.
    bundles: u64,
    scored: u64,
    /// Those with an item of the definition, of the ones that were scored.
    matched: u64,
}

impl FhirResponses {
    /// Begins to read: looks for forms, and goes back to the beginning.
    pub(super) fn open(name: &str, mut file: File, about: &About<'_>) -> Result<Self, Stop> {
        let (given, named) = Forms::given(about)?;
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
            kept: ["subject", "authored", "status"].map(str::to_owned).to_vec(),
            form: Matched::new(about),
            expected: Expected::new(about.instrument, named),
            forms,
            counts: Counts::default(),
        })
    }

    /// The next response, with its address in a Bundle.
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
        let form = own.as_ref().or_else(|| self.forms.at_hand(canonical.as_ref()));
        let mut reading = Reading::new(plan, &self.form, form, self.counts.responses);
        reading.resource(&response, address.as_deref());
        let is_of_this_form = reading.is_of_this_form();
        let shown = canonical.as_ref().map(Canonical::shown).unwrap_or_default();
        match self.expected.answers(canonical.as_ref()) {
            Answers::Expected => {}
            Answers::Unsaid if is_of_this_form => self.counts.unsaid += 1,
            Answers::OtherVersion(ours) => {
                reading.refuse_form(&shown, &other_version(&shown, &ours))
            }
            Answers::Other if self.expected.is_named => {
                self.counts.foreign.0 += 1;
                if self.counts.foreign.1.len() < REMEMBERED {
                    self.counts.foreign.1.insert(shown);
                }
                return;
            }
            // The codes of its questions say that they are items of this instrument.
            Answers::Other if is_of_this_form && !reading.is_by_link() => {}
            Answers::Other if is_of_this_form => {
                reading.refuse_form(&shown, &other_form(&shown));
            }
            Answers::Other | Answers::Unsaid => {
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
        "is another version of the form, and {ours} is scored; score it with the definition of its version, or say in a map that it is scored alike: `questionnaire = \"{shown}\"`"
    )
}

fn other_form(shown: &str) -> String {
    format!(
        "is another form, with link ids that are items here; if it is the one to be scored, say so in a map: `questionnaire = \"{shown}\"`"
    )
}

/// What a response says of the form it answers. One that lies within it is known by its own address.
fn canonical(response: &Value, own: Option<&AnsweredForm>) -> Option<Canonical> {
    // Releases before R4 had a reference.
    let said = &response["questionnaire"];
    let said = said.as_str().or_else(|| said["reference"].as_str())?;
    match own.filter(|_| said.starts_with('#')) {
        Some(own) => {
            let known = own.canonical.as_ref().or(own.derived_from.as_ref()).cloned();
            known.or_else(|| Canonical::parse(said))
        }
        None => Canonical::parse(said),
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
            return Err(Stop::wrong(format!("{name}: there is no QuestionnaireResponse in it")));
        }
        if *scored == 0 && foreign.0 > 0 {
            let message = format!("{name}: no response answers a form that is scored");
            return Err(Stop::wrong(message).help(format!(
                "they answer {}; if one of them is meant, say so in a map: `questionnaire = \"…\"`",
                shortened(&foreign.1)
            )));
        }
        if *matched == 0 && *others + *scored > 0 {
            let message = format!("{name}: no response answers an item of `{id}`");
            return Err(Stop::wrong(message).help(
                "say which link id is which item with `--map`, or give the form the answers came from with `--questionnaire`",
            ));
        }
        Ok(())
    }

    fn notes(&self) -> Vec<String> {
        let name = &self.name;
        let Counts { others, foreign, retracted, unsaid, unfinished, .. } = &self.counts;
        let foreign_forms = format!("other forms ({})", shortened(&foreign.1));
        let unsaid_why = "which form was answered: taken for this one by the link ids";
        let notes: [(u64, &str, &str, &str); 5] = [
            (*others, "answers", "answer", "no item of this form, not scored"),
            (foreign.0, "answers", "answer", &format!("{foreign_forms}, not scored")),
            (*retracted, "was", "were", "entered in error, not scored"),
            (*unsaid, "does not say", "do not say", unsaid_why),
            (*unfinished, "is", "are", "in progress or stopped: answers may yet be missing"),
        ];
        let mut told: Vec<String> = Vec::new();
        for (count, one, more, what) in notes {
            match count {
                0 => {}
                1 => told.push(format!("{name}: 1 response {one} {what}")),
                many => told.push(format!("{name}: {many} responses {more} {what}")),
            }
        }
        match self.counts.bundles {
            0 => {}
            1 => told.push(format!("{name}: 1 Bundle lies within another and is not read")),
            many => {
                told.push(format!("{name}: {many} Bundles lie within another and are not read"))
            }
        }
        if !self.counts.ignored.is_empty() {
            let list = shortened(&self.counts.ignored);
            told.push(format!("{name}: answers that are not items, so not used: {list}"));
        }
        told
    }

    fn progress(&self) -> u64 {
        self.pieces.used()
    }
}

/// The first of some names.
fn shortened(names: &BTreeSet<String>) -> String {
    let mut list: Vec<String> = names.iter().take(7).map(|name| format!("`{name}`")).collect();
    if names.len() > 7 {
        list.push(format!("{} more", names.len() - 7));
    }
    list.join(", ")
}
