//! Proves that the scores and conditions of a definition are those of its source.
//!
//! The source's computations and ours are evaluated on the same answers. They share no code: the source's keep its own
//! arithmetic and its own treatment of blanks.

pub(crate) mod always;
pub(crate) mod cuts;
mod ours;
pub(crate) mod sets;
pub(crate) mod shrink;

use std::collections::BTreeMap;

use crate::definition::Definition;
use crate::form::Form;
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::place::Place;
use crate::value::Value;
use always::always_more;
use ours::Ours;

/// The largest difference between equal scores, relative to their size: floating-point arithmetic in another order.
const NEAR: f64 = 1e-9;

/// What is known about a score or a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What the proof is about.
    pub subject: Subject,
    /// The id of the score, or of the first item or note with the condition.
    pub id: String,
    /// The rule as the source states it.
    pub text: String,
    /// Where the source states it.
    pub place: Place,
    /// The result.
    pub outcome: Outcome,
}

/// What a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A score.
    Score,
    /// The condition of an item or a note.
    Condition,
}

/// Whether our result is that of the source.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The results are equal on so many sets of answers.
    Equal(usize),
    /// The results differ, for instance for one respondent.
    Differs(Box<Difference>),
    /// The rule was not understood and is not in the definition: the reason.
    NotUnderstood(String),
    /// The rule of the definition could not be compared with one of the source: the reason.
    NotProved(String),
}

/// A respondent for whom the source and the definition give different results.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The answers, by item id. The other items were not answered.
    pub answers: BTreeMap<String, f64>,
    /// The result of the source, in words: a number, a word, `none`.
    pub source: String,
    /// Our result.
    pub ours: String,
    /// Which answers it takes.
    pub when: When,
    /// Whether the results differ by the same number on all complete answers.
    pub always: Option<f64>,
}

/// The answers for which results differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Already with complete answers: the key or the arithmetic differs.
    Complete,
    /// Only where an answer is missing: the treatment of blanks differs.
    Blanks,
    /// Only if an item was answered and is hidden again.
    Hidden,
}

/// Proves all scores and conditions of `definition`, which was made from `form`.
#[must_use]
pub fn prove(form: &Form, definition: &Definition) -> Vec<Proof> {
    let conditions = conditions(form);
    let ours = Ours::of(definition, conditions.iter().map(|(_, rule)| *rule));
    let mut proofs = Vec::new();
    let prover = ours.map(|ours| Prover::new(form, ours));
    for (index, score) in form.scores.iter().enumerate() {
        let scale = definition.scores.iter().position(|score| *score == index);
        let outcome = prover.outcome(&score.rule, scale);
        proofs.push(proof(Subject::Score, &score.id, &score.rule, outcome));
    }
    for (index, (id, rule)) in conditions.iter().enumerate() {
        let outcome = prover.outcome(rule, Some(definition.scores.len() + index));
        proofs.push(proof(Subject::Condition, id, rule, outcome));
    }
    proofs
}

fn proof(subject: Subject, id: &str, rule: &Rule, outcome: Outcome) -> Proof {
    Proof {
        subject,
        id: id.to_owned(),
        text: rule.text.clone(),
        place: rule.place.clone(),
        outcome,
    }
}

/// The conditions of the items and notes, each once, with the first item or note that has it.
fn conditions(form: &Form) -> Vec<(&str, &Rule)> {
    let items = form.items.iter().map(|item| (item.id.as_str(), &item.condition));
    let notes = form.notes.iter().map(|note| (note.id.as_str(), &note.condition));
    let mut all: Vec<(&str, &Rule)> = Vec::new();
    for (id, rule) in items.chain(notes) {
        let Some(rule) = rule else { continue };
        let is_known = |(_, known): &(&str, &Rule)| {
            known.text == rule.text && known.target == rule.target && !rule.text.is_empty()
        };
        if !all.iter().any(is_known) {
            all.push((id, rule));
        }
    }
    all
}

/// Both sides of the proof, with answers.
struct Prover<'a> {
    form: &'a Form,
    ours: Ours,
    /// The values that are tried for each item.
    values: Vec<Vec<f64>>,
    sets: Vec<Answers>,
    /// The same sets without the answers to items that the source does not show.
    shown: Vec<Answers>,
    /// Our results: for each scale and then each condition, one row per set.
    results: Vec<Vec<Value>>,
}

/// Our side, or the reason why there is none.
trait Prove {
    fn outcome(&self, rule: &Rule, position: Option<usize>) -> Outcome;
}

impl Prove for Result<Prover<'_>, String> {
    fn outcome(&self, rule: &Rule, position: Option<usize>) -> Outcome {
        if let Target::NotUnderstood(reason) = &rule.target {
            return Outcome::NotUnderstood(reason.clone());
        }
        match (self, &rule.source, position) {
            (Err(reason), _, _) => Outcome::NotUnderstood(reason.clone()),
            (_, None, _) => {
                Outcome::NotUnderstood("the source's computation cannot be run here".to_owned())
            }
            (_, _, None) => Outcome::NotUnderstood("the definition has no such score".to_owned()),
            (Ok(prover), Some(source), Some(position)) => prover.compare(&**source, position),
        }
    }
}

