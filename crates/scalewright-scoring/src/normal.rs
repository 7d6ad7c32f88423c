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
//! A condition with three values is a [`TruthChecks`]: a check that it is true, one that it is false, and one that it is either.
//!
//! # What is decided here
//!
//! | Question | Answer |
//! |---|---|
//! | Is an answer given? | [`Check::Given`]. What is not an accepted value counts as missing. |
//! | Was the item asked? | [`Normal::answers`] has a choice between the answer and what counts instead. |
//! | Are enough terms answered? | [`Step::when`] of a [`Operation::Combine`], mandatory terms included. |
//! | What replaces a missing term? | [`CombinePart::stand_in`], or the mean of the others by [`Operation::Combine`]. |
//! | What if a condition is unknown? | [`Operation::Choose`] has the result; a [`TruthChecks`] is never asked as a whole. |
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

mod aggregates;
mod build;
mod choices;
mod compute;
mod facts;
mod form;
mod share;
pub mod tree;

use scalewright_model::Instrument;

use crate::Program;

pub use form::{
    Check, CheckIx, CombinePart, Normal, Operation, Output, Step, StepIx, TruthChecks, Values,
};

impl Normal {
    /// The normal form of a program, which was compiled from `instrument`.
    #[must_use]
    pub fn of(program: &Program, instrument: &Instrument) -> Self {
        build::build(program, instrument)
    }

    /// Computes everything for one respondent.
    ///
    /// `answers` has the coded answer to each item of the instrument, what is not accepted by `program` included. The
    /// scores are those of [`evaluate`](crate::evaluate), computed slowly and plainly: a dialect can be read, and tested,
    /// against it.
    #[must_use]
    pub fn values(&self, program: &Program, answers: &[Option<f64>]) -> Values {
        compute::values(self, program, answers)
    }
}
