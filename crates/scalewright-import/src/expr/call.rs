//! Translation of functions.

use super::Language;
use super::compare::{blank, compare};
use super::context::{Lowering, is_short};
use super::formula::{F, Kind, Need};
use super::items;
use super::low::{Gap, Low};
use super::node::{Func, Node, Op};

/// A call of a function other than `if`.
pub(super) fn call(
    lowering: &mut Lowering<'_>,
    func: Func,
    args: &[Node],
    leaves_blanks_out: bool,
) -> Result<Low, String> {
    match func {
        Func::Pow => return lowering.power(&args[0], &args[1]),
        Func::Length => return length(lowering, &args[0]),
        _ => {}
    }
    let mut parts = Vec::new();
    for arg in args {
        let part = lowering.part(arg)?;
        match func {
            // One value for each element of a list.
            Func::Sum | Func::Mean | Func::Min | Func::Max | Func::Count => part.flat(&mut parts),
            _ => parts.push(part),
        }
    }
    match func {
        Func::Sum | Func::Mean | Func::Min | Func::Max => {
            aggregate(lowering, func, parts, leaves_blanks_out)
        }
        Func::Count => count(lowering, parts),
        Func::CountIf | Func::CountIfOp | Func::SumIfOp => count_if(lowering, func, parts),
        Func::IsBlank | Func::IsPresent => {
            let part = parts.into_iter().next().unwrap_or(Low::Blank);
            is_blank(lowering, func == Func::IsPresent, part)
        }
        Func::Coalesce => coalesce(lowering, parts),
        _ => of_one(lowering, func, parts),
    }
}

fn aggregate(
    lowering: &Lowering<'_>,
    func: Func,
    parts: Vec<Low>,
    leaves_blanks_out: bool,
) -> Result<Low, String> {
    let language = lowering.language;
    let counts_conditions = language == Language::R && leaves_blanks_out;
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
        Language::XPath | Language::JavaScript => false,
    };
    if language == Language::LimeSurvey && matches!(strict_gap, Gap::Nan | Gap::Either) {
        return Err("a list contains arithmetic with a blank, which is NaN".to_owned());
    }
    let kind = kind(func);
    let all_present = terms.iter().all(|term| !term.can_miss());
    if !leaves_out || all_present {
        let gap = match language {
            Language::XPath | Language::JavaScript => Gap::Nan,
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
fn count(lowering: &Lowering<'_>, parts: Vec<Low>) -> Result<Low, String> {
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
fn count_if(lowering: &Lowering<'_>, func: Func, mut parts: Vec<Low>) -> Result<Low, String> {
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

fn is_blank(lowering: &Lowering<'_>, is_present: bool, part: Low) -> Result<Low, String> {
    if let Low::List(parts) = part {
        let parts = parts.into_iter().map(|part| is_blank(lowering, is_present, part));
        return Ok(Low::List(parts.collect::<Result<_, _>>()?));
    }
    let blank = match (lowering.language, &part) {
        // `is.na` and `isNaN` are true of NaN too.
        (Language::R | Language::JavaScript, Low::Number(formula, _)) => {
            formula.clone().test_missing()
        }
        _ => blank(lowering, &part)?,
    };
    Ok(Low::Truth(if is_present { blank.negated() } else { blank }))
}

/// The first value unless it is an empty text. NaN is not one.
fn coalesce(lowering: &Lowering<'_>, parts: Vec<Low>) -> Result<Low, String> {
    let mut parts = parts.into_iter();
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
        return Err("`coalesce` is called with one argument".to_owned());
    };
    let (first, gap) = lowering.number(first)?;
    match gap {
        Gap::Never | Gap::Nan => Ok(Low::Number(first, gap)),
        Gap::Either => {
            Err("`coalesce` gets an empty text in some cases and NaN in others".to_owned())
        }
        Gap::Blank => {
            let (second, gap) = match second {
                Low::Blank => (F::Missing, Gap::Blank),
                other => lowering.number(other)?,
            };
            let formula = match second {
                F::Missing => first,
                second => F::Coalesce(Box::new([first, second])),
            };
            Ok(Low::number(formula, gap))
        }
    }
}

/// A function of one number, and of the decimal places for rounding.
fn of_one(lowering: &Lowering<'_>, func: Func, parts: Vec<Low>) -> Result<Low, String> {
    let language = lowering.language;
    let mut parts = parts.into_iter();
    let (of, gap) = lowering.number(parts.next().unwrap_or(Low::Blank))?;
    let decimals = match parts.next() {
        None => 0,
        Some(Low::Number(F::Number(number), _))
            if number.fract() == 0.0 && (0.0..=6.0).contains(&number) =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to 6"
            )]
            let decimals = number as u32;
            decimals
        }
        Some(_) => {
            return Err("the number of decimal places is not a whole number from 0 to 6".to_owned());
        }
    };
    if language == Language::LimeSurvey && of.can_miss() {
        return Err("a function of LimeSurvey gets a blank, which some versions count as 0 and others refuse".to_owned());
    }
    let of = Box::new(of);
    let formula = match func {
        Func::Round => match language {
            Language::JavaScript => {
                let raised = F::Sum(vec![(false, *of), (false, F::Number(0.5))]);
                F::Apply("floor", Box::new(raised))
            }
            Language::R => half_to_even(lowering, *of, decimals)?,
            _ => F::Round(of, decimals),
        },
        Func::RoundUp | Func::RoundDown if decimals > 0 => {
            return Err(
                "`roundup` and `rounddown` are understood only for whole numbers".to_owned()
            );
        }
        Func::RoundUp | Func::Ceiling => F::Apply("ceiling", of),
        Func::RoundDown | Func::Floor => F::Apply("floor", of),
        Func::Truncate => F::Apply("truncate", of),
        Func::Abs => F::Apply("abs", of),
        Func::Sqrt => F::Apply("sqrt", of),
        Func::Exp => F::Apply("exp", of),
        Func::Ln => F::Apply("ln", of),
        Func::Number => *of,
        _ => return Err("a function is not understood".to_owned()),
    };
    let gap = match language {
        Language::RedCap | Language::R | Language::SurveyJs => gap.or(Gap::Blank),
        _ => Gap::Nan,
    };
    Ok(Low::number(formula, gap))
}

