//! Exporters that are folders of templates, without a program.
//!
//! A folder with a `target.toml` names the files that it writes, and the template of each. Templates cannot run
//! programs, read files outside the folder, turn off escapes, or run and write without a bound.

mod context;
mod engine;
mod escape;
mod export;
mod file;
mod filters;
mod losses;
mod markup;
mod pieces;
mod places;
mod read;
mod result;
mod rules;
mod walk;

pub use context::Printed;
pub use file::{
    Dialect, Escape, LossFile, NamesFile, OptionFile, OptionType, OutputFile, TargetFile, ValueFile,
};
pub use read::{TARGET, TemplateExporter, Wrong};
