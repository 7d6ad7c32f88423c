//! Our side of a proof: the definition, compiled, with a score for each condition.

use scalewright_model::file::ScaleFile;
use scalewright_model::{Formula, MissingKind, ScoreKind, resolve};
use scalewright_scoring::{Column, Program, Responses, compile, evaluate};

use crate::definition::Definition;
use crate::form::rule::{Answers, Rule, Target};
use crate::value::Value;

/// The compiled definition.
pub(super) struct Ours {
    program: Program,
    /// For each scale and then each condition, the position of its score in the program, and its words.
    scores: Vec<(Option<usize>, Option<Vec<String>>)>,
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
        let items = self.program.answers.len();
        let column = |item: usize| {
            let mut column = Column::default();
            sets.iter().for_each(|set| column.push(set.of[item]));
            column
        };
        let responses = Responses { rows: sets.len(), items: (0..items).map(column).collect() };
        let scored = evaluate(&self.program, &responses);
        let one = |(score, words): &(Option<usize>, Option<Vec<String>>)| {
            let value = |row: usize| {
                let number = score.and_then(|score| scored[score].score.get(row));
                number.map_or(Value::Blank, |number| named(number, words.as_deref()))
            };
            (0..sets.len()).map(value).collect()
        };
        self.scores.iter().map(one).collect()
    }

    /// The result for one set.
    pub(super) fn result(&self, answers: &Answers, position: usize) -> Value {
        let mut results = self.results(std::slice::from_ref(answers));
        results.swap_remove(position).swap_remove(0)
    }
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
