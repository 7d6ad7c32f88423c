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

    /// The number of the option whose label is `text`. A program may have cut it to `most` bytes. `None` if no option has
    /// this label, or several have.
    pub(crate) fn value_of(&self, text: &str, most: Option<usize>) -> Option<f64> {
        let one = |values: &[OptionValue]| match values {
            [one] => Some(one.number()),
            _ => None,
        };
        let whole = self.values_of(text);
        if !whole.is_empty() {
            return one(whole);
        }
        // The cut may take the rest of a letter or a space with it.
        let is_cut = most.is_some_and(|most| text.len() + 4 > most);
        let start = Some(fold(text)).filter(|start| is_cut && !start.is_empty())?;
        // Labels are stored as they are written too. Those count only folded.
        let longer = self.values.range(start.clone()..);
        let mut longer = longer
            .take_while(|(label, _)| label.starts_with(&start))
            .filter(|(label, _)| fold(label) == **label);
        let (_, values) = longer.next()?;
        if longer.next().is_some() { None } else { one(values) }
    }

    /// A label of the option with this number, folded.
    pub(crate) fn label_of(&self, number: f64) -> Option<&str> {
        let is_it = |values: &[OptionValue]| matches!(values, [one] if one.number() == number);
        let mut all = self.values.iter().filter(|(label, _)| fold(label) == **label);
        all.find(|(_, values)| is_it(values)).map(|(label, _)| label.as_str())
    }

    /// The number of options that have a label.
    pub(crate) fn count(&self) -> usize {
        let values: std::collections::BTreeSet<OptionValue> =
            self.values.values().flatten().copied().collect();
        values.len()
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
