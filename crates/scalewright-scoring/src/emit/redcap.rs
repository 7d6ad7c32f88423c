//! REDCap calculations, in patterns that mean one thing under every reading of how blanks behave.
//!
//! REDCap's logic is two-valued and its rules for blanks are only partly public. So no blank ever
//! meets an operator here: every number is printed beside the condition under which it is there, and
//! a formula is `if(condition, number, '')`. Formulas are self-contained, because REDCap advises
//! against calculations that read other calculations.

use scalewright_model::file::ScoreKind;
use scalewright_model::{Band, Fill, Instrument, ItemIx, ResponseKind, TOLERANCE, Upper};

use crate::emit::{Unsupported, number};
use crate::{Accepted, Aggregate, Expr, Program};

/// A formula longer than this is refused: REDCap's editor and calculations become unreliable long before.
const LONGEST: usize = 60_000;

/// The formula of each score, parallel to `program.scores`; or why there is none: it would be too long for
/// REDCap to hold. Fields are named by the items' ids.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument) -> Vec<Result<String, Unsupported>> {
    let mut printer = Printer { instrument, scores: Vec::with_capacity(program.scores.len()) };
    let mut formulas = Vec::with_capacity(program.scores.len());
    for score in &program.scores {
        let printed = printer.print(&score.expr);
        formulas.push(match (printer.plain(&score.expr), &printed) {
            (Some(plain), _) => bounded(plain),
            (None, Ok(Printed { condition, number })) => {
                bounded(format!("if({condition}, {number}, '')"))
            }
            (None, Err(unsupported)) => Err(unsupported.clone()),
        });
        printer.scores.push(printed);
    }
    formulas
}

/// The label of the band that the score in `field` falls in, for a `@CALCTEXT` action tag.
///
/// # Errors
///
/// When a label holds a character that REDCap's logic has no way to write.
pub fn band(field: &str, bands: &[(&Band, &str)]) -> Result<String, Unsupported> {
    let mut tests = String::new();
    for (band, label) in bands {
        let low = number(band.from - TOLERANCE);
        let upper = match band.upper {
            Upper::To(to) => format!("[{field}] <= {}", number(to + TOLERANCE)),
            Upper::Below(below) => format!("[{field}] < {}", number(below - TOLERANCE)),
        };
        let label = text(label)?;
        tests.push_str(&format!("if([{field}] >= {low} and {upper}, {label}, "));
    }
    let close = ")".repeat(bands.len());
    bounded(format!("if(isnumber([{field}]), {tests}''{close}, '')"))
}

fn bounded(formula: String) -> Result<String, Unsupported> {
    if formula.len() <= LONGEST {
        return Ok(formula);
    }
    let because = format!("the calculation would be {} characters long", formula.len());
    Err(Unsupported { because })
}

/// A text literal, in whichever quotes it does not hold. Escapes cannot be relied on, nor can brackets,
/// which REDCap pipes.
fn text(value: &str) -> Result<String, Unsupported> {
    if let Some(character) = value.chars().find(|c| matches!(c, '[' | ']' | '\\') || c.is_control())
    {
        let because =
            format!("REDCap's logic has no reliable way to write {character:?} in a text");
        return Err(Unsupported { because });
    }
    match (value.contains('\''), value.contains('"')) {
        (false, _) => Ok(format!("'{value}'")),
        (true, false) => Ok(format!("\"{value}\"")),
        (true, true) => {
            let because = "REDCap's logic has no reliable way to write both kinds of quotes";
            Err(Unsupported { because: because.to_owned() })
        }
    }
}

/// A number and the condition under which it is there.
#[derive(Clone)]
struct Printed {
    condition: String,
    number: String,
}

struct Printer<'a> {
    instrument: &'a Instrument,
    /// The scores printed so far, in the order of the program.
    scores: Vec<Result<Printed, Unsupported>>,
}

