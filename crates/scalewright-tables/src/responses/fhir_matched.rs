//! Matches the elements of a response to the definition: items by link id or code, stated scores, and the codes, labels
//! and units of answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use scalewright_model::{Instrument, ItemIx, ScaleIx};

use super::codes::Codes;
use super::fhir_form::AnsweredForm;
use super::fhir_options::Labels;
use super::row_reader::About;

/// The parts of the definition that are looked up while reading a response.
pub(super) struct Matched {
    /// The index of the item with a link id.
    items: BTreeMap<String, usize>,
    /// For a terminology code that only one item has: the system, and the index of the item.
    by_code: BTreeMap<String, (String, usize)>,
    /// The scale whose score is stated under a link id.
    pub(super) stated: BTreeMap<String, ScaleIx>,
    /// The values of codes for each item, according to the map.
    pub(super) codes: Vec<Option<Arc<Codes>>>,
    /// The labels of the options of each item.
    pub(super) labels: Vec<Arc<Labels>>,
    /// The unit of each item, as written in each language.
    pub(super) units: Vec<Vec<String>>,
    /// The words that are the scores of each scale, if its scores are words.
    pub(super) words: Vec<Option<Vec<String>>>,
    /// The instrument's id.
    pub(super) id: String,
}

/// The item that a question was matched to.
pub(super) struct Found {
    pub(super) index: usize,
    /// Whether the question was matched only by its link id, not by a code.
    pub(super) by_link: bool,
}

impl Matched {
    pub(super) fn new(about: &About<'_>) -> Self {
        let About { instrument, map, form: _ } = about;
        let Instrument { id, items, scales, response_scales, .. } = *instrument;
        let codes = (0..items.len()).map(|item| map.codes(instrument, ItemIx(item)));
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
            codes: codes.map(|codes| codes.cloned().map(Arc::new)).collect(),
            labels: items.iter().map(|item| Arc::clone(&labels[item.response.0])).collect(),
            units: items.iter().map(|item| units(instrument, item.response.0)).collect(),
            words: scales.iter().map(|scale| scale.words().map(<[String]>::to_vec)).collect(),
            id: id.clone(),
        }
    }

    /// Returns the item with this link id, or with a code of the question in its form.
    ///
    /// # Errors
    ///
    /// When the link id and the codes belong to different items.
    pub(super) fn item(
        &self,
        link_id: &str,
        form: Option<&AnsweredForm>,
    ) -> Result<Option<Found>, String> {
        let by_link = self.items.get(link_id).copied();
        let codes = form.and_then(|form| form.question(link_id)).map(|question| &question.codes);
        let of_form = codes.into_iter().flatten().find_map(|(system, code)| {
            self.items.get(code).copied().or_else(|| self.of_code(system.as_deref(), code))
        });
        if let (Some(link), Some(code)) = (by_link, of_form)
            && link != code
        {
            return Err(
                "has the link id of one item, but its form gives it the code of another item"
                    .to_owned(),
            );
        }
        // LHC-Forms builds link ids from LOINC codes, each after a slash.
        let bare = link_id.rsplit('/').next().unwrap_or_default();
        let by_code = of_form.or_else(|| self.of_code(None, bare));
        let found = by_code.map(|index| Found { index, by_link: false });
        Ok(by_link.map(|index| Found { index, by_link: by_code.is_none() }).or(found))
    }

    /// The item with this terminology code.
    fn of_code(&self, system: Option<&str>, code: &str) -> Option<usize> {
        let (own, item) = self.by_code.get(code)?;
        system.is_none_or(|system| system == own).then_some(*item)
    }
}

/// The terminology codes of items. A code that two items share is dropped, because it identifies neither.
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

/// The unit of a response scale as written in each language, beginning with the language of the definition.
fn units(instrument: &Instrument, response: usize) -> Vec<String> {
    let words = |language: &str| instrument.wording(language)?.responses[response].unit.clone();
    let others = instrument.wordings.iter().map(|wording| wording.language.as_str());
    let mut units: Vec<String> =
        std::iter::once(instrument.language.as_str()).chain(others).filter_map(words).collect();
    units.dedup();
    units
}
