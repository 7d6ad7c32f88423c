//! Translation of comparisons.

use super::Language;
use super::context::{Lowering, is_short};
use super::dialect::parsed;
use super::formula::F;
use super::items;
use super::low::{Gap, Low};
use super::node::Op;

/// A comparison. It is never missing, except in R.
pub(super) fn compare(lowering: &Lowering<'_>, op: Op, left: Low, right: Low) -> Result<F, String> {
    if let Some(constant) = never_same(lowering, op, &left, &right)? {
        return Ok(constant);
    }
    let op = match op {
        Op::Same => Op::Eq,
        Op::NotSame => Op::Ne,
        other => other,
    };
    match (left, right) {
        (Low::Blank, Low::Blank) => Err("nothing is compared with nothing".to_owned()),
        (part, Low::Blank) | (Low::Blank, part) => blank_test(lowering, op, &part),
        (Low::Item(item), Low::Text(text)) => with_text(lowering, op, item, &text),
        (Low::Text(text), Low::Item(item)) => with_text(lowering, mirrored(op), item, &text),
        (Low::Item(item), Low::Truth(F::Truth(truth)))
        | (Low::Truth(F::Truth(truth)), Low::Item(item))
            if matches!(lowering.language, Language::SurveyJs | Language::R) =>
        {
            with_truth(lowering, op, item, truth)
        }
        (Low::Tick(item), other) | (other, Low::Tick(item))
            if lowering.language == Language::LimeSurvey =>
        {
            with_tick(op, item, &other)
        }
        (Low::Truth(_), _) | (_, Low::Truth(_)) if lowering.language == Language::XPath => {
            Err("a truth value is compared".to_owned())
        }
        (Low::Text(text), Low::Number(..)) | (Low::Number(..), Low::Text(text))
            if is_order_of_texts(lowering.language, op) || parsed(&text).is_none() =>
        {
            Err(format!("a number is compared with the text `{text}`"))
        }
        (left, right) => numbers(lowering, op, left, right),
    }
}

/// Whether `<` compares a number with a quoted one letter by letter.
fn is_order_of_texts(language: Language, op: Op) -> bool {
    language == Language::R || language == Language::LimeSurvey && !matches!(op, Op::Eq | Op::Ne)
}

/// What `===` decides by the types alone: a number and a text are never the same.
fn never_same(
    lowering: &Lowering<'_>,
    op: Op,
    left: &Low,
    right: &Low,
) -> Result<Option<F>, String> {
    if lowering.language != Language::JavaScript {
        return Ok(None);
    }
    let is_equality = matches!(op, Op::Eq | Op::Ne | Op::Same | Op::NotSame);
    let is_same = matches!(op, Op::Same | Op::NotSame);
    let is_empty = |part: &Low| matches!(part, Low::Text(text) if text.is_empty());
    if is_equality && !is_same && (is_empty(left) || is_empty(right)) {
        return Err("`== ''` is true of 0".to_owned());
    }
    let is_number = |part: &Low| match part {
        Low::Item(item) => items::number(lowering.scope.form, lowering.language, *item).is_ok(),
        Low::Number(..) | Low::Tick(_) => true,
        _ => false,
    };
    let is_text = |part: &Low| matches!(part, Low::Text(_));
    let differ = |left: &Low, right: &Low| {
        is_number(left) && (is_text(right) || matches!(right, Low::Truth(_)))
            || is_empty(right) && matches!(left, Low::Item(_))
    };
    let never = is_same && (differ(left, right) || differ(right, left));
    Ok(never.then_some(F::Truth(op == Op::NotSame)))
}

/// Whether a part is blank, or is not.
pub(super) fn blank_test(lowering: &Lowering<'_>, op: Op, part: &Low) -> Result<F, String> {
    let is_blank = match op {
        Op::Eq => true,
        Op::Ne => false,
        _ => return Err("nothing is compared by `<` or `>`".to_owned()),
    };
    if lowering.language == Language::R {
        return Err("a comparison with `NA` is always `NA`; `is.na` asks for it".to_owned());
    }
    let blank = blank(lowering, part)?;
    Ok(if is_blank { blank } else { blank.negated() })
}

/// The condition that a part is blank in the source.
pub(super) fn blank(lowering: &Lowering<'_>, part: &Low) -> Result<F, String> {
    let form = lowering.scope.form;
    match part {
        Low::Item(item) => match items::refusal(form, *item) {
            Some(reason) => Err(reason),
            None => Ok(F::Item(*item).test_missing()),
        },
        Low::Tick(item) if lowering.language == Language::LimeSurvey => {
            Ok(F::compare(Op::Eq, F::Item(*item), F::Number(1.0)).known().negated())
        }
        Low::Tick(_) | Low::Number(_, Gap::Never) => Ok(F::Truth(false)),
        Low::Number(formula, Gap::Blank) => Ok(formula.clone().test_missing()),
        // NaN is not an empty text.
        Low::Number(_, Gap::Nan) => Ok(F::Truth(false)),
        Low::Number(_, Gap::Either) => {
            Err("a value that is an empty text in some cases and NaN in others is compared"
                .to_owned())
        }
        _ => Err("a text or a truth value is compared with nothing".to_owned()),
    }
}

