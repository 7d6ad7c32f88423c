//! Brings a formula into the form in which our definitions are written. No step changes a result, also not for blanks.

use crate::form::Form;

use super::formula::{F, Kind, Need};
use super::keyed;
use super::present::{assume, base, enough, present_if};

/// The longest list whose terms are compared with those of another list.
const LONGEST: usize = 300;

/// The longest chain of `+` and `-`.
const LONGEST_CHAIN: usize = 40;

/// The formula in its usual form.
pub(super) fn tidy(form: &Form, formula: F) -> F {
    let formula = formula.map(&mut |part| tidy(form, part));
    let formula = match formula {
        F::If(parts) => {
            let [condition, then, otherwise] = *parts;
            choice(condition, then, otherwise)
        }
        F::Sum(terms) => sum(terms),
        F::Product(factors) => product(factors),
        F::Aggregate(kind, terms, Need::AtLeast(1)) => aggregate(kind, keyed::merged(form, terms)),
        other => other,
    };
    keyed::keyed(form, formula)
}

/// Conditions in `count(…)` without guards where the count is not compared: what is missing does not count.
pub(super) fn without_guards(formula: F) -> F {
    match formula {
        F::Count(conditions) => F::Count(conditions.into_iter().map(unguarded).collect()),
        F::Sum(_) | F::Product(_) | F::Round(..) => formula.map(&mut without_guards),
        other => other,
    }
}

/// Long sums as `sum(…)`, because a chain of operators may not be that long.
pub(super) fn with_short_chains(formula: F) -> F {
    let formula = formula.map(&mut with_short_chains);
    let F::Sum(terms) = formula else { return formula };
    if terms.len() <= LONGEST_CHAIN {
        return F::Sum(terms);
    }
    let (minus, plus): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(minus, _)| *minus);
    let sum = |terms: Vec<(bool, F)>| {
        F::Aggregate(Kind::Sum, terms.into_iter().map(|(_, term)| term).collect(), Need::All)
    };
    if minus.is_empty() {
        return sum(plus);
    }
    F::Sum(vec![(false, sum(plus)), (true, sum(minus))])
}

/// A comparison without `not is_missing(…)` of its own operands.
fn unguarded(condition: F) -> F {
    let F::And(parts) = &condition else { return condition };
    let (guards, others): (Vec<&F>, Vec<&F>) = parts
        .iter()
        .partition(|part| matches!(part, F::Not(inner) if matches!(**inner, F::IsMissing(_))));
    let is_needed = |guard: &&F| {
        let present = present_if(guard);
        !present.iter().all(|of| others.iter().any(|other| other.needs(of)))
    };
    if others.is_empty() || guards.iter().any(is_needed) {
        return condition;
    }
    F::all(others.into_iter().cloned())
}

fn choice(condition: F, then: F, otherwise: F) -> F {
    if then == otherwise && (then == F::Missing || !condition.can_miss()) {
        return then;
    }
    if then == F::Missing {
        return choice(condition.negated(), otherwise, then);
    }
    let then = assume(then, &present_if(&condition));
    if otherwise == F::Missing {
        return guarded(condition, then);
    }
    let otherwise = assume(otherwise, &present_if(&condition.clone().negated()));
    match (&condition, &then) {
        // A default for a blank.
        (F::IsMissing(of), F::Number(number)) if is_missing_only_with(&otherwise, of) => {
            otherwise.or_number(*number)
        }
        (F::Not(inner), _) => match (&**inner, &otherwise) {
            (F::IsMissing(of), F::Number(number)) if is_missing_only_with(&then, of) => {
                then.or_number(*number)
            }
            _ => F::choice(condition, then, otherwise),
        },
        _ => F::choice(condition, then, otherwise),
    }
}

