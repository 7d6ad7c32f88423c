//! Words in cells: escapes for what the engines format, and checks of what they show in another form.

use scalewright_model::{Diagnostic, Pointer, Severity};

use super::losses;
use super::row::{Choice, Row};
use super::spelling::straight;

/// Returns `text` so that it is shown as written. All engines format texts by Markdown, and a backslash before a
/// character has no other effect in any of them.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut is_start = true;
    for character in text.trim().chars() {
        if matches!(character, '*' | '_' | '\\') || (character == '#' && is_start) {
            shown.push('\\');
        }
        is_start = matches!(character, '\n') || (is_start && character.is_whitespace());
        match character {
            '\r' => {}
            other => shown.push(other),
        }
    }
    shown
}

/// Returns what is wrong with the words of the rows, each kind of problem once for each place.
pub(super) fn findings(rows: &[Row], choices: &[Choice]) -> Vec<Diagnostic> {
    let of_rows = rows.iter().flat_map(|row| {
        let texts = row.label.iter().chain(&row.hint).chain(&row.message);
        texts.map(|text| (&row.place, text))
    });
    let of_choices =
        choices.iter().flat_map(|choice| choice.label.iter().map(|text| (&choice.place, text)));
    let mut found: Vec<Diagnostic> = Vec::new();
    for (place, text) in of_rows.chain(of_choices) {
        for finding in problems(text, place) {
            let same = |other: &Diagnostic| {
                other.message == finding.message && other.labels == finding.labels
            };
            if !found.iter().any(same) {
                found.push(finding);
            }
        }
    }
    found
}

fn problems(text: &str, place: &Pointer) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.contains("${") {
        let finding = losses::REFERENCE.at(place.clone());
        found.push(Diagnostic { severity: Severity::Error, ..finding });
    }
    if text.chars().any(|c| straight(c).is_some_and(|straight| straight != c)) {
        found.push(losses::CURLY.at(place.clone()));
    }
    if is_formatted(text) {
        found.push(losses::FORMATTED.at(place.clone()));
    }
    found
}

/// Whether the engines show the text in another form, which no backslash prevents: a list, a link or markup.
fn is_formatted(text: &str) -> bool {
    let is_entry = |line: &str| {
        let marked = line.starts_with("- ") || line.starts_with("+ ");
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        marked || (rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") ")))
    };
    let mut markup = text.match_indices('<').map(|(at, _)| text[at + 1..].chars().next());
    text.lines().any(is_entry)
        || text.contains("](")
        || markup.any(|next| next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/'))
}

#[cfg(test)]
mod tests {
    use super::{is_formatted, shown};

    #[test]
    fn words_are_shown_as_written() {
        assert_eq!(shown("a*b_c # d\\"), "a\\*b\\_c # d\\\\");
        assert_eq!(shown("# one\n# two"), "\\# one\n\\# two");
        assert_eq!(shown(" -1 "), "-1");
    }

    #[test]
    fn lists_links_and_markup_are_found() {
        for text in ["- one", "a\n1. one", "[a](b)", "<b>", "</b>"] {
            assert!(is_formatted(text), "{text}");
        }
        for text in ["-1", "1.5 cups", "[a] (b)", "a < b", "2 <3"] {
            assert!(!is_formatted(text), "{text}");
        }
    }
}
