//! The words of explanations and scoring sheets, in the languages that forms have words in.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod he;
mod it;
mod ja;
mod ko;
mod nl;
mod pt;
mod shape;
mod zh;

pub use shape::Phrases;
pub(super) use shape::{fill, plural};

/// The languages, English first.
const ALL: [&Phrases; 12] = [
    &en::EN,
    &ar::AR,
    &de::DE,
    &es::ES,
    &fr::FR,
    &he::HE,
    &it::IT,
    &ja::JA,
    &ko::KO,
    &nl::NL,
    &pt::PT,
    &zh::ZH,
];

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

#[cfg(test)]
mod tests {
    use super::{ALL, Phrases};

    /// The placeholders of each phrase, in the order of the phrases. The phrases have no names at run time, so they are
    /// read from the debug text.
    fn placeholders(phrases: &Phrases) -> Vec<Vec<String>> {
        let text = format!("{phrases:#?}");
        let of_line = |line: &str| {
            let parts = line.split('{').skip(1).filter_map(|part| part.split_once('}'));
            // Escaped letters are in braces too, but have digits.
            let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase());
            let names = parts.map(|(name, _)| name).filter(is_name);
            let mut names: Vec<String> = names.map(str::to_owned).collect();
            names.sort();
            names.dedup();
            names
        };
        text.lines().map(of_line).collect()
    }

    #[test]
    fn every_language_has_the_placeholders_of_english() {
        let of_english = placeholders(Phrases::english());
        for phrases in ALL {
            let own = placeholders(phrases);
            assert_eq!(own.len(), of_english.len(), "{}", phrases.language);
            for (line, (own, english)) in own.iter().zip(&of_english).enumerate() {
                assert_eq!(own, english, "{}: line {line} of the phrases", phrases.language);
            }
        }
    }

    #[test]
    fn a_region_does_not_matter() {
        assert_eq!(Phrases::of("he-IL").map(|phrases| phrases.language), Some("he"));
        assert!(Phrases::of("th").is_none());
    }
}
