//! Scores in a form that can be printed in any language: named steps of a few operations, and checks that state when
//! each step has a value.
//!
//! A [`Program`] defines the meaning of a score. Its formulas use three-valued logic, handle missing answers by many
//! rules, and leave undefined results missing. Most languages support none of that, and those that support a part of it
//! differ. [`Normal`] resolves all of it once, so that a dialect (the printer of one language) decides only how things
//! are spelt.
//!
//! # Steps and checks
//!
//! A [`Step`] is an operation with a number as its result. A [`Check`] is a condition that is either true or false,
//! never missing; a check about a step that has no value is false. Both refer to earlier ones by index. No step or
//! check is listed twice: a language with variables can name a step that is used several times, one without prints it
//! again. The steps that have names are answers to items ([`Normal::answers`]) and scores ([`Operation::Score`]).
//!
//! Every step states in two ways when it has a value:
//!
//! - [`Step::known`] is the complete condition. A language in which an operator must never see a missing number prints
//!   the operation behind this check. If it is true, every operand that the operation reads has a value and the
//!   operation is defined; if it is false, the result of the printed operation does not matter.
//! - [`Step::when`] is the part of `known` beyond the operands. A language in which `missing + 1` is missing prints the
//!   operation behind this check alone, which is usually [`CheckIx::ALWAYS`]. This applies to the operations that are
//!   *strict*, see [`Operation`].
//!
//! [`Step::exists`] is the check that the step has a value, printed where a formula tests for a missing value: one
//! of [`Check::Known`], [`Check::Given`] or a constant.
//!
//! A condition with three values is a [`TruthChecks`]: a check that it is true, one that it is false, and one that it
//! is either of them.
//!
//! # Marks
//!
//! Beside each score, [`evaluate`](crate::evaluate()) reports how many items were answered and whether the score uses
//! substitutes for missing answers. [`Normal::answered`] and [`Normal::prorated`] state both as checks. Their steps and
//! checks come last and are not counted in [`Step::uses`]. In a language without variables, print a check of `prorated`
//! that occurs within another one by the name of its result: an expression that repeats it grows with each score
//! computed from scores.
//!
//! # Questions resolved here
//!
//! | Question | Answer |
//! |---|---|
//! | Is an answer given? | [`Check::Given`]. A value that is not accepted counts as missing. |
//! | Was the item asked? | [`Normal::answers`] has a choice between the answer and the value that counts instead. |
//! | Are enough terms answered? | [`Step::when`] of an [`Operation::Combine`], mandatory terms included. |
//! | What replaces a missing term? | [`CombinePart::stand_in`], or the mean of the others by [`Operation::Combine`]. |
//! | What if a condition is unknown? | [`Operation::Choose`] has a case for it, by the checks of [`TruthChecks`]. |
//! | Reversal, weights, linear transforms | [`Operation::Arithmetic`]. |
//! | Bands, norms, tables | [`Operation::Lookup`], a tree of comparisons over ordered intervals. |
//! | Division by 0, roots and logarithms | [`Step::when`], omitted if the range of the operand excludes the problem. |
//! | Equality of binary fractions | [`Check::Compare`] and [`Operation::Recode`] state whether they need a tolerance. |
//! | Rounding | [`Operation::Round`]: halves away from zero, with the guard of [`rounded`](crate::rounded). |
//!
//! A dialect handles spelling, precedence, limits of length and depth, quirks of engines, and what its language cannot
//! express.
//!
//! # Ranges
//!
//! [`Step::low`] and [`Step::high`] are bounds of the value if there is one, and [`Step::whole`] states that it is then
//! a whole number. These simple bounds make the output shorter; [`range`](crate::range()) gives exact ones. A result
//! outside the range of double precision is missing in [`evaluate`](crate::evaluate()). It is not guarded here, except
//! for [`Function::Exp`](scalewright_model::Function::Exp).

mod aggregates;
mod build;
mod choices;
mod compute;
mod facts;
mod form;
mod marks;
mod share;
pub mod tree;

use scalewright_model::Instrument;

use crate::Program;

pub use form::{
    Check, CheckIx, CombinePart, Normal, Operation, Output, Step, StepIx, TruthChecks, Values,
};

impl Normal {
    /// The normal form of `program`, which was compiled from `instrument`.
    #[must_use]
    pub fn of(program: &Program, instrument: &Instrument) -> Self {
        build::build(program, instrument)
    }

    /// Computes all steps, checks and scores for one respondent.
    ///
    /// `answers` has the coded answer to each item of the instrument; values that `program` does not accept are
    /// allowed. The scores equal those of [`evaluate`](crate::evaluate()), computed simply and slowly. This is the
    /// reference for dialects and their tests.
    #[must_use]
    pub fn values(&self, program: &Program, answers: &[Option<f64>]) -> Values {
        compute::values(self, program, answers)
    }

    /// Computes one step for one respondent, with `answers` as in [`values`](Self::values).
    #[must_use]
    pub fn step_value(
        &self,
        program: &Program,
        answers: &[Option<f64>],
        step: StepIx,
    ) -> Option<f64> {
        compute::step_value(self, program, answers, step)
    }

    /// Computes a step from the value of its only operand `of` that is not a constant; `None` if the step has no value
    /// then.
    #[must_use]
    pub fn step_from(&self, step: StepIx, of: (StepIx, f64)) -> Option<f64> {
        compute::step_from(self, step, of)
    }

    /// Computes one check for one respondent, with `answers` as in [`values`](Self::values).
    #[must_use]
    pub fn check_value(&self, program: &Program, answers: &[Option<f64>], check: CheckIx) -> bool {
        compute::check_value(self, program, answers, check)
    }
}
