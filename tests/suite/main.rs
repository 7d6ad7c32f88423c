//! The workspace's tests, one binary.

mod cli;
mod docs;
mod explain;
mod fmt;
mod generated;
mod instruments;
mod lints;
mod malformed;
mod mutants;
mod oracles;
mod pdf;
mod properties;
mod ranges;
mod score_io;
mod support;
mod tidy;
mod vectors;
