//! How responses become scores: stated once, compiled once, read everywhere.
//!
//! [`compile`] turns a resolved instrument into a [`Program`]. [`evaluate`] runs it over columns of
//! responses, and [`range()`] works out every score it can give. [`normal`] turns it into steps and checks
//! that every language can express, and each module of [`emit`] prints those in the language of a
//! platform. Nothing else in the workspace knows how to score.
//!
//! Invariant: compiling a resolved instrument and evaluating it cannot fail; a dialect may answer
//! that its platform cannot express something, and why.

mod account;
mod blank;
mod compile;
pub mod emit;
mod evaluate;
pub mod normal;
mod program;
mod range;
mod text;
mod value;
mod working;

pub use account::{Account, BandsAccount, cited};
pub use blank::{Blank, Blanks};
pub use compile::compile;
pub use evaluate::{
    Column, Responses, Scored, Unfit, evaluate, evaluate_into, evaluate_scores, tidy,
};
pub use program::{Accepted, Answer, Asked, Program, Score, Step, parts, rounded};
pub use range::{Possible, Range, Reach, Truth, range};
pub use text::{expr as expr_text, formula as formula_text, test as test_text};
pub use value::{truth_of, value_of, values_of};
pub use working::working;
