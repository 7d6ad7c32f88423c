//! The levels of a column with texts as answers of the definition.

use std::collections::BTreeMap;

use crate::responses::labels::{LabelMatch, Labels};
use crate::responses::source::SourceCell;

/// Replaces the texts that are the label of one answer by its value, unless a text is a number. Returns whether any was.
pub(super) fn name_answers(texts: &mut BTreeMap<i32, SourceCell>, labels: &Labels) -> bool {
    let is_number = |cell: &SourceCell| cell.text().trim().parse::<f64>().is_ok();
    if texts.values().any(is_number) {
        return false;
    }
    let mut any = false;
    for cell in texts.values_mut() {
        if let LabelMatch::One(value) = labels.find(&cell.text()) {
            *cell = SourceCell::Number(value.number());
            any = true;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::name_answers;
    use crate::responses::labels::Labels;
    use crate::responses::source::SourceCell;

    #[test]
    fn texts_that_are_numbers_stay_texts() {
        let text = |text: &str| SourceCell::Text(text.to_owned());
        let mut texts = BTreeMap::from([(0, text("never")), (1, text("3"))]);
        assert!(!name_answers(&mut texts, &Labels::default()));
        assert_eq!(texts[&0], text("never"));
    }
}
