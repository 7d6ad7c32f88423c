//! The rules of platforms for names, words and scores, as far as lints need them.
//!
//! This crate names no platform. The caller of a check passes the rules in the [`Input`](crate::Input).

use scalewright_model::Instrument;
use scalewright_scoring::Program;

/// The rules of a platform that instruments can be published to.
#[derive(Debug, Clone, Copy)]
pub struct TargetRules {
    /// The name of the platform.
    pub platform: &'static str,
    /// The rules for the names of fields; `None` if the platform accepts all ids.
    pub names: Option<NameRules>,
    /// The characters that the platform interprets in words.
    pub words: WordRules,
    /// Finds scores and conditions that cannot be expressed; `None` if the platform computes nothing.
    pub refusals: Option<RefusalsOf>,
}

/// Finds what a platform cannot express of an instrument and its program. The slice is parallel to the program's
/// scores; scores whose entry is false may be skipped.
pub type RefusalsOf = fn(&Instrument, &Program, &[bool]) -> Refusals;

/// The rules for the names of forms and fields.
#[derive(Debug, Clone, Copy)]
pub struct NameRules {
    /// The most characters of a name. The name for a longer id is shortened.
    pub longest: usize,
    /// The names that the platform reserves.
    pub reserved: &'static [&'static str],
    /// The endings of the platform's own fields, which are named by the form, an underscore and the ending.
    pub form_endings: &'static [&'static str],
    /// Returns the name of the form for the id of an instrument.
    pub form: fn(&str) -> String,
    /// Returns the name of the field for the id of an item or a scale.
    pub field: fn(&str) -> String,
}

/// The characters that a platform interprets in words.
#[derive(Debug, Clone, Copy)]
pub struct WordRules {
    /// The character that separates one option from the next in lists of options.
    pub separator: Option<char>,
    /// Whether a list of options has one option per line, so that labels cannot contain line breaks.
    pub one_line: bool,
    /// The brackets around the name of a field that the platform replaces with the content of that field.
    pub brackets: &'static [(char, char)],
}

impl WordRules {
    /// The platform does not interpret words.
    pub const PLAIN: Self = Self { separator: None, one_line: false, brackets: &[] };
}

/// The scores and conditions that a platform cannot express, with each reason as a clause: "a calculation cannot …".
#[derive(Debug, Clone, Default)]
pub struct Refusals {
    /// Why there is no formula for a score, parallel to the program's scores.
    pub scores: Vec<Option<String>>,
    /// Why there is no formula for the condition of an item or a note: the instrument's items, then its notes. A list
    /// that is shorter says nothing about the rest.
    pub conditions: Vec<Option<String>>,
}
