//! FHIRPath, as form renderers and engines of other families evaluate it.
//!
//! What is emitted keeps to what all of them have: paths by `item` and `where`, `iif` with three arguments, `exists`,
//! comparisons, and arithmetic on decimals alone. There is no `sum`, `min`, `max`, `aggregate` or `descendants`, which
//! some lack; no answer stands as a condition, which engines take differently; and no condition is asked whether it is
//! missing: each is printed as what is true where it surely holds and what is true where it surely does not. Halves
//! are rounded by `floor`, because engines differ on `round`. `{}` is missing, and stays missing through arithmetic.
//! What is used twice gets a variable, so that no expression grows with its depth.

mod answers;
mod logic;
mod names;
mod numbers;
mod parts;
mod sums;
mod tables;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{
    Band, Formula, Instrument, Item, ItemIx, Lower, ScaleIx, TOLERANCE, Upper,
};

use crate::Program;
use crate::emit::{Unsupported, number};
use names::RESERVED;
use value::Value;

/// A named expression. Each may use those before it as `%name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Letters and digits only, which every parser takes; unique.
    pub name: String,
    /// What it stands for, in words.
    pub description: String,
    /// The expression.
    pub expression: String,
}

/// A program in FHIRPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FhirPath {
    /// In order of dependency.
    pub variables: Vec<Variable>,
    /// The name of the variable that holds each score, parallel to `program.scores`; or why there is none.
    /// Truth values are truth values, words are words.
    pub scores: Vec<Result<String, Unsupported>>,
    /// For each item with a condition an expression that is true where it is asked, false or `{}` where not; or why
    /// there is none.
    pub conditions: Vec<Option<Result<String, Unsupported>>>,
}

/// How coded answers become numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By a map of codes in the expression.
    Portable,
    /// By `weight()`, which reads the numbers of the options.
    Weight,
}

/// What is longer than this gets a variable where it would be written twice.
const SHORT: usize = 48;

/// An expression longer than this is refused: clients parse recursively and slowly.
const LONGEST: usize = 200_000;

/// Prints the scores that `wanted` accepts, and what they rest on. Questions are found by their link
/// id, which is the item's id.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, wanted: &[bool], style: Style) -> FhirPath {
    let mut printer = Printer {
        program,
        instrument,
        style,
        taken: BTreeSet::from(RESERVED.map(str::to_owned)),
        items: vec![None; instrument.items.len()],
        scores: vec![None; program.scores.len()],
        parts: BTreeMap::new(),
        variables: Vec::new(),
    };
    // Names of scores first: they are what a reader looks for.
    let names: Vec<String> = program
        .scores
        .iter()
        .map(|score| printer.name(&instrument.scales[score.scale.0].id))
        .collect();
    for (position, name) in names.iter().enumerate() {
        printer.scores[position] = Some(State::Named(name.clone()));
    }
    let mut scores = Vec::new();
    for (position, name) in names.into_iter().enumerate() {
        let printed = if wanted[position] { printer.score(position) } else { Ok(()) };
        scores.push(printed.map(|()| name));
    }
    let conditions = (0..instrument.items.len()).map(|item| printer.condition(ItemIx(item)));
    let conditions = conditions.collect();
    FhirPath { variables: printer.variables, scores, conditions }
}

/// The label of the band that the score in variable `name` falls in, as an expression.
#[must_use]
pub fn band(name: &str, bands: &[(&Band, &str)]) -> String {
    let edge = |value: f64, guard: f64| number(value + guard);
    let tests = bands.iter().map(|(band, label)| {
        let above = match band.lower {
            Lower::From(from) => format!("%{name} >= {}", edge(from, -TOLERANCE)),
            Lower::Above(above) => format!("%{name} > {}", edge(above, TOLERANCE)),
        };
        let below = match band.upper {
            Upper::To(to) => format!("%{name} <= {}", edge(to, TOLERANCE)),
            Upper::Below(to) => format!("%{name} < {}", edge(to, -TOLERANCE)),
        };
        format!("iif({above} and {below}, {}, ", text(label))
    });
    let tests: String = tests.collect();
    // Comparing a missing score gives {}, which chooses the last branch: {} again.
    format!("{tests}{{}}{}", ")".repeat(bands.len()))
}

