//! What a document cannot represent.

use crate::loss::Loss;

pub(super) const CONDITION: Loss =
    Loss::new(&["items[].ask-if"], "the condition of `{id}`", "this form always asks the item")
        .when("if the condition cannot be expressed as a skip instruction")
        .help("scores are unchanged: an answer counts only if `{text}`");

/// All losses.
pub(super) static LOSSES: &[&Loss] = &[&CONDITION];
