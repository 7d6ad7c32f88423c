//! The keys of a definition that the platform cannot represent.

use crate::loss::Loss;

/// All losses: a `Loss` for keys of the format that are not exported, with the reason.
pub(super) static LOSSES: &[&Loss] = &[];
