//! Names with a sign of reversal: `–calm_2`, `- calm_2`, `calm_2r`, `rev(calm_2)`.

use super::{asked, nearest};

/// Signs before a name that mean that it is reversed.
const SIGNS: [char; 12] = ['-', '‐', '‑', '‒', '–', '—', '―', '−', '~', '!', '¬', '*'];
/// What people put behind the name of a reversed item, in lower case.
const ENDINGS: [&str; 12] =
    ["(reversed)", "(rev)", "(r)", "[r]", "*", "_reversed", "_rev", "_r", "rev", "r", "-", "−"];
/// What people put before it.
const BEGINNINGS: [&str; 6] = ["reversed_", "reverse_", "rev_", "r_", "rev", "r"];

/// The candidate that `name` is with a sign of reversal; nothing when it has no such sign.
#[must_use]
pub fn reversed_name<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let known = |base: &str| candidates.clone().into_iter().find(|candidate| *candidate == base);
    if let Some(base) = signed(name) {
        // A minus is no slip of the finger: what follows it may be one.
        return known(base).or_else(|| match nearest(base, candidates.clone())[..] {
            [only] => Some(only),
            _ => None,
        });
    }
    bases(name).into_iter().find_map(known)
}

/// What follows a sign before the name.
fn signed(name: &str) -> Option<&str> {
    let base = name.trim().strip_prefix(SIGNS)?.trim_start_matches(SIGNS).trim();
    (!base.is_empty()).then_some(base)
}

/// What is left of a name without each of the ways to mark a reversal with letters.
fn bases(name: &str) -> Vec<&str> {
    let name = name.trim();
    let cut = |text: &'static str, at_end: bool| -> Option<&str> {
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

/// For the entry `key` of a list in which a minus reverses: how what was meant is written, sign and all.
#[must_use]
pub fn keyed_name<'a>(
    key: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(base) = reversed_name(key, candidates.clone()) {
        return Some(format!(
            "{} a minus before an item reverses it",
            asked(&[format!("-{base}")])
        ));
    }
    if signed(key).is_some() {
        // Names alone would be taken for the whole entry, and the reversal be lost.
        return None;
    }
    super::asked_if_near(key.trim(), candidates)
}

/// For a place that names an item or a scale as it is listed, without its sign.
#[must_use]
pub fn unsigned_name<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    match reversed_name(name, candidates.clone()) {
        Some(base) => Some(format!("write `{base}`: only its list gives the sign")),
        None => super::did_you_mean(name, candidates),
    }
}

#[cfg(test)]
mod tests {
    use super::{keyed_name, reversed_name};

    const ITEMS: [&str; 4] = ["hb_4", "hb_5", "hb_15", "calmer"];

    #[test]
    fn signs_of_reversal_are_seen() {
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
