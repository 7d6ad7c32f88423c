//! The instrument, its words and its scores on the wire.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An instrument without its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// Its id.
    pub id: String,
}

/// The words of an instrument in one language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wording {
    /// The language, a BCP 47 tag.
    pub language: String,
}

/// The scores of an instrument.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scores {}
