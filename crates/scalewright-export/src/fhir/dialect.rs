//! FHIRPath, in the subset that form renderers and engines of other families evaluate alike.
//!
//! All of them support paths with `item` and `where`, `iif` with three arguments, `exists`, comparisons, and arithmetic
//! on decimals. Some lack `sum`, `min`, `max`, `aggregate` or `descendants`, so these are not used. An answer is never
//! a condition by itself, because engines disagree about its truth, and a condition is only ever tested for being true.
//! Halves are rounded by `floor`, because engines differ on `round`. `{}` represents a missing value and stays missing
//! through arithmetic, so the only guard printed for a step is its `when`. An expression that is used twice gets a
//! variable, so that expressions do not grow with their depth.

mod answers;
mod checks;
mod names;
mod parts;
mod steps;
mod sums;
mod value;
mod variables;

use super::options::Scoring;
use crate::notes;
use parts::text;
use scalewright_check::Refusals;
use scalewright_model::{Band, Instrument};
use scalewright_scoring::Program;
use scalewright_scoring::emit::{Unsupported, edges, first_of, number};
use scalewright_scoring::normal::{CheckIx, Normal, Operation, Output, StepIx, TruthChecks};
use value::{choose, test};
use variables::{Print, Printer, State};

pub(super) use variables::Variable;

/// A program printed in FHIRPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FhirPath {
    /// The variables, in order of dependency.
    pub(super) variables: Vec<Variable>,
    /// The name of each score's variable, parallel to `program.scores`; or why there is none. Flags are booleans and
    /// words are strings.
    pub(super) scores: Vec<Result<String, Unsupported>>,
    /// For each item and then each note with a condition, an expression that is true if it is asked or shown and false
    /// or `{}` if not; or why there is none. `None` for one that is always asked or shown.
    pub(super) conditions: Vec<Option<Result<String, Unsupported>>>,
}

/// Prints the scores for which `wanted` is true, everything that they depend on, and all conditions. Questions are
/// found by their link id, which is the item's id.
pub(super) fn print(
    program: &Program,
    instrument: &Instrument,
    wanted: &[bool],
    scoring: Scoring,
) -> FhirPath {
    let normal = &Normal::of(program, instrument);
    let mut printer = Printer::new((program, instrument), normal, scoring);
    // Scores get their names first, so that they are named by their ids, which readers look for.
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
        // A score that is not wanted is defined only if a wanted one uses it.
        let printed = if wanted[position] { printer.score(position) } else { Ok(()) };
        scores.push(printed.map(|()| name));
    }
    let conditions = normal.conditions().enumerate();
    let conditions = conditions.map(|(at, truth)| printer.condition(at, truth?)).collect();
    FhirPath { variables: printer.variables, scores, conditions }
}

/// Returns why scores cannot be expressed. Conditions that cannot be expressed are reported by the export.
pub(super) fn refusals(instrument: &Instrument, program: &Program, wanted: &[bool]) -> Refusals {
    // Both ways of scoring refuse the same scores: they differ only in how an answer is read.
    let printed = print(program, instrument, wanted, Scoring::Portable);
    let scores = printed.scores.into_iter();
    let scores = scores.map(|score| score.err().map(|unsupported| unsupported.because));
    Refusals { scores: scores.collect(), conditions: Vec::new() }
}

/// Returns an expression for the label of the band that contains the score in variable `name`.
pub(super) fn band(name: &str, bands: &[(&Band, &str)]) -> String {
    let cases = bands.iter().map(|(band, label)| {
        let edge = |(sign, edge)| format!("%{name} {sign} {}", number(edge));
        (edges(band).map(edge).join(" and "), text(label))
    });
    // Comparing a missing score gives `{}`, which selects the last branch: `{}` again.
    first_of("iif", cases, "{}")
}

impl Printer<'_> {
    /// Ensures that the variable of a score is defined.
    pub(super) fn score(&mut self, position: usize) -> Print<()> {
        let name = match &self.scores[position] {
            Some(State::Defined(_)) | None => return Ok(()),
            Some(State::Refused(unsupported)) => return Err(unsupported.clone()),
            Some(State::Named(name)) => name.clone(),
        };
        let scale = self.program.scores[position].scale;
        let about = format!("score of {}", self.instrument.scales[scale.0].id);
        // The variables that a refused score has defined are removed again.
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

    /// Prints the condition at a position among those of the items and the notes.
    fn condition(&mut self, at: usize, truth: TruthChecks) -> Option<Print<String>> {
        let yes = truth.yes;
        let (id, _) = notes::named(self.instrument, notes::entry_at(self.instrument, at));
        let before = self.variables.len();
        let printed = self.check(yes, &format!("{id}_asked"));
        if printed.is_err() {
            self.forget(before);
        }
        Some(printed.map(|check| test(&check)))
    }

    fn formula(&mut self, output: &Output, stem: &str) -> Print<String> {
        match output {
            Output::Number(step) => Ok(self.print(*step, stem)?.text),
            Output::Truth(TruthChecks { yes, no, known }) => {
                let yes = self.check(*yes, stem)?;
                let no = match *known {
                    // A condition that is always known is false if it is not true, and needs no second test.
                    CheckIx::ALWAYS => "false".to_owned(),
                    _ => choose(&self.check(*no, stem)?, "false", "{}"),
                };
                Ok(choose(&yes, "true", &no))
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
                    Ok(first_of("iif", cases, "{}"))
                }
            },
        }
    }

    /// Prints the word at a position that is chosen among constants. `None` if the position is computed in another way.
    fn word(&mut self, position: StepIx, words: &[String], stem: &str) -> Print<Option<String>> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position")]
        Ok(match &self.normal.step(position).operation {
            Operation::Missing => Some("{}".to_owned()),
            Operation::Constant(at) => words.get(*at as usize).map(|word| text(word)),
            Operation::Choose { cases, otherwise } => {
                let mut chosen = Vec::new();
                for (check, step) in cases {
                    let Some(word) = self.word(*step, words, stem)? else { return Ok(None) };
                    chosen.push((test(&self.check(*check, stem)?), word));
                }
                let last = self.word(*otherwise, words, stem)?;
                last.map(|last| first_of("iif", chosen, &last))
            }
            _ => None,
        })
    }
}
