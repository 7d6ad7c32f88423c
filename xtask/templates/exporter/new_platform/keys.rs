//! The keys of a definition that are exported, and where they are on the platform.

use crate::Mapping;

/// All exported keys: one `Mapping` for keys that have the same destination.
pub(super) static KEYS: &[Mapping] = &[];
