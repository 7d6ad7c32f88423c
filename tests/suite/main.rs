//! The workspace's tests, one binary.

mod cli;
mod diff;
mod docs;
mod explain;
mod fmt;
mod fuzz;
mod generated;
mod instruments;
mod levels;
mod lints;
mod malformed;
mod mutants;
mod oracles;
mod pdf;
mod pdf_words;
mod properties;
mod ranges;
mod reports;
mod score_io;
mod score_redcap;
mod seeded;
mod support;
mod tidy;
mod vectors;
