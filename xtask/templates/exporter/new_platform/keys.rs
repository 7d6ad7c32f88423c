//! Where the platform stores each key of a definition.

use crate::Mapping;

/// All exported keys: one `Mapping` for all keys that go to the same element.
pub(super) static KEYS: &[Mapping] = &[];
