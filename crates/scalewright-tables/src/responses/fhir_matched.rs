//! What of a definition is looked for in a response: items by link id or code, stated scores, codes and words of answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use scalewright_model::{Instrument, ScaleIx};

use super::fhir_form::AnsweredForm;
use super::fhir_options::Labels;
use super::map_file::Codes;
use super::row_reader::About;

/// What of the definition is looked for in a response.
pub(super) struct Matched {
    /// For a link id, which item it is.
    items: BTreeMap<String, usize>,
    /// For a code of a terminology that is one item's alone, its system and which item it is.
    by_code: BTreeMap<String, (String, usize)>,
    /// For a link id, whose score it states.
    pub(super) stated: BTreeMap<String, ScaleIx>,
    /// For each item, what codes stand for by the map.
    pub(super) codes: Vec<Option<Arc<Codes>>>,
    /// For each item, the words for its options.
    pub(super) labels: Vec<Arc<Labels>>,
    /// For each item, its unit, as it is written in each language.
    pub(super) units: Vec<Vec<String>>,
    /// For each scale, the words that its score is one of.
    pub(super) words: Vec<Option<Vec<String>>>,
    /// The instrument's id.
    pub(super) id: String,
}

/// An item that a question was found to be.
pub(super) struct Found {
    pub(super) index: usize,
    /// Whether nothing but its link id says so.
    pub(super) by_link: bool,
}

impl Matched {
    pub(super) fn new(about: &About<'_>) -> Self {
        let About { instrument, map, missing: _, form: _ } = about;
        let Instrument { id, items, scales, response_scales, .. } = *instrument;
        let codes: Vec<_> = response_scales
            .iter()
            .map(|scale| map.codes(&scale.name).cloned().map(Arc::new))
            .collect();
        let labels: Vec<_> = (0..response_scales.len())
            .map(|index| Arc::new(Labels::new(instrument, index)))
            .collect();
        let item_ids = items.iter().enumerate();
        let scale_ids = scales.iter().enumerate();
        Self {
            items: item_ids.map(|(i, item)| (map.column(&item.id).to_owned(), i)).collect(),
            by_code: by_code(instrument),
            stated: scale_ids
                .map(|(i, scale)| (map.stated(&scale.id).to_owned(), ScaleIx(i)))
                .collect(),
            codes: items.iter().map(|item| codes[item.response.0].clone()).collect(),
            labels: items.iter().map(|item| Arc::clone(&labels[item.response.0])).collect(),
            units: items.iter().map(|item| units(instrument, item.response.0)).collect(),
            words: scales.iter().map(|scale| scale.words().map(<[String]>::to_vec)).collect(),
            id: id.clone(),
        }
    }

    /// The item that a link id, or a code of the question in its form, stands for.
    pub(super) fn item(&self, link_id: &str, form: Option<&AnsweredForm>) -> Result<Option<Found>, String> {
        let by_link = self.items.get(link_id).copied();
        let codes = form.and_then(|form| form.question(link_id)).map(|question| &question.codes);
        let of_form = codes.into_iter().flatten().find_map(|(system, code)| {
            self.items.get(code).copied().or_else(|| self.of_code(system.as_deref(), code))
        });
        if let (Some(link), Some(code)) = (by_link, of_form)
            && link != code
        {
            return Err(
                "has the link id of one item, and in its form the code of another".to_owned()
            );
        }
        // LHC-Forms makes link ids of LOINC's codes, with a stroke before each.
        let bare = link_id.rsplit('/').next().unwrap_or_default();
        let by_code = of_form.or_else(|| self.of_code(None, bare));
        let found = by_code.map(|index| Found { index, by_link: false });
        Ok(by_link.map(|index| Found { index, by_link: by_code.is_none() }).or(found))
    }

    /// The item with this code of a terminology.
    fn of_code(&self, system: Option<&str>, code: &str) -> Option<usize> {
        let (own, item) = self.by_code.get(code)?;
        system.is_none_or(|system| system == own).then_some(*item)
    }
}

/// The codes of items; one that two items share tells neither.
fn by_code(instrument: &Instrument) -> BTreeMap<String, (String, usize)> {
    let mut found: BTreeMap<String, Option<(String, usize)>> = BTreeMap::new();
    for (index, item) in instrument.items.iter().enumerate() {
        for code in &item.codes {
            let own = Some((code.system.clone(), index));
            let entry = found.entry(code.code.clone()).or_insert_with(|| own.clone());
            if *entry != own {
                *entry = None;
            }
        }
    }
    found.into_iter().filter_map(|(code, item)| Some((code, item?))).collect()
}

/// How the unit of a response scale is written, in the source's language first.
fn units(instrument: &Instrument, response: usize) -> Vec<String> {
    let words = |language: &str| instrument.wording(language)?.responses[response].unit.clone();
    let others = instrument.wordings.iter().map(|wording| wording.language.as_str());
    let mut units: Vec<String> =
        std::iter::once(instrument.language.as_str()).chain(others).filter_map(words).collect();
    units.dedup();
    units
}
