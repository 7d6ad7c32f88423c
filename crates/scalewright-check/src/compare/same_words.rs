//! Decides whether two texts have the same words.

/// Whether two texts have the same words. A missing text has the same words as no other.
pub(super) fn same_words(old: Option<&str>, new: Option<&str>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => words(old) == words(new),
        _ => false,
    }
}

/// Returns the words of a text. All characters that can separate words are equal, in any number.
///
/// Capitals count, because they add stress. Question and exclamation marks count, and so do all signs that belong to a
/// number or a word: the point of `1.5`, the minus of `-3`, the apostrophe of `we're`.
fn words(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().map(plain).collect();
    let mut words = vec![String::new()];
    for (at, sign) in signs.iter().enumerate() {
        let (before, after) = signs.split_at(at);
        if !separates(*sign) || belongs(before, *sign, &after[1..]) {
            words.last_mut().into_iter().for_each(|word| word.push(*sign));
        } else if words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the ASCII form of a dash or quotation mark, of which Unicode has many, and other signs unchanged.
fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        other => other,
    }
}

fn separates(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '.' | ',' | ';' | ':' | '…' | '"' | '\'' | '-')
}

/// Whether a sign that can separate words is part of a word or number here.
fn belongs(before: &[char], sign: char, after: &[char]) -> bool {
    let next = after.first().copied();
    match sign {
        // Decimals, thousands or a time of day.
        '.' | ',' | ':' => next.is_some_and(char::is_numeric),
        // A minus sign or a range, also with spaces before the number.
        '-' => after.iter().find(|sign| !sign.is_whitespace()).is_some_and(|c| c.is_numeric()),
        '\'' => {
            before.last().is_some_and(|sign| sign.is_alphanumeric())
                && next.is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::same_words;

    #[test]
    fn typography_does_not_change_words() {
        for (old, new) in [
            ("I felt at ease.", "I felt at ease"),
            ("I didn't sleep", "I didn’t  sleep"),
            ("“Well”, they say …", "\"Well,\" they say..."),
            ("a well-known place", "a well known place"),
            ("Calm \u{2013} or not", "Calm \u{2014} or not"),
            ("I lost -3 kg", "I lost \u{2212}3 kg"),
            ("from 5-10 times", "from 5\u{2013}10 times"),
            (" In short: calm;", "In short, calm"),
        ] {
            assert!(same_words(Some(old), Some(new)), "{old} / {new}");
        }
    }

    #[test]
    fn signs_within_words_and_numbers_count() {
        for (old, new) in [
            ("I was not calm", "I was NOT calm"),
            ("I felt at ease", "I felt ease"),
            ("Did I?", "Did I"),
            ("I am a part of it", "I am apart of it"),
            ("every day", "everyday"),
            ("I re-covered it", "I recovered it"),
            ("we're calm", "were calm"),
            ("1.5 hours", "15 hours"),
            ("1,000 steps", "1 000 steps"),
            ("at 10:30", "at 1030"),
            ("I lost -3 kg", "I lost 3 kg"),
            ("I lost - 3 kg", "I lost 3 kg"),
            ("I lost \u{2212}3 kg", "I lost 3 kg"),
            ("5-10 times", "510 times"),
            ("5-10 times", "5 10 times"),
            (".5 litres", "5 litres"),
            ("10 000 steps", "10000 steps"),
        ] {
            assert!(!same_words(Some(old), Some(new)), "{old} / {new}");
        }
        assert!(!same_words(None, Some("")));
    }
}
