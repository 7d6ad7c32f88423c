//! What a platform makes of names, words and scores: all that lints know of it.
//!
//! No platform is named in this crate. Whoever checks hands the rules in, as part of the [`Input`](crate::Input).

use scalewright_model::Instrument;
use scalewright_scoring::Program;

/// The rules of a platform that instruments can be published to.
#[derive(Debug, Clone, Copy)]
pub struct TargetRules {
    /// What people call the platform.
    pub platform: &'static str,
    /// The rules for the names of fields; `None` where ids are taken as they are.
    pub names: Option<NameRules>,
    /// What the platform reads into words.
    pub words: WordRules,
    /// Why scores and conditions cannot be expressed; `None` where the platform computes nothing.
    pub refusals: Option<RefusalsOf>,
}

/// Finds what a platform cannot express of an instrument and its program. Scores whose entry in
/// the slice is false may be passed over; it is parallel to the program's scores.
pub type RefusalsOf = fn(&Instrument, &Program, &[bool]) -> Refusals;

/// The rules for the names of forms and fields.
#[derive(Debug, Clone, Copy)]
pub struct NameRules {
    /// The most characters of a name. The name of a longer id is shortened.
    pub longest: usize,
    /// Names that the platform keeps for itself.
    pub reserved: &'static [&'static str],
    /// What the platform puts behind the name of a form, and an underscore, to name fields of its own.
    pub form_endings: &'static [&'static str],
    /// The name of the form for the id of an instrument.
    pub form: fn(&str) -> String,
    /// The name of the field for the id of an item or a scale.
    pub field: fn(&str) -> String,
}

/// What a platform reads into words.
#[derive(Debug, Clone, Copy)]
pub struct WordRules {
    /// The character that separates one option from the next in lists of options.
    pub separator: Option<char>,
    /// Whether a list of options has one option on a line, so that no label may contain a line break.
    pub one_line: bool,
    /// The brackets around the name of a field that the platform replaces by the content of that field.
    pub brackets: &'static [(char, char)],
}

impl WordRules {
    /// The platform takes all words as they are.
    pub const PLAIN: Self = Self { separator: None, one_line: false, brackets: &[] };
}

/// What a platform cannot express, each reason as a clause: "a calculation cannot …".
#[derive(Debug, Clone, Default)]
pub struct Refusals {
    /// Why there is no formula for a score, parallel to the program's scores.
    pub scores: Vec<Option<String>>,
    /// Why there is no formula for the condition of an item, parallel to the instrument's items.
    pub conditions: Vec<Option<String>>,
}
