//! What is known about a formula without computing it.

use std::collections::BTreeSet;

use super::formula::{F, Need};

impl F {
    /// Whether the value may be missing.
    pub(super) fn can_miss(&self) -> bool {
        let any = |list: &[F]| list.iter().any(F::can_miss);
        match self {
            Self::Number(_) | Self::Truth(_) | Self::Word(_) | Self::IsMissing(_) => false,
            Self::Count(_) | Self::Answered(_) => false,
            Self::Missing
            | Self::Item(_)
            | Self::Score(_)
            | Self::Reverse(_)
            | Self::Recode(..) => true,
            Self::Sum(terms) => terms.iter().any(|(_, term)| term.can_miss()),
            Self::Product(factors) => factors.iter().any(|(divides, factor)| {
                factor.can_miss()
                    || *divides && !matches!(factor, Self::Number(number) if *number != 0.0)
            }),
            Self::Apply(name, of) => matches!(*name, "sqrt" | "ln") || of.can_miss(),
            Self::Neg(of) | Self::Power(of, _) | Self::Not(of) | Self::Round(of, _) => {
                of.can_miss()
            }
            Self::Compare(_, left, right) => left.can_miss() || right.can_miss(),
            // What `known` makes is never missing, but this is not seen part by part.
            Self::And(list) => !known_beside(list, &present_guard).into_iter().all(|known| known),
            Self::Or(list) => !known_beside(list, &missing_guard).into_iter().all(|known| known),
            Self::If(parts) => match &**parts {
                // A value where it is there, and another one where it is not.
                [Self::IsMissing(of), otherwise, value] if **of == *value => otherwise.can_miss(),
                parts => any(parts),
            },
            Self::Coalesce(parts) => parts[1].can_miss(),
            Self::Aggregate(_, terms, Need::All) => any(terms),
            Self::Aggregate(_, terms, Need::AtLeast(need) | Need::Prorate(need)) => {
                terms.iter().filter(|term| !term.can_miss()).count() < *need
            }
        }
    }

    /// Whether the value is missing whenever `of` is missing.
    pub(super) fn needs(&self, of: &F) -> bool {
        if self == of {
            return true;
        }
        let any = |list: &[F]| list.iter().any(|part| part.needs(of));
        match self {
            Self::Missing => true,
            Self::Reverse(item) => *of == Self::Item(*item),
            Self::Sum(terms) | Self::Product(terms) => terms.iter().any(|(_, term)| term.needs(of)),
            Self::Neg(inner)
            | Self::Power(inner, _)
            | Self::Round(inner, _)
            | Self::Apply(_, inner) => inner.needs(of),
            Self::Recode(inner, _) => inner.needs(of),
            Self::Compare(_, left, right) => left.needs(of) || right.needs(of),
            Self::If(parts) => parts[0].needs(of) || parts[1].needs(of) && parts[2].needs(of),
            Self::Coalesce(parts) => parts[0].needs(of) && parts[1].needs(of),
            Self::Aggregate(_, terms, Need::All) => any(terms),
            Self::Aggregate(_, terms, Need::AtLeast(need) | Need::Prorate(need)) => {
                let left = terms.iter().filter(|term| !term.needs(of)).count();
                left < *need
            }
            _ => false,
        }
    }

    /// The parts directly below.
    pub(super) fn children(&self) -> Vec<&F> {
        match self {
            Self::Number(_) | Self::Missing | Self::Truth(_) | Self::Word(_) => Vec::new(),
            Self::Item(_) | Self::Score(_) | Self::Reverse(_) => Vec::new(),
            Self::Sum(terms) | Self::Product(terms) => terms.iter().map(|(_, term)| term).collect(),
            Self::Neg(of) | Self::Power(of, _) | Self::Not(of) | Self::IsMissing(of) => vec![of],
            Self::Recode(of, _) | Self::Round(of, _) | Self::Apply(_, of) => vec![of],
            Self::Compare(_, left, right) => vec![left, right],
            Self::And(list) | Self::Or(list) | Self::Count(list) | Self::Answered(list) => {
                list.iter().collect()
            }
            Self::Aggregate(_, list, _) => list.iter().collect(),
            Self::If(parts) => parts.iter().collect(),
            Self::Coalesce(parts) => parts.iter().collect(),
        }
    }

