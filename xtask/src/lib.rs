//! The commands that tests also run. This crate uses no crate of the workspace, so that it builds in seconds.

pub mod api;
pub mod list;
pub mod new;
