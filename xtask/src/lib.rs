//! The commands that tests also run. This crate has no dependencies, so that it builds in a second.

pub mod list;
pub mod new;
