//! The differences between two tables.

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind};

use super::entered::{Entered, Key};

/// A difference.
pub(super) struct Difference {
    /// The respondent and the occasion.
    pub(super) key: Key,
    pub(super) kind: Kind,
}

/// What differs.
pub(super) enum Kind {
    /// A cell.
    Cell {
        /// The column.
        column: String,
        /// The item that it answers, if any.
        item: Option<usize>,
        /// The content in the first table.
        first: String,
        /// The content in the second table.
        second: String,
    },
    /// A row that only the first table has.
    OnlyFirst,
    /// A row that only the second table has.
    OnlySecond,
}

/// All differences in the order of the first table, and the number of rows that both tables have.
pub(super) fn all(
    instrument: &Instrument,
    [first, second]: [&Entered; 2],
    others: &[String],
) -> (Vec<Difference>, usize) {
    let mut found = Vec::new();
    let mut matched = 0;
    for key in &first.order {
        let Some(line) = second.lines.get(key) else {
            found.push(Difference { key: key.clone(), kind: Kind::OnlyFirst });
            continue;
        };
        matched += 1;
        let own = &first.lines[key];
        let mut add = |column: &str, item, first: &str, second: &str| {
            let kind = Kind::Cell {
                column: column.to_owned(),
                item,
                first: first.to_owned(),
                second: second.to_owned(),
            };
            found.push(Difference { key: key.clone(), kind });
        };
        for item in 0..instrument.items.len() {
            if own.items[item] != line.items[item] {
                add(&first.items[item], Some(item), &own.items[item], &line.items[item]);
            }
        }
        for name in others {
            let (one, other) = (first.other(own, name), second.other(line, name));
            if one != other {
                add(name, None, one, other);
            }
        }
    }
    let alone = second.order.iter().filter(|key| !first.lines.contains_key(*key));
    found.extend(alone.map(|key| Difference { key: key.clone(), kind: Kind::OnlySecond }));
    (found, matched)
}

/// The words of an answer in the source language; empty if there are none.
pub(super) fn label(instrument: &Instrument, item: usize, text: &str) -> String {
    let Some(words) = instrument.wordings.first() else { return String::new() };
    let (response, ix) = (instrument.response(ItemIx(item)), instrument.items[item].response);
    let words = &words.responses[ix.0];
    let one = |text: &str| -> Option<String> {
        let value = OptionValue::of(text.parse().ok()?)?;
        if response.kind == ResponseKind::YesNo {
            return match value.as_whole()? {
                1 => words.yes_label.clone().or_else(|| Some("yes".to_owned())),
                0 => words.no_label.clone().or_else(|| Some("no".to_owned())),
                _ => None,
            };
        }
        let at = response.options().iter().position(|option| option.value == value)?;
        words.labels.get(at).cloned()
    };
    let labels: Vec<String> = text.split(';').filter_map(one).collect();
    labels.join("; ")
}

/// The stem of an item in the source language; empty if the wording is withheld.
pub(super) fn stem(instrument: &Instrument, item: usize) -> &str {
    let stems = instrument.wordings.first().map(|words| &words.stems);
    stems.and_then(|stems| stems.get(item)).map_or("", String::as_str)
}
