//! FHIRPath, as far as questionnaires compute scores and conditions with it.
//!
//! `parse` reads an expression. `eval` computes it for the answers of one respondent, with collections and three-valued
//! logic, as the engines of form software do. `translate` writes it in our formula language. Both know the questionnaire
//! as a [`World`].
//!
//! Parts that depend on one question with options are translated by a table: they are evaluated for each option. All
//! else, in particular what happens to blanks, is translated without the evaluator.

mod algebra;
mod ast;
mod bands;
mod deps;
mod eval;
mod functions;
mod guard;
mod lex;
mod lift;
mod machine;
mod members;
mod operators;
mod parse;
mod print;
mod respond;
mod scalar;
pub(crate) mod simplify;
mod tables;
#[cfg(test)]
mod tests;
mod translate;
mod walk;
mod world;

pub(crate) use algebra::{Num, Truth, Word};
pub(crate) use ast::Operator;
pub(crate) use bands::{bands, closed};
pub(crate) use lift::lifted;
pub(crate) use machine::Machine;
pub(crate) use parse::parse;
pub(crate) use print::{Names, condition, number, truth_as_number, word};
pub(crate) use respond::Enabled;
pub(crate) use translate::{Translated, Translator};
pub(crate) use walk::Part;
pub(crate) use world::{
    Answered, Calculated, Condition, Node, Offered, Operand, Question, Variable, When, World,
};

use crate::value::Value;
use scalar::Datum;

/// The value of a collection: nothing if it is empty or has several values.
pub(crate) fn value(world: &World, found: &[Datum<'_>]) -> Value {
    match found {
        [Datum::Number(number) | Datum::Quantity(number)] => Value::Number(*number),
        [Datum::Truth(truth)] => Value::Truth(*truth),
        [datum] => match members::written(world, datum) {
            Some(text) if !text.is_empty() => Value::Text(text),
            _ => Value::Blank,
        },
        _ => Value::Blank,
    }
}
