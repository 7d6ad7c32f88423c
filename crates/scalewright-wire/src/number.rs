//! Numbers on the wire.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A finite number. It is written with the fewest digits that read back as the same number in double precision; a whole
/// number has no decimal point.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Number(pub f64);

/// Below this size, every whole number is exact in double precision.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0;
        // −0 keeps its sign, which a whole number of JSON could not.
        let plain = value.fract() == 0.0 && value.abs() < LARGEST_WHOLE;
        if plain && !(value == 0.0 && value.is_sign_negative()) {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            return serializer.serialize_i64(value as i64);
        }
        serializer.serialize_f64(value)
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(value)
    }
}

impl From<Number> for f64 {
    fn from(number: Number) -> Self {
        number.0
    }
}
