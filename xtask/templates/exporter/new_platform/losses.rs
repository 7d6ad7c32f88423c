//! What the platform has no place for.

use crate::loss::Loss;

/// All of it: a `Loss` for keys of the format that are not exported, with the reason.
pub(super) static LOSSES: &[&Loss] = &[];
