//! Runs plug-ins: exporters, importers and lints that other programs or templates provide.
//!
//! An answer of a plug-in is not trusted. It is validated completely before anything is done with it.
//!
//! Invariant: nothing is printed, and no file is written outside the plug-in's own temporary folder.

pub mod answer;
mod failure;
pub mod find;
pub mod formats;
pub mod kit;
mod limits;
pub mod linted;
pub mod process;
pub mod templates;

pub use failure::Failure;
pub use limits::Limits;
