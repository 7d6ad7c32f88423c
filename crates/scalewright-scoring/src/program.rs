//! The compiled form of scoring: the accepted answers, the formula of each score, and the order of evaluation.

use std::sync::Arc;

use scalewright_model::{
    Expr, Formula, Instrument, ItemIx, OptionValue, ScaleIx, TOLERANCE, Test, UNLIMITED,
};

/// All scores of an instrument.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    /// For each item of the instrument, what counts as an answer; `None` for items that cannot be scored, such as
    /// texts.
    pub answers: Vec<Option<Answer>>,
    /// The scores, each after those that it is computed from.
    pub scores: Vec<Score>,
    /// The order in which item conditions and scores are evaluated.
    pub order: Vec<EvalStep>,
    /// For each scale of the instrument, the position of its score in `scores`.
    pub(crate) positions: Vec<Option<usize>>,
}

/// The answer to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The values that count as an answer.
    pub accepted: Accepted,
    /// When the item is asked; `None` when it is always asked.
    pub asked: Option<Asked>,
}

/// When an item is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The condition. If it is false, the item was not asked and a recorded value is ignored. If it is unknown, a
    /// recorded value counts.
    pub when: Test,
    /// The value that counts as the answer when the item was not asked; `None` when the answer is then missing.
    pub otherwise: Option<f64>,
}

/// One score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The scale to which the score belongs.
    pub scale: ScaleIx,
    /// How it is computed. A truth value is scored 1 or 0, a word by its position.
    pub formula: Formula,
    /// The distinct items that it uses, directly or through other scores; ascending.
    pub items: Vec<ItemIx>,
}

/// One step of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvalStep {
    /// Evaluate whether this item was asked.
    Ask(ItemIx),
    /// Compute the score at this position.
    Score(usize),
}

/// The answers to an item that a score can use.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// One of these coded values, ascending.
    Values(Arc<[OptionValue]>),
    /// Any of the options with these values, in printed order, as
    /// [`ResponseScale::chosen`](scalewright_model::ResponseScale::chosen) records them. No choice is no answer.
    Choices(Arc<[OptionValue]>),
    /// Any number from `min` to `max`, both included. A limit that is not stated is
    /// ±[`UNLIMITED`](scalewright_model::UNLIMITED).
    Between {
        /// The lowest answer.
        min: f64,
        /// The highest answer.
        max: f64,
        /// How many decimal places are recorded.
        decimals: u32,
    },
}

/// The lowest and the highest of numbers that samples of answers between two limits use: the limits, or numbers a thousand
/// apart where a limit is not stated.
#[must_use]
pub fn sampled_ends(min: f64, max: f64) -> (f64, f64) {
    const APART: f64 = 1000.0;
    match (min > -UNLIMITED, max < UNLIMITED) {
        (true, true) => (min, max),
        (true, false) => (min, min + APART),
        (false, true) => (max - APART, max),
        (false, false) => (-APART, APART),
    }
}

impl Accepted {
    /// Whether `answer` is accepted.
    #[must_use]
    pub fn contains(&self, answer: f64) -> bool {
        match self {
            #[expect(clippy::float_cmp, reason = "an answer is the number nearest to the decimal")]
            Self::Values(values) => values.iter().any(|value| value.number() == answer),
            Self::Choices(options) => {
                answer >= 1.0
                    && answer < 2_f64.powi(i32::try_from(options.len()).unwrap_or(0))
                    && answer.fract() == 0.0
            }
            // The same tolerance as in comparisons of formulas.
            Self::Between { min, max, .. } => (min - TOLERANCE..=max + TOLERANCE).contains(&answer),
        }
    }
}

/// Rounds `value` to `decimals` decimal places, halves away from zero.
///
/// A number that is a half in exact arithmetic may be stored slightly below it. Adding [`TOLERANCE`] rounds it as the
/// exact number. This changes no other result: scores that are not a half differ from a half by far more.
#[must_use]
pub fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    let size = (value.abs() * scale + 0.5 + TOLERANCE).floor() / scale;
    // Negating a zero would give −0, which prints with a sign.
    if value < 0.0 && size != 0.0 { -size } else { size }
}

impl Score {
    /// Whether the score is a number, rather than a truth value or a word.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.formula, Formula::Number(_))
    }

    /// The scales whose scores its formula uses directly; ascending and distinct.
    #[must_use]
    pub fn parts(&self) -> Vec<ScaleIx> {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        self.formula.operands(&mut scales, &mut items);
        scales.sort_unstable();
        scales.dedup();
        scales
    }
}

