//! The printer: the names in use, the rules for what gets a variable, and the removal of variables of a score that
//! turns out to be unsupported.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Instrument, ItemIx};

use super::names::{RESERVED, free_name};
use super::value::Value;
use crate::fhir::options::Scoring;
use scalewright_scoring::Program;
use scalewright_scoring::emit::{Condition, Unsupported};
use scalewright_scoring::normal::{CheckIx, Normal, Operation, StepIx};

/// The maximum length of an expression that may be written twice. Longer ones get a variable.
const SHORT: usize = 48;

/// The maximum length of an expression; longer ones are refused. Clients parse recursively and slowly.
const LONGEST: usize = 200_000;

/// A named expression. It may use the variables before it as `%name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fhir) struct Variable {
    /// The unique name, of letters and digits only, which every parser accepts.
    pub(in crate::fhir) name: String,
    /// What it represents, in words.
    pub(in crate::fhir) description: String,
    /// The expression.
    pub(in crate::fhir) expression: String,
}

/// The state of a score in the printer.
#[derive(Clone)]
pub(super) enum State {
    /// It has a name, but its variable is not defined yet.
    Named(String),
    /// Its variable is defined.
    Defined(String),
    /// It cannot be printed.
    Refused(Unsupported),
}

pub(super) type Print<T> = Result<T, Unsupported>;

/// A cache of what has been printed with the variables that are defined now. It is cleared whenever the variables
/// change, because then the same step may be printed differently. Without the cache, a step of a deep formula would be
/// printed once for every path to it.
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
    /// The items whose answers get variables, by the steps of the answers.
    pub(super) named: BTreeMap<StepIx, ItemIx>,
    pub(super) taken: BTreeSet<String>,
    /// The variables of the answers to items, parallel to the instrument's items.
    pub(super) items: Vec<Option<String>>,
    /// The variables of the answers as given, for items that may not have been asked.
    pub(super) given: Vec<Option<String>>,
    pub(super) scores: Vec<Option<State>>,
    /// The variables of parts of scores, by their expressions, so that the same part is not written twice.
    pub(super) parts: BTreeMap<String, String>,
    /// The variables that count how many of some checks are true.
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

    /// Returns an unused name derived from `id`.
    pub(super) fn name(&mut self, id: &str) -> String {
        free_name(&mut self.taken, id)
    }

    /// Defines a variable.
    pub(super) fn define(
        &mut self,
        name: &str,
        description: String,
        expression: String,
    ) -> Print<()> {
        if expression.len() > LONGEST {
            return unsupported(format!(
                "the expression would be {} characters long, and the limit is {LONGEST}",
                expression.len()
            ));
        }
        self.printed = Printed::default();
        self.variables.push(Variable { name: name.to_owned(), description, expression });
        Ok(())
    }

    /// Returns the name of a variable for a part of `stem`, which is defined if necessary.
    pub(super) fn part(&mut self, stem: &str, expression: String) -> Print<String> {
        self.part_called((stem, "Part"), format!("part of {stem}"), expression)
    }

    /// Like [`Self::part`], with another suffix of the name and another description.
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

    /// Returns `value` in a form that can be written repeatedly: a variable or a number.
    pub(super) fn operand(&mut self, value: Value, stem: &str) -> Print<Value> {
        self.operand_called(value, (stem, "Part"))
    }

    /// Like [`Self::operand`], with another suffix of the variable's name.
    pub(super) fn operand_called(
        &mut self,
        value: Value,
        (stem, suffix): (&str, &str),
    ) -> Print<Value> {
        // An expression such as `%a + %b` begins with a variable, but is none.
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

    /// Returns `value` with known `needs`; if they are unknown, it becomes a variable.
    pub(super) fn with_needs(&mut self, value: Value, stem: &str) -> Print<Value> {
        if value.needs.is_some() { Ok(value) } else { self.operand(value, stem) }
    }

    /// Returns `value` in a form that is short enough to be written twice, with known `needs`. If there is a shorter
    /// variable for it, that is used.
    pub(super) fn short(&mut self, value: Value, stem: &str) -> Print<Value> {
        let named = self.parts.get(&value.text).is_some_and(|name| name.len() < value.text.len());
        let is_short = value.needs.is_some() && value.text.len() <= SHORT && !named;
        if is_short { Ok(value) } else { self.operand(value, stem) }
    }

    /// Removes all variables except the first `keep`.
    pub(super) fn forget(&mut self, keep: usize) {
        // What was printed may use the variables that are removed.
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
        // A score that was defined as an operand of a refused one can be defined again later.
        for state in &mut self.scores {
            if let Some(State::Defined(name)) = state
                && gone.contains(name)
            {
                *state = Some(State::Named(name.clone()));
            }
        }
    }
}

/// Returns the items whose answers get variables, by the steps of the answers. Constant and missing answers get none.
fn named(normal: &Normal) -> BTreeMap<StepIx, ItemIx> {
    let answers = normal.answers.iter().enumerate();
    let answers = answers.filter_map(|(item, step)| Some(((*step)?, ItemIx(item))));
    let is_named = |step: StepIx| {
        !matches!(normal.step(step).operation, Operation::Missing | Operation::Constant(_))
    };
    answers.filter(|(step, _)| is_named(*step)).collect()
}
