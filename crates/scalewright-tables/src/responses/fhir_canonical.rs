//! Which form a response says it answers, and whether that is the one that is scored.

use scalewright_export::fhir_names;
use scalewright_model::Instrument;

/// The address of a form, and the version if one is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Canonical {
    pub(super) url: String,
    pub(super) version: Option<String>,
}

/// More of an address than this is not repeated.
const SHOWN: usize = 120;

impl Canonical {
    /// An address as `url` or `url|version`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (url, version) = text.trim().split_once('|').unwrap_or((text.trim(), ""));
        let version = version.split('#').next().filter(|version| !version.is_empty());
        let url = url.to_owned();
        (!url.is_empty()).then(|| Self { url, version: version.map(str::to_owned) })
    }

    /// Whether a version of both is the same, or one of them names none.
    fn is_compatible(&self, other: &Self) -> bool {
        match (&self.version, &other.version) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => true,
        }
    }

    /// As it is written, shortened for a message.
    pub(super) fn shown(&self) -> String {
        let version = self.version.as_ref().map(|version| format!("|{version}"));
        let whole = self.url.clone() + &version.unwrap_or_default();
        whole.chars().take(SHOWN).collect()
    }
}

/// What a response says of its form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// Nothing.
    Unsaid,
    /// It is a form that is scored.
    Expected,
    /// It is another version of one that is: the version that is scored.
    OtherVersion(String),
    /// It is another form.
    Other,
}

/// The forms whose responses are scored.
pub(super) struct Expected {
    forms: Vec<Canonical>,
    /// Whether the user named a form beside the instrument's own.
    pub(super) is_named: bool,
}

impl Expected {
    /// The instrument's own form in each language that it is worded in, and those that the user names.
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

    /// What a response that says `canonical` answers.
    pub(super) fn answers(&self, canonical: Option<&Canonical>) -> Answers {
        let Some(canonical) = canonical else { return Answers::Unsaid };
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
    fn versions_are_compared_where_both_name_one() {
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
        assert_eq!(expected.answers(None), Answers::Unsaid);
        assert_eq!(Canonical::parse("|1"), None);
    }
}
