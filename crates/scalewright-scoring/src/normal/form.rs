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
    /// The check that is false for everybody.
    pub const NEVER: Self = Self(0);
    /// The check that is true for everybody.
    pub const ALWAYS: Self = Self(1);
}

/// All scores of an instrument in normal form.
#[derive(Debug, Clone, PartialEq)]
pub struct Normal {
    /// The steps; each refers to steps before it only.
    pub steps: Vec<Step>,
    /// The checks; each refers to checks before it only.
    pub checks: Vec<Check>,
    /// For each item of the instrument the step that gives its answer, with what counts where it was not asked; nothing
    /// for items that no score can be made of.
    pub answers: Vec<Option<StepIx>>,
    /// For each item of the instrument whether it is asked; nothing where it always is.
    pub asked: Vec<Option<TruthChecks>>,
    /// What each score is, parallel to the scores of the program.
    pub scores: Vec<Output>,
}

/// What everything in a normal form is for one respondent.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// The number of each step; nothing where it is not known.
    pub steps: Vec<Option<f64>>,
    /// Whether each check is true.
    pub checks: Vec<bool>,
    /// The scores: truth is 1 and 0, a word its position, nothing is missing.
    pub scores: Vec<Option<f64>>,
}

/// What a score is.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// A number.
    Number(StepIx),
    /// Whether something is so.
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

/// An operation and where it has a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is computed.
    pub operation: Operation,
    /// Where there is a value, in full.
    pub known: CheckIx,
    /// What `known` asks beyond the values of the operands.
    pub when: CheckIx,
    /// The check that this step has a value, as one that refers to the step.
    pub exists: CheckIx,
    /// How many operations have this step as an operand: a language with variables names what has several.
    pub uses: usize,
    /// The value is a whole number wherever there is one.
    pub whole: bool,
    /// The value is nowhere lower; −∞ where nothing is known.
    pub low: f64,
    /// The value is nowhere higher; ∞ where nothing is known.
    pub high: f64,
}

/// How a step computes its number.
///
/// `Arithmetic`, `Apply`, `Round` and `Sum` are strict: they are missing where an operand is, besides where `when` is
/// false. `Recode` and `Lookup` compare their operands, and in most languages comparing a missing number leads to *some*
/// branch: print the check that the operands exist. `Combine`, `Count`, `Choose` and `Eap` read operands that may be
/// missing, and have their own rule for those.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// A number; always known.
    Constant(f64),
    /// Nothing; never known.
    Missing,
    /// The answer to an item as given, whether or not the item was asked. Known where [`Check::Given`].
    Answer(ItemIx),
    /// The score at this position of [`Normal::scores`] as a number: a number, or the position of a word. Known where
    /// that is. A [`TruthChecks`] as a number is a `Choose` of 1 and 0 instead.
    Score(usize),
    /// Two numbers made into one. Division and modulo ask by `when` that the divisor is not 0; the result of modulo has
    /// the sign of the divisor: `left − right · floor(left / right)`.
    Arithmetic {
        /// How.
        operator: Operator,
        /// The left operand.
        left: StepIx,
        /// The right operand.
        right: StepIx,
    },
    /// A function of one number. `Sqrt`, `Ln` and `Exp` ask by `when` that it is defined. `Floor`, `Ceiling` and
    /// `Truncate` take a number within [`TOLERANCE`](scalewright_model::TOLERANCE) of a whole one as that.
    Apply {
        /// Which.
        function: Function,
        /// Its argument.
        of: StepIx,
    },
    /// Rounded to so many decimals, halves away from zero; a number within the tolerance of a half is one.
    Round {
        /// What is rounded.
        of: StepIx,
        /// Decimal places, 0 to 6.
        decimals: u32,
    },
    /// The sum of two or more numbers that must all be known.
    Sum(Vec<StepIx>),
    /// One number made of those parts that count, see [`CombinePart`]. `when` asks for enough of them, so that at least one
    /// counts where the step is known. A sum of parts of which none counts is 0; the lowest and highest of none are
    /// missing, so that `when` does not ask for one where one is enough.
    Combine {
        /// How. The mean divides by how many parts count, not by how many there are.
        kind: AggregateKind,
        /// The parts, at least one.
        parts: Vec<CombinePart>,
        /// What a mean is multiplied by: 1, or for a prorated sum the number of its terms. 1 for other kinds. Where
        /// precision is limited, multiply before dividing.
        times: f64,
    },
    /// How many of these checks are true.
    Count(Vec<CheckIx>),
    /// The step of the first check that is true, otherwise `otherwise`. Known where the chosen step is.
    Choose {
        /// Checks and what each leads to; at least one.
        cases: Vec<(CheckIx, StepIx)>,
        /// The result where no check is true.
        otherwise: StepIx,
    },
    /// Another number for each. A number that is not listed gives `other`, and where there is none it is missing:
    /// `when` asks by [`Check::Listed`] that it is listed.
    Recode {
        /// What is recoded.
        of: StepIx,
        /// From number to number, ascending and distinct, at least one.
        pairs: Vec<(f64, f64)>,
        /// What all other numbers become.
        other: Option<f64>,
        /// `of` and all numbers listed are whole, so that `=` can be used; otherwise equal means within the tolerance.
        exact: bool,
    },
    /// What a table has for some numbers. `when` asks by [`Check::Covered`] that it has something.
    Lookup {
        /// What is looked up.
        keys: Vec<StepIx>,
        /// The table.
        tree: Arc<Node>,
    },
    /// The expected value of a trait given the answers, or its standard deviation. `when` asks for enough answers; an
    /// answer that is missing, or not one of the values of the model's item, is left out.
    Eap {
        /// The keyed answers, parallel to the items of the model.
        answers: Vec<StepIx>,
        /// The model.
        model: Arc<Model>,
        /// Whether the standard deviation is wanted.
        sd: bool,
    },
}

