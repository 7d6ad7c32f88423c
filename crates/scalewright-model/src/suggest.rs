//! "Did you mean": the known name that is most similar to a mistyped one.
//!
//! An author who follows a suggestion must get what was meant. So a suggestion never drops or adds a mark of reversal,
//! never replaces a word by its opposite, and never changes a number, because items often differ only in their numbers.

mod reversal;

pub use reversal::reversed_name;
pub(crate) use reversal::{keyed_name, unsigned_name};

/// Pairs of words with opposite meanings.
const OPPOSITES: [(&str, &str); 7] = [
    ("min", "max"),
    ("low", "high"),
    ("lower", "upper"),
    ("from", "to"),
    ("above", "below"),
    ("more", "less"),
    ("positive", "negative"),
];

/// Returns the candidate nearest to `name`, if just one is near enough.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match nearest(name, candidates)[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Returns the candidates nearest to `name`, all at the same distance and in their order. The list is empty if none is
/// near enough to be what was meant.
///
/// A candidate is near if its optimal string alignment distance (restricted Damerau-Levenshtein) is at most a third of
/// the length of the name, or at most 1 for a short name.
fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // The schema bounds the length of names, but names reach this function before the schema is checked.
    // A single letter, or a number, is near to any other.
    let letters = name.chars().filter(|c| !c.is_ascii_digit()).count();
    if name.len() > 100 || letters < 2 {
        return Vec::new();
    }
    let limit = (name.chars().count() / 3).max(1);
    let safe = |candidate: &str| candidate.len() <= 100 && is_safe(name, candidate);
    let near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| safe(candidate))
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .collect();
    let least = near.iter().map(|&(distance, _)| distance).min();
    let mut nearest: Vec<&str> = Vec::new();
    for (_, candidate) in near.into_iter().filter(|&(distance, _)| Some(distance) == least) {
        // Candidates can come from several lists that contain the same name.
        if !nearest.contains(&candidate) {
            nearest.push(candidate);
        }
    }
    nearest
}

/// Whether replacing `name` by `candidate` can only correct a typing mistake, and not change the meaning.
fn is_safe(name: &str, candidate: &str) -> bool {
    numbers(name) == numbers(candidate)
        && !is_opposite(name, candidate)
        && reversed_name(name, [candidate]).is_none()
        && reversed_name(candidate, [name]).is_none()
}

/// Returns the numbers in a name, without leading zeros. A number includes one or two letters after it, so that `2a` is
/// not `2`. A single letter counts as a number too: it may number a part, or be a misread digit, as in `rand_l` for
/// `rand_1`.
fn numbers(name: &str) -> Vec<&str> {
    const MOST_LETTERS: usize = 2;
    let mut numbers = Vec::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.len() == 1 {
            numbers.push(match word {
                "l" | "i" | "I" => "1",
                // Leading zeros are removed below, so that a number 0 is an empty text.
                "o" | "O" | "0" => "",
                other => other,
            });
            continue;
        }
        let Some(start) = word.find(|c: char| c.is_ascii_digit()) else { continue };
        let number = word[start..].trim_start_matches('0');
        let letters = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let end =
            if letters.len() > MOST_LETTERS { number.len() - letters.len() } else { number.len() };
        numbers.push(&number[..end]);
    }
    numbers
}

fn is_opposite(name: &str, candidate: &str) -> bool {
    // Whole words: `slow` contains `low` but is not its opposite.
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    let (name, candidate) = (words(name), words(candidate));
    let has = |words: &[String], word: &str| words.iter().any(|other| other == word);
    OPPOSITES.iter().flat_map(|&(one, other)| [(one, other), (other, one)]).any(|(one, other)| {
        has(&name, one) && !has(&candidate, one) && has(&candidate, other) && !has(&name, other)
    })
}

/// Returns "did you mean `calm_sum`?" if a candidate is near. Otherwise lists the candidates, if there are 1 to 12.
#[must_use]
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(question) = question_if_near(name, candidates.clone()) {
        return Some(question);
    }
    // One more than is listed, to know whether there are more.
    let names: Vec<String> = candidates.into_iter().take(13).map(|n| format!("`{n}`")).collect();
    match names.len() {
        0 | 13 => None,
        1 => Some(format!("the only choice is {}", names[0])),
        _ => Some(format!("the choices are {}", names.join(", "))),
    }
}

/// Returns "did you mean `calm_sum`?" if one to three candidates are near. With more, the question does not help.
fn question_if_near<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    const MOST: usize = 3;
    let near = nearest(name, candidates);
    (1..=MOST).contains(&near.len()).then(|| question(&near))
}

/// Returns the question whether one of these names was meant.
fn question<T: std::fmt::Display>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::{closest, did_you_mean};

    #[test]
    fn a_mistyped_name_finds_its_candidate_and_a_different_name_does_not() {
        assert_eq!(closest("respones", ["id", "response", "required"]), Some("response"));
        assert_eq!(closest("clam_2", ["calm_1", "calm_2"]), Some("calm_2"));
        assert_eq!(closest("calm02", ["calm1", "calm2"]), Some("calm2"));
        assert_eq!(closest("calm_l", ["calm_1", "calm_x"]), Some("calm_1"));
        assert_eq!(closest("weight", ["id", "stem"]), None);
    }

    #[test]
    fn candidates_with_another_meaning_are_not_suggested() {
        for (name, candidate) in [
            ("calm22", "calm2"),
            ("calm_3", "calm_2"),
            ("max-answered", "min-answered"),
            ("max-proportion", "min-proportion"),
            ("min-missing", "max-missing"),
            ("-calm", "calm"),
            ("calm_1r", "calm_1"),
            ("calm_1b", "calm_1"),
            ("calm_b", "calm_c"),
            ("calm_1", "calm_1r"),
            ("calm_1_rev", "calm_1"),
        ] {
            assert_eq!(closest(name, [candidate]), None, "{name}");
        }
    }

    #[test]
    fn all_equally_near_candidates_are_named() {
        let help = did_you_mean("man", ["sum", "mean", "max"]);
        assert_eq!(help.as_deref(), Some("did you mean `mean` or `max`?"));
    }
}
