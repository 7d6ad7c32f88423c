//! Our side of a proof: the definition, compiled, with a score for each condition.

use scalewright_model::file::ScaleFile;
use scalewright_model::{Formula, MissingKind, ScoreKind, resolve};
use scalewright_scoring::{Column, Program, Responses, Scored, compile, evaluate_scores};

use crate::definition::Definition;
use crate::form::rule::{Answers, Rule, Target};
use crate::value::Value;

/// The compiled definition.
pub(super) struct Ours {
    program: Program,
    /// For each scale and then each condition, the position of its score in the program, and its words.
    scores: Vec<Position>,
}

impl Ours {
    /// Compiles `definition` with a score for each of `conditions`.
    ///
    /// # Errors
    ///
    /// Returns the reason as a clause if the definition has an error.
    pub(super) fn of<'a>(
        definition: &Definition,
        conditions: impl Iterator<Item = &'a Rule>,
    ) -> Result<Self, String> {
        let mut file = definition.file.clone();
        for (index, rule) in conditions.enumerate() {
            let formula = match &rule.target {
                Target::Formula(formula) => format!("if {formula} then 1 else 0"),
                Target::Scale(_) | Target::NotUnderstood(_) => "0".to_owned(),
            };
            file.scales.push(ScaleFile {
                formula: Some(formula),
                ..ScaleFile::new(
                    &free_id(definition, index),
                    "c",
                    ScoreKind::Formula,
                    MissingKind::InFormula,
                )
            });
        }
        let (instrument, found) = resolve(&file);
        let Some(instrument) = instrument else {
            let first = found.into_iter().map(|diagnostic| diagnostic.message).next();
            return Err(format!("the definition has an error: {}", first.unwrap_or_default()));
        };
        let program = compile(&instrument);
        let positions = (0..file.scales.len()).map(|scale| {
            let score = program.position(scalewright_model::ScaleIx(scale));
            let words = score.and_then(|score| match &program.scores[score].formula {
                Formula::Word { words, .. } => Some(words.clone()),
                Formula::Number(_) | Formula::Truth(_) => None,
            });
            (score, words)
        });
        let scores = positions.collect();
        Ok(Self { program, scores })
    }

    /// The results for all sets: for each scale and then each condition, one entry per set.
    pub(super) fn results(&self, sets: &[Answers]) -> Vec<Vec<Value>> {
        let scored = self.scored(sets);
        self.scores.iter().map(|score| values(score, &scored, sets.len())).collect()
    }

    /// The results of the scale or condition at a position, one entry per set.
    pub(super) fn of_one(&self, sets: &[Answers], position: usize) -> Vec<Value> {
        values(&self.scores[position], &self.scored(sets), sets.len())
    }

    fn scored(&self, sets: &[Answers]) -> Vec<Scored> {
        let items = self.program.answers.len();
        let column = |item: usize| {
            let mut column = Column::default();
            sets.iter().for_each(|set| column.push(set.of[item]));
            column
        };
        let responses = Responses { rows: sets.len(), items: (0..items).map(column).collect() };
        let mut scored = Vec::new();
        evaluate_scores(&self.program, &responses, &mut scored);
        scored
    }
}

/// The position of a score in the program, and its words.
type Position = (Option<usize>, Option<Vec<String>>);

/// The results of a score, one entry per set.
fn values((score, words): &Position, scored: &[Scored], sets: usize) -> Vec<Value> {
    let value = |row: usize| {
        let number = score.and_then(|score| scored[score].score.get(row));
        number.map_or(Value::Blank, |number| named(number, words.as_deref()))
    };
    (0..sets).map(value).collect()
}

/// A number, or the word at this position.
fn named(number: f64, words: Option<&[String]>) -> Value {
    let Some(words) = words else { return Value::Number(number) };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position in a list"
    )]
    let word = words.get(number as usize);
    word.map_or(Value::Blank, |word| Value::Text(word.clone()))
}

/// An id that no item or scale has.
fn free_id(definition: &Definition, index: usize) -> String {
    let file = &definition.file;
    let is_taken = |id: &str| {
        file.items.iter().any(|item| item.id == id)
            || file.scales.iter().any(|scale| scale.id == id)
    };
    let mut id = format!("condition_{index}");
    while is_taken(&id) {
        id.push('x');
    }
    id
}
