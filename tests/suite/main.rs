//! The workspace's tests, one binary.

mod oracles;
