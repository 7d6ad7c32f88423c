//! The types of the normal form, see [the module](super).

use std::sync::Arc;

use scalewright_model::{AggregateKind, Comparison, Function, ItemIx, Model, Operator};

use super::tree::Node;

/// The position of a step in [`Normal::steps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepIx(pub usize);

/// The position of a check in [`Normal::checks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckIx(pub usize);

impl CheckIx {
    /// The check that is false for every respondent.
    pub const NEVER: Self = Self(0);
    /// The check that is true for every respondent.
    pub const ALWAYS: Self = Self(1);
}

/// All scores of an instrument in normal form.
#[derive(Debug, Clone, PartialEq)]
pub struct Normal {
    /// The steps; each refers only to steps before it.
    pub steps: Vec<Step>,
    /// The checks; each refers only to checks before it.
    pub checks: Vec<Check>,
    /// For each item of the instrument, the step with its answer, or with the value that counts if it was not asked;
    /// `None` for items that cannot be scored, and for items with several choices.
    pub answers: Vec<Option<StepIx>>,
    /// For each item of the instrument, whether it is asked; `None` if it is always asked.
    pub asked: Vec<Option<TruthChecks>>,
    /// For each note of the instrument, whether it is shown; `None` if it is always shown.
    pub shown: Vec<Option<TruthChecks>>,
    /// The result of each score, parallel to the scores of the program.
    pub scores: Vec<Output>,
    /// For each score, one check for each distinct item that it uses, directly or through other scores: the answer
    /// exists, or a value that counts because the item was not asked. The number of true checks is
    /// [`Scored::answered`](crate::Scored::answered).
    pub answered: Vec<Vec<CheckIx>>,
    /// For each score, the check that it exists and uses a substitute for a missing answer:
    /// [`Scored::prorated`](crate::Scored::prorated). [`CheckIx::NEVER`] for scores that use no substitutes. The check
    /// of a score that is computed from another one refers to the check of that one.
    pub prorated: Vec<CheckIx>,
}

impl Normal {
    /// The conditions of the items and then of the notes; `None` for what is always asked or shown.
    pub fn conditions(&self) -> impl Iterator<Item = Option<TruthChecks>> {
        self.asked.iter().chain(&self.shown).copied()
    }
}

/// The values of all steps, checks and scores for one respondent.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// The number of each step; `None` if it has no value.
    pub steps: Vec<Option<f64>>,
    /// Whether each check is true.
    pub checks: Vec<bool>,
    /// The scores: a truth value is 1 or 0, a word its position, `None` is missing.
    pub scores: Vec<Option<f64>>,
    /// For each score, how many of its items are answered.
    pub answered: Vec<usize>,
    /// For each score, whether it exists and uses a substitute for a missing answer.
    pub prorated: Vec<bool>,
}

/// The result of a score.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// A number.
    Number(StepIx),
    /// A truth value.
    Truth(TruthChecks),
    /// A word.
    Word {
        /// The position of the word in `words`, from 0.
        position: StepIx,
        /// The words.
        words: Vec<String>,
    },
}

/// A condition that is true, false or missing, as three checks. `yes` and `no` are never true together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TruthChecks {
    /// It is true.
    pub yes: CheckIx,
    /// It is false.
    pub no: CheckIx,
    /// It is true or false.
    pub known: CheckIx,
}

/// An operation, and the conditions under which it has a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is computed.
    pub operation: Operation,
    /// The complete condition for a value.
    pub known: CheckIx,
    /// The part of `known` beyond the existence of the operands.
    pub when: CheckIx,
    /// The check that this step has a value, in the shortest form: it refers to the step or to an answer, or is
    /// constant.
    pub exists: CheckIx,
    /// How many operations have this step as an operand. A language with variables names steps that have several uses.
    pub uses: usize,
    /// Whether the value, if there is one, is always a whole number.
    pub whole: bool,
    /// A lower bound of the value; −∞ if unknown.
    pub low: f64,
    /// An upper bound of the value; ∞ if unknown.
    pub high: f64,
}

