//! Reads the answers from filled PDF forms. A form is read only if it was made from the given definition and its fields
//! are unaltered.

mod asked;
mod days;
mod form;
mod layout;
mod plain;
mod redcap;
mod refused;
mod remarks;
mod table;
mod typed;

pub use asked::not_asked;
pub use form::{Answers, Cell, Expected, id_in};
pub use refused::Refused;
pub use table::{Table, not_answered};