    /// The same with each part directly below changed.
    pub(super) fn map(self, change: &mut dyn FnMut(F) -> F) -> F {
        let pairs = |list: Vec<(bool, F)>, change: &mut dyn FnMut(F) -> F| {
            list.into_iter().map(|(sign, part)| (sign, change(part))).collect()
        };
        match self {
            Self::Number(_) | Self::Missing | Self::Truth(_) | Self::Word(_) => self,
            Self::Item(_) | Self::Score(_) | Self::Reverse(_) => self,
            Self::Sum(terms) => Self::Sum(pairs(terms, change)),
            Self::Product(factors) => Self::Product(pairs(factors, change)),
            Self::Neg(of) => Self::Neg(Box::new(change(*of))),
            Self::Power(of, power) => Self::Power(Box::new(change(*of)), power),
            Self::Not(of) => change(*of).negated(),
            Self::IsMissing(of) => change(*of).test_missing(),
            Self::Recode(of, table) => Self::Recode(Box::new(change(*of)), table),
            Self::Round(of, decimals) => Self::Round(Box::new(change(*of)), decimals),
            Self::Apply(name, of) => Self::Apply(name, Box::new(change(*of))),
            Self::Compare(op, left, right) => Self::compare(op, change(*left), change(*right)),
            Self::And(list) => Self::all(list.into_iter().map(change)),
            Self::Or(list) => Self::any(list.into_iter().map(change)),
            Self::Count(list) => Self::Count(list.into_iter().map(change).collect()),
            Self::Answered(list) => Self::Answered(list.into_iter().map(change).collect()),
            Self::Aggregate(kind, list, need) => {
                Self::Aggregate(kind, list.into_iter().map(change).collect(), need)
            }
            Self::If(parts) => {
                let [condition, then, otherwise] = *parts;
                Self::choice(change(condition), change(then), change(otherwise))
            }
            Self::Coalesce(parts) => {
                let [first, second] = *parts;
                let (first, second) = (change(first), change(second));
                if first.can_miss() { Self::Coalesce(Box::new([first, second])) } else { first }
            }
        }
    }

    /// The items in the formula, and whether there are scores in it.
    pub(super) fn operands(&self) -> (BTreeSet<usize>, bool) {
        let (mut items, mut has_scores) = (BTreeSet::new(), false);
        let mut open = vec![self];
        while let Some(part) = open.pop() {
            match part {
                Self::Item(item) | Self::Reverse(item) => {
                    items.insert(*item);
                }
                Self::Score(_) => has_scores = true,
                _ => open.extend(part.children()),
            }
        }
        (items, has_scores)
    }

    /// Whether the formula has at most so many parts.
    pub(super) fn is_within(&self, most: usize) -> bool {
        let mut open = vec![self];
        let mut parts = 0;
        while let Some(part) = open.pop() {
            parts += 1;
            if parts > most {
                return false;
            }
            open.extend(part.children());
        }
        true
    }

    /// How deep parts are nested: brackets in brackets, and operations in operations, of which each operator of a chain is
    /// one. The last case of an `if` does not count.
    pub(super) fn depth(&self) -> (usize, usize) {
        let (mut open, mut deepest) = (vec![(self, 1, 1)], (0, 0));
        while let Some((part, brackets, operations)) = open.pop() {
            deepest = (deepest.0.max(brackets), deepest.1.max(operations));
            let children = part.children();
            let length = children.len();
            for (at, child) in children.into_iter().enumerate() {
                let inner = match part {
                    Self::If(_) if at == 2 => (brackets, operations),
                    Self::Sum(_) | Self::Product(_) => (brackets + 1, operations + length - at),
                    _ => (brackets + 1, operations + 1),
                };
                open.push((child, inner.0, inner.1));
            }
        }
        deepest
    }

    /// Whether a part satisfies a condition.
    pub(super) fn has(&self, is_met: &dyn Fn(&F) -> bool) -> bool {
        is_met(self) || self.children().into_iter().any(|part| part.has(is_met))
    }
}

/// The most conditions beside each other whose guards are looked for.
const MOST_GUARDS: usize = 1000;

/// For each condition whether it is never missing, alone or because of the guards beside it.
pub(super) fn known_beside(list: &[F], guard: &dyn Fn(&F) -> Option<&F>) -> Vec<bool> {
    let guards: Vec<&F> = list.iter().filter_map(guard).take(MOST_GUARDS).collect();
    let is_safe = |side: &F| guards.contains(&side) || !side.can_miss();
    // Each part is asked once: asking again at each level would take time without bound.
    let is_known = |one: &F| match one {
        F::Compare(_, left, right) => is_safe(left) && is_safe(right),
        other => is_safe(other),
    };
    list.iter().map(is_known).collect()
}

/// What `not is_missing(…)` asks for.
pub(super) fn present_guard(condition: &F) -> Option<&F> {
    match condition {
        F::Not(inner) => missing_guard(inner),
        _ => None,
    }
}

/// What `is_missing(…)` asks for.
pub(super) fn missing_guard(condition: &F) -> Option<&F> {
    match condition {
        F::IsMissing(of) => Some(of),
        _ => None,
    }
}
