//! Where the platform has each key of a definition.

use crate::Mapping;

/// All keys that are exported: a `Mapping` for those that go to the same place.
pub(super) static KEYS: &[Mapping] = &[];
