//! The words of one language. Every vector is parallel to one of the [`Instrument`](crate::Instrument).

use crate::vocabulary::TranslationStatus;

/// The words of one language, complete. Every vector is parallel to one of the [`Instrument`](crate::Instrument).
#[derive(Debug, Clone)]
pub struct Wording {
    /// The language: a BCP 47 tag.
    pub language: String,
    /// The title of the instrument.
    pub title: String,
    /// The instructions before the first item.
    pub instructions: Option<String>,
    /// The period that respondents are asked about.
    pub recall_period: Option<String>,
    /// How far the translation has been tested. `None` for the words of the definition, and if the file does not state
    /// it.
    pub translation: Option<TranslationStatus>,
    /// The notice to print, if the wording file has its own. `None` for the notice of the instrument.
    pub notice: Option<String>,
    /// The words of each response scale.
    pub responses: Vec<ResponseWording>,
    /// The words of each section.
    pub sections: Vec<SectionWording>,
    /// The stem of each item.
    pub stems: Vec<String>,
    /// The text of each note.
    pub notes: Vec<String>,
    /// The names of each scale and its bands.
    pub scales: Vec<ScaleWording>,
}

/// The words of one response scale.
#[derive(Debug, Clone, Default)]
pub struct ResponseWording {
    /// The label of each option.
    pub labels: Vec<String>,
    /// The words at the low end of a visual analogue scale.
    pub min_label: Option<String>,
    /// The words at the high end of a visual analogue scale.
    pub max_label: Option<String>,
    /// The word for yes. `None` for the usual word of the language.
    pub yes_label: Option<String>,
    /// The word for no. `None` for the usual word of the language.
    pub no_label: Option<String>,
    /// The unit of a number.
    pub unit: Option<String>,
}

/// The words of one section.
#[derive(Debug, Clone, Default)]
pub struct SectionWording {
    /// The heading.
    pub title: Option<String>,
    /// The words that all items of the section continue.
    pub lead_in: Option<String>,
    /// The instructions for the items of this section.
    pub instructions: Option<String>,
}

/// The names of one scale and its bands.
#[derive(Debug, Clone)]
pub struct ScaleWording {
    /// The name of the scale.
    pub title: String,
    /// The unit of the score.
    pub unit: Option<String>,
    /// The name of each of the scale's own bands.
    pub bands: Vec<String>,
    /// The names of the bands of each further set.
    pub band_sets: Vec<Vec<String>>,
    /// The feedback on the bands, parallel to [`Scale::all_bands`](crate::Scale::all_bands). `None` for a band without.
    pub feedback: Vec<Vec<Option<String>>>,
}

impl ScaleWording {
    /// Returns the names of all bands, parallel to [`Scale::all_bands`](crate::Scale::all_bands).
    pub fn all_bands(&self) -> impl Iterator<Item = &[String]> {
        let own = (!self.bands.is_empty()).then_some(self.bands.as_slice());
        own.into_iter().chain(self.band_sets.iter().map(Vec::as_slice))
    }
}