/// R rounds halves to the even number; ours away from zero. The two are equal where no half can occur.
fn half_to_even(lowering: &Lowering<'_>, of: F, decimals: u32) -> Result<F, String> {
    if super::halves::cannot_occur(lowering.scope.form, &of, decimals) {
        return Ok(F::Round(Box::new(of), decimals));
    }
    if decimals > 0 {
        return Err(
            "`round` of R rounds halves to the even digit, which no formula does".to_owned()
        );
    }
    is_short(&of)?;
    let floor = F::Apply("floor", Box::new(of.clone()));
    let is_half =
        F::compare(Op::Eq, F::Sum(vec![(false, of.clone()), (true, floor)]), F::Number(0.5));
    let half = F::Product(vec![(false, of.clone()), (true, F::Number(2.0))]);
    let even = F::Product(vec![(false, F::Number(2.0)), (false, F::Round(Box::new(half), 0))]);
    Ok(F::choice(is_half, even, F::Round(Box::new(of), 0)))
}

/// The number of characters of a stored answer; 0 for a blank.
fn length(lowering: &mut Lowering<'_>, of: &Node) -> Result<Low, String> {
    let Low::Item(item) = lowering.part(of)? else {
        return Err("`string-length` is understood only for a question".to_owned());
    };
    let form = lowering.scope.form;
    let reason = || "`string-length` is understood only for a question with options".to_owned();
    let table = items::lengths(form, lowering.language, item).ok_or_else(reason)?;
    let formula = F::Recode(Box::new(F::Item(item)), table).or_number(0.0);
    Ok(Low::Number(formula, Gap::Never))
}

/// `string-length(x) > 0` and the like, which ask only whether there is an answer.
pub(super) fn length_test(
    lowering: &mut Lowering<'_>,
    op: Op,
    left: &Node,
    right: &Node,
) -> Result<Option<F>, String> {
    let (Node::Call(Func::Length, args, _), Node::Number(limit)) = (left, right) else {
        return Ok(None);
    };
    let is_present = match op {
        Op::Gt | Op::Ne if *limit == 0.0 => true,
        Op::Ge if *limit == 1.0 => true,
        Op::Eq | Op::Le if *limit == 0.0 => false,
        Op::Lt if *limit == 1.0 => false,
        _ => return Ok(None),
    };
    let part = lowering.part(&args[0])?;
    let blank = blank(lowering, &part)?;
    Ok(Some(if is_present { blank.negated() } else { blank }))
}
