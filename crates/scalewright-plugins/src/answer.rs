//! Validates what a plug-in answered, before anything is done with it.

mod content;
mod description;
mod files;
mod imported;
mod paths;
mod texts;

pub use description::description;
pub use files::files;
pub use imported::{ImportAnswer, imported};
pub(crate) use texts::is_name;
pub use texts::{findings, losses, notes, refusal};
