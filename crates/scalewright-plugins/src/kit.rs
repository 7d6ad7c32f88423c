//! The conformance kit: judges a plug-in by its answers to requests that use every feature of the format.
//!
//! The kit knows nothing about the purpose of a plug-in. It reports only what is certainly wrong: what the protocol
//! forbids, what contradicts the plug-in's own description, what is not the same twice, and scores that differ from ours.

mod answer;
mod behaviour;
mod csv;
mod definitions;
mod escapes;
mod evaluate;
mod exporter;
mod files;
mod importer;
mod judge;
mod keys;
mod linter;
mod markup;
mod names;
mod options;
mod program;
mod recalled;
mod report;
mod request;
mod respondents;
mod rule;
mod run;
mod subject;
mod templates;

pub use definitions::{Sample, samples};
pub use exporter::check_exporter;
pub use importer::check_importer;
pub use linter::check_linter;
pub use program::ProgramSubject;
pub use report::{Example, Problem, Report};
pub use rule::Rule;
pub use subject::{End, Subject, Trouble};
pub use templates::{Printer, TemplateSubject};
