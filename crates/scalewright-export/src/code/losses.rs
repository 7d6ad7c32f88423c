//! What scoring code cannot represent.

use super::keys::UNSCORED;
use crate::loss::{Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};

pub(crate) const SCORE: Loss = Loss::new(
    &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"],
    "the score of `{id}`",
    "",
)
.when("if the language cannot express it; the export is refused, or omits the score with `--leave-out-scores`");

pub(crate) const BANDS: Loss = Loss::new(&["scales[].bands[].label"], "the list of bands of `{id}`", "")
    .when("if the language cannot express them; the export is refused, or omits the bands with `--leave-out-scores`");

/// Nobody expects words and layout in scoring code, so this loss is documented, but not reported.
pub(crate) const ONLY_SCORES: Loss = Loss::new(
    UNSCORED,
    "what no score depends on: words, layout, codes, administration, reliability",
    "the code only computes scores",
)
.when("always, and without a message");

/// All losses.
pub(crate) static LOSSES: &[&Loss] =
    &[&ONLY_SCORES, &SCORE, &BANDS, &UNVERIFIED, &RECALLED, &UNSURE, &WORDS_OF_FORMULAS];
