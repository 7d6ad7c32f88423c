//! What a lint is.

use scalewright_model::{Diagnostic, Severity};

use super::context::{Context, Hit};
use super::file::File;

/// A rule that can be silenced, in the file and with a reason.
pub struct Lint {
    /// Its name, which states the defect: `item-on-no-scale`.
    pub name: &'static str,
    /// The defect in a clause.
    pub summary: &'static str,
    /// Its page: what, why it matters, how to fix it, when to allow it.
    pub explain: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is.
    pub level: Severity,
    /// The version that first had it.
    pub since: &'static str,
    pub(crate) run: fn(&Lint, &Context<'_>, &mut Vec<Hit>),
}

/// What a lint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Which items are on which scale, and which way they count.
    Keying,
    /// What scores can be, and the bands, norms and tables over them.
    Range,
    /// What becomes of missing answers.
    Missing,
    /// When items are asked.
    Conditions,
    /// Words, languages and translations.
    Wording,
    /// What may be done with the wording, and on what evidence.
    Rights,
    /// Where keys, bands, norms and the rest come from.
    Provenance,
    /// What targets make of it.
    Portability,
    /// Published scores that confirm it.
    Cases,
}

impl Group {
    /// Every group, in the order they are told in.
    pub const ALL: [Self; 9] = [
        Self::Keying,
        Self::Range,
        Self::Missing,
        Self::Conditions,
        Self::Wording,
        Self::Rights,
        Self::Provenance,
        Self::Portability,
        Self::Cases,
    ];

    /// Its name, lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keying => "keying",
            Self::Range => "range",
            Self::Missing => "missing data",
            Self::Conditions => "conditions",
            Self::Wording => "wording and language",
            Self::Rights => "rights",
            Self::Provenance => "provenance",
            Self::Portability => "portability",
            Self::Cases => "cases",
        }
    }

    /// Its name in one word, as a setting names it: `missing-data`.
    #[must_use]
    pub fn key(self) -> String {
        self.name().replace(' ', "-")
    }
}

impl Lint {
    /// A diagnostic of this lint about what has the id `at`.
    pub(crate) fn hit(
        &self,
        at: &str,
        message: String,
        and: impl FnOnce(Diagnostic) -> Diagnostic,
    ) -> Hit {
        let diagnostic = and(Diagnostic::new(self.name, self.level, message));
        Hit { diagnostic, at: Some(at.to_owned()), file: File::Definition }
    }
}
