//! What a lint is, what it looks at and what it finds; the lints themselves are in `lints/`.

mod banded;
mod context;
mod file;
mod rule;
mod run;

pub(crate) use banded::Banded;
pub(crate) use context::{Context, Hit, shown, unequal};
pub(crate) use file::File;
pub use rule::{Group, Lint};
pub(crate) use run::run;
