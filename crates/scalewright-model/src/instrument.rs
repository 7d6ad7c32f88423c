//! The resolved form of an instrument: every name refers to something, and every default is filled in.
//!
//! Structure and words are separate. [`Instrument`] contains what scoring and layout need; each [`Wording`] contains
//! the words of one language, in vectors parallel to those of the structure.

mod bands;
mod facts;
mod items;
mod metadata;
mod notes;
mod reliability;
mod responses;
mod scales;
mod wording;

pub use bands::{Band, BandSet, Lower, Upper};
pub use facts::{Fact, FactKey};
pub use items::{Ask, Item, Section};
pub use metadata::{Administration, Reference, Rights};
pub use notes::{Entry, FormNote, Side};
pub use reliability::Reliability;
pub use responses::{
    MOST_CHOICES, ResponseKind, ResponseOption, ResponseScale, UNLIMITED, is_chosen,
};
pub use scales::{Keying, Missing, Origin, Recode, Scale, ScaleItem, ScalePart, Terms, Transform};
pub use wording::{ResponseWording, ScaleWording, SectionWording, Wording};

use crate::index::{ItemIx, ResponseScaleIx};
use crate::vocabulary::{Code, Status};

/// One form of one instrument, complete and consistent.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Short permanent name: `wai-sr`.
    pub id: String,
    /// The full name, in the source language.
    pub title: String,
    /// The usual abbreviation.
    pub short_title: Option<String>,
    /// Name shared by instruments with a common origin.
    pub family: Option<String>,
    /// Which form of the family.
    pub form: Option<String>,
    /// Edition of wording, structure and scoring.
    pub version: String,
    /// Whether the instrument is in development, in use or retired.
    pub status: Status,
    /// The day on which this version was published, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The source language, a BCP 47 tag.
    pub language: String,
    /// Permanent address that identifies the instrument on other systems.
    pub url: Option<String>,
    /// The codes of the instrument in terminologies.
    pub codes: Vec<Code>,
    /// What the instrument measures and for whom.
    pub description: Option<String>,
    /// The authors, in citation order.
    pub authors: Vec<String>,
    /// Who owns the wording, and what may be done with it.
    pub rights: Rights,
    /// Who answers, about which period, and how.
    pub administration: Administration,
    /// The works cited.
    pub references: Vec<Reference>,
    /// The response scales (answer formats), in the order of their names.
    pub response_scales: Vec<ResponseScale>,
    /// The printed groups of items.
    pub sections: Vec<Section>,
    /// The items, in the order of presentation.
    pub items: Vec<Item>,
    /// The texts between the items, in the order of the file.
    pub notes: Vec<FormNote>,
    /// The scales, then the flags, then the derived scores of norms, each in the order of the file.
    pub scales: Vec<Scale>,
    /// The wordings, one per language. The source language comes first if its words are known.
    pub wordings: Vec<Wording>,
}

impl Instrument {
    /// Returns the wording in `language`. Tags are compared without regard to case.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.iter().find(|wording| wording.language.eq_ignore_ascii_case(language))
    }

    /// Returns the response scale on which `item` is answered.
    #[must_use]
    pub fn response(&self, item: ItemIx) -> &ResponseScale {
        &self.response_scales[self.items[item.0].response.0]
    }

    /// Whether a response scale is of the kind yes-no and some wording has its own words for yes or no. A platform's
    /// built-in yes and no would then show different words.
    #[must_use]
    pub fn has_own_yes_and_no(&self, response: ResponseScaleIx) -> bool {
        self.response_scales[response.0].kind == ResponseKind::YesNo
            && self.wordings.iter().any(|wording| {
                let words = &wording.responses[response.0];
                words.yes_label.is_some() || words.no_label.is_some()
            })
    }
}
