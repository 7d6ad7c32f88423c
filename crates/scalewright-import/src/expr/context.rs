//! What a translation needs, and how its parts become numbers and conditions.

use super::formula::F;
use super::items;
use super::low::{Gap, Low};
use super::node::Op;
use super::{Language, Scope};

/// The longest formula that a translation may repeat, in parts. Repetitions inside repetitions would have no bound.
const MOST_TWICE: usize = 300;

/// Translates the parts of an expression.
pub(super) struct Lowering<'s> {
    pub(super) scope: &'s Scope<'s>,
    pub(super) language: Language,
    /// What is known to be present here, because a condition around it says so.
    pub(super) present: Vec<F>,
    /// The lines of a script, translated.
    pub(super) lines: Vec<Low>,
}

impl Lowering<'_> {
    /// A part as a number, with what the source has where it is missing.
    pub(super) fn number(&self, part: Low) -> Result<(F, Gap), String> {
        let form = self.scope.form;
        match part {
            Low::Item(item) => {
                let formula = items::number(form, self.language, item)?;
                Ok((formula, Gap::Blank))
            }
            Low::Tick(_) if self.language == Language::LimeSurvey => {
                Err("the tick of an option is a text, which is not computed with".to_owned())
            }
            Low::Tick(item) => Ok((F::Item(item).or_number(0.0), Gap::Never)),
            Low::Number(formula, gap) => Ok((formula, gap)),
            Low::Truth(formula) => {
                let formula = F::choice(formula, F::Number(1.0), F::Number(0.0));
                let gap = if formula.can_miss() { Gap::Blank } else { Gap::Never };
                Ok((formula, gap))
            }
            Low::Text(text) => match super::dialect::parsed(&text) {
                Some(number)
                    if !matches!(
                        self.language,
                        Language::R | Language::JavaScript | Language::Script
                    ) =>
                {
                    Ok((F::Number(number), Gap::Never))
                }
                _ => Err(format!("the text `{text}` is computed with")),
            },
            Low::Blank => match self.language {
                Language::RedCap | Language::R => Ok((F::Missing, Gap::Blank)),
                Language::XPath | Language::JavaScript | Language::OpenScales => {
                    Ok((F::Missing, Gap::Nan))
                }
                Language::SurveyJs | Language::Script => Ok((F::Missing, Gap::Blank)),
                Language::LimeSurvey => Err("an empty text is computed with".to_owned()),
            },
            Low::Words(_) => Err("words are computed with".to_owned()),
            Low::List(_) => Err("a list is computed with".to_owned()),
        }
    }

    /// A part as a condition. Missing only in R.
    pub(super) fn met(&self, part: Low) -> Result<F, String> {
        match (part, self.language) {
            (Low::Truth(formula), _) => Ok(formula),
            (
                Low::Blank,
                Language::RedCap
                | Language::SurveyJs
                | Language::JavaScript
                | Language::Script
                | Language::LimeSurvey,
            ) => Ok(F::Truth(false)),
            (Low::Item(_), Language::XPath) => {
                Err("a question alone is a condition that is always met".to_owned())
            }
            (Low::Item(item), Language::SurveyJs) if items::is_yes_no(self.scope.form, item) => {
                Ok(F::compare(Op::Ne, F::Item(item), F::Number(0.0)).known())
            }
            (Low::Tick(item), Language::LimeSurvey) => {
                Ok(F::compare(Op::Eq, F::Item(item), F::Number(1.0)).known())
            }
            (Low::Number(_, Gap::Nan | Gap::Either), Language::LimeSurvey) => {
                Err("a number that may be NaN is a condition".to_owned())
            }
            (Low::Number(F::Number(number), _), _) => Ok(F::Truth(number != 0.0)),
            (Low::Text(text), _) => Err(format!("the text `{text}` is a condition")),
            (part, language) => {
                let (formula, _) = self.number(part)?;
                is_short(&formula)?;
                let truth = F::compare(Op::Ne, formula, F::Number(0.0));
                Ok(if language == Language::R { truth } else { truth.known() })
            }
        }
    }
}

/// Refuses a formula that would be written twice or more and is long.
pub(super) fn is_short(formula: &F) -> Result<(), String> {
    if formula.is_within(MOST_TWICE) {
        return Ok(());
    }
    Err("a part that the translation repeats is too long".to_owned())
}
