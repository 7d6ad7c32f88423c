//! The options of an item by their words: in every language of the definition, without regard to case, markup and spaces,
//! and never by similarity.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, OptionValue};

/// The options of an item by their labels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    /// The value of each folded label; `None` if several options have it.
    values: BTreeMap<String, Option<OptionValue>>,
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
        let scale = instrument.items[item.0].response;
        let options = instrument.response(item).options();
        let mut values: BTreeMap<String, Option<OptionValue>> = BTreeMap::new();
        let words = instrument.wordings.iter().filter_map(|words| words.responses.get(scale.0));
        for (label, option) in words.flat_map(|words| words.labels.iter().zip(options)) {
            let folded = fold(label);
            if folded.is_empty() {
                continue;
            }
            let value = values.entry(folded).or_insert(Some(option.value));
            if *value != Some(option.value) {
                *value = None;
            }
        }
        Self { values }
    }

    /// Whether no option has a label.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The option whose label is `text`.
    pub(crate) fn find(&self, text: &str) -> LabelMatch {
        match self.values.get(&fold(text)) {
            Some(Some(value)) => LabelMatch::One(*value),
            Some(None) => LabelMatch::Several,
            None => LabelMatch::None,
        }
    }

    /// The number of the option whose label is `text`. A program may have cut it to `most` bytes. `None` if no option has
    /// this label, or several have.
    pub(crate) fn value_of(&self, text: &str, most: Option<usize>) -> Option<f64> {
        if let Some(value) = self.values.get(&fold(text)) {
            return value.map(OptionValue::number);
        }
        // The cut may take the rest of a letter or a space with it.
        let is_cut = most.is_some_and(|most| text.len() + 4 > most);
        let start = Some(fold(text)).filter(|start| is_cut && !start.is_empty())?;
        let mut found = self.values.range(start.clone()..);
        let (label, value) = found.next()?;
        let next = found.next().is_some_and(|(label, _)| label.starts_with(&start));
        if next || !label.starts_with(&start) { None } else { value.map(OptionValue::number) }
    }

    /// A label of the option with this number, folded.
    pub(crate) fn label_of(&self, number: f64) -> Option<&str> {
        let is_it = |value: &Option<OptionValue>| value.is_some_and(|of| of.number() == number);
        self.values.iter().find(|(_, value)| is_it(value)).map(|(label, _)| label.as_str())
    }

    /// The number of options that have a label.
    pub(crate) fn count(&self) -> usize {
        let values: std::collections::BTreeSet<OptionValue> =
            self.values.values().flatten().copied().collect();
        values.len()
    }
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
