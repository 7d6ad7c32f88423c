//! Reads questionnaires from the files of other programs, proves their scores, and audits what is deployed.
//!
//! A reader of a format (`formats`) makes a [`Form`]: items, answers, conditions and scores as the source has them, each
//! with its place. Scores and conditions are [`Rule`]s: the source's own computation, with its treatment of blanks, and
//! the translation into our format. `expr` does both for the expression languages of platforms. `write` makes the
//! definition and its wording files; `prove` evaluates both sides on the same answers.
//!
//! Invariant: nothing is guessed in silence. Whatever a source contains is imported, imported with a finding, or
//! reported as not understood.

mod alike;
mod around;
pub mod audit;
mod choices;
mod codes;
mod csv;
mod definition;
mod draft;
mod empty;
mod encoding;
pub mod expr;
mod fhirpath;
mod finding;
mod form;
mod format;
mod formats;
mod ids;
mod import;
mod json;
mod left_out;
mod licence;
mod limits;
mod markdown;
mod markup;
mod notes;
mod numbered;
mod options;
mod outside;
mod own;
mod place;
mod predicate;
pub mod prove;
pub mod report;
mod sheets;
mod source;
pub mod taken;
mod texts;
mod uses;
mod value;
mod words;

pub use definition::Definition;
pub use finding::{Finding, Kind};
pub use form::rule::{Answers, Rule, Source, Target};
pub use form::{Choice, Form, FormRights, Item, Response, ResponseKind, Score, Section, Titled};
pub use format::Format;
pub use formats::FORMATS;
pub use formats::reproschema::folder::{main_files, of_items};
pub use ids::Ids;
pub use import::{Import, Imported, import, is_recognised};
pub use licence::open_licence;
pub use options::{Options, reads_like_no_answer};
pub use outside::{Outside, OutsideForm};
pub use place::Place;
pub use source::{MOST_BYTES, Sources, names_of};
pub use value::Value;
pub use words::{Words, plain};
