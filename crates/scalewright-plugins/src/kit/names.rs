//! Names of fields: they follow the rules that the plug-in declares.

use scalewright_model::Instrument;
use scalewright_wire::NameRules;

use super::Rule;
use super::judge::{Asked, Judge};

/// Whether an id breaks the rules of the plug-in. Such an instrument is not sent to it: the program refuses it.
pub(super) fn excludes(rules: Option<&NameRules>, instrument: &Instrument) -> bool {
    let Some(NameRules { longest, reserved }) = rules else { return false };
    let items = instrument.items.iter().map(|item| &item.id);
    let scores = instrument.scales.iter().filter(|scale| scale.is_scored()).map(|scale| &scale.id);
    items.chain(scores).any(|id| {
        longest.is_some_and(|longest| id.chars().count() > longest)
            || reserved.iter().any(|word| word.eq_ignore_ascii_case(id))
    })
}

/// Finds names that were made from an id of the instrument and are longer than the rules allow.
pub(super) fn judge(
    judge: &mut Judge,
    asked: &Asked<'_>,
    rules: Option<&NameRules>,
    instrument: &Instrument,
    (path, text): (&str, &str),
) {
    let Some(longest) = rules.and_then(|rules| rules.longest) else { return };
    let items = instrument.items.iter().map(|item| item.id.as_str());
    // Only ids without a second meaning: a word of prose may begin with a short id.
    let ids: Vec<&str> = items
        .chain(instrument.scales.iter().map(|scale| scale.id.as_str()))
        .filter(|id| id.len() == longest)
        .collect();
    for (number, line) in text.lines().enumerate() {
        let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for word in words.filter(|word| word.len() > longest) {
            if ids.iter().any(|id| word.starts_with(id)) {
                let place = format!("{path}:{}", number + 1);
                let message = format!(
                    "the name `{word}` has {} characters, and the description allows {longest}",
                    word.len()
                );
                judge.add(Rule::LongName, "", asked, &place, message);
            }
        }
    }
}
