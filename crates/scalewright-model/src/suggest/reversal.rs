//! Names with a mark of reversal: `–calm_2`, `- calm_2`, `calm_2r`, `rev(calm_2)`.

use super::{nearest, question};

/// Signs before a name that mark it as reversed.
const SIGNS: [char; 12] = ['-', '‐', '‑', '‒', '–', '—', '―', '−', '~', '!', '¬', '*'];
/// Marks that people write after the name of a reversed item, in lower case.
const ENDINGS: [&str; 12] =
    ["(reversed)", "(rev)", "(r)", "[r]", "*", "_reversed", "_rev", "_r", "rev", "r", "-", "−"];
/// Marks that people write before the name of a reversed item, in lower case.
const BEGINNINGS: [&str; 6] = ["reversed_", "reverse_", "rev_", "r_", "rev", "r"];

/// Returns the candidate that `name` marks as reversed, if there is one.
#[must_use]
pub fn reversed_name<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let known = |base: &str| candidates.clone().into_iter().find(|candidate| *candidate == base);
    if let Some(base) = signed(name) {
        // A leading minus is not a typing mistake, but the name after it may contain one.
        return known(base).or_else(|| match nearest(base, candidates.clone())[..] {
            [only] => Some(only),
            _ => None,
        });
    }
    bases(name).into_iter().find_map(known)
}

/// Returns the name after a leading sign, if there is one.
fn signed(name: &str) -> Option<&str> {
    let base = name.trim().strip_prefix(SIGNS)?.trim_start_matches(SIGNS).trim();
    (!base.is_empty()).then_some(base)
}

/// Returns what remains of a name after removing each mark of reversal that it may have: an ending, a beginning, or a
/// function call around it.
fn bases(name: &str) -> Vec<&str> {
    let name = name.trim();
    let cut = |text: &'static str, at_end: bool| -> Option<&str> {
        // `get` below, because a mark of this length may begin or end inside of a character.
        let length = name.len().checked_sub(text.len())?;
        let (mark, base) = match at_end {
            true => (name.get(length..)?, name.get(..length)?),
            false => (name.get(..text.len())?, name.get(text.len()..)?),
        };
        let base = base.trim_matches([' ', '_', '-', '.']);
        (mark.eq_ignore_ascii_case(text) && !base.is_empty()).then_some(base)
    };
    let ends = ENDINGS.iter().filter_map(|text| cut(text, true));
    let starts = BEGINNINGS.iter().filter_map(|text| cut(text, false));
    let called = name.strip_suffix(')').and_then(|call| call.split_once('('));
    let called = called.filter(|(function, _)| {
        ["r", "rev", "reverse", "reversed"].contains(&function.trim().to_lowercase().as_str())
    });
    ends.chain(starts).chain(called.map(|(_, base)| base.trim())).collect()
}

/// Returns a suggestion for the entry `key` of a list in which a minus means reversal. The suggested entry includes the
/// sign.
#[must_use]
pub(crate) fn keyed_name<'a>(
    key: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(base) = reversed_name(key, candidates.clone()) {
        return Some(format!(
            "{} a minus before an item reverses it",
            question(&[format!("-{base}")])
        ));
    }
    if signed(key).is_some() {
        // An author would take a suggested name for the whole entry, and the reversal would be lost.
        return None;
    }
    super::question_if_near(key.trim(), candidates)
}

/// Returns a suggestion for a place that names an item or a scale without its sign.
#[must_use]
pub(crate) fn unsigned_name<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    match reversed_name(name, candidates.clone()) {
        Some(base) => {
            Some(format!("write `{base}`: only the list of items or scales gives the sign"))
        }
        None => super::did_you_mean(name, candidates),
    }
}

#[cfg(test)]
mod tests {
    use super::{keyed_name, reversed_name};

    const ITEMS: [&str; 4] = ["hb_4", "hb_5", "hb_15", "calmer"];

    #[test]
    fn marks_of_reversal_are_recognised() {
        for name in [
            "-hb_5",
            "–hb_5",
            "−hb_5",
            "- hb_5",
            " -hb_5",
            "--hb_5",
            "~hb_5",
            "hb_5r",
            "hb_5R",
            "hb_5_r",
            "hb_5.r",
            "hb_5 (R)",
            "hb_5rev",
            "hb_5_rev",
            "hb_5*",
            "hb_5-",
            "r_hb_5",
            "rhb_5",
            "rev_hb_5",
            "reverse(hb_5)",
            "R(hb_5)",
            "-hb5",
            "-hb_05",
        ] {
            assert_eq!(reversed_name(name, ITEMS), Some("hb_5"), "{name}");
        }
        for name in ["hb5", "hb_55", "calme", "calmerer", "-hb_6", "-", ""] {
            assert_eq!(reversed_name(name, ITEMS), None, "{name}");
        }
    }

    #[test]
    fn a_key_keeps_its_sign() {
        let help = |key: &str| keyed_name(key, ITEMS).unwrap_or_default();
        assert_eq!(help("hb5"), "did you mean `hb_5`?");
        assert!(help("-hb5").starts_with("did you mean `-hb_5`?"));
        assert!(help("hb_5r").starts_with("did you mean `-hb_5`?"));
        assert_eq!(help("-hb_6"), "");
    }
}
