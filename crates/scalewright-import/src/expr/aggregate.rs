//! Translation of functions over lists.

use super::Language;
use super::compare::{blank, compare};
use super::context::Lowering;
use super::formula::{F, Kind, Need};
use super::low::{Gap, Low};
use super::node::{Func, Op};

/// The sum, mean, lowest or highest of a list.
pub(super) fn aggregate(
    lowering: &Lowering<'_>,
    func: Func,
    parts: Vec<Low>,
    leaves_blanks_out: bool,
) -> Result<Low, String> {
    let language = lowering.language;
    let counts_conditions = language == Language::R && leaves_blanks_out;
    if language == Language::SurveyJs && parts.iter().any(Low::may_be_empty_text) {
        return Err(
            "a list contains a value that may be an empty text, which SurveyJS joins to others"
                .to_owned(),
        );
    }
    let number = |part: Low| match part {
        // A condition that is not known does not count.
        Low::Truth(truth) if counts_conditions => lowering.number(Low::Truth(truth.known())),
        part => lowering.number(part),
    };
    let terms: Vec<(F, Gap)> = parts.into_iter().map(number).collect::<Result<_, _>>()?;
    if terms.is_empty() {
        return Err("a function is called with an empty list".to_owned());
    }
    let strict_gap = terms.iter().fold(Gap::Never, |gap, (_, other)| gap.or(*other));
    let terms: Vec<F> = terms.into_iter().map(|(term, _)| term).collect();
    let leaves_out = match language {
        Language::RedCap | Language::SurveyJs => true,
        Language::LimeSurvey => func != Func::Min,
        Language::R => leaves_blanks_out,
        Language::XPath | Language::JavaScript | Language::Script | Language::OpenScales => false,
    };
    if language == Language::LimeSurvey && matches!(strict_gap, Gap::Nan | Gap::Either) {
        return Err("a list contains arithmetic with a blank, which is NaN".to_owned());
    }
    let kind = kind(func);
    let all_present = terms.iter().all(|term| !term.can_miss());
    if !leaves_out || all_present {
        let gap = match language {
            Language::XPath | Language::JavaScript | Language::OpenScales => Gap::Nan,
            _ => strict_gap,
        };
        return Ok(Low::number(of_all(kind, terms), gap));
    }
    let formula = F::Aggregate(kind, terms, Need::AtLeast(1));
    // The sum of nothing, and in SurveyJS also its mean.
    let is_zero = matches!(
        (language, kind),
        (Language::SurveyJs, Kind::Sum | Kind::Mean)
            | (Language::LimeSurvey | Language::R, Kind::Sum)
    );
    Ok(if is_zero {
        Low::Number(formula.or_number(0.0), Gap::Never)
    } else {
        Low::number(formula, Gap::Blank)
    })
}

/// The combination of terms that must all be present.
fn of_all(kind: Kind, mut terms: Vec<F>) -> F {
    if terms.len() == 1 {
        return terms.remove(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let number = terms.len() as f64;
    let sum = |terms: Vec<F>| F::Sum(terms.into_iter().map(|term| (false, term)).collect());
    match kind {
        Kind::Sum => sum(terms),
        Kind::Mean => F::Product(vec![(false, sum(terms)), (true, F::Number(number))]),
        Kind::Min | Kind::Max => F::Aggregate(kind, terms, Need::All),
    }
}

fn kind(func: Func) -> Kind {
    match func {
        Func::Mean => Kind::Mean,
        Func::Min => Kind::Min,
        Func::Max => Kind::Max,
        _ => Kind::Sum,
    }
}

/// The number of values that are not blank.
pub(super) fn count(lowering: &Lowering<'_>, parts: Vec<Low>) -> Result<Low, String> {
    let (mut terms, mut conditions) = (Vec::new(), Vec::new());
    for part in parts {
        conditions.push(blank(lowering, &part)?.negated());
        match part {
            Low::Item(item) => terms.push(F::Item(item)),
            Low::Number(formula, Gap::Blank | Gap::Never) => terms.push(formula),
            _ => {}
        }
    }
    let formula =
        if terms.len() == conditions.len() { F::Answered(terms) } else { F::Count(conditions) };
    Ok(Low::Number(formula, Gap::Never))
}

/// `countif(value, …)`, `countifop(op, value, …)` and `sumifop(op, value, …)` of LimeSurvey.
pub(super) fn count_if(
    lowering: &Lowering<'_>,
    func: Func,
    mut parts: Vec<Low>,
) -> Result<Low, String> {
    let op = if func == Func::CountIf { Op::Eq } else { operator(&parts.remove(0))? };
    let value = parts.remove(0);
    if !matches!(value, Low::Number(F::Number(_), _) | Low::Text(_)) {
        return Err("the value that is counted is not a number or a text".to_owned());
    }
    let mut terms = Vec::new();
    for part in parts {
        let is_less = matches!(op, Op::Lt | Op::Le);
        let mut condition = compare(lowering, op, part.clone(), as_number(value.clone()))?;
        if is_less {
            // A blank is compared as a text here, and an empty text is less than any other.
            condition = F::any([blank(lowering, &part)?, condition]);
        }
        let term = if func == Func::SumIfOp {
            if is_less || op == Op::Ne {
                return Err("`sumifop` fails if it adds a blank".to_owned());
            }
            lowering.number(part)?.0
        } else {
            F::Number(1.0)
        };
        terms.push((false, F::choice(condition, term, F::Number(0.0))));
    }
    Ok(Low::Number(F::Sum(terms), Gap::Never))
}

/// A quoted number as a number: these functions compare loosely.
fn as_number(part: Low) -> Low {
    match &part {
        Low::Text(text) => match super::dialect::parsed(text) {
            Some(number) => Low::Number(F::Number(number), Gap::Never),
            None => part,
        },
        _ => part,
    }
}

fn operator(part: &Low) -> Result<Op, String> {
    let Low::Text(text) = part else { return Err("an operator is not a text".to_owned()) };
    super::limesurvey::operator(text)
        .ok_or_else(|| format!("the operator `{text}` is not understood"))
}