impl Printer<'_> {
    /// The short form, where blanks propagate as wanted by REDCap's one confirmed rule: arithmetic with a
    /// blank field is blank. For sums and means that need every answer, of fields that hold nothing
    /// but scored answers.
    fn plain(&self, expr: &Expr) -> Option<String> {
        let Expr::Aggregate(aggregate) = expr else { return None };
        if aggregate.need < aggregate.terms.len() {
            return None;
        }
        let terms: Option<Vec<String>> =
            aggregate.terms.iter().map(|t| self.plain_term(t)).collect();
        let sum = terms?.join(" + ");
        Some(match aggregate.kind {
            ScoreKind::Sum => sum,
            ScoreKind::Mean => format!("({sum}) / {}", aggregate.terms.len()),
        })
    }

    fn plain_term(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Answer { item, accepted } if self.is_plain(*item, accepted) => {
                Some(self.field(*item))
            }
            Expr::Reverse { of, low, high } => {
                Some(format!("({} - {})", number(low + high), self.plain_term(of)?))
            }
            _ => None,
        }
    }

    /// Whether whatever the field can hold is a scored answer: no non-response options, no free numbers.
    fn is_plain(&self, item: ItemIx, accepted: &Accepted) -> bool {
        match (&self.instrument.response(item).kind, accepted) {
            (ResponseKind::Coded { options }, _) => options.iter().all(|o| !o.non_response),
            (ResponseKind::YesNo, _) => true,
            _ => false,
        }
    }

    fn field(&self, item: ItemIx) -> String {
        format!("[{}]", self.instrument.items[item.0].id)
    }

    fn print(&self, expr: &Expr) -> Result<Printed, Unsupported> {
        let printed = match expr {
            Expr::Answer { item, accepted } => self.answer(*item, accepted),
            Expr::Score(position) => self.scores[*position].clone()?,
            Expr::Reverse { of, low, high } => {
                let Printed { condition, number: of } = self.print(of)?;
                Printed { condition, number: format!("({} - {of})", number(low + high)) }
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate)?,
            Expr::Round { of, decimals } => {
                let Printed { condition, number: of } = self.print(of)?;
                Printed { condition, number: rounded(&of, *decimals) }
            }
        };
        let Printed { condition, number } = printed;
        Ok(Printed { condition: bounded(condition)?, number: bounded(number)? })
    }

    fn answer(&self, item: ItemIx, accepted: &Accepted) -> Printed {
        let field = self.field(item);
        let mut condition = format!("{field} <> ''");
        match accepted {
            Accepted::Between { min, max, decimals: _ } => {
                let (min, max) = (number(*min), number(*max));
                condition.push_str(&format!(" and {field} >= {min} and {field} <= {max}"));
            }
            Accepted::Values(_) => {
                let options = self.instrument.response(item).options();
                for option in options.iter().filter(|option| option.non_response) {
                    condition.push_str(&format!(" and {field} <> '{}'", option.value));
                }
            }
        }
        Printed { condition, number: field }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Result<Printed, Unsupported> {
        let terms: Result<Vec<Printed>, Unsupported> =
            aggregate.terms.iter().map(|term| self.print(term)).collect();
        let terms = terms?;
        let all = terms.len();
        if aggregate.need >= all {
            let condition = joined(terms.iter().map(|t| t.condition.as_str()), " and ");
            let sum = joined(terms.iter().map(|t| t.number.as_str()), " + ");
            let number = match aggregate.kind {
                ScoreKind::Sum => format!("({sum})"),
                ScoreKind::Mean => format!("(({sum}) / {all})"),
            };
            return Ok(Printed { condition, number });
        }
        let counts = terms.iter().map(|t| format!("if({}, 1, 0)", t.condition));
        let count = format!("sum({})", joined(counts, ", "));
        let mut condition = format!("{count} >= {}", aggregate.need);
        for &position in &aggregate.mandatory {
            condition.push_str(&format!(" and {}", terms[position].condition));
        }
        Ok(Printed { condition: format!("({condition})"), number: filled(aggregate, &terms) })
    }
}

/// The number made of the terms that are there, when the rule is met.
fn filled(aggregate: &Aggregate, terms: &[Printed]) -> String {
    let all = terms.len();
    let with = |stand_in: &str| {
        let terms = terms.iter().map(|t| format!("if({}, {}, {stand_in})", t.condition, t.number));
        joined(terms, ", ")
    };
    match (aggregate.kind, aggregate.fill) {
        (ScoreKind::Sum, Fill::Nothing) => format!("sum({})", with("0")),
        (ScoreKind::Sum, Fill::PersonMean) => format!("(mean({}) * {all})", with("''")),
        (ScoreKind::Mean, Fill::Nothing | Fill::PersonMean) => format!("mean({})", with("''")),
        (ScoreKind::Sum, Fill::Constant(value)) => format!("sum({})", with(&number(value))),
        (ScoreKind::Mean, Fill::Constant(value)) => {
            format!("(sum({}) / {all})", with(&number(value)))
        }
    }
}

fn joined(parts: impl Iterator<Item = impl AsRef<str>>, by: &str) -> String {
    let parts: Vec<String> = parts.map(|part| part.as_ref().to_owned()).collect();
    parts.join(by)
}

/// Halves away from zero: the guard makes a half that was stored a little low round as it should, and
/// keeps clear of ties, on which documentation is silent.
fn rounded(value: &str, decimals: u32) -> String {
    let guard = number(TOLERANCE);
    format!("round({value} + if({value} >= 0, {guard}, -{guard}), {decimals})")
}
