//! The workspace's tests, one binary.

mod oracles;
mod pdf;
mod support;
