//! Conditions and scores of a survey: which names they use, and how they are read.

use std::collections::BTreeSet;

use scalewright_model::MissingKind;
use scalewright_model::file::ScaleFile;
use serde_json::Value;

use super::Reader;
use super::steps::{Part, parts, with_options, with_steps};
use crate::expr::{self, Bound, Language, Name};
use crate::form::rule::{Rule, Target};
use crate::place::Place;

/// The names that the expressions of a survey use.
pub(super) struct Mentioned(BTreeSet<String>);

impl Mentioned {
    pub(super) fn of(survey: &crate::json::Node<'_>) -> Self {
        let mut names = BTreeSet::new();
        collect(survey.value(), &mut names);
        Self(names)
    }

    /// Whether an expression uses a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

/// The names in the conditions and computations below a value.
fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                match value {
                    Value::String(text) if matches!(key.as_str(), "visibleIf" | "expression") => {
                        names.extend(parts(text).filter_map(Part::name).map(str::to_lowercase));
                    }
                    _ => collect(value, names),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// What an expression belongs to, by position in the form.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Item(usize),
    Note(usize),
    Score(usize),
}

/// An expression that is read when all names are known.
pub(super) struct Pending {
    pub(super) subject: Subject,
    pub(super) text: String,
    pub(super) place: Place,
}

/// A condition of a question, or of a panel or page around it.
pub(super) type Condition = (String, Place);

impl Pending {
    /// The conditions of an item or a note, joined; `None` if there are none.
    pub(super) fn condition(subject: Subject, conditions: &[Condition]) -> Option<Self> {
        let (_, place) = conditions.last()?;
        let text = match conditions {
            [(only, _)] => only.clone(),
            all => {
                all.iter().map(|(text, _)| format!("({text})")).collect::<Vec<_>>().join(" and ")
            }
        };
        Some(Self { subject, text, place: place.clone() })
    }
}

impl Reader<'_> {
    /// Reads all conditions and scores.
    pub(super) fn rules(&mut self) {
        self.copies();
        for pending in std::mem::take(&mut self.pending) {
            let rule = self.rule(&pending);
            match pending.subject {
                Subject::Item(position) => self.form.items[position].condition = Some(rule),
                Subject::Note(position) => self.form.notes[position].condition = Some(rule),
                Subject::Score(position) => self.form.scores[position].rule = rule,
            }
        }
    }

    /// Steps that are the answer to one question, and nothing else, are other names of this question.
    fn copies(&mut self) {
        let steps = std::mem::take(&mut self.steps);
        for (name, text) in steps {
            match self.copied(&text) {
                Some(item) => {
                    self.named(&name, Bound::Item(item));
                }
                None => {
                    self.steps.insert(name, text);
                }
            }
        }
    }

    /// The item that an expression is a copy of. An expression with empty texts is none, because SurveyJS distinguishes
    /// an empty text from nothing where it joins texts.
    fn copied(&self, text: &str) -> Option<usize> {
        let names: BTreeSet<&str> = parts(text).filter_map(Part::name).collect();
        let (Some(name), 1) = (names.first(), names.len()) else { return None };
        let Some(Bound::Item(item)) = self.found(Name { text: name, option: None }) else {
            return None;
        };
        if text.contains("''") || text.contains("\"\"") {
            return None;
        }
        let names = |name: Name<'_>| self.found(name);
        let scope = expr::Scope { language: Language::SurveyJs, form: &self.form, names: &names };
        let id = &self.form.items[item].id;
        let is_copy = match expr::score(&scope, text, &Place::default()).target {
            Target::Formula(formula) => formula == *id,
            Target::Scale(scale) => {
                let plain = ScaleFile::new("", "", scale.score, scale.missing);
                let plain = ScaleFile { items: vec![id.clone()], ..plain };
                scale.missing == MissingKind::NoScore
                    && ScaleFile { id: String::new(), title: String::new(), ..*scale } == plain
            }
            Target::NotUnderstood(_) => false,
        };
        is_copy.then_some(item)
    }

    fn rule(&self, pending: &Pending) -> Rule {
        let Pending { subject, text, place } = pending;
        let written = match with_steps(&self.steps, text) {
            Ok(written) => with_options(&written, &|name| self.options_of(name)),
            Err(reason) => return Rule::not_understood(text, place, reason),
        };
        let names = |name: Name<'_>| self.found(name);
        let scope = expr::Scope { language: Language::SurveyJs, form: &self.form, names: &names };
        let rule = match subject {
            Subject::Item(_) | Subject::Note(_) => expr::condition(&scope, &written, place),
            Subject::Score(_) => expr::score(&scope, &written, place),
        };
        Rule { text: text.clone(), ..rule }
    }

    /// The options of a question whose options are items; none if one of them cannot be quoted.
    fn options_of(&self, name: &str) -> Vec<String> {
        let name = name.to_lowercase();
        let own = self.ticks.keys().filter(|(question, _)| *question == name);
        let options: Vec<String> = own.map(|(_, option)| option.clone()).collect();
        if options.iter().any(|option| option.contains(['\'', '\\'])) {
            Vec::new()
        } else {
            options
        }
    }

    /// What a name means. Names may differ in case, as in SurveyJS.
    fn found(&self, name: Name<'_>) -> Option<Bound> {
        if let Some(option) = name.option {
            let tick = |text: &str| self.ticks.get(&(text.to_lowercase(), option.to_owned()));
            if let Some(item) = tick(name.text) {
                return Some(Bound::Ticked(*item));
            }
        }
        self.names.get(name.text).or_else(|| self.names.get(&name.text.to_lowercase())).copied()
    }
}
