//! Types of rows, and a mistake that forms often have in their calculations.

/// The type of a row in its usual spelling, and what follows it: the list of a choice.
pub(super) fn kind(text: &str) -> (String, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let (kind, used) = match lower.as_slice() {
        ["begin", what @ ("group" | "repeat" | "score"), ..] => (format!("begin_{what}"), 2),
        ["end", what @ ("group" | "repeat" | "score"), ..] => (format!("end_{what}"), 2),
        ["select", "one", "from", ..] => ("select_one".to_owned(), 3),
        ["select", "one", ..] => ("select_one".to_owned(), 2),
        ["select", "multiple", "from", ..] => ("select_multiple".to_owned(), 3),
        ["select", "multiple", ..] => ("select_multiple".to_owned(), 2),
        ["select1", ..] => ("select_one".to_owned(), 1),
        ["int", ..] => ("integer".to_owned(), 1),
        ["string", ..] => ("text".to_owned(), 1),
        ["calculation", ..] => ("calculate".to_owned(), 1),
        [first, ..] => ((*first).to_owned(), 1),
        [] => (String::new(), 0),
    };
    (kind, words.get(used..).unwrap_or_default().join(" "))
}

/// The first call of `coalesce` around arithmetic with a question.
pub(super) fn summed_coalesce(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find("coalesce(") {
        let inner = &rest[at + "coalesce(".len()..];
        let mut depth = 0_u32;
        let end = inner.find(|letter: char| {
            match letter {
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(letter, ',')
        })?;
        let first = inner[..end].trim();
        let has_arithmetic = [" - ", " + ", " * ", " div "].iter().any(|sign| first.contains(sign));
        if has_arithmetic && first.contains("${") {
            return Some(first.to_owned());
        }
        rest = inner;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_all_spellings() {
        for (text, expected, list) in [
            ("select_one freq4", "select_one", "freq4"),
            ("select one freq4", "select_one", "freq4"),
            ("Select One from freq4", "select_one", "freq4"),
            ("select_multiple a or_other", "select_multiple", "a or_other"),
            ("begin group", "begin_group", ""),
            ("begin  repeat", "begin_repeat", ""),
            ("end_group", "end_group", ""),
            ("int", "integer", ""),
            ("", "", ""),
        ] {
            assert_eq!(kind(text), (expected.to_owned(), list.to_owned()), "{text}");
        }
    }

    #[test]
    fn coalesce_around_arithmetic_is_found() {
        assert_eq!(
            summed_coalesce("coalesce(${a},0) + coalesce(3 - ${b},0)").as_deref(),
            Some("3 - ${b}")
        );
        assert_eq!(summed_coalesce("coalesce(${a},0) - coalesce(${b},0)"), None);
        assert_eq!(summed_coalesce("coalesce("), None);
    }
}