impl<'a> Prover<'a> {
    fn new(form: &'a Form, ours: Ours) -> Self {
        let values = sets::values(form);
        let sets = sets::of_values(&values);
        let shown = sets.iter().map(|answers| shown(form, answers)).collect();
        let results = ours.results(&sets);
        Self { form, ours, values, sets, shown, results }
    }

    fn compare(&self, source: &dyn Source, position: usize) -> Outcome {
        let is_different = |(index, answers): (usize, &Answers)| {
            !is_equal(&source.value(self.form, answers), &self.results[position][index])
        };
        if let Some(index) = self.shown.iter().enumerate().position(is_different) {
            return Outcome::Differs(Box::new(self.difference(source, position, index, false)));
        }
        if self.form.keeps_hidden
            && let Some(index) = self.sets.iter().enumerate().position(is_different)
        {
            return Outcome::Differs(Box::new(self.difference(source, position, index, true)));
        }
        Outcome::Equal(self.sets.len())
    }

    fn difference(
        &self,
        source: &dyn Source,
        position: usize,
        index: usize,
        hidden: bool,
    ) -> Difference {
        let theirs = |answers: &Answers| {
            let seen = if hidden { answers.clone() } else { shown(self.form, answers) };
            source.value(self.form, &seen)
        };
        let first = |sets: &[Answers], wanted: bool| {
            let ours = self.ours.of_one(sets, position);
            let mut both = sets.iter().zip(&ours);
            both.position(|(answers, ours)| is_equal(&theirs(answers), ours) != wanted)
        };
        let smallest = shrink::smallest(&self.values, &self.sets[index], &first);
        let theirs = theirs(&smallest);
        let ours = self.ours.of_one(std::slice::from_ref(&smallest), position).swap_remove(0);
        let complete: Vec<(Value, &Value)> = (0..self.sets.len())
            .filter(|index| is_complete(&self.values, &self.sets[*index]))
            .map(|index| {
                (source.value(self.form, &self.shown[index]), &self.results[position][index])
            })
            .collect();
        let differs_when_complete = complete.iter().any(|(theirs, ours)| !is_equal(theirs, ours));
        let always = always_more(complete.into_iter());
        let when = match (hidden, differs_when_complete) {
            (true, _) => When::Hidden,
            (false, true) => When::Complete,
            (false, false) => When::Blanks,
        };
        let answers = self.form.items.iter().zip(&smallest.of);
        let answers = answers.filter_map(|(item, answer)| Some((item.id.clone(), (*answer)?)));
        Difference {
            answers: answers.collect(),
            source: in_words(&theirs),
            ours: in_words(&ours),
            when,
            always,
        }
    }
}

/// Whether every item that takes one of `values` is answered.
pub(crate) fn is_complete(values: &[Vec<f64>], answers: &Answers) -> bool {
    answers.of.iter().zip(values).all(|(answer, values)| answer.is_some() || values.is_empty())
}

/// The answers to the items that the source shows, as far as its conditions are understood.
fn shown(form: &Form, answers: &Answers) -> Answers {
    shown_by(form, answers, &understood)
}

/// The answers to the items that the source shows by the computations of its conditions. A hidden item can hide others.
pub(crate) fn shown_by(
    form: &Form,
    answers: &Answers,
    computation: &dyn for<'r> Fn(&'r Rule) -> Option<&'r dyn Source>,
) -> Answers {
    let mut shown = answers.clone();
    if form.items.iter().all(|item| item.condition.is_none()) {
        return shown;
    }
    for _ in 0..8 {
        let before = shown.clone();
        for (index, item) in form.items.iter().enumerate() {
            let Some(source) = item.condition.as_ref().and_then(computation) else {
                continue;
            };
            shown.of[index] =
                if source.value(form, &before).is_met() { answers.of[index] } else { None };
        }
        if shown == before {
            break;
        }
    }
    shown
}

/// The computation of a condition that is in the definition.
fn understood(rule: &Rule) -> Option<&dyn Source> {
    match rule.target {
        Target::NotUnderstood(_) => None,
        Target::Scale(_) | Target::Formula(_) => rule.source.as_deref(),
    }
}

/// Whether two results are equal. A truth value is 1 or 0, and what is no finite number is no score.
pub(crate) fn is_equal(theirs: &Value, ours: &Value) -> bool {
    if let (Value::Text(theirs), Value::Text(ours)) = (theirs, ours) {
        return theirs == ours;
    }
    match (theirs.score(), ours.score()) {
        (None, None) => !matches!((theirs, ours), (Value::Text(_), _) | (_, Value::Text(_))),
        (Some(theirs), Some(ours)) => (theirs - ours).abs() <= NEAR * theirs.abs().max(1.0),
        _ => false,
    }
}

/// A result for messages.
pub(crate) fn in_words(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("`{text}`"),
        value => value.score().map_or_else(
            || "none".to_owned(),
            |score| format!("{}", scalewright_scoring::tidy(score)),
        ),
    }
}
