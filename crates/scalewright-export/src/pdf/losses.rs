//! What a printed form has no place for.

use crate::loss::Loss;

pub(super) const CONDITION: Loss =
    Loss::new(&["items[].ask-if"], "the condition of `{id}`", "this form asks the item always")
        .when("where the condition cannot be put into the words of a skip instruction")
        .help("scores are the same: an answer counts only where `{text}`");

/// All of it.
pub(super) static LOSSES: &[&Loss] = &[&CONDITION];
