//! Languages, and what the names of an expression mean.

use crate::form::Form;

/// An expression language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Calculations and branching logic of REDCap.
    RedCap,
    /// XPath as ODK uses it, with `${name}`.
    XPath,
    /// Expressions of SurveyJS.
    SurveyJs,
    /// ExpressionScript of LimeSurvey.
    LimeSurvey,
    /// JavaScript as ReproSchema's player evaluates it, after a textual substitution of the names.
    JavaScript,
    /// JavaScript as this program exports it to ReproSchema: a function that is called at once.
    Script,
    /// R, as formr evaluates it.
    R,
    /// Computed values of OpenScales.
    OpenScales,
}

/// A name in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'t> {
    /// The name as written, without the signs around it: `walk_1` for `[walk_1]` or `${walk_1}`.
    pub text: &'t str,
    /// The stored text of an option, if the expression asks whether this option is ticked: `2` for `[walk_why(2)]` or
    /// `selected(${why}, '2')`.
    pub option: Option<&'t str>,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The answer to an item, by position in [`Form::items`].
    Item(usize),
    /// The yes-no item for an option of a question with several answers, by position in [`Form::items`]. A source has 0,
    /// not a blank, if it is not ticked.
    Ticked(usize),
    /// A score, by position in [`Form::scores`]. Its rule may be added later, but its id must be known.
    Score(usize),
}

/// What an expression is read with.
pub struct Scope<'a> {
    /// The language.
    pub language: Language,
    /// The form with all its items and response scales. A score that an expression names must be in it, at least with its
    /// id; its rule may be added later. If the rule of a score that counts answers is there already, scales that divide
    /// by it are recognised.
    pub form: &'a Form,
    /// What a name means; `None` if nothing has that name.
    pub names: &'a dyn Fn(Name<'_>) -> Option<Bound>,
}
