//! "Did you mean": the known name nearest to a mistyped one.
//!
//! Whoever follows a suggestion must get what was meant. So none crosses a sign of reversal, exchanges a word for its
//! opposite, or changes a number: items are told apart by their numbers.

mod reversal;

pub use reversal::{keyed_name, reversed_name, unsigned_name};

/// Words that say the opposite of each other.
const OPPOSITES: [(&str, &str); 7] = [
    ("min", "max"),
    ("low", "high"),
    ("lower", "upper"),
    ("from", "to"),
    ("above", "below"),
    ("more", "less"),
    ("positive", "negative"),
];

/// The candidate nearest to `name`, if one is near enough to be what was meant, and no other is as near.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match nearest(name, candidates)[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The candidates nearest to `name`, in their order; none when none is near enough to be what was meant.
///
/// Near is a Damerau-Levenshtein distance of at most a third of the name's length, and 1 at least.
fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // Names are bounded by the schema; this bounds the work before the schema has spoken.
    // Names of one or two letters, and numbers, are near to anything.
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
        if !nearest.contains(&candidate) {
            nearest.push(candidate);
        }
    }
    nearest
}

/// Whether putting `candidate` in the place of `name` can be no more than mending a slip.
fn is_safe(name: &str, candidate: &str) -> bool {
    numbers(name) == numbers(candidate)
        && !is_opposite(name, candidate)
        && reversed_name(name, [candidate]).is_none()
        && reversed_name(candidate, [name]).is_none()
}

/// The numbers in a name, without leading zeros, each with the letter or two behind it: `2a` is not `2`. A letter alone
/// numbers too, or is a number that was misread: `rand_l` for `rand_1`.
fn numbers(name: &str) -> Vec<&str> {
    const MOST_LETTERS: usize = 2;
    let mut numbers = Vec::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.len() == 1 {
            numbers.push(match word {
                "l" | "i" | "I" => "1",
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
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    let (name, candidate) = (words(name), words(candidate));
    let has = |words: &[String], word: &str| words.iter().any(|other| other == word);
    OPPOSITES.iter().flat_map(|&(one, other)| [(one, other), (other, one)]).any(|(one, other)| {
        has(&name, one) && !has(&candidate, one) && has(&candidate, other) && !has(&name, other)
    })
}

/// "did you mean `calm_sum`?", or the names there are when none is near and they are few.
#[must_use]
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(question) = asked_if_near(name, candidates.clone()) {
        return Some(question);
    }
    let names: Vec<String> = candidates.into_iter().take(13).map(|n| format!("`{n}`")).collect();
    match names.len() {
        0 | 13 => None,
        1 => Some(format!("there is only {}", names[0])),
        _ => Some(format!("there are {}", names.join(", "))),
    }
}

/// "did you mean `calm_sum`?", where so few are near that the question helps.
fn asked_if_near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const MOST: usize = 3;
    let near = nearest(name, candidates);
    (1..=MOST).contains(&near.len()).then(|| asked(&near))
}

/// Whether one of these was meant.
fn asked<T: std::fmt::Display>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::{closest, did_you_mean};

    #[test]
    fn a_typing_slip_finds_its_name_and_a_stranger_does_not() {
        assert_eq!(closest("respones", ["id", "response", "required"]), Some("response"));
        assert_eq!(closest("clam_2", ["calm_1", "calm_2"]), Some("calm_2"));
        assert_eq!(closest("calm02", ["calm1", "calm2"]), Some("calm2"));
        assert_eq!(closest("calm_l", ["calm_1", "calm_x"]), Some("calm_1"));
        assert_eq!(closest("weight", ["id", "stem"]), None);
    }

    #[test]
    fn what_may_mean_another_thing_is_not_suggested() {
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
    fn all_that_are_as_near_are_named() {
        let help = did_you_mean("man", ["sum", "mean", "max"]);
        assert_eq!(help.as_deref(), Some("did you mean `mean` or `max`?"));
    }
}
