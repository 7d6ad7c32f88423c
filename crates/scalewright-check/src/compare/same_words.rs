//! Whether two texts are the same words.

/// Whether two texts are the same words.
pub(super) fn same_words(old: Option<&str>, new: Option<&str>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => words(old) == words(new),
        _ => false,
    }
}

/// The words of a text, each as long as it is: what stands between two words parts them, whatever it is.
///
/// Capitals count, because they stress; so do question and exclamation marks, and all signs that belong to a number
/// or a word: the point of `1.5`, the minus of `-3`, the apostrophe of `we're`.
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

/// A sign in the form that it has on a typewriter: dashes and quotation marks have many shapes.
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

/// Whether a sign that may separate words is a part of what stands around it instead.
fn belongs(before: &[char], sign: char, after: &[char]) -> bool {
    let next = after.first().copied();
    match sign {
        // The decimals of a number, a time of day, a range.
        '.' | ',' | ':' => next.is_some_and(char::is_numeric),
        // A sign, a range, a subtraction: also with spaces before the number.
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
    fn typography_is_no_change_of_words() {
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
    fn what_parts_words_and_numbers_is_not_dropped() {
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
