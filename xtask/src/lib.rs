//! The chores that tests run too. It depends on no other crate, so that it builds in a second.

pub mod list;
pub mod new;
