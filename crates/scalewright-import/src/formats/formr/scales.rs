//! Scales by the names of items, as the R package of formr makes them: `sea_1`, `sea_2R` and `sea_3` are the scale `sea`,
//! in which `sea_2R` is reversed.

use std::collections::BTreeMap;

use scalewright_model::ScoreKind;

use super::rows::Reader;
use crate::draft::{Keyed, keyed};
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::place::Place;
use crate::words::{Words, some_of};

impl<'a> Reader<'a> {
    /// Adds the scales that the names give, if the user wants them; otherwise they are reported.
    pub(super) fn scales_by_name(&mut self) {
        let mut scales: Vec<(String, Vec<Keyed>)> = Vec::new();
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        for (index, item) in self.draft.form.items.iter().enumerate() {
            let kind = &self.draft.form.responses[item.response].kind;
            let is_scored =
                matches!(kind, ResponseKind::Coded(_) | ResponseKind::YesNo { yes: _, no: _ });
            let Some((stem, reversed)) = parts(&item.column).filter(|_| is_scored) else {
                continue;
            };
            let position = *positions.entry(stem.to_owned()).or_insert_with(|| {
                scales.push((stem.to_owned(), Vec::new()));
                scales.len() - 1
            });
            scales[position].1.push(Keyed { item: index, reversed });
        }
        scales.retain(|(name, items)| items.len() > 1 && !self.draft.names.contains(name));
        if scales.is_empty() {
            return;
        }
        let place = Place::new(self.draft.file, "survey");
        let names = some_of(scales.iter().map(|(name, _)| name.as_str()));
        if !self.draft.options.formr_scales {
            let message = format!(
                "the R package of formr would make scales of the names of the items: {names}"
            );
            let help = "add `--formr-scales` to import them";
            self.draft.advise(Kind::Note, "scales-by-name", &place, message, help);
            return;
        }
        let message = format!(
            "these scales come from the names of the items, as in the R package of formr: {names}"
        );
        let help = "the package averages complete answers only; without the item table it reverses by the highest observed answer";
        self.draft.advise(Kind::Assumed, "scales-by-name", &place, message, help);
        let count = scales.len();
        for (name, items) in scales {
            let rule = keyed(&self.draft.form, &items, ScoreKind::Mean, &place);
            let score = self.draft.score(&name, Words::default(), &place);
            self.draft.form.scores[score].rule = rule;
        }
        self.draft.last_scores_first(count);
    }
}

/// The stem of a name that ends in a number, and whether an `R` follows the number.
fn parts(name: &str) -> Option<(&str, bool)> {
    let (before, reversed) = match name.strip_suffix('R') {
        Some(before) => (before, true),
        None => (name, false),
    };
    let stem = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let stem_end = stem.trim_end_matches('_');
    (stem.len() < before.len() && !stem_end.is_empty()).then_some((stem_end, reversed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_and_signs_are_found_in_names() {
        for (name, expected) in [
            ("sea_1", Some(("sea", false))),
            ("sea_2R", Some(("sea", true))),
            ("bfi12", Some(("bfi", false))),
            ("sea", None),
            ("seaR", None),
            ("12", None),
        ] {
            assert_eq!(parts(name), expected, "{name}");
        }
    }
}
