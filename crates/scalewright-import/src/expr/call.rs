//! Translation of functions.

use super::Language;
use super::aggregate;
use super::compare::blank;
use super::context::{Lowering, is_short};
use super::formula::F;
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
            aggregate::aggregate(lowering, func, parts, leaves_blanks_out)
        }
        // The arguments are counted, not the answers.
        Func::Count if lowering.language == Language::OpenScales => {
            #[expect(clippy::cast_precision_loss, reason = "lists are short")]
            let count = parts.len() as f64;
            Ok(Low::Number(F::Number(count), Gap::Never))
        }
        Func::Count => aggregate::count(lowering, parts),
        Func::CountIf | Func::CountIfOp | Func::SumIfOp => {
            aggregate::count_if(lowering, func, parts)
        }
        Func::IsBlank | Func::IsPresent => {
            let part = parts.into_iter().next().unwrap_or(Low::Blank);
            is_blank(lowering, func == Func::IsPresent, part)
        }
        Func::Coalesce => coalesce(lowering, parts),
        _ => of_one(lowering, func, parts),
    }
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
    if language == Language::SurveyJs && of.can_miss() {
        return Err(
            "`round` and `trunc` of a blank are NaN, or the number of decimal places".to_owned()
        );
    }
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

/// `string-length(x) > 0` and similar conditions, which ask only whether there is an answer.
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