/// Whether a formula is missing exactly where `of` is.
fn is_missing_only_with(formula: &F, of: &F) -> bool {
    let (items, has_scores) = formula.operands();
    let is_own = match of {
        F::Item(item) => items.iter().all(|other| other == item) && !has_scores,
        F::Score(_) => {
            items.is_empty() && !formula.has(&|part| matches!(part, F::Score(_)) && part != of)
        }
        _ => false,
    };
    let may_miss_else = |part: &F| {
        matches!(
            part,
            F::Missing | F::Product(_) | F::Recode(..) | F::Apply(..) | F::If(_) | F::Aggregate(..)
        )
    };
    is_own && formula.needs(of) && !formula.has(&may_miss_else)
}

/// `if condition then formula else missing`, without the parts of the condition that the formula implies.
fn guarded(condition: F, mut then: F) -> F {
    let parts = match condition {
        F::And(parts) => parts,
        one => vec![one],
    };
    let mut left = Vec::new();
    for part in parts {
        let present = present_if(&part);
        if !present.is_empty() && present.iter().all(|of| then.needs(of)) {
            continue;
        }
        if let Some((terms, need)) = enough(&part)
            && let Some(raised) = raised(&then, terms, need)
        {
            then = raised;
            continue;
        }
        left.push(part);
    }
    F::choice(F::all(left), then, F::Missing)
}

/// The formula with at least `need` of the terms asked for, if it is about just these terms.
fn raised(formula: &F, terms: &[F], need: usize) -> Option<F> {
    let constant = |part: &F| matches!(part, F::Number(_));
    match formula {
        F::Aggregate(kind, of, Need::AtLeast(1)) if is_same_list(of, terms) => {
            Some(F::Aggregate(*kind, of.clone(), Need::AtLeast(need)))
        }
        F::Aggregate(kind, of, Need::Prorate(1)) if is_same_list(of, terms) => {
            Some(F::Aggregate(*kind, of.clone(), Need::Prorate(need)))
        }
        F::Coalesce(parts) if need >= 1 && constant(&parts[1]) => match &parts[0] {
            F::Aggregate(..) => raised(&parts[0], terms, need),
            _ => None,
        },
        F::Round(of, decimals) => Some(F::Round(Box::new(raised(of, terms, need)?), *decimals)),
        F::Sum(parts) => {
            if let Some(of) = with_zeros(parts).filter(|of| is_same_list(of, terms)) {
                return Some(F::Aggregate(Kind::Sum, of, Need::AtLeast(need)));
            }
            Some(F::Sum(raised_one(parts, terms, need)?))
        }
        F::Product(parts) => Some(F::Product(raised_one(parts, terms, need)?)),
        _ => None,
    }
}

/// The same for one part among numbers.
fn raised_one(parts: &[(bool, F)], terms: &[F], need: usize) -> Option<Vec<(bool, F)>> {
    let others = parts.iter().filter(|(_, part)| !matches!(part, F::Number(_))).count();
    let change = |(sign, part): &(bool, F)| match part {
        F::Number(_) => Some((*sign, part.clone())),
        part => Some((*sign, raised(part, terms, need)?)),
    };
    if others == 1 { parts.iter().map(change).collect() } else { None }
}

/// Whether two lists have the same items and scores, each once, in any order and whether reversed or not.
fn is_same_list(terms: &[F], others: &[F]) -> bool {
    let is_plain = |term: &F| matches!(term, F::Item(_) | F::Score(_));
    let (terms, others): (Vec<F>, Vec<F>) =
        (terms.iter().map(own).collect(), others.iter().map(own).collect());
    terms.len() == others.len()
        && terms.len() <= LONGEST
        && terms.iter().all(is_plain)
        && terms.iter().all(|term| others.contains(term))
        && others.iter().all(|term| terms.contains(term))
}

/// The item that a term is missing with: of `3 - x` as of `x`.
fn own(term: &F) -> F {
    if let F::Recode(..) = term {
        // A recoded answer may be missing where the answer is not.
        return term.clone();
    }
    let of = base(term);
    match of.operands().0.iter().next() {
        Some(item) if is_missing_only_with(&of, &F::Item(*item)) => F::Item(*item),
        _ => of,
    }
}

