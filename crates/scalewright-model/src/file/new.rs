//! Files with only their required keys, for struct update: `ItemFile { stem: …, ..ItemFile::new("q1", "agree") }`.

use std::collections::BTreeMap;

use super::{
    AdministrationFile, CaseFile, CasesFile, FORMAT, InstrumentFile, ItemFile, OptionFile,
    ResponseScaleFile, ResponseType, RightsFile, ScaleFile, SectionFile, WordingFile,
};
use crate::vocabulary::{MissingKind, Respondent, ScoreKind, Status, WordingPolicy};

impl InstrumentFile {
    /// A definition without items: version 0.1.0, in development.
    #[must_use]
    pub fn new(
        id: &str,
        title: &str,
        language: &str,
        rights: RightsFile,
        administration: AdministrationFile,
    ) -> Self {
        Self {
            format: FORMAT,
            id: id.to_owned(),
            title: title.to_owned(),
            short_title: None,
            family: None,
            form: None,
            short_form_of: None,
            parallel_to: Vec::new(),
            version: "0.1.0".to_owned(),
            status: Status::Development,
            date: None,
            language: language.to_owned(),
            translations: Vec::new(),
            url: None,
            codes: Vec::new(),
            description: None,
            authors: Vec::new(),
            instructions: None,
            rights,
            administration,
            references: Vec::new(),
            response_scales: BTreeMap::new(),
            sections: Vec::new(),
            items: Vec::new(),
            notes: Vec::new(),
            scales: Vec::new(),
            flags: Vec::new(),
            tables: BTreeMap::new(),
            recodes: BTreeMap::new(),
            norms: Vec::new(),
            models: BTreeMap::new(),
            allow: Vec::new(),
        }
    }
}

impl RightsFile {
    /// Rights that include the wording.
    #[must_use]
    pub fn new(holder: &str, licence: &str) -> Self {
        Self {
            holder: holder.to_owned(),
            licence: licence.to_owned(),
            wording: WordingPolicy::Included,
            notice: None,
            terms: None,
            url: None,
            obtain: None,
            digests: BTreeMap::new(),
            usage: None,
            evidence: Vec::new(),
        }
    }
}

impl AdministrationFile {
    /// Administration by self-report.
    #[must_use]
    pub fn new() -> Self {
        Self {
            respondent: Respondent::SelfReport,
            subject: None,
            recall_period: None,
            modes: Vec::new(),
            minutes: None,
        }
    }
}

impl Default for AdministrationFile {
    fn default() -> Self {
        Self::new()
    }
}

impl ResponseScaleFile {
    /// The most options of a response scale. The schema states it too.
    pub const MOST_OPTIONS: usize = 1000;

    /// A response scale of the type `kind`, without options, bounds or words.
    #[must_use]
    pub fn new(kind: ResponseType) -> Self {
        Self {
            kind,
            options: Vec::new(),
            min: None,
            max: None,
            decimals: None,
            unit: None,
            min_label: None,
            max_label: None,
            yes_label: None,
            no_label: None,
            lines: None,
        }
    }
}

impl OptionFile {
    /// An option with a label.
    #[must_use]
    pub fn new(value: f64, label: &str) -> Self {
        let label = Some(label.to_owned());
        Self { value, label, code: None, non_response: false, unlabelled: false }
    }
}

impl SectionFile {
    /// A section without words.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), title: None, lead_in: None, instructions: None }
    }
}

impl ItemFile {
    /// The most characters of the id of an item, a scale or another part. The schema states it too.
    pub const LONGEST_ID: usize = 100;

    /// An item that is always asked, answered on the response scale `response`, without a stem.
    #[must_use]
    pub fn new(id: &str, response: &str) -> Self {
        Self {
            id: id.to_owned(),
            number: None,
            stem: None,
            response: response.to_owned(),
            taken_from: None,
            section: None,
            required: false,
            ask_if: None,
            when_not_asked: None,
            background: false,
            codes: Vec::new(),
        }
    }
}

impl ScaleFile {
    /// A scale without items.
    #[must_use]
    pub fn new(id: &str, title: &str, score: ScoreKind, missing: MissingKind) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            description: None,
            codes: Vec::new(),
            unit: None,
            parent: None,
            items: Vec::new(),
            scales: Vec::new(),
            recode: Vec::new(),
            weights: BTreeMap::new(),
            score,
            formula: None,
            multiply: None,
            intercept: None,
            rescale: None,
            round: None,
            missing,
            min_answered: None,
            min_proportion: None,
            more_than_answered: None,
            more_than_proportion: None,
            max_missing: None,
            mandatory: Vec::new(),
            substitute: None,
            substitutes: BTreeMap::new(),
            key_status: None,
            key_source: Vec::new(),
            missing_source: Vec::new(),
            reliability: None,
            stated_range: None,
            stated_items: None,
            bands: Vec::new(),
            bands_source: Vec::new(),
            band_sets: Vec::new(),
        }
    }
}

impl WordingFile {
    /// A wording file without words.
    #[must_use]
    pub fn new(instrument: &str, language: &str) -> Self {
        Self {
            format: FORMAT,
            instrument: instrument.to_owned(),
            language: language.to_owned(),
            incomplete: false,
            title: None,
            instructions: None,
            recall_period: None,
            notice: None,
            translation: None,
            rights: None,
            response_scales: BTreeMap::new(),
            sections: BTreeMap::new(),
            items: BTreeMap::new(),
            notes: BTreeMap::new(),
            scales: BTreeMap::new(),
        }
    }
}

impl CasesFile {
    /// A cases file without cases.
    #[must_use]
    pub fn new(instrument: &str, source: &str) -> Self {
        Self {
            format: FORMAT,
            instrument: instrument.to_owned(),
            source: source.to_owned(),
            tolerance: None,
            tolerance_reason: None,
            cases: Vec::new(),
        }
    }
}

impl CaseFile {
    /// A case with responses and without expected scores.
    #[must_use]
    pub fn new(title: &str, responses: BTreeMap<String, f64>) -> Self {
        Self {
            title: Some(title.to_owned()),
            source: None,
            responses,
            chosen: BTreeMap::new(),
            scores: BTreeMap::new(),
            tolerance: None,
            tolerance_reason: None,
            flags: BTreeMap::new(),
            codes: BTreeMap::new(),
            band_sets: BTreeMap::new(),
            prorated: Vec::new(),
            no_score: Vec::new(),
            bands: BTreeMap::new(),
        }
    }
}
