//! The words of one language. Every vector is parallel to one of the structure's.

use crate::vocabulary::TranslationStatus;

/// The words of one language, whole: every vector is parallel to the structure's.
#[derive(Debug, Clone)]
pub struct Wording {
    /// BCP 47 tag.
    pub language: String,
    /// The title of the instrument.
    pub title: String,
    /// Instructions before the first item.
    pub instructions: Option<String>,
    /// The period asked about.
    pub recall_period: Option<String>,
    /// How the wording came about; `None` for the words of the definition itself.
    pub translation: Option<TranslationStatus>,
    /// The notice to print, when rights in this wording differ from the instrument's.
    pub notice: Option<String>,
    /// For each response scale.
    pub responses: Vec<ResponseWording>,
    /// For each section.
    pub sections: Vec<SectionWording>,
    /// For each item.
    pub stems: Vec<String>,
    /// For each scale.
    pub scales: Vec<ScaleWording>,
}

/// The words of one response scale.
#[derive(Debug, Clone, Default)]
pub struct ResponseWording {
    /// For each option.
    pub labels: Vec<String>,
    /// At the low end of a visual analogue scale.
    pub min_label: Option<String>,
    /// At the high end of a visual analogue scale.
    pub max_label: Option<String>,
    /// The word for yes, where it is not the language's own.
    pub yes_label: Option<String>,
    /// The word for no, where it is not the language's own.
    pub no_label: Option<String>,
    /// The unit of a number.
    pub unit: Option<String>,
}

/// The words of one section.
#[derive(Debug, Clone, Default)]
pub struct SectionWording {
    /// Heading.
    pub title: Option<String>,
    /// The words every item of the section continues.
    pub lead_in: Option<String>,
    /// What the respondent is told to do here.
    pub instructions: Option<String>,
}

/// The names of one scale and its bands.
#[derive(Debug, Clone)]
pub struct ScaleWording {
    /// The name of the scale.
    pub title: String,
    /// What its score is counted in.
    pub unit: Option<String>,
    /// For each band.
    pub bands: Vec<String>,
    /// For each band of each further set.
    pub band_sets: Vec<Vec<String>>,
}

impl ScaleWording {
    /// The names of all bands, parallel to [`Scale::all_bands`].
    pub fn all_bands(&self) -> impl Iterator<Item = &[String]> {
        let own = (!self.bands.is_empty()).then_some(self.bands.as_slice());
        own.into_iter().chain(self.band_sets.iter().map(Vec::as_slice))
    }
}
