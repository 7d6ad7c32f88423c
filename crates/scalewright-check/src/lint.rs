//! The parts that all lints share: their description, their input and their findings. The lints are in `lints/`.

mod banded;
mod cells;
mod combined;
mod context;
mod file;
mod rule;
mod run;
mod texts;

pub(crate) use banded::Banded;
pub(crate) use cells::Cells;
pub(crate) use combined::{Combined, falls, formula_key};
pub(crate) use context::{Context, Hit, shown};
pub(crate) use file::File;
pub use rule::{Group, Lint};
pub(crate) use run::run;
pub(crate) use texts::Defect;
