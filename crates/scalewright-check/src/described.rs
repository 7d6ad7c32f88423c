//! What an English description states: the meaning of a high or a low score, and numbers of items.

use crate::words::plain;

/// The words for numbers, from zero.
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The words after *high:* or *a high score means* in a description, and those after *low*.
pub(crate) fn meaning(text: &str, end: &str) -> Option<String> {
    const VERBS: [&str; 14] = [
        "means",
        "mean",
        "indicates",
        "indicate",
        "indicating",
        "reflects",
        "reflect",
        "represents",
        "represent",
        "signifies",
        "denotes",
        "denote",
        "shows",
        "suggests",
    ];
    let lower = text.to_lowercase();
    for sentence in lower.split(['.', ';', '\n']) {
        if let Some((before, after)) = sentence.split_once(':') {
            let before = plain(before);
            if before.split(' ').next_back() == Some(end) {
                return Some(plain(after.split(',').next().unwrap_or(after)));
            }
        }
        let words = plain(sentence);
        let words: Vec<&str> = words.split(' ').collect();
        let er = format!("{end}er");
        let Some(at) = words.iter().position(|word| *word == end || *word == er) else { continue };
        let verb = words.iter().skip(at).take(5).position(|word| VERBS.contains(word));
        if let Some(verb) = verb {
            return Some(words[at + verb + 1..].join(" "));
        }
    }
    None
}

/// Whether a word is another one with a prefix that means its opposite: *unsettled*.
pub(crate) fn is_opposite(word: &str, of: &str) -> bool {
    let prefixes = ["un", "dis", "in", "im", "ir", "non", "mal"];
    of.len() > 3 && prefixes.iter().any(|prefix| word.strip_prefix(prefix) == Some(of))
}

/// Whether a text in the form of [`plain`] has the words of another one.
pub(crate) fn has(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

/// Returns the first number before one of the nouns: *18 items*, *an eighteen-item scale*, *five-point*.
pub(crate) fn count(text: &str, nouns: &[&str]) -> Option<usize> {
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().position(|word| nouns.contains(word)).filter(|at| *at > 0)?;
    let word = words[at - 1];
    let number = word.parse().ok().or_else(|| NUMBERS.iter().position(|known| *known == word))?;
    // *Item 7*, *one item*, and decimals are something else.
    (number > 1 && number < 1000).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{count, is_opposite, meaning};

    #[test]
    fn the_meaning_of_scores_is_read() {
        assert_eq!(meaning("Sleep and energy. High: rested.", "high").as_deref(), Some("rested"));
        assert_eq!(meaning("A high score means settled.", "high").as_deref(), Some("settled"));
        assert_eq!(
            meaning("Higher scores indicate more calm.", "high").as_deref(),
            Some("more calm")
        );
        assert_eq!(meaning("It is of high value.", "high"), None);
        assert!(is_opposite("unsettled", "settled") && !is_opposite("under", "der"));
    }

    #[test]
    fn counts_are_read_in_figures_and_in_words() {
        let items = &["item", "items"];
        assert_eq!(count("The 18 items ask how", items), Some(18));
        assert_eq!(count("An eighteen-item scale", items), Some(18));
        assert_eq!(count("All items are answered", items), None);
    }
}