/// A string literal.
fn text(value: &str) -> String {
    let mut literal = String::from("'");
    for character in value.chars() {
        match character {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

/// What is known of a score.
#[derive(Clone)]
enum State {
    /// It has a name, and no variable yet.
    Named(String),
    /// Its variable is there.
    Defined(String),
    /// It cannot be printed.
    Refused(Unsupported),
}

type Print<T> = Result<T, Unsupported>;

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    style: Style,
    taken: BTreeSet<String>,
    items: Vec<Option<String>>,
    scores: Vec<Option<State>>,
    /// The variables that hold parts of scores, by their expressions: the same part is not written twice.
    parts: BTreeMap<String, String>,
    variables: Vec<Variable>,
}

fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

impl Printer<'_> {
    fn define(&mut self, name: &str, description: String, expression: String) -> Print<()> {
        if expression.len() > LONGEST {
            return unsupported(format!(
                "the expression would be {} characters long",
                expression.len()
            ));
        }
        self.variables.push(Variable { name: name.to_owned(), description, expression });
        Ok(())
    }

    /// The name of a variable that holds a part of `stem`.
    fn part(&mut self, stem: &str, expression: String) -> Print<String> {
        self.part_called((stem, "Part"), format!("part of {stem}"), expression)
    }

    fn part_called(
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
    fn operand(&mut self, value: Value, stem: &str) -> Print<Value> {
        self.operand_called(value, (stem, "Part"))
    }

    fn operand_called(&mut self, value: Value, (stem, suffix): (&str, &str)) -> Print<Value> {
        let name = value.text.strip_prefix('%').unwrap_or_default();
        let is_variable = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
        if is_variable || value.literal.is_some() {
            return Ok(value);
        }
        let always = value.needs.is_some_and(|needs| needs.is_empty());
        let about = format!("part of {stem}");
        let variable = Value::variable(&self.part_called((stem, suffix), about, value.text)?);
        Ok(if always { Value::always(variable.text) } else { variable })
    }

    /// `value` with what it needs, by a variable where that is not known.
    fn with_needs(&mut self, value: Value, stem: &str) -> Print<Value> {
        if value.needs.is_some() { Ok(value) } else { self.operand(value, stem) }
    }

    /// `value` short enough to be written twice, with what it needs.
    fn short(&mut self, value: Value, stem: &str) -> Print<Value> {
        let is_short = value.needs.is_some() && value.text.len() <= SHORT;
        if is_short { Ok(value) } else { self.operand(value, stem) }
    }

    /// Makes sure that a score has its variable.
    fn score(&mut self, position: usize) -> Print<()> {
        let name = match &self.scores[position] {
            Some(State::Defined(_)) | None => return Ok(()),
            Some(State::Refused(unsupported)) => return Err(unsupported.clone()),
            Some(State::Named(name)) => name.clone(),
        };
        let score = &self.program.scores[position];
        let id = self.instrument.scales[score.scale.0].id.clone();
        // What a refused score had defined on the way is taken back.
        let before = self.variables.len();
        let printed = self.formula(&score.formula, &name);
        let defined = printed.and_then(|text| self.define(&name, format!("score of {id}"), text));
        self.scores[position] = Some(match &defined {
            Ok(()) => State::Defined(name),
            Err(unsupported) => {
                self.forget(before);
                State::Refused(unsupported.clone())
            }
        });
        defined
    }

    /// When `item` is asked, where that is not always.
    fn condition(&mut self, item: ItemIx) -> Option<Print<String>> {
        let instrument = self.instrument;
        let Item { id, ask, .. } = &instrument.items[item.0];
        let before = self.variables.len();
        let printed = self.test(&ask.as_ref()?.when, &format!("{id}_asked"));
        if printed.is_err() {
            self.forget(before);
        }
        Some(printed.map(|test| test.yes.text))
    }

    /// Takes back all variables but the first `keep`.
    fn forget(&mut self, keep: usize) {
        let gone: BTreeSet<String> =
            self.variables.drain(keep..).map(|variable| variable.name).collect();
        self.parts.retain(|_, name| !gone.contains(name));
        for item in &mut self.items {
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

    fn formula(&mut self, formula: &Formula, stem: &str) -> Print<String> {
        match formula {
            Formula::Number(expr) => Ok(self.print(expr, stem)?.text),
            Formula::Truth(test) => Ok(self.test(test, stem)?.choose("true", "false", "{}")),
            Formula::Word { position, words } => {
                let position = self.print(position, stem)?;
                let position = self.operand(position, stem)?.text;
                let words = words.iter().enumerate();
                let cases = words
                    .map(|(at, word)| (format!("{position} = {}", value::whole(at)), text(word)));
                Ok(parts::first_of(cases, "{}"))
            }
        }
    }

    /// The variable of a score that is a term.
    fn score_of(&mut self, scale: ScaleIx) -> Print<Value> {
        let Some(position) = self.program.position(scale) else { return Ok(Value::missing()) };
        self.score(position)?;
        Ok(match &self.scores[position] {
            Some(State::Defined(name)) => Value::variable(name),
            _ => Value::missing(),
        })
    }
}
