//! The workspace's tests, one binary.

mod generated;
mod instruments;
mod lints;
mod malformed;
mod oracles;
mod pdf;
mod support;
mod tidy;
