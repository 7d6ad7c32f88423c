//! "Did you mean": the known name nearest to a mistyped one.

/// The candidate nearest to `name`, if one is near enough to be what was meant.
///
/// Near is a Damerau-Levenshtein distance of at most a third of the name's length, and 1 at least.
/// Of two equally near, the first given.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names are bounded by the schema; this bounds the work before the schema has spoken.
    // Names of one or two letters, and numbers, are near to anything.
    let letters = name.chars().filter(|c| !c.is_ascii_digit()).count();
    if name.len() > 100 || letters < 2 {
        return None;
    }
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 100)
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `calm2`?", or the names there are when none is near and they are few.
#[must_use]
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(near) = closest(name, candidates.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let names: Vec<String> = candidates.into_iter().take(13).map(|n| format!("`{n}`")).collect();
    match names.len() {
        0 | 13 => None,
        1 => Some(format!("there is only {}", names[0])),
        _ => Some(format!("there are {}", names.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_typing_slip_finds_its_name_and_a_stranger_does_not() {
        assert_eq!(closest("respones", ["id", "response", "required"]), Some("response"));
        assert_eq!(closest("calm22", ["calm1", "calm2"]), Some("calm2"));
        assert_eq!(closest("weight", ["id", "stem"]), None);
    }
}