/// The terms of `coalesce(a, 0) + coalesce(b, 0) + …`.
fn with_zeros(terms: &[(bool, F)]) -> Option<Vec<F>> {
    terms
        .iter()
        .map(|(minus, term)| match term {
            F::Coalesce(parts) if !minus && parts[1] == F::Number(0.0) => Some(parts[0].clone()),
            _ => None,
        })
        .collect()
}

fn aggregate(kind: Kind, mut terms: Vec<F>) -> F {
    if terms.len() == 1 { terms.remove(0) } else { F::Aggregate(kind, terms, Need::AtLeast(1)) }
}

fn sum(terms: Vec<(bool, F)>) -> F {
    let mut flat = Vec::new();
    for (minus, term) in terms {
        match term {
            F::Sum(inner) if !minus && inner.iter().all(|(minus, _)| !minus) => flat.extend(inner),
            term => flat.push((minus, term)),
        }
    }
    let mut conditions = Some(Vec::new());
    for (minus, term) in &flat {
        let more = if *minus { None } else { indicated(term) };
        conditions = conditions.zip(more).map(|(mut all, more)| {
            all.extend(more);
            all
        });
    }
    match conditions {
        Some(conditions) if flat.len() > 1 => counted(conditions),
        _ => F::Sum(flat),
    }
}

/// The condition of `if condition then 1 else 0`, or those that a number counts.
fn indicated(term: &F) -> Option<Vec<F>> {
    match term {
        F::Answered(terms) => {
            return Some(terms.iter().map(|term| term.clone().test_present()).collect());
        }
        F::Count(conditions) => return Some(conditions.clone()),
        _ => {}
    }
    let F::If(parts) = term else { return None };
    let [condition, F::Number(then), F::Number(otherwise)] = &**parts else { return None };
    if condition.can_miss() {
        return None;
    }
    match (*then == 1.0, *otherwise == 0.0, *then == 0.0, *otherwise == 1.0) {
        (true, true, ..) => Some(vec![condition.clone()]),
        (_, _, true, true) => Some(vec![condition.clone().negated()]),
        _ => None,
    }
}

/// How many conditions are true: `answered(…)` if they all ask for an answer.
fn counted(conditions: Vec<F>) -> F {
    let present = conditions.iter().map(|condition| match condition {
        F::Not(inner) => match &**inner {
            F::IsMissing(of) => Some((**of).clone()),
            _ => None,
        },
        _ => None,
    });
    match present.collect::<Option<Vec<_>>>() {
        Some(terms) => F::Answered(terms),
        None => F::Count(conditions),
    }
}

fn product(factors: Vec<(bool, F)>) -> F {
    let [first, second] = &factors[..] else { return F::Product(factors) };
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let is_length = |number: f64, terms: &[F]| number == terms.len() as f64;
    match (first, second) {
        (
            (false, F::Aggregate(Kind::Mean, terms, Need::AtLeast(need))),
            (false, F::Number(number)),
        )
        | (
            (false, F::Number(number)),
            (false, F::Aggregate(Kind::Mean, terms, Need::AtLeast(need))),
        ) if is_length(*number, terms) => {
            F::Aggregate(Kind::Sum, terms.clone(), Need::Prorate(*need))
        }
        ((false, sum), (true, F::Answered(answered))) => {
            let terms = match sum {
                F::Sum(terms) => with_zeros(terms),
                F::Coalesce(parts) if parts[1] == F::Number(0.0) => summed(&parts[0]),
                other => summed(other),
            };
            match terms.filter(|terms| is_same_list(terms, answered)) {
                Some(terms) => F::Aggregate(Kind::Mean, terms, Need::AtLeast(1)),
                None => F::Product(factors),
            }
        }
        _ => F::Product(factors),
    }
}

/// The terms of a sum of what is present.
fn summed(formula: &F) -> Option<Vec<F>> {
    match formula {
        F::Aggregate(Kind::Sum, terms, Need::AtLeast(1)) => Some(terms.clone()),
        _ => None,
    }
}
