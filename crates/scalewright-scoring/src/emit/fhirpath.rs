//! FHIRPath, as form renderers and engines of other families evaluate it.
//!
//! What is printed keeps to what all of them have: paths by `item` and `where`, `iif` with three arguments, `exists`,
//! comparisons, and arithmetic on decimals alone. There is no `sum`, `min`, `max`, `aggregate` or `descendants`, which
//! some lack; no answer stands as a condition, which engines take differently; and a condition is only asked whether it
//! is true. Halves are rounded by `floor`, because engines differ on `round`. `{}` is missing, and stays missing through
//! arithmetic, so that of each step its `when` is printed. What is used twice gets a variable, so that no expression
//! grows with its depth.

mod answers;
mod checks;
mod names;
mod parts;
mod steps;
mod sums;
mod value;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Band, Instrument, Item, ItemIx, Lower, TOLERANCE, Upper};

use crate::Program;
use crate::emit::{Unsupported, number};
use crate::normal::{CheckIx, Normal, Operation, Output, StepIx, Truth};
use names::RESERVED;

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

/// Prints the scores that `wanted` accepts, and what they rest on. Questions are found by their link
/// id, which is the item's id.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, wanted: &[bool], style: Style) -> FhirPath {
    let normal = &Normal::of(program, instrument);
    let mut printer = Printer::new((program, instrument), normal, style);
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
    /// Its variable is defined.
    Defined(String),
    /// It cannot be printed.
    Refused(Unsupported),
}

type Print<T> = Result<T, Unsupported>;

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    normal: &'a Normal,
    style: Style,
    /// The items whose answers have names, by their steps.
    named: BTreeMap<StepIx, ItemIx>,
    /// How many steps are made of each.
    uses: Vec<usize>,
    taken: BTreeSet<String>,
    /// The variables of the answers to items, and of those to items that may not have been asked.
    items: Vec<Option<String>>,
    given: Vec<Option<String>>,
    scores: Vec<Option<State>>,
    /// The variables that hold parts of scores, by their expressions: the same part is not written twice.
    parts: BTreeMap<String, String>,
    /// The variables that hold how many of some checks are true.
    counts: BTreeMap<Vec<CheckIx>, String>,
    variables: Vec<Variable>,
}

fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

impl<'a> Printer<'a> {
    fn new(
        (program, instrument): (&'a Program, &'a Instrument),
        normal: &'a Normal,
        style: Style,
    ) -> Self {
        let items = instrument.items.len();
        Self {
            program,
            instrument,
            normal,
            style,
            named: answers::named(normal),
            uses: steps::uses(normal),
            taken: BTreeSet::from(RESERVED.map(str::to_owned)),
            items: vec![None; items],
            given: vec![None; items],
            scores: vec![None; normal.scores.len()],
            parts: BTreeMap::new(),
            counts: BTreeMap::new(),
            variables: Vec::new(),
        }
    }

    /// Makes sure that a score has its variable.
    fn score(&mut self, position: usize) -> Print<()> {
        let name = match &self.scores[position] {
            Some(State::Defined(_)) | None => return Ok(()),
            Some(State::Refused(unsupported)) => return Err(unsupported.clone()),
            Some(State::Named(name)) => name.clone(),
        };
        let scale = self.program.scores[position].scale;
        let about = format!("score of {}", self.instrument.scales[scale.0].id);
        // What a refused score had defined on the way is taken back.
        let before = self.variables.len();
        let printed = self.formula(&self.normal.scores[position], &name);
        let defined = printed.and_then(|text| self.define(&name, about, text));
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
        let Truth { yes, .. } = self.normal.asked[item.0]?;
        let Item { id, .. } = &self.instrument.items[item.0];
        let before = self.variables.len();
        let printed = self.check(yes, &format!("{id}_asked"));
        if printed.is_err() {
            self.forget(before);
        }
        Some(printed.map(|check| check.text))
    }

    fn formula(&mut self, output: &Output, stem: &str) -> Print<String> {
        match output {
            Output::Number(step) => Ok(self.print(*step, stem)?.text),
            Output::Truth(Truth { yes, no, known }) => {
                let yes = self.check(*yes, stem)?;
                if *known == CheckIx::ALWAYS {
                    return Ok(yes.choose("true", "false"));
                }
                let no = self.check(*no, stem)?.choose("false", "{}");
                Ok(yes.choose("true", &no))
            }
            Output::Word { position, words } => match self.word(*position, words, stem)? {
                Some(word) => Ok(word),
                None => {
                    let position = self.print(*position, stem)?;
                    let position = self.operand(position, stem)?.text;
                    let words = words.iter().enumerate();
                    let cases = words.map(|(at, word)| {
                        (format!("{position} = {}", value::whole(at)), text(word))
                    });
                    Ok(parts::first_of(cases, "{}"))
                }
            },
        }
    }

    /// The word at a position that is chosen among constants.
    fn word(&mut self, position: StepIx, words: &[String], stem: &str) -> Print<Option<String>> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position")]
        Ok(match &self.normal.step(position).operation {
            Operation::Missing => Some("{}".to_owned()),
            Operation::Constant(at) => words.get(*at as usize).map(|word| text(word)),
            Operation::Choose { cases, otherwise } => {
                let mut chosen = Vec::new();
                for (check, step) in cases {
                    let Some(word) = self.word(*step, words, stem)? else { return Ok(None) };
                    chosen.push((self.check(*check, stem)?.text, word));
                }
                let last = self.word(*otherwise, words, stem)?;
                last.map(|last| parts::first_of(chosen.into_iter(), &last))
            }
            _ => None,
        })
    }
}
