//! Scores many tables in one run, each into a file of its own, with a thread for each processor.
//!
//! Every table is opened, planned and scored as if it were the only one. Only the messages, the report and the
//! comparison of respondents concern all of them.

mod across;
mod files;
mod messages;
mod names;
mod pattern;
mod report;
mod run;
mod skipped;
mod walk;

pub use files::{TableFile, TableFiles};
pub use run::{ManyRun, ManyScored, Places};
