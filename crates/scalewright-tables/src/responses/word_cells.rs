//! Cells that contain the labels of answers.

use scalewright_export::yes_and_no;
use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind};

use super::labels::{LabelMatch, Labels, fold};

/// The most ways in which a list of labels is divided.
const WAYS: usize = 2;

/// What the cells of each item mean.
pub(super) struct WordCells {
    items: Vec<Words>,
}

/// What the cells of an item mean.
enum Words {
    /// The label of one option.
    One(Labels),
    /// The labels of several options, joined by a comma and a space.
    Several(Labels),
    /// The words for yes and no, folded.
    YesNo { yes: Vec<String>, no: Vec<String> },
    /// The answer itself.
    Plain,
}

impl WordCells {
    pub(super) fn new(instrument: &Instrument) -> Self {
        let items = (0..instrument.items.len()).map(|item| Words::new(instrument, ItemIx(item)));
        Self { items: items.collect() }
    }

    /// Returns the answer in a cell of an item as other tables contain it: as the value of an option, or several of them.
    ///
    /// # Errors
    ///
    /// The reason why it is not known which answer the cell means.
    pub(super) fn answer(&self, item: usize, cell: &str) -> Result<String, String> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(String::new());
        }
        match &self.items[item] {
            Words::Plain => Ok(cell.to_owned()),
            Words::One(labels) => one(labels, cell).map(|value| value.to_string()),
            Words::Several(labels) => {
                let values: Vec<String> =
                    several(labels, cell)?.iter().map(OptionValue::to_string).collect();
                Ok(values.join(";"))
            }
            Words::YesNo { yes, no } => {
                let text = fold(cell);
                match (yes.contains(&text), no.contains(&text)) {
                    (true, false) => Ok("1".to_owned()),
                    (false, true) => Ok("0".to_owned()),
                    _ => Err("is neither the word for yes nor the word for no".to_owned()),
                }
            }
        }
    }

    /// The option of an item with a label.
    pub(super) fn option(&self, item: usize, label: &str) -> Option<OptionValue> {
        let (Words::One(labels) | Words::Several(labels)) = &self.items[item] else { return None };
        one(labels, label).ok()
    }
}

impl Words {
    fn new(instrument: &Instrument, item: ItemIx) -> Self {
        match instrument.response(item).kind {
            ResponseKind::Coded { .. } => Self::One(Labels::new(instrument, item)),
            ResponseKind::SeveralChoice { .. } => Self::Several(Labels::new(instrument, item)),
            ResponseKind::YesNo => Self::yes_no(instrument, item),
            _ => Self::Plain,
        }
    }

    fn yes_no(instrument: &Instrument, item: ItemIx) -> Self {
        let scale = instrument.items[item.0].response;
        let (mut yes, mut no) = (vec!["yes".to_owned()], vec!["no".to_owned()]);
        for wording in &instrument.wordings {
            let words = &wording.responses[scale.0];
            let usual = yes_and_no(&wording.language);
            yes.push(fold(words.yes_label.as_deref().unwrap_or(usual.0)));
            no.push(fold(words.no_label.as_deref().unwrap_or(usual.1)));
        }
        Self::YesNo { yes, no }
    }
}

fn one(labels: &Labels, text: &str) -> Result<OptionValue, String> {
    match labels.find(text) {
        LabelMatch::One(value) => Ok(value),
        LabelMatch::Several => {
            Err("is the label of several answers: export the codes of answers".to_owned())
        }
        LabelMatch::None if labels.is_empty() => {
            Err("cannot be read as a label: the definition has none; export the codes of answers"
                .to_owned())
        }
        LabelMatch::None => Err("is not the label of an answer".to_owned()),
    }
}

/// The options whose labels are joined by a comma and a space. Labels may contain commas themselves.
fn several(labels: &Labels, text: &str) -> Result<Vec<OptionValue>, String> {
    let parts: Vec<&str> = text.split(", ").collect();
    let mut ways = Vec::new();
    divide(labels, &parts, &mut Vec::new(), &mut ways);
    match ways.len() {
        1 => Ok(ways.swap_remove(0)),
        0 => Err("is not a list of labels of answers, joined by a comma and a space".to_owned()),
        _ => Err("can be divided into labels in several ways: export the codes of answers, or a column for each choice"
            .to_owned()),
    }
}

/// The most parts of a list, which bounds the search.
const PARTS: usize = 64;

fn divide(
    labels: &Labels,
    parts: &[&str],
    before: &mut Vec<OptionValue>,
    ways: &mut Vec<Vec<OptionValue>>,
) {
    if parts.is_empty() {
        ways.push(before.clone());
        return;
    }
    if parts.len() > PARTS {
        return;
    }
    for count in 1..=parts.len() {
        if ways.len() >= WAYS {
            return;
        }
        let LabelMatch::One(value) = labels.find(&parts[..count].join(", ")) else { continue };
        // An option is chosen once. This also ends the search early.
        if before.contains(&value) {
            continue;
        }
        before.push(value);
        divide(labels, &parts[count..], before, ways);
        before.pop();
    }
}
