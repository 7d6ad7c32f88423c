//! The form that a response says it answers, and whether responses to that form are scored.

use scalewright_export::fhir_names;
use scalewright_model::Instrument;

/// The address of a form, with its version if stated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Canonical {
    pub(super) url: String,
    pub(super) version: Option<String>,
}

/// At most this many characters of an address are shown in messages.
const SHOWN: usize = 120;

impl Canonical {
    /// Parses an address written as `url` or `url|version`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (url, version) = text.trim().split_once('|').unwrap_or((text.trim(), ""));
        // An address may end in a fragment, which is not part of the version.
        let version = version.split('#').next().filter(|version| !version.is_empty());
        let url = url.to_owned();
        (!url.is_empty()).then(|| Self { url, version: version.map(str::to_owned) })
    }

    /// Whether the versions are equal, or one of the two does not state a version.
    fn is_compatible(&self, other: &Self) -> bool {
        match (&self.version, &other.version) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => true,
        }
    }

    /// The address with its version, shortened for a message.
    pub(super) fn shown(&self) -> String {
        let version = self.version.as_ref().map(|version| format!("|{version}"));
        let whole = self.url.clone() + &version.unwrap_or_default();
        whole.chars().take(SHOWN).collect()
    }
}

/// Whether a response answers a form that is scored.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// The response does not say which form it answers.
    Unstated,
    /// It answers a form that is scored.
    Expected,
    /// It answers another version of a form that is scored. Contains the scored version.
    OtherVersion(String),
    /// It answers another form.
    Other,
}

/// The forms whose responses are scored.
pub(super) struct Expected {
    forms: Vec<Canonical>,
    /// Whether the user named a form besides the instrument's own.
    pub(super) is_named: bool,
}

impl Expected {
    /// The instrument's own form in each of its languages, and the forms that the user names.
    pub(super) fn new(instrument: &Instrument, named: Vec<Canonical>) -> Self {
        let version = Some(instrument.version.clone());
        let languages = instrument.wordings.iter().map(|wording| wording.language.as_str());
        let languages = languages.chain([instrument.language.as_str()]);
        let own = languages.map(|language| Canonical {
            url: fhir_names::url_in(instrument, language),
            version: version.clone(),
        });
        let is_named = !named.is_empty();
        Self { forms: named.into_iter().chain(own).collect(), is_named }
    }

    /// Classifies a response that states the form `canonical`.
    pub(super) fn answers(&self, canonical: Option<&Canonical>) -> Answers {
        let Some(canonical) = canonical else { return Answers::Unstated };
        let mut same = self.forms.iter().filter(|form| form.url == canonical.url).peekable();
        let Some(first) = same.peek().copied() else { return Answers::Other };
        if same.any(|form| form.is_compatible(canonical)) {
            return Answers::Expected;
        }
        Answers::OtherVersion(first.version.clone().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, Canonical, Expected};

    #[test]
    fn versions_are_compared_if_both_are_stated() {
        let form = |text: &str| Canonical::parse(text).expect(text);
        let forms = vec![form("http://x/a|1"), form("http://x/b")];
        let expected = Expected { forms, is_named: true };
        for (text, answers) in [
            ("http://x/a", Answers::Expected),
            ("http://x/a|1", Answers::Expected),
            ("http://x/a|1#part", Answers::Expected),
            ("http://x/a|2", Answers::OtherVersion("1".to_owned())),
            ("http://x/b|2", Answers::Expected),
            ("http://x/a-b|1", Answers::Other),
        ] {
            assert_eq!(expected.answers(Some(&form(text))), answers, "{text}");
        }
        assert_eq!(expected.answers(None), Answers::Unstated);
        assert_eq!(Canonical::parse("|1"), None);
    }
}
