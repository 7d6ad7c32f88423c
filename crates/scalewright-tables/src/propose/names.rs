//! How the names of columns are like the ids of items.

/// The runs of letters and of digits in a name, in lower case and without leading zeros. What separates them is left out, so
/// `PHQ9_01` is like `phq9_1`, but `q11` is not like `q1_1`.
pub(super) fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for letter in name.chars() {
        let kind = letter.is_alphanumeric().then(|| letter.is_numeric());
        match kind {
            Some(_) if kind == before => {
                if let Some(last) = parts.last_mut() {
                    last.extend(letter.to_lowercase());
                }
            }
            Some(_) => parts.push(letter.to_lowercase().collect()),
            None => {}
        }
        before = kind;
    }
    parts.into_iter().map(|part| without_zeros(&part)).collect()
}

fn without_zeros(part: &str) -> String {
    match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    }
}

/// Whether one of two names is the other with something in front of it, such as the name of a form or of an occasion. A bare
/// number is no name.
pub(super) fn differ_by_prefix(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let has_letters = short.iter().any(|part| part.chars().any(char::is_alphabetic));
    short.len() < long.len() && has_letters && long.ends_with(short)
}

/// Whether a column has the name of an item with the mark of reversed answers after it.
pub(super) fn is_reversed(column: &[String], item: &[String]) -> bool {
    let marks = ["r", "rev", "reversed", "rec", "recoded", "i", "inv", "inverted", "neg"];
    match column.split_last() {
        Some((mark, rest)) => rest == item && marks.contains(&mark.as_str()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_but_for_case_punctuation_and_leading_zeros() {
        for (one, other, alike) in [
            ("phq9_1", "PHQ9_01", true),
            ("phq9_1", "phq-9.1", true),
            ("q1", "Q 1", true),
            ("q1", "q10", false),
            ("q11", "q1_1", false),
            ("q1", "q_001", true),
        ] {
            assert_eq!(parts(one) == parts(other), alike, "{one} {other}");
        }
    }

    #[test]
    fn a_prefix_is_told_from_another_name() {
        for (one, other, expected) in [
            ("q1", "baseline_q1", true),
            ("phq9_q1", "q1", true),
            ("phq9_1", "1", false),
            ("q1", "q1", false),
            ("q1", "q1_t2", false),
        ] {
            assert_eq!(differ_by_prefix(&parts(one), &parts(other)), expected, "{one} {other}");
        }
    }

    #[test]
    fn marks_of_reversed_answers_are_known() {
        assert!(is_reversed(&parts("q3_R"), &parts("q3")));
        assert!(is_reversed(&parts("q3r"), &parts("q3")));
        assert!(!is_reversed(&parts("q3"), &parts("q3")));
    }
}
