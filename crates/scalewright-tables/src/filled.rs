//! The answers of filled PDF forms: whether a form is one of the instrument as it is defined, whole and unaltered, and what
//! was answered.

mod days;
mod form;
mod layout;
mod refused;
mod table;
mod typed;

pub use form::{Answers, Cell, Expected, id_in};
pub use refused::Refused;
pub use table::{Table, not_answered};
