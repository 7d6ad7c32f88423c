//! Values with their words in one cell: `1=never, 2=often`, `0, Never | 1, Often`, `1-5`.

use crate::choices::MOST_OPTIONS as MOST;

/// The most values that a range is a list of. A wider one is a number.
const MOST_IN_RANGE: usize = 200;

/// The values of a cell with their words, in order; none for an empty cell.
///
/// # Errors
///
/// Returns a clause if the text is not understood.
pub(super) fn parsed(text: &str) -> Result<Vec<(String, String)>, String> {
    let text = text.trim().trim_matches(['{', '}', '[', ']']).trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(values) = range(text) {
        return Ok(values);
    }
    for separator in ['|', '\n', ';', ',', '/'] {
        if let Some(values) = split(text, separator) {
            return Ok(values);
        }
    }
    if let Some(pair) = entry(text).filter(|(_, label)| !label.is_empty()) {
        return Ok(vec![pair]);
    }
    // Words alone.
    for separator in ['|', '\n', ';', ',', '/'] {
        let words: Vec<&str> = text.split(separator).map(str::trim).collect();
        let are_words = words.iter().all(|word| !word.is_empty() && !begins_with_number(word));
        if (2..=MOST).contains(&words.len()) && are_words {
            return Ok(words.into_iter().map(|word| (word.to_owned(), word.to_owned())).collect());
        }
    }
    Err("are not understood".to_owned())
}

/// The codes of a cell, with their words if there are any: `-9, -8`, `-9 = refused`.
pub(super) fn codes(text: &str) -> Vec<(String, String)> {
    if let Ok(values) = parsed(text)
        && values.iter().all(|(value, _)| value.parse::<i64>().is_ok())
    {
        return values;
    }
    let parts: Vec<&str> =
        text.split([',', ';', ' ', '|']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let are_numbers = parts.iter().all(|part| part.parse::<i64>().is_ok());
    if !are_numbers || parts.len() > MOST {
        return Vec::new();
    }
    parts.into_iter().map(|part| (part.to_owned(), String::new())).collect()
}

/// The whole numbers of a range: `1-5`, `1 to 5`, `1–5`.
fn range(text: &str) -> Option<Vec<(String, String)>> {
    let text =
        text.replace(['–', '−'], "-").replace(" to ", "-").replace(" bis ", "-").replace("..", "-");
    let at = text.char_indices().skip(1).find(|(_, letter)| *letter == '-')?.0;
    let low: i64 = text[..at].trim().parse().ok()?;
    let high: i64 = text[at + 1..].trim().parse().ok()?;
    let count = usize::try_from(high.checked_sub(low)?).ok()?;
    (1..MOST_IN_RANGE)
        .contains(&count)
        .then(|| (low..=high).map(|value| (value.to_string(), String::new())).collect())
}

/// The entries between separators. A part that is no entry continues the words before it, except at the beginning.
fn split(text: &str, separator: char) -> Option<Vec<(String, String)>> {
    let parts: Vec<&str> =
        text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || parts.len() > 4 * MOST {
        return None;
    }
    let mut values: Vec<(String, String)> = Vec::new();
    for part in parts {
        match (entry(part), values.last_mut()) {
            (Some(value), _) => values.push(value),
            // `1 = never, or rarely, 2 = often`
            (None, Some((_, label))) if separator == ',' && !label.is_empty() => {
                label.push_str(", ");
                label.push_str(part);
            }
            (None, _) => return None,
        }
    }
    ((2..=MOST).contains(&values.len())).then_some(values)
}

/// One value with its words: `1 = never`, `1: never`, `1, never`, `1 never`, `1`, `never = 1`, `never (1)`.
fn entry(text: &str) -> Option<(String, String)> {
    let text = text.trim().trim_matches('"');
    let text =
        text.strip_prefix('(').map_or_else(|| text.to_owned(), |rest| rest.replacen(')', " ", 1));
    let length = number_length(&text);
    if length > 0 {
        let (value, rest) = text.split_at(length);
        let rest = rest.trim_start();
        let label =
            rest.trim_start_matches(['=', ':', ',', ')', '.', '-', '–', '—', '→', '"', '\'']);
        let is_apart =
            rest.is_empty() || label.len() < rest.len() || text[length..].starts_with(' ');
        let label = label.trim().trim_matches(['"', '\'']);
        return is_apart.then(|| (whole(value), label.to_owned()));
    }
    let (label, value) = match text.rsplit_once('=') {
        Some((label, value)) => (label, value),
        None => text.strip_suffix(')')?.rsplit_once('(')?,
    };
    let value = value.trim();
    let is_number = !value.is_empty() && number_length(value) == value.len();
    (is_number && !label.trim().is_empty()).then(|| (whole(value), label.trim().to_owned()))
}

/// A whole number without `.0` and without a plus sign.
fn whole(value: &str) -> String {
    let value = value.trim_start_matches('+').replace('−', "-");
    value.strip_suffix(".0").map_or(value.clone(), str::to_owned)
}

fn begins_with_number(text: &str) -> bool {
    number_length(text) > 0
}

/// The length of the number at the beginning of a text.
fn number_length(text: &str) -> usize {
    let sign = text.chars().next().filter(|letter| matches!(letter, '-' | '+' | '−'));
    let begin = sign.map_or(0, char::len_utf8);
    let digits = text[begin..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return 0;
    }
    let end = begin + digits;
    let fraction = text[end..]
        .strip_prefix('.')
        .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if fraction > 0 { end + 1 + fraction } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match parsed(text) {
            Ok(values) => {
                let pairs = values.iter().map(|(value, label)| format!("{value}={label}"));
                pairs.collect::<Vec<_>>().join("|")
            }
            Err(_) => "?".to_owned(),
        }
    }

    #[test]
    fn values_are_read_in_the_usual_spellings() {
        for (text, expected) in [
            ("1=never, 2=sometimes, 3=often", "1=never|2=sometimes|3=often"),
            ("0, Never | 1, Often", "0=Never|1=Often"),
            ("1=Never; 2=Often", "1=Never|2=Often"),
            ("1: never\n2: often", "1=never|2=often"),
            ("1 = never, or rarely, 2 = often", "1=never, or rarely|2=often"),
            ("1 - never / 2 - often", "1=never|2=often"),
            ("(1) never; (2) often", "1=never|2=often"),
            ("never = 1, often = 2", "1=never|2=often"),
            ("never (1), often (2)", "1=never|2=often"),
            ("1, 2, 3", "1=|2=|3="),
            ("1-4", "1=|2=|3=|4="),
            ("0 to 2", "0=|1=|2="),
            ("1=never, -9=missing", "1=never|-9=missing"),
            ("1.0=never, 2.0=often", "1=never|2=often"),
            ("never, often", "never=never|often=often"),
            ("{1: \"never\", 2: \"often\"}", "1=never|2=often"),
            ("free text", "?"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_are_read_with_and_without_words() {
        assert_eq!(codes("-9, -8").len(), 2);
        assert_eq!(codes("-9"), [("-9".to_owned(), String::new())]);
        assert_eq!(codes("-9 = refused"), [("-9".to_owned(), "refused".to_owned())]);
        assert_eq!(codes("none"), []);
    }
}
