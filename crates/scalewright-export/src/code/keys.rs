//! Where scoring code contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, MISSING, MODELS, NORMS, REFERENCES, SCORED, STANDING, TABLES, joined,
};

/// All keys. Keys without elements are not in the code, because no score depends on them.
pub(crate) static KEYS: &[Mapping] = &[];