/// How a step computes its number.
///
/// `Arithmetic`, `Apply`, `Round` and `Sum` are strict: they are missing if an operand is missing or `when` is false.
/// `Recode` and `Lookup` compare their operands, and in most languages comparing a missing number selects *some*
/// branch: print the check that the operands exist. `Combine`, `Count`, `Choose` and `Eap` read operands that may be
/// missing, and have their own rules for those.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// A number; always known.
    Constant(f64),
    /// A missing value; never known.
    Missing,
    /// The answer to an item as given, whether or not the item was asked. Known if [`Check::Given`].
    Answer(ItemIx),
    /// 1 if an option of an item with several choices is chosen, otherwise 0, whether or not the item was asked; always
    /// known.
    Chosen {
        /// The item.
        item: ItemIx,
        /// The position of the option on the response scale of the item.
        option: usize,
    },
    /// The score at this position of [`Normal::scores`] as a number: a number, or the position of a word. Known if the
    /// score is. A truth value as a number is a `Choose` of 1 and 0 instead.
    Score(usize),
    /// An arithmetic operation. For division and modulo, `when` requires that the divisor is not 0. The result of
    /// modulo has the sign of the divisor: `left − right · floor(left / right)`.
    Arithmetic {
        /// The operator.
        operator: Operator,
        /// The left operand.
        left: StepIx,
        /// The right operand.
        right: StepIx,
    },
    /// A function of one number. For `Sqrt`, `Ln` and `Exp`, `when` requires that the result is defined. `Floor`,
    /// `Ceiling` and `Truncate` treat a number within [`TOLERANCE`](scalewright_model::TOLERANCE) of a whole number as
    /// that number.
    Apply {
        /// The function.
        function: Function,
        /// Its argument.
        of: StepIx,
    },
    /// Rounding to a number of decimals, halves away from zero. A number within the tolerance of a half counts as a
    /// half.
    Round {
        /// The number that is rounded.
        of: StepIx,
        /// Decimal places, 0 to 6.
        decimals: u32,
    },
    /// The sum of two or more numbers that must all be known.
    Sum(Vec<StepIx>),
    /// The sum, mean, minimum or maximum of those parts that count, see [`CombinePart`]. `when` requires enough of
    /// them, so that at least one counts if the step is known. If no part counts, a sum is 0, and a minimum or maximum
    /// is missing; for these, `when` is therefore always true if one part is enough.
    Combine {
        /// The kind. A mean divides by the number of parts that count, not by the number of all parts.
        kind: AggregateKind,
        /// The parts, at least one.
        parts: Vec<CombinePart>,
        /// The factor of a mean: 1, or the number of terms for a prorated sum. 1 for other kinds. If precision is
        /// limited, multiply before dividing.
        times: f64,
    },
    /// How many of these checks are true.
    Count(Vec<CheckIx>),
    /// The step of the first check that is true, otherwise `otherwise`. Known if the chosen step is.
    Choose {
        /// The checks, each with its step; at least one.
        cases: Vec<(CheckIx, StepIx)>,
        /// The step if no check is true.
        otherwise: StepIx,
    },
    /// Replaces listed numbers by others. A number that is not listed gives `other`; without `other` the result is
    /// missing, and `when` requires by [`Check::Listed`] that the number is listed.
    Recode {
        /// The number that is recoded.
        of: StepIx,
        /// Pairs of old and new numbers; the old ones are ascending and distinct. At least one.
        pairs: Vec<(f64, f64)>,
        /// The new number for all numbers that are not listed.
        other: Option<f64>,
        /// Whether `of` and all listed numbers are whole, so that `=` can be used. Otherwise numbers are equal if they
        /// are within the tolerance.
        exact: bool,
    },
    /// The value of a table for some keys. `when` requires by [`Check::Covered`] that the table has a value for them.
    Lookup {
        /// The keys.
        keys: Vec<StepIx>,
        /// The table.
        tree: Arc<Node>,
    },
    /// The expected value of a trait given the answers, or its standard deviation. `when` requires enough answers. An
    /// answer that is missing, or not one of the values of the model's item, is left out.
    Eap {
        /// The keyed answers, parallel to the items of the model.
        answers: Vec<StepIx>,
        /// The model.
        model: Arc<Model>,
        /// Whether the result is the standard deviation.
        sd: bool,
    },
}