fn with_text(lowering: &Lowering<'_>, op: Op, item: usize, text: &str) -> Result<F, String> {
    let form = lowering.scope.form;
    let equality = matches!(op, Op::Eq | Op::Ne);
    if equality && op == Op::Ne {
        let equal = items::compared(form, lowering.language, Op::Eq, item, text)?;
        return Ok(if lowering.language == Language::R {
            equal.negated()
        } else {
            equal.known().negated()
        });
    }
    let formula = items::compared(form, lowering.language, op, item, text)?;
    Ok(if lowering.language == Language::R { formula } else { formula.known() })
}

/// Yes or no compared with `true` or `false`.
fn with_truth(lowering: &Lowering<'_>, op: Op, item: usize, truth: bool) -> Result<F, String> {
    if !items::is_yes_no(lowering.scope.form, item) || !matches!(op, Op::Eq | Op::Ne) {
        return Err("an answer that is not yes or no is compared with a truth value".to_owned());
    }
    let formula = F::compare(Op::Eq, F::Item(item), F::Number(f64::from(u8::from(truth))));
    let formula = if lowering.language == Language::R { formula } else { formula.known() };
    Ok(if op == Op::Eq { formula } else { formula.negated() })
}

/// The tick of an option in LimeSurvey: `Y` or nothing.
fn with_tick(op: Op, item: usize, other: &Low) -> Result<F, String> {
    let ticked = F::compare(Op::Eq, F::Item(item), F::Number(1.0)).known();
    match (other, op) {
        (Low::Text(text), Op::Eq) if text == "Y" => Ok(ticked),
        (Low::Text(text), Op::Ne) if text == "Y" => Ok(ticked.negated()),
        _ => Err("the tick of an option is compared with something else than `Y`".to_owned()),
    }
}

fn numbers(lowering: &Lowering<'_>, op: Op, left: Low, right: Low) -> Result<F, String> {
    let can_be_blank = |part: &Low| matches!(part, Low::Item(_) | Low::Number(_, Gap::Blank));
    let unclear = |part: &Low| matches!(part, Low::Number(_, Gap::Either));
    let is_order = !matches!(op, Op::Eq | Op::Ne);
    let is_present =
        |part: &Low| matches!(part, Low::Number(of, _) if lowering.present.contains(of));
    let may_be_empty = |part: &Low| part.may_be_empty_text() && !is_present(part);
    if lowering.language == Language::SurveyJs
        && is_order
        && (may_be_empty(&left) || may_be_empty(&right))
    {
        return Err(
            "a value that may be an empty text is compared, which SurveyJS counts as 0".to_owned()
        );
    }
    let both_blank = can_be_blank(&left) && can_be_blank(&right);
    if unclear(&left) && can_be_blank(&right) || unclear(&right) && can_be_blank(&left) {
        return Err(
            "a value that is an empty text in some cases and NaN in others is compared".to_owned()
        );
    }
    let (left, _) = lowering.number(left)?;
    let (right, _) = lowering.number(right)?;
    let (left, right, op) = match left {
        // The number is written last.
        F::Number(_) => (right, left, mirrored(op)),
        _ => (left, right, op),
    };
    if let (F::Item(item), F::Number(number)) = (&left, &right)
        && !is_order
        && let Some(reason) = items::cannot_equal(lowering.scope.form, *item, *number)
    {
        return Err(reason);
    }
    if let Some(options) = options(op, &left, &right) {
        return Ok(if lowering.language == Language::R { options } else { options.known() });
    }
    if lowering.language == Language::R {
        return Ok(F::compare(op, left, right));
    }
    // What is guarded is written twice.
    is_short(&left)?;
    is_short(&right)?;
    if is_order {
        return Ok(F::compare(op, left, right).known());
    }
    let mut equal = F::compare(Op::Eq, left.clone(), right.clone()).known();
    if both_blank {
        // Nothing equals nothing.
        equal = F::any([F::all([left.test_missing(), right.test_missing()]), equal]);
    }
    Ok(if op == Op::Eq { equal } else { equal.negated() })
}

/// The answers whose stored numbers compare so to a number.
fn options(op: Op, left: &F, right: &F) -> Option<F> {
    let (F::Recode(of, table), F::Number(number)) = (left, right) else { return None };
    if op == Op::Ne || !matches!(**of, F::Item(_)) {
        return None;
    }
    let met = table
        .iter()
        .filter(|(_, stored)| stored.partial_cmp(number).is_some_and(|order| op.holds(order)));
    let met: Vec<F> =
        met.map(|(value, _)| F::compare(Op::Eq, (**of).clone(), F::Number(*value))).collect();
    (!met.is_empty()).then(|| F::any(met))
}

/// The comparison with its sides exchanged.
fn mirrored(op: Op) -> Op {
    match op {
        Op::Lt => Op::Gt,
        Op::Le => Op::Ge,
        Op::Gt => Op::Lt,
        Op::Ge => Op::Le,
        other => other,
    }
}
