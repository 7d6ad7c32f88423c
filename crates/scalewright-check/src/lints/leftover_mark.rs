//! Numbers, ids and notes about keying that are left in stems.

use std::collections::BTreeMap;
use std::ops::Range;

use scalewright_model::Severity;

use crate::words::Kind;

use super::{Context, Defect, Group, Hit, Lint};

/// A number, an id or a note about keying that is left in a stem.
pub(super) static LINT: Lint = Lint {
    name: "leftover-mark",
    summary: "a number, an id or a note about keying that is left in a stem",
    explain: include_str!("leftover_mark.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// Notes in brackets that keys and manuals print beside reversed items.
const NOTES: &str = "r|-|–|−|+|rev|rev.|reverse|reversed|reverse scored|reverse-scored|reverse keyed|reverse-keyed|reversed item|\
    reverse item|recoded|recode|r.|negative|neg|neg.|inverted|inv|inv.|umgepolt|invertiert|umpolen|umkodiert|negativ|inverse|inversé|\
    item inversé|inverso|invertido|ítem inverso|item inverso|rovesciato|omgekeerd|omvänd|omvendt|*|filler";

/// Languages that write ordinal numbers with a full stop: `1. Mai`.
const ORDINALS: [&str; 14] =
    ["cs", "da", "de", "et", "fi", "hr", "hu", "is", "nb", "pl", "sk", "sl", "sr", "tr"];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let items = &context.instrument.items;
    let numbers: BTreeMap<&str, (usize, &str)> = items
        .iter()
        .enumerate()
        .map(|(at, item)| (item.id.as_str(), (at, item.number.as_str())))
        .collect();
    let help = "write the words that respondents read: numbers are printed by themselves, and keying belongs to the scales";
    lint.on_texts(context, hits, help, |text, words| {
        if text.kind != Kind::Stem {
            return None;
        }
        let segments = text.place.segments();
        // In the definition `/items/3/stem`, in a wording file `/items/ID`.
        let (id, number) = match segments {
            [_, scalewright_model::Segment::Index(at), ..] => {
                items.get(*at).map(|item| (item.id.as_str(), item.number.as_str()))?
            }
            [_, scalewright_model::Segment::Key(id)] => {
                (id.as_str(), numbers.get(id.as_str()).map_or("", |(_, number)| number))
            }
            _ => return None,
        };
        let within = note(text.text).or_else(|| start(text.text, id, number, words.language))?;
        // Nothing but a number is a placeholder, which has a lint of its own.
        text.text[within.end..]
            .chars()
            .chain(text.text[..within.start].chars())
            .find(|c| c.is_alphabetic())?;
        let message = format!(
            "the stem contains `{}`, which respondents should not read",
            text.text[within.clone()].trim()
        );
        Some(Defect { within: Some(within), message })
    });
}

/// Returns the place of a note about keying, in brackets or as a sign at an end.
fn note(text: &str) -> Option<Range<usize>> {
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
        for (at, _) in text.match_indices(open) {
            let Some(end) = text[at..].find(close).filter(|&end| end < 30) else { continue };
            let inner = text[at + 1..at + end].trim().to_lowercase();
            if NOTES.split('|').any(|note| note == inner) {
                return Some(at..at + end + 1);
            }
        }
    }
    let trimmed = text.trim_end();
    let last = ["*", "†", "‡", " R", " (R", " -R"].into_iter().find(|sign| trimmed.ends_with(sign));
    if let Some(sign) = last {
        return Some(trimmed.len() - sign.len()..trimmed.len());
    }
    let first = ["* ", "*", "† ", "R: ", "(R) "].into_iter().find(|sign| text.starts_with(sign))?;
    Some(0..first.len())
}

/// Returns the place of a number or an id at the start of a stem.
fn start(text: &str, id: &str, number: &str, tag: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let spaced = id.replace('_', " ");
    let joined = id.replace('_', "");
    for name in [id, spaced.as_str(), joined.as_str()] {
        // An id without a digit, such as `age`, may be a word.
        let is_id = name.bytes().any(|b| b.is_ascii_digit());
        let rest = lower.strip_prefix(name).filter(|_| is_id);
        if rest.is_some_and(|rest| rest.starts_with([':', '.', ')', ' ', '-', '_'])) {
            return Some(0..name.len());
        }
    }
    let word = ["item ", "question ", "frage ", "q", "no. ", "nr. ", "#", "(", "["]
        .into_iter()
        .find(|word| lower.starts_with(word))
        .unwrap_or("");
    let digits: &str = &text[word.len()..];
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 3 {
        return None;
    }
    let rest = &digits[length..];
    let end = word.len() + length;
    let own = digits[..length] == *number || id.rsplit('_').next() == Some(&digits[..length]);
    let mark = rest.chars().next()?;
    let after = rest[mark.len_utf8()..].chars().next();
    let spaced = after.is_none_or(char::is_whitespace);
    let ordinal = ORDINALS
        .iter()
        .any(|known| tag.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case(known)));
    let capital =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let is_mark = match mark {
        ')' | ']' => true,
        '.' => {
            spaced && (own || !ordinal && capital) || own && after.is_some_and(char::is_uppercase)
        }
        ':' => spaced && capital,
        '-' | '–' | '—' => spaced && own,
        ' ' => {
            own && capital && (!ordinal || !word.is_empty())
                || matches!(word, "item " | "question ") && own
        }
        _ => false,
    };
    is_mark.then_some(0..end + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{note, start};

    #[test]
    fn leftovers_are_found_and_numbers_in_sentences_are_not() {
        let found = |text: &str| note(text).is_some() || start(text, "hb_5", "5", "en").is_some();
        for text in [
            "I was tired. (R)",
            "I was tired (reversed).",
            "I was tired.*",
            "5. I was tired.",
            "5) I was tired.",
            "5 I was tired.",
            "(5) I was tired.",
            "hb_5: I was tired.",
            "Q5. I was tired.",
            "Item 5: I was tired.",
            "7. I was tired.",
            "5 - I was tired.",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "5 days a week I ran.",
            "I was tired (at noon).",
            "24-hour news upset me.",
            "3 or more drinks",
            "Quiet days",
            "I ran (more or less).",
        ] {
            assert!(!found(text), "{text}");
        }
        assert_eq!(start("1. Mai war ein guter Tag.", "hb_5", "5", "de"), None);
    }
}
