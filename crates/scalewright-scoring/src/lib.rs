//! Computes scores from responses. All other crates use the program that this crate compiles.
//!
//! [`compile()`] turns a resolved instrument into a [`Program`]. [`evaluate()`] runs it over columns of
//! responses, and [`range()`] computes every score that it can give. [`normal`] turns it into steps and checks
//! that every language can express. A dialect prints those in the language of its platform, with the help of
//! [`emit`]. No other crate of the workspace implements scoring.
//!
//! Invariant: compiling a resolved instrument and evaluating it cannot fail. A dialect may report
//! that its platform cannot express a score, with the reason.

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

pub use account::{
    Account, AccountTable, BandsAccount, Content, Entry, Part, Phrases, Term, Tongue, cited,
};
pub use blank::{Blank, Blanks};
pub use compile::{compile, compile_only, dated, looked_into, years_counted};
pub use evaluate::{
    Column, InvalidResponses, Responses, Scored, evaluate, evaluate_into, evaluate_scores, tidy,
};
pub use program::{
    Accepted, Answer, Asked, EvalStep, Program, Score, parts, rounded, sampled_ends,
};
pub use range::{Possible, PossibleTruth, Range, Reach, range};
pub use text::{expr as expr_text, formula as formula_text, test as test_text};
pub use value::asked;
use value::{truth_of, value_of, values_of};
pub use working::working;
