//! Qualtrics surveys (`.qsf`): JSON with blocks, the flow between them, questions, and grades for scores.

mod answers;
mod blocks;
mod choices;
mod flow;
mod items;
mod logic;
mod math;
mod parts;
mod scores;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scalewright_model::Stop;
use serde_json::Value;

use crate::empty;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::ids::Ids;
use crate::json::Node;
use crate::options::Options;
use crate::place::Place;
use crate::texts::{Texts, between};
use crate::words::Words;
use parts::{Around, Asked, Branch, Shape, asked_for};

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "qualtrics",
    title: "a Qualtrics survey (`.qsf`)",
    recognises: |opened| opened.json().is_some_and(recognises),
    read: |opened, options| {
        let document = opened.json().unwrap_or(&Value::Null);
        Ok(vec![read(opened.name(), document, options)?])
    },
};

fn recognises(document: &Value) -> bool {
    document.get("SurveyEntry").is_some() && document.get("SurveyElements").is_some()
}

fn read(file: &str, document: &Value, options: &Options) -> Result<Form, Stop> {
    let root = Node::root(file, document);
    let mut reader = Reader::of(file, &root, options);
    reader.head(&root.get("SurveyEntry"));
    reader.blocks();
    if reader.form.items.is_empty() {
        let what = "the survey has no questions to answer";
        return Err(empty::stop(file, what, &reader.form.findings));
    }
    reader.conditions();
    reader.scores();
    Ok(reader.finished(file))
}

/// Reads one survey.
struct Reader<'a> {
    options: &'a Options,
    ids: Ids,
    form: Form,
    texts: Texts,
    /// The payloads of the elements of each kind.
    elements: BTreeMap<&'a str, Vec<Node<'a>>>,
    /// The questions by id.
    questions: BTreeMap<&'a str, Node<'a>>,
    /// The main language as a tag.
    main: String,
    around: Around,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// The items of each question that was read.
    shapes: HashMap<&'a str, Shape>,
    /// The questions for whose options conditions or grades ask.
    split: BTreeSet<String>,
    /// The items that have conditions.
    asked: Vec<Asked<'a>>,
    /// The notes that have conditions, each with these.
    shown: Vec<(usize, Vec<Branch<'a>>)>,
    /// Keys of questions that are left out, with the first place and their number.
    keys: BTreeMap<&'a str, (Place, usize)>,
}

impl<'a> Reader<'a> {
    fn of(file: &'a str, root: &Node<'a>, options: &'a Options) -> Self {
        let mut elements: BTreeMap<&'a str, Vec<Node<'a>>> = BTreeMap::new();
        for element in root.get("SurveyElements").list() {
            let kind = element.get("Element").text().unwrap_or_default();
            elements.entry(kind).or_default().push(element.get("Payload"));
        }
        let questions: BTreeMap<&'a str, Node<'a>> = elements
            .get("SQ")
            .into_iter()
            .flatten()
            .filter_map(|payload| Some((payload.get("QuestionID").text()?, payload.clone())))
            .collect();
        let flows = elements.get("FL").cloned().unwrap_or_default();
        let split = asked_for(&questions, &flows);
        let mut reader = Self {
            options,
            ids: Ids::default(),
            form: Form::default(),
            texts: Texts::of(|text| between(text, "${", '}')),
            elements,
            questions,
            main: String::new(),
            around: Around::default(),
            answers: BTreeMap::new(),
            shapes: HashMap::new(),
            split,
            asked: Vec::new(),
            shown: Vec::new(),
            keys: BTreeMap::new(),
        };
        reader.unknown_elements(file);
        reader
    }

    fn elements(&self, kind: &str) -> Vec<Node<'a>> {
        self.elements.get(kind).cloned().unwrap_or_default()
    }

    /// Reports elements of a kind that is not read. The known others concern how a survey is run.
    fn unknown_elements(&mut self, file: &str) {
        const KNOWN: &[&str] = &[
            "BL", "FL", "SQ", "SCO", "SO", "STAT", "QC", "RS", "PROJ", "PL", "NT", "QO", "QG", "PR",
        ];
        let unknown: Vec<_> = self
            .elements
            .iter()
            .filter(|(kind, _)| !KNOWN.contains(kind))
            .map(|(kind, nodes)| (*kind, nodes.len(), nodes.first().map(Node::place)))
            .collect();
        for (kind, count, place) in unknown {
            let message =
                format!("elements of the kind `{kind}` have no counterpart; {count} are left out");
            let place = place.unwrap_or_else(|| Place::new(file, ""));
            self.report_at(Kind::NotUnderstood, "unknown-element", &place, message);
        }
    }

    /// Reports something about a part of the source.
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        at: &Node<'_>,
        message: impl Into<String>,
    ) {
        self.report_at(kind, code, &at.place(), message);
    }

    fn report_at(
        &mut self,
        kind: Kind,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, place, message));
    }

    fn head(&mut self, entry: &Node<'a>) {
        let file = entry.place().file;
        self.main = entry.get("SurveyLanguage").text().map(tag).unwrap_or_default();
        self.form.language = Some(self.main.clone()).filter(|main| !main.is_empty());
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let name = entry.get("SurveyName").text().unwrap_or(stem);
        self.form.id = Ids::instrument(name);
        let title = self.texts.text(name, 300, &entry.get("SurveyName").place());
        self.form.titled.title = Words::only(&title);
        let description = entry.get("SurveyDescription");
        self.form.titled.description =
            description.text().map(|text| self.texts.text(text, 10_000, &description.place()));
        self.form.titled.citation = format!("{file}, a Qualtrics survey.");
    }

    /// Words in the main language, and in the others as `of` finds them in a translation of the question.
    fn words(
        &mut self,
        question: &Node<'a>,
        own: &Node<'a>,
        most: usize,
        of: impl Fn(&Node<'a>) -> Option<String>,
    ) -> Words {
        let mut words = Words::default();
        if let Some(text) = own.as_text() {
            words.add(&self.main, &text);
        }
        for (code, translated) in question.get("Language").entries() {
            let language = tag(code);
            if let Some(text) = of(&translated).filter(|_| language != self.main) {
                words.add(&language, &text);
            }
        }
        self.texts.words(&words, most, &own.place())
    }

    fn finished(mut self, file: &str) -> Form {
        self.key_findings();
        self.form.findings.extend(self.ids.finding(file));
        self.form.findings.extend(self.texts.findings(file));
        self.form
    }
}

/// A language of Qualtrics as a BCP 47 tag: `EN`, `PT-BR`, `ZH-S`.
fn tag(code: &str) -> String {
    match code {
        "ZH-S" => return "zh-Hans".to_owned(),
        "ZH-T" => return "zh-Hant".to_owned(),
        _ => {}
    }
    match code.split_once('-') {
        Some((language, region)) => {
            format!("{}-{}", language.to_lowercase(), region.to_uppercase())
        }
        None => code.to_lowercase(),
    }
}
