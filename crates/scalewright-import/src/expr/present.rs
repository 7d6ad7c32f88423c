//! What conditions say about which answers are there, and how a formula becomes simpler by it.

use super::formula::F;
use super::node::Op;

/// What is present wherever a condition is met.
pub(super) fn present_if(condition: &F) -> Vec<F> {
    let parts = match condition {
        F::And(parts) => &parts[..],
        one => std::slice::from_ref(one),
    };
    let mut present = Vec::new();
    for part in parts {
        match part {
            F::Not(inner) => {
                if let F::IsMissing(of) = &**inner {
                    present.push((**of).clone());
                }
            }
            other => {
                if let Some((terms, need)) = enough(other)
                    && need == terms.len()
                {
                    present.extend(terms.iter().map(base));
                }
            }
        }
    }
    present
}

/// The item of a reversed item; others are unchanged.
pub(super) fn base(term: &F) -> F {
    match term {
        F::Reverse(item) => F::Item(*item),
        F::Recode(of, _) => base(of),
        other => other.clone(),
    }
}

/// The terms of `answered(…) >= k`, and `k`.
pub(super) fn enough(condition: &F) -> Option<(&[F], usize)> {
    let F::Compare(op, left, right) = condition else { return None };
    let (F::Answered(terms), F::Number(limit)) = (&**left, &**right) else { return None };
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let most = terms.len() as f64;
    let need = match op {
        Op::Ge => limit.ceil(),
        Op::Gt => limit.floor() + 1.0,
        Op::Eq if *limit == most => *limit,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to the length of a list"
    )]
    ((1.0..=most).contains(&need)).then_some((terms, need as usize))
}

/// The formula where some items and scores are known to be present.
pub(super) fn assume(formula: F, present: &[F]) -> F {
    if present.is_empty() {
        return formula;
    }
    match formula {
        F::Coalesce(parts) => {
            let [first, second] = *parts;
            let (first, second) = (assume(first, present), assume(second, present));
            if present.contains(&base(&first)) {
                first
            } else {
                F::Coalesce(Box::new([first, second]))
            }
        }
        F::IsMissing(of) if present.contains(&of) => F::Truth(false),
        other => other.map(&mut |part| assume(part, present)),
    }
}
