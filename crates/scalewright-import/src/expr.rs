//! The expression languages of platforms: parsing, evaluation with their own treatment of blanks, and translation.
//!
//! One parser reads all languages (`parse`), with a table for each (`grammar`, and a file for each language). The tree is
//! used twice, and independently: `eval` computes it as the source does, and `lower` translates it into a formula, which
//! `tidy`, `keyed` and `lift` bring into the form in which definitions are written. A bound on length and depth keeps
//! hostile expressions from exhausting memory.

use std::sync::Arc;

use scalewright_model::file::BandFile;

use crate::form::Form;
use crate::form::rule::{Rule, Target};
use crate::place::Place;

use context::Lowering;
use dialect::Dialect;
use eval::Evaluator;
use formula::F;
use low::Low;
use node::Node;
use script::Parsed;

mod aggregate;
mod band;
mod bind;
mod call;
mod compare;
mod context;
mod dialect;
mod eval;
mod facts;
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
mod open;
mod openscales;
mod parse;
mod present;
mod print;
mod r;
mod redcap;
mod scope;
mod script;
mod surveyjs;
mod tabulate;
mod tidy;
mod token;
mod xpath;

pub use scope::{Bound, Language, Name, Scope};

/// The longest formula that a definition may contain, in characters.
const LONGEST_FORMULA: usize = 8000;

/// The deepest formula that a definition may contain is 50 levels. Brackets count there, but not here.
const DEEPEST_FORMULA: usize = 24;

/// The longest chain of operators in a definition is 200, and operations may be nested 500 deep.
const MOST_OPERATIONS: usize = 180;

/// Reads the expression of a score.
#[must_use]
pub fn score(scope: &Scope<'_>, text: &str, place: &Place) -> Rule {
    rule(scope, text, place, |lowering, node| {
        let form = lowering.scope.form;
        let part = lowering.part(node)?;
        let formula = match part {
            Low::Words(formula) => return written(form, &formula),
            Low::Text(_) | Low::Blank => return Err("the result is a text".to_owned()),
            part => lowering.number(part)?.0,
        };
        let formula = tidy::tidy(form, formula);
        if formula == F::Missing {
            return Err("the result is always nothing".to_owned());
        }
        Ok(match lift::scale(form, &formula) {
            Some(scale) => Target::Scale(Box::new(scale)),
            None => written(form, &tidy::without_guards(formula))?,
        })
    })
}

/// Reads a condition.
#[must_use]
pub fn condition(scope: &Scope<'_>, text: &str, place: &Place) -> Rule {
    rule(scope, text, place, |lowering, node| {
        let form = lowering.scope.form;
        let formula = lowering.condition(node)?.known();
        written(form, &tidy::tidy(form, formula))
    })
}

/// Reads an expression that gives a word for each interval of one score: a chain of ifs whose case for a blank gives
/// nothing. Returns the position of the score and its bands; `None` if the expression is anything else.
#[must_use]
pub fn bands(scope: &Scope<'_>, text: &str) -> Option<(usize, Vec<BandFile>)> {
    let parsed = parsed(scope, text).ok()?;
    let mut lowering = lowering(scope, text, &parsed).ok()?;
    let Low::Words(formula) = lowering.part(&parsed.node).ok()? else { return None };
    band::bands(scope.form, &formula)
}

/// What the documentation of the platform leaves open about an expression, with what is assumed, as clauses; empty if the
/// expression is not understood.
#[must_use]
pub fn open_questions(scope: &Scope<'_>, text: &str) -> Vec<&'static str> {
    let questions = |parsed: Parsed| open::questions(scope.language, &parsed.node);
    parsed(scope, text).map(questions).unwrap_or_default()
}

/// The language of an expression: one for ReproSchema may be a script.
fn language(scope: &Scope<'_>, text: &str) -> Language {
    match scope.language {
        Language::JavaScript if script::is_script(text) => Language::Script,
        other => other,
    }
}

/// The tree of an expression, with its names bound.
fn parsed(scope: &Scope<'_>, text: &str) -> Result<Parsed, String> {
    if language(scope, text) == Language::Script {
        return script::read(scope, text);
    }
    let grammar = dialect(scope.language).grammar();
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
    Ok(Parsed { lines: Vec::new(), node })
}

/// What translates an expression, with its lines translated.
fn lowering<'s>(scope: &'s Scope<'s>, text: &str, of: &Parsed) -> Result<Lowering<'s>, String> {
    let language = language(scope, text);
    let mut lowering = Lowering { scope, language, present: Vec::new(), lines: Vec::new() };
    for line in &of.lines {
        let low = lowering.part(line)?;
        lowering.lines.push(low);
    }
    Ok(lowering)
}

/// A rule, translated by `translate`.
fn rule(
    scope: &Scope<'_>,
    text: &str,
    place: &Place,
    translate: impl FnOnce(&mut Lowering<'_>, &Node) -> Result<Target, String>,
) -> Rule {
    let parsed = match parsed(scope, text) {
        Ok(parsed) => parsed,
        Err(reason) => return Rule::not_understood(text, place, reason),
    };
    let target = lowering(scope, text, &parsed)
        .and_then(|mut lowering| translate(&mut lowering, &parsed.node))
        .unwrap_or_else(Target::NotUnderstood);
    let dialect = dialect(language(scope, text));
    let source = Evaluator { dialect, lines: parsed.lines, node: parsed.node };
    Rule { text: text.to_owned(), place: place.clone(), source: Some(Arc::new(source)), target }
}

/// The evaluation of a language.
fn dialect(language: Language) -> &'static dyn Dialect {
    match language {
        Language::RedCap => &redcap::RedCap,
        Language::XPath => &xpath::XPath,
        Language::SurveyJs => &surveyjs::SurveyJs,
        Language::LimeSurvey => &limesurvey::LimeSurvey,
        Language::JavaScript => &javascript::JavaScript,
        Language::Script => &script::Script,
        Language::R => &r::R,
        Language::OpenScales => &openscales::OpenScales,
    }
}

/// A formula as a definition may contain it.
fn written(form: &Form, formula: &F) -> Result<Target, String> {
    let formula = tidy::with_short_chains(formula.clone());
    let (brackets, operations) = formula.depth();
    if brackets > DEEPEST_FORMULA || operations > MOST_OPERATIONS {
        return Err(
            "the formula is nested too deep or has a chain too long for a definition".to_owned()
        );
    }
    let text = print::print(form, &formula);
    if text.chars().count() > LONGEST_FORMULA {
        return Err(format!("the formula is longer than {LONGEST_FORMULA} characters"));
    }
    Ok(Target::Formula(text))
}
