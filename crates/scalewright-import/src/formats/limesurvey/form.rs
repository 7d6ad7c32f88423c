//! A survey as a form.

mod answers;
mod around;
mod attributes;
mod items;
mod names;
mod scores;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::survey::{Question, Survey, is_always};
use crate::expr::{Bound, Language, Name, Scope};
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::form::rule::Rule;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::texts::{Texts, between};
use crate::words::Words;
use around::Around;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// Makes the form.
pub(super) fn read(file: &str, mut survey: Survey, options: &Options) -> Form {
    let findings = std::mem::take(&mut survey.findings);
    let mut reader = Reader {
        file,
        options,
        survey: &survey,
        ids: Ids::default(),
        form: Form { findings, ..Form::default() },
        texts: Texts::of(|text| between(text, "{", '}')),
        names: HashMap::new(),
        answers: BTreeMap::new(),
        mentioned: names::mentioned_in(&survey),
        around: Around::default(),
        conditions: Vec::new(),
        note_conditions: Vec::new(),
        equations: Vec::new(),
        attributes: BTreeMap::new(),
    };
    reader.head();
    for group in &survey.groups {
        reader.group(group);
    }
    reader.leave_texts();
    reader.conditions();
    reader.scores();
    reader.finished()
}

struct Reader<'a> {
    file: &'a str,
    options: &'a Options,
    survey: &'a Survey,
    ids: Ids,
    form: Form,
    texts: Texts,
    /// What the names in expressions mean.
    names: HashMap<String, Bound>,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// The names that expressions contain.
    mentioned: BTreeSet<String>,
    around: Around,
    /// The condition of each item, and its place.
    conditions: Vec<(usize, String, Place)>,
    /// The condition of each note, and its place.
    note_conditions: Vec<(usize, String, Place)>,
    /// The equations, in the order of the scores.
    equations: Vec<Equation<'a>>,
    /// The attributes that are left out, with the first place and their number.
    attributes: BTreeMap<&'a str, (Place, usize)>,
}

/// A computed question.
#[derive(Clone, Copy)]
struct Equation<'a> {
    question: &'a Question,
    /// The relevance of its group.
    relevance: &'a str,
}

impl<'a> Reader<'a> {
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, place, message));
    }

    /// Words without markup.
    fn words(&mut self, words: &Words, most: usize, place: &Place) -> Words {
        self.texts.words(words, most, place)
    }

    /// The main language.
    fn main(&self) -> &'a str {
        self.survey.languages.first().map_or("", String::as_str)
    }

    fn head(&mut self) {
        let (survey, main) = (self.survey, self.main());
        let place = Place::new(self.file, "");
        let title = self.words(&survey.title, 300, &place);
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        self.form.id = Ids::instrument(title.of(main).unwrap_or(stem));
        self.form.titled.title = title;
        let description = self.words(&survey.description, 10_000, &place);
        self.form.titled.description = description.of(main).map(str::to_owned);
        self.form.titled.instructions = self.words(&survey.welcome, 10_000, &place);
        self.form.titled.citation = format!("{}, a LimeSurvey {}.", self.file, survey.source);
        self.form.language = Some(main.to_owned()).filter(|main| !main.is_empty());
    }

    /// Reads the conditions, now that all names are known.
    fn conditions(&mut self) {
        let mut read: HashMap<String, Rule> = HashMap::new();
        for (item, text, place) in std::mem::take(&mut self.conditions) {
            let rule = read.entry(format!("{place} {text}")).or_insert_with(|| {
                self.scoped(|scope| crate::expr::condition(scope, &text, &place))
            });
            self.form.items[item].condition = Some(rule.clone());
        }
        for (note, text, place) in std::mem::take(&mut self.note_conditions) {
            let rule = self.scoped(|scope| crate::expr::condition(scope, &text, &place));
            self.form.notes[note].condition = Some(rule);
        }
    }

    /// Does something with the names of the survey.
    fn scoped<T>(&self, read: impl FnOnce(&Scope<'_>) -> T) -> T {
        let names = |name: Name<'_>| self.names.get(name.text).copied();
        read(&Scope { language: Language::LimeSurvey, form: &self.form, names: &names })
    }

    fn finished(mut self) -> Form {
        self.attribute_findings();
        self.form.findings.extend(self.ids.finding(self.file));
        self.form.findings.extend(self.texts.findings(self.file));
        self.form
    }
}

/// Several relevances as one; `None` if all are always met.
fn together(relevances: &[&str]) -> Option<String> {
    let parts: Vec<&str> = relevances
        .iter()
        .filter(|relevance| !is_always(relevance))
        .map(|relevance| names::without_braces(relevance))
        .collect();
    match parts.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        parts => {
            let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
            Some(parts.join(" and "))
        }
    }
}
