//! The value of a score (a number, a truth value or a word) and its bands.

use scalewright_model::{Band, Scale};

/// The label of the band that contains a score.
pub(super) fn label(bands: &[Band], score: Option<f64>) -> Option<&str> {
    let score = score?;
    Band::containing(bands, score).map(|band| band.label.as_str())
}

/// A score with its type.
pub(super) enum Value<'a> {
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// One of the words of its scale.
    Word(&'a str),
}

/// The typed value of a score of `scale`.
pub(super) fn value(scale: &Scale, score: f64) -> Value<'_> {
    if scale.is_truth() {
        return Value::Truth(score != 0.0);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    match scale.words() {
        Some(words) => Value::Word(words.get(score as usize).map_or("", String::as_str)),
        None => Value::Number(score),
    }
}
