//! The content that the platform cannot represent.

use crate::loss::Loss;

/// All losses: a `Loss` for each key of the format that is not exported, with the reason.
pub(super) static LOSSES: &[&Loss] = &[];
