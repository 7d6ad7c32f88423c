//! The workspace's tests, one binary.

mod docs;
mod oracles;
mod pdf;
mod support;
