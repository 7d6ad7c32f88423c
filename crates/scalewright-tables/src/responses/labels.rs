//! The options of an item by their words: in every language of the definition, without regard to case, markup and spaces,
//! and never by similarity.

use std::collections::BTreeMap;

use scalewright_export::yes_and_no;
use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind};

/// The options of an item by their labels. Yes and no are options too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    /// The values of each folded label, and of each label as the definition writes it; several if options share it.
    values: BTreeMap<String, Vec<OptionValue>>,
}

/// What a text is among the labels of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum LabelMatch {
    /// The label of one option.
    One(OptionValue),
    /// The label of several options.
    Several,
    /// No label.
    None,
}

impl Labels {
    pub(crate) fn new(instrument: &Instrument, item: ItemIx) -> Self {
        let mut labels = Self::default();
        let all = labels_of(instrument, item);
        for (label, value) in &all {
            let values = labels.values.entry(fold(label)).or_default();
            if !values.contains(value) {
                values.push(*value);
            }
        }
        labels.values.remove("");
        // Most cells contain a label as it is written, which is then found without folding.
        for (label, _) in all {
            if let Some(values) = labels.values.get(&fold(&label)).cloned() {
                labels.values.entry(label).or_insert(values);
            }
        }
        labels
    }

    /// Whether no option has a label.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The option whose label is `text`.
    pub(crate) fn find(&self, text: &str) -> LabelMatch {
        match self.values_of(text) {
            [] => LabelMatch::None,
            [one] => LabelMatch::One(*one),
            [_, _, ..] => LabelMatch::Several,
        }
    }

    /// The values of all options whose label is `text`.
    pub(crate) fn values_of(&self, text: &str) -> &[OptionValue] {
        let values = self.values.get(text).or_else(|| self.values.get(&fold(text)));
        values.map_or(&[], Vec::as_slice)
    }
}

/// The labels of an item in all languages, with their values.
fn labels_of(instrument: &Instrument, item: ItemIx) -> Vec<(String, OptionValue)> {
    let scale = instrument.items[item.0].response;
    let options = instrument.response(item).options();
    let is_yes_no = instrument.response(item).kind == ResponseKind::YesNo;
    let mut labels = Vec::new();
    for wording in &instrument.wordings {
        let Some(words) = wording.responses.get(scale.0) else { continue };
        let values = options.iter().map(|option| option.value);
        labels.extend(words.labels.iter().cloned().zip(values));
        if is_yes_no {
            let (yes, no) = yes_and_no(&wording.language);
            let word = |own: &Option<String>, usual: &str| own.clone().unwrap_or(usual.to_owned());
            labels.push((word(&words.yes_label, yes), OptionValue::whole(1)));
            labels.push((word(&words.no_label, no), OptionValue::whole(0)));
        }
    }
    labels
}

/// A label without what programs change in it: tags of HTML, emphasis, case, and the number and kind of its spaces.
pub(crate) fn fold(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    let mut in_tag = false;
    for (at, letter) in label.char_indices() {
        match letter {
            '<' if label[at + 1..]
                .starts_with(|next: char| next.is_ascii_alphabetic() || next == '/') =>
            {
                in_tag = true;
                plain.push(' ');
            }
            '>' if in_tag => in_tag = false,
            '*' | '_' => {}
            _ if in_tag => {}
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn labels_are_compared_without_case_markup_and_spaces() {
        for text in ["Not at all", "<b>Not</b>  at\u{a0}all", "*not* at all "] {
            assert_eq!(fold(text), "not at all", "{text}");
        }
        assert_eq!(fold("a < b"), "a < b");
    }
}
