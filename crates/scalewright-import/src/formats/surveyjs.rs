//! SurveyJS: the JSON of a survey, as SurveyJS Creator, the survey plugin of jsPsych and Pavlovia write it.
//!
//! Pages and panels are sections, rows of matrices are items, and calculated values are scores. A calculated value that
//! is not part of the results and that others use is a step of theirs.

mod choices;
mod elements;
mod expressions;
mod keys;
mod numbers;
mod questions;
mod rows;
mod steps;
#[cfg(test)]
mod tests;
mod texts;
mod values;

use std::collections::{BTreeMap, HashMap};

use scalewright_model::Stop;
use serde_json::Value;

use crate::empty;
use crate::expr::Bound;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::ids::Ids;
use crate::json::Node;
use crate::left_out::LeftOut;
use crate::limits;
use crate::options::Options;
use crate::place::Place;
use expressions::{Mentioned, Pending};
use texts::Texts;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "surveyjs",
    title: "a SurveyJS survey",
    recognises: |opened| opened.json().is_some_and(|document| !surveys("", document).is_empty()),
    read: |opened, options| {
        let document = opened.json().unwrap_or(&Value::Null);
        let root = Node::root(opened.name(), document);
        let surveys = surveys(opened.name(), document);
        let count = surveys.len();
        let forms = surveys.into_iter().enumerate();
        forms.map(|(index, survey)| read(&root, &survey, (index, count), options)).collect()
    },
};

/// The surveys of a document: itself, the one that jsPsych wraps, or those of a project of Pavlovia.
fn surveys<'a>(file: &'a str, document: &'a Value) -> Vec<Node<'a>> {
    let root = Node::root(file, document);
    if is_survey(&root) {
        return vec![root];
    }
    let wrapped = root.get("survey_json");
    if is_survey(&wrapped) {
        return vec![wrapped];
    }
    root.get("surveys").list().filter(is_survey).collect()
}

/// Whether a node is a survey: it has pages with elements, or elements with types.
fn is_survey(node: &Node<'_>) -> bool {
    let has_types = |node: &Node<'_>| {
        let mut elements =
            ["elements", "questions"].into_iter().flat_map(|key| node.get(key).list());
        elements.any(|element| {
            element.get("type").text().is_some() && element.get("name").text().is_some()
        })
    };
    has_types(node) || node.get("pages").list().any(|page| has_types(&page))
}

/// Reads a survey: the one at `index` of `count`.
fn read(
    root: &Node<'_>,
    survey: &Node<'_>,
    (index, count): (usize, usize),
    options: &Options,
) -> Result<Form, Stop> {
    let file = &root.place().file;
    let mut reader = Reader {
        options,
        texts: Texts::of(survey, options.language.as_deref()),
        mentioned: Mentioned::of(survey),
        ids: Ids::default(),
        form: Form::default(),
        answers: BTreeMap::new(),
        names: HashMap::new(),
        ticks: BTreeMap::new(),
        steps: BTreeMap::new(),
        pending: Vec::new(),
        left_out: LeftOut::default(),
    };
    reader.head(file, survey, (index, count));
    if index == 0 && !is_survey(root) {
        reader.left_out.keys(root, "a project", &["surveys", "survey_json"]);
    }
    reader.values(survey);
    reader.pages(survey);
    if reader.form.items.is_empty() {
        let what = "the survey has no questions to answer";
        return Err(empty::stop(&survey.place().to_string(), what, &reader.form.findings));
    }
    reader.rules();
    Ok(reader.finished(file))
}

/// Reads one survey.
struct Reader<'a> {
    options: &'a Options,
    texts: Texts,
    mentioned: Mentioned,
    ids: Ids,
    form: Form,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// What the names in expressions mean.
    names: HashMap<String, Bound>,
    /// The item for each option of a question with several answers that an expression looks into.
    ticks: BTreeMap<(String, String), usize>,
    /// The calculated values that are steps of others: their expressions.
    steps: BTreeMap<String, String>,
    /// The conditions and scores, which are read when all names are known.
    pending: Vec<Pending>,
    left_out: LeftOut,
}

impl<'a> Reader<'a> {
    /// Reports something about a part of the source.
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        at: &Node<'_>,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, &at.place(), message));
    }

    /// Title, description and language.
    fn head(&mut self, file: &str, survey: &Node<'a>, (index, count): (usize, usize)) {
        let stem = file.split('.').next().unwrap_or(file);
        let name = if count > 1 { format!("{stem}-{}", index + 1) } else { stem.to_owned() };
        self.form.id = Ids::instrument(&name);
        self.form.titled.title = self.texts.words(&survey.get("title"));
        let description = self.texts.words(&survey.get("description"));
        self.form.titled.instructions = description;
        self.form.language = self.texts.language();
        self.form.titled.citation = match count {
            1 => format!("{file}, a SurveyJS survey."),
            _ => format!("{file}, survey {} of {count} of a SurveyJS project.", index + 1),
        };
        self.form.keeps_hidden = survey.get("clearInvisibleValues").text() == Some("none");
        self.left_out.keys(survey, "a survey", keys::SURVEY);
    }

    fn finished(mut self, file: &str) -> Form {
        self.form.findings.extend(self.ids.finding(file));
        self.form.findings.extend(self.texts.findings(file));
        self.form.findings.extend(self.left_out.findings());
        let place = Place::new(file, "");
        self.form.findings.extend(limits::findings(&self.form, &place));
        if !self.form.scores.is_empty() {
            let message = "SurveyJS counts a blank as 0 in arithmetic, so that a reversed item without an answer adds points; the formulas do the same";
            self.form.findings.push(Finding::new(Kind::Note, "blank-as-zero", &place, message).help(
                "if the author meant a sum of answers only, replace the formula by `items`, `score` and `missing`",
            ));
        }
        if !self.form.scores.is_empty()
            && self.form.items.iter().any(|item| item.condition.is_some())
        {
            let message = "SurveyJS keeps the answer to a question that is hidden later until the survey is completed, so that scores shown before can differ from those stored";
            self.form.findings.push(Finding::new(Kind::Note, "hidden-answers", &place, message));
        }
        self.form
    }
}
