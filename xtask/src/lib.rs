//! The development commands that tests also run. It depends on no other crate, so that it builds in a second.

pub mod list;
pub mod new;