impl Program {
    /// A program of these parts, for an instrument with `scales` scales. [`compile`](crate::compile()) makes programs of
    /// instruments; this puts one together that was sent in parts.
    #[must_use]
    pub fn of_parts(
        answers: Vec<Option<Answer>>,
        scores: Vec<Score>,
        order: Vec<EvalStep>,
        scales: usize,
    ) -> Self {
        let mut positions = vec![None; scales];
        for (position, score) in scores.iter().enumerate() {
            if let Some(of_scale) = positions.get_mut(score.scale.0) {
                *of_scale = Some(position);
            }
        }
        Self { answers, scores, order, positions }
    }

    /// The position of the score of `scale`; `None` when the scale is not scored.
    #[must_use]
    pub fn position(&self, scale: ScaleIx) -> Option<usize> {
        self.positions.get(scale.0).copied().flatten()
    }

    /// What counts as an answer to `item`; `None` when the item cannot be scored.
    #[must_use]
    pub fn answer(&self, item: ItemIx) -> Option<&Answer> {
        self.answers.get(item.0)?.as_ref()
    }

    /// The program as text, one line per score, with the ids of `instrument`.
    #[must_use]
    pub fn text(&self, instrument: &Instrument) -> String {
        let lines = self.scores.iter().map(|score| {
            let id = &instrument.scales[score.scale.0].id;
            format!("{id} = {}\n", crate::text::formula(&score.formula, instrument))
        });
        lines.collect()
    }
}

/// The scale itself and every scale that its score uses, directly or through other scores.
#[must_use]
pub fn parts(program: &Program, scale: ScaleIx) -> Vec<ScaleIx> {
    let mut parts = vec![scale];
    let mut next = 0;
    let mut seen = std::collections::BTreeSet::from([scale]);
    while let Some(&scale) = parts.get(next) {
        next += 1;
        let Some(position) = program.position(scale) else { continue };
        let score = &program.scores[position];
        parts.extend(score.parts().into_iter().filter(|part| seen.insert(*part)));
    }
    parts
}

/// Whether `expr` always gives a whole number. `false` where that is not certain.
pub(crate) fn is_whole(expr: &Expr, answers: &[Option<Answer>]) -> bool {
    use scalewright_model::{Aggregate, AggregateKind, Function, Operator};
    let whole = |value: f64| value.fract() == 0.0;
    let all = |exprs: &[Expr]| exprs.iter().all(|expr| is_whole(expr, answers));
    match expr {
        Expr::Number(value) => whole(*value),
        Expr::Missing | Expr::Chosen { .. } | Expr::Count { .. } | Expr::LongestRun(_) => true,
        Expr::Answer(item) => match answers[item.0].as_ref().map(|answer| &answer.accepted) {
            Some(Accepted::Between { decimals, .. }) => *decimals == 0,
            Some(Accepted::Values(values)) => values.iter().all(|v| v.as_whole().is_some()),
            Some(Accepted::Choices(_)) | None => true,
        },
        // Other scores and tables are not examined. `false` costs only a pass of tidying that changes no whole number.
        Expr::Score(_) | Expr::Lookup { .. } | Expr::Eap { .. } => false,
        Expr::Reverse { of, low, high } => whole(low + high) && is_whole(of, answers),
        Expr::Recode { of, table, other, missing } => {
            let values = table.iter().map(|(_, value)| *value).chain(*other).chain(*missing);
            values.into_iter().all(whole) && (other.is_none() || is_whole(of, answers))
        }
        Expr::Aggregate(Aggregate { kind, terms, weights, need, fill, .. }) => {
            let kind = match kind {
                AggregateKind::Sum => weights.is_none() && *need == terms.len(),
                AggregateKind::Mean => false,
                AggregateKind::Min | AggregateKind::Max => true,
            };
            kind && *fill == scalewright_model::Fill::Nothing && all(terms)
        }
        Expr::Arithmetic { operator, left, right } => {
            *operator != Operator::Divide && is_whole(left, answers) && is_whole(right, answers)
        }
        Expr::Apply { function, of } => match function {
            Function::Abs => is_whole(of, answers),
            Function::Floor | Function::Ceiling | Function::Truncate => true,
            Function::Sqrt | Function::Ln | Function::Exp | Function::NormalCdf => false,
        },
        Expr::Round { of: _, decimals } => *decimals == 0,
        Expr::If { test: _, then, otherwise, unknown } => {
            [then, otherwise, unknown].into_iter().all(|part| is_whole(part, answers))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn halves_round_away_from_zero_as_in_exact_arithmetic() {
        for (value, decimals, expected) in [
            (0.5, 0, 1.0),
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (0.125, 2, 0.13),
            // A half in exact arithmetic, but stored as 1.00499….
            (1.005, 2, 1.01),
            (-1.005, 2, -1.01),
            (2.675, 2, 2.68),
            (-0.2, 0, 0.0),
            (7.0, 3, 7.0),
        ] {
            assert!((rounded(value, decimals) - expected).abs() < 1e-12, "{value} {decimals}");
        }
        assert!(rounded(-0.2, 0).is_sign_positive(), "the result is a negative zero");
    }
}
