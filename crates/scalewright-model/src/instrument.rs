//! What is true: an instrument whose references are resolved and whose defaults are filled.
//!
//! Structure and words are apart. [`Instrument`] contains what scoring and layout need; each [`Wording`] contains the
//! words of one language, in vectors parallel to the structure's.

mod bands;
mod facts;
mod items;
mod metadata;
mod reliability;
mod responses;
mod scales;
mod wording;

pub use bands::{Band, BandSet, Lower, Upper};
pub use facts::{Fact, FactKey};
pub use items::{Ask, Item, Section};
pub use metadata::{Administration, Reference, Rights};
pub use reliability::Reliability;
pub use responses::{ResponseKind, ResponseOption, ResponseScale};
pub use scales::{Keying, Missing, Origin, Recode, Scale, ScaleItem, Terms, Transform};
pub use wording::{ResponseWording, ScaleWording, SectionWording, Wording};

use crate::index::{ItemIx, ResponseScaleIx};
use crate::vocabulary::{Code, Status};

/// One form of one instrument, whole and consistent.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Short permanent name: `wai-sr`.
    pub id: String,
    /// The full name, in the source language.
    pub title: String,
    /// The abbreviation in use.
    pub short_title: Option<String>,
    /// Name shared by instruments of one origin.
    pub family: Option<String>,
    /// Which form of the family.
    pub form: Option<String>,
    /// Edition of wording, structure and scoring.
    pub version: String,
    /// How far the instrument has come.
    pub status: Status,
    /// The day this version was published, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The source language, a BCP 47 tag.
    pub language: String,
    /// Permanent address on other systems.
    pub url: Option<String>,
    /// What terminologies know it by.
    pub codes: Vec<Code>,
    /// What it measures and for whom.
    pub description: Option<String>,
    /// Authors in citation order.
    pub authors: Vec<String>,
    /// Who owns the wording and what may be done with it.
    pub rights: Rights,
    /// Who answers, about what period, and how.
    pub administration: Administration,
    /// The works cited.
    pub references: Vec<Reference>,
    /// The answer formats.
    pub response_scales: Vec<ResponseScale>,
    /// The printed groups.
    pub sections: Vec<Section>,
    /// The items in the order of presentation.
    pub items: Vec<Item>,
    /// The scales, in the order of the file.
    pub scales: Vec<Scale>,
    /// The words, a language each: the source language first when its words are known.
    pub wordings: Vec<Wording>,
}

impl Instrument {
    /// The words of `language`, compared without regard to case.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.iter().find(|wording| wording.language.eq_ignore_ascii_case(language))
    }

    /// The response scale that answers `item`.
    #[must_use]
    pub fn response(&self, item: ItemIx) -> &ResponseScale {
        &self.response_scales[self.items[item.0].response.0]
    }

    /// Whether some wording has words of its own for the yes or the no of a response scale. A platform's own yes and no
    /// do not say the same then.
    #[must_use]
    pub fn has_own_yes_and_no(&self, response: ResponseScaleIx) -> bool {
        self.response_scales[response.0].kind == ResponseKind::YesNo
            && self.wordings.iter().any(|wording| {
                let words = &wording.responses[response.0];
                words.yes_label.is_some() || words.no_label.is_some()
            })
    }
}
