//! Which families a text is set in: few, so that no sentence is set in three.
//!
//! The embedded text face comes first. Of the letters that it lacks, the family that has most of them comes next, and so
//! on. Without this order, each letter would come from the first font in a folder that has it, which may be a font of
//! symbols or of another script.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use unicode_script::{Script, UnicodeScript};

use crate::fonts::{Family, Fonts, is_unseen};

/// At most this many families are named. Any letter that is in none of them still comes from some other font.
const MOST: usize = 8;

/// The families for the letters of `texts` that the embedded text face lacks, in the order of use.
pub(crate) fn families<'t>(fonts: &Fonts, texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let supplied = fonts.supplied();
    // Most forms have only the embedded fonts, and their texts need not be searched.
    if supplied.is_empty() {
        return Vec::new();
    }
    let left = texts
        .flat_map(str::chars)
        .filter(|c| !c.is_ascii() && !is_unseen(*c))
        .map(u32::from)
        .filter(|point| !fonts.has_embedded(*point));
    let chosen = chosen(&supplied, left.collect());
    chosen.iter().map(|family| family.name().to_owned()).collect()
}

/// The faces for some letters, in the order of use: the embedded text face, then those of the families that have most of
/// the others.
pub(crate) fn faces(fonts: &Fonts, letters: &[u32]) -> Vec<usize> {
    let left = letters.iter().copied().filter(|point| !fonts.has_embedded(*point));
    let others = chosen(&fonts.supplied(), left.collect());
    std::iter::once(0).chain(others.iter().map(|family| family.face)).collect()
}

/// The families that have the letters in `left`.
fn chosen<'f>(supplied: &[Family<'f>], mut left: BTreeSet<u32>) -> Vec<Family<'f>> {
    let mut chosen = Vec::new();
    while !left.is_empty() && chosen.len() < MOST {
        let best = supplied.iter().max_by_key(|family| {
            let covered = || left.iter().filter(|point| family.covers(**point));
            // Letters decide: a face of symbols is not chosen for them. Then the design of the embedded face, then a
            // plain text face before a serif, condensed or symbol one, and then the first by name.
            let letters = covered().filter(|point| is_letter(**point)).count();
            let design = (family.is_kin(), family.is_plain());
            (letters, design, covered().count(), Reverse(family.name()))
        });
        let Some(best) = best else { break };
        let before = left.len();
        left.retain(|point| !best.covers(*point));
        if left.len() == before {
            break;
        }
        chosen.push(*best);
    }
    chosen
}

/// Whether a character belongs to one script, unlike signs and digits.
fn is_letter(point: u32) -> bool {
    char::from_u32(point).is_some_and(|c| !matches!(c.script(), Script::Common | Script::Inherited))
}
