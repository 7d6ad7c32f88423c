//! Cells with several answers, in which an item takes one, or with labels that cannot be divided.

use scalewright_model::{ResponseKind, ResponseScale};

/// What follows the reason why a text is not a choice.
pub(super) const NOT_DIVIDED: &str = "; export the codes of choices, or a column with 1 or 0 for each, because labels in one cell cannot be divided";

/// Whether a cell of an item with one answer has several of its answers: `1,3`.
pub(super) fn are_several(scale: &ResponseScale, text: &str) -> bool {
    if !matches!(scale.kind, ResponseKind::Coded { .. } | ResponseKind::YesNo) {
        return false;
    }
    let is_answer = |part: &str| {
        let number = part.parse().ok();
        scale.coded(part).is_some() || number.is_some_and(|number| scale.accepts(number).is_ok())
    };
    let parts = || text.split([' ', ',', ';', '|']).filter(|part| !part.is_empty());
    parts().count() > 1 && parts().all(is_answer)
}
