//! What a codebook does not contain.

use scalewright_model::Diagnostic;

use crate::key_groups::joined;
use crate::loss::{self, DESCRIPTION, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::{ExportRequest, ui};

/// Nobody expects these parts of a definition in a codebook, so this loss is documented, but not reported.
const UNASKED: Loss = Loss::new(
    joined![&[
        "format",
        "allow[].lint",
        "allow[].at",
        "allow[].reason",
        "rights.digests",
        "short-form-of",
        "parallel-to",
        "notes[].id",
        "scales[].bands[].feedback",
        "scales[].band-sets[].bands[].feedback",
        "response-scales.*.lines",
        "tables.*.rows",
        "tables.*.matching",
        "tables.*.outside",
        "models.*.type",
        "models.*.scaling",
        "models.*.items[].item",
        "models.*.items[].discrimination",
        "models.*.items[].thresholds",
        "models.*.grid.low",
        "models.*.grid.high",
        "models.*.grid.points",
        "models.*.prior-mean",
        "models.*.prior-sd",
    ]],
    "the rows of tables, the parameters of models, feedback, and what concerns only the file itself",
    "a codebook names tables and models, with their sources",
)
.when("always, and without a message");

/// All losses.
pub(super) static LOSSES: &[&Loss] =
    &[&UNASKED, &UNVERIFIED, &RECALLED, &UNSURE, &WORDS_OF_FORMULAS, &DESCRIPTION];

/// The losses of a codebook of an instrument.
pub(super) fn reported(request: &ExportRequest<'_>) -> Vec<Diagnostic> {
    let mut found = loss::unscored(request, "the codebook");
    found.extend(loss::words_of_formulas(request));
    found.extend(loss::description(request));
    found.extend(ui::english(&request.wording.language, "the codebook"));
    found
}
