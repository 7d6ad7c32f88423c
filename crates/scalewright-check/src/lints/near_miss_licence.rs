//! Licences whose identifier is almost one of SPDX.

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A licence that is almost an identifier of SPDX.
pub(super) static LINT: Lint = Lint {
    name: "near-miss-licence",
    summary: "a licence that is almost an identifier of SPDX",
    explain: include_str!("near_miss_licence.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// Identifiers of the SPDX licence list that wordings and software have. Of each, the last version comes first.
const KNOWN: &str = "CC0-1.0 CC-BY-4.0 CC-BY-3.0 CC-BY-2.5 CC-BY-2.0 CC-BY-1.0 CC-BY-SA-4.0 CC-BY-SA-3.0 CC-BY-SA-2.5 CC-BY-SA-2.0 \
    CC-BY-NC-4.0 CC-BY-NC-3.0 CC-BY-NC-2.5 CC-BY-NC-2.0 CC-BY-ND-4.0 CC-BY-ND-3.0 CC-BY-ND-2.5 CC-BY-ND-2.0 CC-BY-NC-SA-4.0 CC-BY-NC-SA-3.0 \
    CC-BY-NC-SA-2.5 CC-BY-NC-SA-2.0 CC-BY-NC-ND-4.0 CC-BY-NC-ND-3.0 CC-BY-NC-ND-2.5 CC-BY-NC-ND-2.0 CC-PDDC PDDL-1.0 ODbL-1.0 ODC-By-1.0 \
    MIT Apache-2.0 GPL-3.0-only GPL-3.0-or-later GPL-2.0-only GPL-2.0-or-later LGPL-3.0-only LGPL-3.0-or-later AGPL-3.0-only \
    AGPL-3.0-or-later MPL-2.0 BSD-3-Clause BSD-2-Clause ISC Unlicense OGL-UK-3.0 GFDL-1.3-only EUPL-1.2 Artistic-2.0 Zlib 0BSD";
/// Words of the names of licences, and their letters in identifiers. Longer words come first.
const WORDS: [(&str, &str); 17] = [
    ("CREATIVECOMMONSZERO", "CC0"),
    ("CREATIVECOMMONS", "CC"),
    ("NONCOMMERCIAL", "NC"),
    ("NODERIVATIVES", "ND"),
    ("NODERIVS", "ND"),
    ("SHAREALIKE", "SA"),
    ("ATTRIBUTION", "BY"),
    ("INTERNATIONAL", ""),
    ("UNPORTED", ""),
    ("UNIVERSAL", ""),
    ("LICENSE", ""),
    ("LICENCE", ""),
    ("VERSION", ""),
    ("CCZERO", "CC0"),
    ("GNUGPL", "GPL"),
    ("CCNC", "CCBYNC"),
    ("CCSA", "CCBYSA"),
];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let own = (super::File::Definition, &context.file.rights.licence);
    let others = context
        .wordings
        .iter()
        .filter_map(|(place, file)| Some((*place, &file.rights.as_ref()?.licence)));
    for (file, licence) in std::iter::once(own).chain(others) {
        let Some(near) = near(licence) else { continue };
        let message = format!("`{licence}` is not an identifier of SPDX");
        let hit = lint.hit(&context.file.id, message, |d| {
            d.at(Pointer::top("rights").key("licence"), "").help(format!(
                "if `{near}` is meant, write it: programs know a licence by its identifier; a licence without one is described in a few words"
            ))
        });
        hits.push(hit.inside(file));
    }
}

/// Returns the identifier that a licence almost is.
fn near(licence: &str) -> Option<&'static str> {
    let known = || KNOWN.split_ascii_whitespace();
    let licence = licence.trim();
    if known().any(|id| id == licence) || licence.starts_with("LicenseRef-") {
        return None;
    }
    let bare = bare(licence);
    if bare.len() < 3 {
        return None;
    }
    // A version that is missing or is not complete: `CC-BY-4`, `CC0`.
    let begins = |id: &&str| {
        let squashed = squash(id);
        squashed.strip_prefix(bare.as_str()).is_some_and(|rest| {
            let rest = rest.trim_end_matches("ONLY");
            rest.bytes().all(|b| b.is_ascii_digit())
        })
    };
    if let Some(id) = known().find(begins) {
        return Some(id);
    }
    // A sentence about a licence is no identifier.
    let single = !licence.contains(' ') && licence.len() > 3;
    let family = |id: &&str| squash(id).get(..2) == bare.get(..2);
    let close = known().filter(family).min_by_key(|id| strsim::levenshtein(&squash(id), &bare))?;
    (single && strsim::levenshtein(&squash(close), &bare) <= 2).then_some(close)
}

/// The letters and digits, in capitals.
fn squash(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The letters and digits of a licence, with names replaced by their letters.
fn bare(licence: &str) -> String {
    WORDS.iter().fold(squash(licence), |text, (word, letters)| text.replace(word, letters))
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn near_misses_are_found_and_sentences_are_not() {
        for (licence, id) in [
            ("CC-BY-4", "CC-BY-4.0"),
            ("CC BY 4.0", "CC-BY-4.0"),
            ("cc0-1.0", "CC0-1.0"),
            ("CC0", "CC0-1.0"),
            ("CC-0-1.0", "CC0-1.0"),
            ("CCO-1.0", "CC0-1.0"),
            ("CC-BY-NC-ND 4.0", "CC-BY-NC-ND-4.0"),
            ("CC-BY-5.0", "CC-BY-4.0"),
            ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
            ("MIT License", "MIT"),
            ("Apache 2.0", "Apache-2.0"),
            ("GPL-3.0", "GPL-3.0-only"),
        ] {
            assert_eq!(near(licence), Some(id), "{licence}");
        }
        for licence in [
            "CC0-1.0",
            "CC-BY-ND-4.0",
            "permission required",
            "no licence found",
            "not copyrighted",
            "all rights reserved",
            "free for non-commercial use",
            "not established",
            "public domain",
        ] {
            assert_eq!(near(licence), None, "{licence}");
        }
    }
}
