//! The expression languages of platforms: parsing, evaluation with their own treatment of blanks, and translation.
//!
//! One parser reads all languages (`parse`), with a table for each (`grammar`, and a file for each language). The tree is
//! used twice, and independently: `eval` computes it as the source does, and `lower` translates it into a formula, which
//! `tidy`, `keyed` and `lift` bring into the form in which definitions are written. A bound on length and depth keeps
//! hostile expressions from exhausting memory.

use std::sync::Arc;

use scalewright_model::file::BandFile;

use crate::form::Form;
use crate::place::Place;
use crate::rule::{Rule, Target};

use dialect::Dialect;
use eval::Evaluator;
use formula::F;
use low::Low;
use lower::Lowering;
use node::Node;

mod band;
mod bind;
mod call;
mod compare;
mod dialect;
mod eval;
mod formula;
mod grammar;
mod halves;
mod helper;
mod items;
mod javascript;
mod keyed;
mod lift;
mod limesurvey;
mod low;
mod lower;
mod node;
mod parse;
mod present;
mod print;
mod r;
mod redcap;
mod surveyjs;
mod tabulate;
mod tidy;
mod token;
mod xpath;

/// The longest formula that a definition may contain, in characters.
const LONGEST_FORMULA: usize = 8000;

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
    /// R, as formr evaluates it.
    R,
}

impl Language {
    fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::RedCap => &redcap::RedCap,
            Self::XPath => &xpath::XPath,
            Self::SurveyJs => &surveyjs::SurveyJs,
            Self::LimeSurvey => &limesurvey::LimeSurvey,
            Self::JavaScript => &javascript::JavaScript,
            Self::R => &r::R,
        }
    }
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

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The answer to an item, by position in [`Form::items`].
    Item(usize),
    /// The yes-no item that stands for an option of a question with several answers, by position in [`Form::items`]. A
    /// source has 0, not a blank, where it is not ticked.
    Ticked(usize),
    /// A score, by position in [`Form::scores`]. It may be added to the form later.
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
    /// What a name stands for; `None` if there is nothing of that name.
    pub names: &'a dyn Fn(Name<'_>) -> Option<Bound>,
}

/// Reads the expression of a score.
#[must_use]
pub fn score(scope: &Scope<'_>, text: &str, place: &Place) -> Rule {
    rule(scope, text, place, |lowering, node| {
        let form = lowering.scope.form;
        let part = lowering.part(node)?;
        let formula = match part {
            Low::Words(formula) => return Ok(Target::Formula(print::print(form, &formula))),
            Low::Text(_) | Low::Blank => return Err("the result is a text".to_owned()),
            part => lowering.number(part)?.0,
        };
        let formula = tidy::tidy(form, formula);
        if formula == F::Missing {
            return Err("the result is always nothing".to_owned());
        }
        Ok(match lift::scale(form, &formula) {
            Some(scale) => Target::Scale(Box::new(scale)),
            None => Target::Formula(print::print(form, &tidy::without_guards(formula))),
        })
    })
}

/// Reads a condition.
#[must_use]
pub fn condition(scope: &Scope<'_>, text: &str, place: &Place) -> Rule {
    rule(scope, text, place, |lowering, node| {
        let form = lowering.scope.form;
        let formula = lowering.condition(node)?.known();
        Ok(Target::Formula(print::print(form, &tidy::tidy(form, formula))))
    })
}

/// Reads an expression that gives a word for each interval of one score: a chain of ifs whose case for a blank gives
/// nothing. Returns the position of the score and its bands; `None` if the expression is anything else.
#[must_use]
pub fn bands(scope: &Scope<'_>, text: &str) -> Option<(usize, Vec<BandFile>)> {
    let node = parsed(scope, text).ok()?;
    let mut lowering = Lowering { scope, language: scope.language, present: Vec::new() };
    let Low::Words(formula) = lowering.part(&node).ok()? else { return None };
    band::bands(scope.form, &formula)
}

/// The tree of an expression, with its names bound.
fn parsed(scope: &Scope<'_>, text: &str) -> Result<Node, String> {
    let grammar = scope.language.dialect().grammar();
    let is_name = |text: &str| (scope.names)(Name { text, option: None }).is_some();
    let text = match scope.language {
        Language::LimeSurvey => limesurvey::without_braces(text),
        _ => text,
    };
    let mut node = parse::parse(grammar, text, &is_name)?;
    bind::bind(scope, &mut node)?;
    if scope.language == Language::JavaScript {
        javascript::each_name_once(&node)?;
    }
    Ok(node)
}

/// A rule, translated by `translate`.
fn rule(
    scope: &Scope<'_>,
    text: &str,
    place: &Place,
    translate: impl FnOnce(&mut Lowering<'_>, &Node) -> Result<Target, String>,
) -> Rule {
    let node = match parsed(scope, text) {
        Ok(node) => Arc::new(node),
        Err(reason) => return Rule::not_understood(text, place, reason),
    };
    let mut lowering = Lowering { scope, language: scope.language, present: Vec::new() };
    let target = translate(&mut lowering, &node).unwrap_or_else(Target::NotUnderstood);
    let target = match target {
        Target::Formula(formula) if formula.chars().count() > LONGEST_FORMULA => {
            Target::NotUnderstood(format!(
                "the formula is longer than {LONGEST_FORMULA} characters"
            ))
        }
        target => target,
    };
    let source = Evaluator { dialect: scope.language.dialect(), node };
    Rule { text: text.to_owned(), place: place.clone(), source: Some(Arc::new(source)), target }
}
