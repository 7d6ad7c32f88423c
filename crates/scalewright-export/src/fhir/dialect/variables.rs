//! The printer: what it has named so far, what gets a variable, and what is taken back when a score turns out not to be
//! printable.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Instrument, ItemIx};

use super::names::{RESERVED, free_name};
use super::value::Value;
use crate::fhir::options::Scoring;
use scalewright_scoring::Program;
use scalewright_scoring::emit::{Condition, Unsupported};
use scalewright_scoring::normal::{CheckIx, Normal, Operation, StepIx};

/// What is longer than this gets a variable where it would be written twice.
const SHORT: usize = 48;

/// An expression longer than this is refused: clients parse recursively and slowly.
const LONGEST: usize = 200_000;

/// A named expression. Each may use those before it as `%name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fhir) struct Variable {
    /// Letters and digits only, which every parser takes; unique.
    pub(in crate::fhir) name: String,
    /// What it stands for, in words.
    pub(in crate::fhir) description: String,
    /// The expression.
    pub(in crate::fhir) expression: String,
}

/// What is known of a score.
#[derive(Clone)]
pub(super) enum State {
    /// It has a name, and no variable yet.
    Named(String),
    /// Its variable is defined.
    Defined(String),
    /// It cannot be printed.
    Refused(Unsupported),
}

pub(super) type Print<T> = Result<T, Unsupported>;

/// What is printed with the variables that are defined now. With others it may be shorter, or not be said at all; without
/// this, deep formulas would be printed as often as there are ways through them.
#[derive(Default)]
pub(super) struct Printed {
    pub(super) steps: BTreeMap<StepIx, Value>,
    pub(super) checks: BTreeMap<CheckIx, Condition>,
}

pub(super) struct Printer<'a> {
    pub(super) program: &'a Program,
    pub(super) instrument: &'a Instrument,
    pub(super) normal: &'a Normal,
    pub(super) scoring: Scoring,
    /// The items whose answers have names, by their steps.
    pub(super) named: BTreeMap<StepIx, ItemIx>,
    pub(super) taken: BTreeSet<String>,
    /// The variables of the answers to items, and of those to items that may not have been asked.
    pub(super) items: Vec<Option<String>>,
    pub(super) given: Vec<Option<String>>,
    pub(super) scores: Vec<Option<State>>,
    /// The variables that hold parts of scores, by their expressions: the same part is not written twice.
    pub(super) parts: BTreeMap<String, String>,
    /// The variables that hold how many of some checks are true.
    pub(super) counts: BTreeMap<Vec<CheckIx>, String>,
    pub(super) printed: Printed,
    pub(super) variables: Vec<Variable>,
}

pub(super) fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

impl<'a> Printer<'a> {
    pub(super) fn new(
        (program, instrument): (&'a Program, &'a Instrument),
        normal: &'a Normal,
        scoring: Scoring,
    ) -> Self {
        let items = instrument.items.len();
        Self {
            program,
            instrument,
            normal,
            scoring,
            named: named(normal),
            taken: BTreeSet::from(RESERVED.map(str::to_owned)),
            items: vec![None; items],
            given: vec![None; items],
            scores: vec![None; normal.scores.len()],
            parts: BTreeMap::new(),
            counts: BTreeMap::new(),
            printed: Printed::default(),
            variables: Vec::new(),
        }
    }

    /// A free name that is made of `id`.
    pub(super) fn name(&mut self, id: &str) -> String {
        free_name(&mut self.taken, id)
    }

    pub(super) fn define(
        &mut self,
        name: &str,
        description: String,
        expression: String,
    ) -> Print<()> {
        if expression.len() > LONGEST {
            return unsupported(format!(
                "the expression would be {} characters long",
                expression.len()
            ));
        }
        self.printed = Printed::default();
        self.variables.push(Variable { name: name.to_owned(), description, expression });
        Ok(())
    }

    /// The name of a variable that holds a part of `stem`.
    pub(super) fn part(&mut self, stem: &str, expression: String) -> Print<String> {
        self.part_called((stem, "Part"), format!("part of {stem}"), expression)
    }

    pub(super) fn part_called(
        &mut self,
        (stem, suffix): (&str, &str),
        description: String,
        expression: String,
    ) -> Print<String> {
        if let Some(name) = self.parts.get(&expression) {
            return Ok(name.clone());
        }
        let name = self.name(&format!("{stem}{suffix}"));
        self.define(&name, description, expression.clone())?;
        self.parts.insert(expression, name.clone());
        Ok(name)
    }

    /// `value` as something that can be written again and again.
    pub(super) fn operand(&mut self, value: Value, stem: &str) -> Print<Value> {
        self.operand_called(value, (stem, "Part"))
    }

    pub(super) fn operand_called(
        &mut self,
        value: Value,
        (stem, suffix): (&str, &str),
    ) -> Print<Value> {
        let name = value.text.strip_prefix('%').unwrap_or_default();
        let is_variable = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
        if is_variable || value.literal.is_some() {
            return Ok(value);
        }
        let always = value.is_always();
        let about = format!("part of {stem}");
        let variable = Value::variable(&self.part_called((stem, suffix), about, value.text)?);
        Ok(if always { Value::always(variable.text) } else { variable })
    }

    /// `value` with what it needs, by a variable where that is not known.
    pub(super) fn with_needs(&mut self, value: Value, stem: &str) -> Print<Value> {
        if value.needs.is_some() { Ok(value) } else { self.operand(value, stem) }
    }

    /// `value` short enough to be written twice, with what it needs. What has a variable already is written by that.
    pub(super) fn short(&mut self, value: Value, stem: &str) -> Print<Value> {
        let named = self.parts.get(&value.text).is_some_and(|name| name.len() < value.text.len());
        let is_short = value.needs.is_some() && value.text.len() <= SHORT && !named;
        if is_short { Ok(value) } else { self.operand(value, stem) }
    }

    /// Takes back all variables but the first `keep`.
    pub(super) fn forget(&mut self, keep: usize) {
        self.printed = Printed::default();
        let gone: BTreeSet<String> =
            self.variables.drain(keep..).map(|variable| variable.name).collect();
        self.parts.retain(|_, name| !gone.contains(name));
        self.counts.retain(|_, name| !gone.contains(name));
        for item in self.items.iter_mut().chain(&mut self.given) {
            if item.as_ref().is_some_and(|name| gone.contains(name)) {
                *item = None;
            }
        }
        for state in &mut self.scores {
            if let Some(State::Defined(name)) = state
                && gone.contains(name)
            {
                *state = Some(State::Named(name.clone()));
            }
        }
    }
}

/// The items whose answers are named by their steps.
fn named(normal: &Normal) -> BTreeMap<StepIx, ItemIx> {
    let answers = normal.answers.iter().enumerate();
    let answers = answers.filter_map(|(item, step)| Some(((*step)?, ItemIx(item))));
    let is_named = |step: StepIx| {
        !matches!(normal.step(step).operation, Operation::Missing | Operation::Constant(_))
    };
    answers.filter(|(step, _)| is_named(*step)).collect()
}
