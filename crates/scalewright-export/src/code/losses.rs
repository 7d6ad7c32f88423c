//! What scoring code cannot represent.

use crate::loss::{Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};

pub(crate) const SCORE: Loss = Loss::new(
    &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"],
    "the score of `{id}`",
    "",
)
.when("if the language cannot express it; the export is refused, or omits the score with `--leave-out-scores`");

pub(crate) const BANDS: Loss = Loss::new(&["scales[].bands[].label"], "the bands of `{id}`", "")
    .when("if the language cannot express them; the export is refused, or omits the bands with `--leave-out-scores`");

/// All losses.
pub(crate) static LOSSES: &[&Loss] =
    &[&SCORE, &BANDS, &UNVERIFIED, &RECALLED, &UNSURE, &WORDS_OF_FORMULAS];
