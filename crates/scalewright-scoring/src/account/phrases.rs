//! The words of explanations and scoring sheets, in the languages that forms have words in.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pt;
mod shape;

pub use shape::Phrases;
pub(super) use shape::{fill, plural};

/// The languages, English first.
const ALL: [&Phrases; 7] = [&en::EN, &de::DE, &es::ES, &fr::FR, &it::IT, &nl::NL, &pt::PT];

impl Phrases {
    /// The words of English.
    #[must_use]
    pub fn english() -> &'static Self {
        ALL[0]
    }

    /// The words of the language of `tag`, a BCP 47 tag; `None` if it is not built in.
    #[must_use]
    pub fn of(tag: &str) -> Option<&'static Self> {
        let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        ALL.into_iter().find(|phrases| phrases.language == language)
    }
}