impl Operation {
    /// The steps that it reads, each as often as it does.
    #[must_use]
    pub fn operands(&self) -> Vec<StepIx> {
        match self {
            Self::Constant(_) | Self::Missing | Self::Answer(_) | Self::Score(_) => Vec::new(),
            Self::Count(_) => Vec::new(),
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

/// A part of a [`Operation::Combine`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CombinePart {
    /// The number that counts where it is known.
    pub of: StepIx,
    /// The number that counts where it is not; nothing when the part does not count then.
    pub stand_in: Option<f64>,
}

/// A condition that is true or false. It is false where a step that it is about has no value, unless it says otherwise.
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
    /// The score at this position, which is a [`Output::Truth`], is true, or is false.
    Flag {
        /// The position among the scores.
        score: usize,
        /// Which of both.
        truth: bool,
    },
    /// The score at this position, which is a [`Output::Truth`], is true or false.
    Decided(usize),
    /// Both numbers are known and compare so. A constant is on the right.
    Compare {
        /// How.
        comparison: Comparison,
        /// The left number.
        left: StepIx,
        /// The right number.
        right: StepIx,
        /// Both can be compared as they are; otherwise numbers within the tolerance of one another are equal.
        exact: bool,
    },
    /// The number is known and can be divided by: it is farther from 0 than 1e-12, or than the last decimal that the
    /// language keeps.
    NonZero(StepIx),
    /// The number is known and is one of these.
    Listed {
        /// The number.
        of: StepIx,
        /// These, ascending and distinct.
        values: Vec<f64>,
        /// As in [`Operation::Recode`].
        exact: bool,
    },
    /// The numbers are known and the table has something for them.
    Covered {
        /// What is looked up.
        keys: Vec<StepIx>,
        /// The table.
        tree: Arc<Node>,
    },
    /// At least so many checks are true: at least 2 and fewer than all, the rest being `Any` and `All`.
    AtLeast {
        /// How many.
        count: usize,
        /// The checks.
        of: Vec<CheckIx>,
    },
    /// All are true; two or more.
    All(Vec<CheckIx>),
    /// One or more is true; two or more.
    Any(Vec<CheckIx>),
    /// It is false.
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

    /// The number that a step always has, where it is a constant.
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
