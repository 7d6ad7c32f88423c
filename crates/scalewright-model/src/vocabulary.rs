//! The closed lists of terms that a definition chooses from, and the small records that files and instruments share.
//!
//! Files and instruments use the same words for these, so each has a single type. The doc comments are also the
//! descriptions in the JSON Schemas, so they are written for psychologists.

mod choice;
mod instrument;
mod print;
mod rights;
mod scoring;

pub use choice::Choice;
pub use instrument::{Code, Mode, Respondent, Status, TranslationStatus};
pub use print::{Layout, Paper};
pub use rights::{Evidence, Permission, Permissions, UseContext, WordingPolicy};
pub use scoring::{
    Derived, KeyDisclosure, KeyStatus, Matching, MissingKind, ModelType, Outside, ReliabilityKind,
    ScoreKind, ScoreRange,
};
