//! Scores in a form that any language can print: named steps of a few total operations, and checks that say where
//! each has a value.
//!
//! A [`Program`] says what a score means. Its formulas are three-valued, forgive missing answers by many rules, and leave
//! undefined results missing. Most languages know none of that, and those that know some of it differ. [`Normal`] decides
//! all of it once, so that a dialect (the printer of one language) decides only how things are spelt.
//!
//! # Steps and checks
//!
//! A [`Step`] is an operation with a number as its result. A [`Check`] is a condition that is either true or false, never
//! missing; a check about a step that has no value is false. Both refer to earlier ones by index, and the same step or
//! check is never listed twice: a language with variables can name what is used several times, one without prints it again.
//! Answers to items ([`Normal::answers`]) and scores ([`Operation::Score`]) are the steps that have names.
//!
//! Every step says twice where it has a value:
//!
//! - [`Step::known`] is the whole truth. A language in which a missing number must never meet an operator prints the
//!   operation behind this check. Where it is true, every operand that the operation reads has a value and the operation
//!   is defined; where it is false, what the printed operation gives does not matter.
//! - [`Step::when`] is what `known` asks beyond the operands. A language in which `missing + 1` is missing prints the
//!   operation behind this check alone, which is most often [`CheckIx::ALWAYS`]. This is so for the operations that are
//!   *strict*, see [`Operation`].
//!
//! [`Step::exists`] is the check that the step has a value, to be printed where a formula asks for that. It is one of
//! [`Check::Known`], [`Check::Given`] or a constant.
//!
//! A condition with three values is a [`Truth`]: a check that it is true, one that it is false, and one that it is either.
//!
//! # What is decided here
//!
//! | Question | Answer |
//! |---|---|
//! | Is an answer given? | [`Check::Given`]. What is not an accepted value counts as missing. |
//! | Was the item asked? | [`Normal::answers`] has a choice between the answer and what counts instead. |
//! | Are enough terms answered? | [`Step::when`] of a [`Operation::Combine`], mandatory terms included. |
//! | What replaces a missing term? | [`Part::stand_in`], or the mean of the others by [`Operation::Combine`]. |
//! | What if a condition is unknown? | [`Operation::Choose`] has the result; a [`Truth`] is never asked as a whole. |
//! | Reversal, weights, linear transforms | [`Operation::Arithmetic`]. |
//! | Bands, norms, tables | [`Operation::Lookup`], a tree of comparisons over ordered intervals. |
//! | Division by 0, roots and logarithms | [`Step::when`], left out where the range of the operand rules it out. |
//! | Equality of binary fractions | [`Check::Compare`] and [`Operation::Recode`] say whether they need a tolerance. |
//! | Rounding | [`Operation::Round`]: halves away from zero, with the guard of [`rounded`](crate::rounded). |
//!
//! A dialect keeps spelling, precedence, limits of length and depth, quirks of engines, and what its language cannot say.
//!
//! # Ranges
//!
//! [`Step::low`] and [`Step::high`] enclose the value wherever there is one, and [`Step::whole`] says that it is a whole
//! number then. They are simple bounds for shorter output; [`range`](crate::range()) gives exact ones. A result outside the
//! range of double precision is missing in [`evaluate`](crate::evaluate) and is not guarded here, except for
//! [`Function::Exp`].

mod build;
mod compute;
mod facts;
mod share;
pub mod tree;

use std::sync::Arc;

use scalewright_model::{AggregateKind, Comparison, Function, Instrument, ItemIx, Model, Operator};

use crate::Program;
use tree::Node;

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
    pub asked: Vec<Option<Truth>>,
    /// What each score is, parallel to the scores of the program.
    pub scores: Vec<Output>,
}

/// What a score is.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// A number.
    Number(StepIx),
    /// Whether something is so.
    Truth(Truth),
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
pub struct Truth {
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
    /// that is. A [`Truth`] as a number is a `Choose` of 1 and 0 instead.
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
    /// One number made of those parts that count, see [`Part`]. `when` asks for enough of them, so that at least one
    /// counts where the step is known. A sum of parts in which none counts is 0.
    Combine {
        /// How. The mean divides by how many parts count, not by how many there are.
        kind: AggregateKind,
        /// The parts, at least one.
        parts: Vec<Part>,
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

/// A part of a [`Operation::Combine`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
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
    /// The normal form of a program, which was compiled from `instrument`.
    #[must_use]
    pub fn of(program: &Program, instrument: &Instrument) -> Self {
        build::build(program, instrument)
    }

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

    /// Computes all scores of one respondent: truth is 1 and 0, a word its position, nothing is missing.
    ///
    /// `answers` has the coded answer to each item of the instrument, what is not accepted by `program` included. It
    /// gives what [`evaluate`](crate::evaluate) gives, slowly and plainly: a dialect can be read against it.
    #[must_use]
    pub fn scores_of(&self, program: &Program, answers: &[Option<f64>]) -> Vec<Option<f64>> {
        compute::scores(self, program, answers)
    }
}
