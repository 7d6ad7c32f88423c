//! What a check is given: a definition, the files that belong to it, and what it is used for.

use scalewright_model::file::UseContext;

use crate::targets::TargetRules;

/// A file, as read.
#[derive(Debug, Clone)]
pub struct Source {
    /// What it is called in messages: its path as the user gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What instruments are used for, as far as it matters to a check.
#[derive(Debug, Clone, Default)]
pub struct Study {
    /// The contexts of use: each must be allowed.
    pub uses: Vec<UseContext>,
    /// The day on which evidence of rights is to be recent, `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// A definition and the files that belong to it.
#[derive(Debug, Clone)]
pub struct Input {
    /// `instrument.toml`.
    pub definition: Source,
    /// The name of the folder it is in, when the folder should bear the instrument's id.
    pub folder: Option<String>,
    /// The wording files that lie beside it.
    pub beside: Vec<Source>,
    /// Wording files supplied from elsewhere, by someone who may use them.
    pub supplied: Vec<Source>,
    /// `cases.toml`.
    pub cases: Option<Source>,
    /// The definition of the instrument that this one is a short form of, where it is known.
    pub long_form: Option<Source>,
    /// What it is used for.
    pub study: Study,
    /// The platforms that it may be published to; without any, nothing is found that is about platforms.
    pub targets: &'static [&'static TargetRules],
}

impl Input {
    /// A definition alone.
    #[must_use]
    pub fn alone(definition: Source) -> Self {
        Self {
            definition,
            folder: None,
            beside: Vec::new(),
            supplied: Vec::new(),
            cases: None,
            long_form: None,
            study: Study::default(),
            targets: &[],
        }
    }
}