impl Operation {
    /// The steps that the operation reads; a step that it reads several times is repeated.
    #[must_use]
    pub fn operands(&self) -> Vec<StepIx> {
        match self {
            Self::Constant(_)
            | Self::Missing
            | Self::Answer(_)
            | Self::Chosen { item: _, option: _ }
            | Self::Score(_)
            | Self::Count(_) => Vec::new(),
            Self::Arithmetic { operator: _, left, right } => vec![*left, *right],
            Self::Apply { of, .. } | Self::Round { of, .. } | Self::Recode { of, .. } => vec![*of],
            Self::Sum(steps)
            | Self::Lookup { keys: steps, tree: _ }
            | Self::Eap { answers: steps, .. } => steps.clone(),
            Self::Combine { parts, .. } => parts.iter().map(|part| part.of).collect(),
            Self::Choose { cases, otherwise } => {
                cases.iter().map(|(_, step)| *step).chain([*otherwise]).collect()
            }
        }
    }
}

/// A part of an [`Operation::Combine`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CombinePart {
    /// The number that counts if it is known.
    pub of: StepIx,
    /// The number that counts if `of` is not known; `None` if the part then does not count.
    pub stand_in: Option<f64>,
}

/// A condition that is true or false. Unless stated otherwise, it is false if a step that it refers to has no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// False; at [`CheckIx::NEVER`] only.
    Never,
    /// True; at [`CheckIx::ALWAYS`] only.
    Always,
    /// The item has an answer that is one of those accepted by the program, whether or not it was asked.
    Given(ItemIx),
    /// The step has a value: the same as its [`Step::known`].
    Known(StepIx),
    /// The score at this position, which is an [`Output::Truth`], equals `truth`.
    Flag {
        /// The position among the scores.
        score: usize,
        /// The truth value.
        truth: bool,
    },
    /// The score at this position, which is an [`Output::Truth`], is known: it is true or false.
    Decided(usize),
    /// Both numbers are known and satisfy the comparison. A constant is always on the right.
    Compare {
        /// The comparison.
        comparison: Comparison,
        /// The left number.
        left: StepIx,
        /// The right number.
        right: StepIx,
        /// Whether both are compared exactly. Otherwise numbers within the tolerance of each other are equal.
        exact: bool,
    },
    /// The number is known and can be a divisor: its distance from 0 is more than 1e-12, or more than the last decimal
    /// that the language keeps.
    NonZero(StepIx),
    /// The number is known and is one of `values`.
    Listed {
        /// The number.
        of: StepIx,
        /// The values, ascending and distinct.
        values: Vec<f64>,
        /// Whether numbers are compared exactly, as in [`Operation::Recode`].
        exact: bool,
    },
    /// The keys are known and the table has a value for them.
    Covered {
        /// The keys.
        keys: Vec<StepIx>,
        /// The table.
        tree: Arc<Node>,
    },
    /// At least `count` checks are true. `count` is at least 2 and less than the number of checks; otherwise the check
    /// is `Any` or `All`.
    AtLeast {
        /// The least number of true checks.
        count: usize,
        /// The checks.
        of: Vec<CheckIx>,
    },
    /// All checks are true; there are at least two.
    All(Vec<CheckIx>),
    /// At least one check is true; there are at least two.
    Any(Vec<CheckIx>),
    /// The check is false.
    Not(CheckIx),
}

impl Normal {
    /// The step at `ix`.
    #[must_use]
    pub fn step(&self, ix: StepIx) -> &Step {
        &self.steps[ix.0]
    }

    /// The check at `ix`.
    #[must_use]
    pub fn check(&self, ix: CheckIx) -> &Check {
        &self.checks[ix.0]
    }

    /// The number of a step that is a constant; `None` for other steps.
    #[must_use]
    pub fn constant(&self, ix: StepIx) -> Option<f64> {
        match self.step(ix).operation {
            Operation::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The check that a score is known.
    #[must_use]
    pub fn is_scored(&self, position: usize) -> CheckIx {
        match &self.scores[position] {
            Output::Number(step) | Output::Word { position: step, words: _ } => {
                self.step(*step).exists
            }
            Output::Truth(truth) => truth.known,
        }
    }
}
