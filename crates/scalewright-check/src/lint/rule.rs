//! The description of a lint.

use scalewright_model::{Diagnostic, Severity};

use super::context::{Context, Hit};
use super::file::File;

/// A rule that a definition can silence, with a reason.
pub struct Lint {
    /// The name, which states the defect: `item-on-no-scale`.
    pub name: &'static str,
    /// The defect, as a clause.
    pub summary: &'static str,
    /// The page about the lint: what it finds, why that matters, how to fix it, when to allow it.
    pub explain: &'static str,
    /// The subject.
    pub group: Group,
    /// The default severity of its findings.
    pub level: Severity,
    /// The first version of scalewright with this lint.
    pub since: &'static str,
    pub(crate) run: fn(&Lint, &Context<'_>, &mut Vec<Hit>),
}

/// The subject of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The items of scales, and their keying.
    Keying,
    /// The possible scores, and the bands, norms and tables for them.
    Range,
    /// How missing answers are handled.
    Missing,
    /// When items are asked.
    Conditions,
    /// Words, languages and translations.
    Wording,
    /// The permitted uses of the wording, and the evidence for them.
    Rights,
    /// The sources of keys, bands, norms and other parts.
    Provenance,
    /// Limits of the targets.
    Portability,
    /// The published scores that confirm the definition.
    Cases,
}

impl Group {
    /// All groups, in the order in which they are listed.
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

    /// The name, in lower case.
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

    /// The name as one word, which settings use: `missing-data`.
    #[must_use]
    pub fn key(self) -> String {
        self.name().replace(' ', "-")
    }
}

impl Lint {
    /// Returns a finding of this lint about the item or scale with the id `at`. `and` completes the diagnostic.
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
