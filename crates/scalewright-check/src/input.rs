//! The input of a check: a definition, the files that belong to it, and its use.

use scalewright_model::file::UseContext;

use crate::targets::TargetRules;

/// A file with its path, as read and not yet decoded.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name in messages: the path as the user gave it.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The use of instruments in a study, as far as a check depends on it.
#[derive(Debug, Clone, Default)]
pub struct Study {
    /// The contexts of use. The rights must permit each of them.
    pub uses: Vec<UseContext>,
    /// The date of the study, `YYYY-MM-DD`, on which the evidence of rights must be recent.
    pub date: Option<String>,
}

/// A definition and the files that belong to it.
#[derive(Debug, Clone)]
pub struct Input {
    /// `instrument.toml`.
    pub definition: Source,
    /// The name of its folder, if that must be the id of the instrument.
    pub folder: Option<String>,
    /// The wording files in the same folder.
    pub beside: Vec<Source>,
    /// Wording files from other folders, supplied by a user who may use them.
    pub supplied: Vec<Source>,
    /// `cases.toml`.
    pub cases: Option<Source>,
    /// A file with the key that the definition lacks.
    pub key: Option<Source>,
    /// The definition of the instrument that this one is a short form of, if it was found.
    pub long_form: Option<Source>,
    /// The definitions of the parallel forms that were found.
    pub parallel: Vec<Source>,
    /// The use of the instrument.
    pub study: Study,
    /// The platforms that it may be published to. Lints about platforms check these only.
    pub targets: &'static [&'static TargetRules],
}

impl Input {
    /// A definition without other files.
    #[must_use]
    pub fn alone(definition: Source) -> Self {
        Self {
            definition,
            folder: None,
            beside: Vec::new(),
            supplied: Vec::new(),
            cases: None,
            key: None,
            long_form: None,
            parallel: Vec::new(),
            study: Study::default(),
            targets: &[],
        }
    }
}
