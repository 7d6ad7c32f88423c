//! Formulas of our language as trees, and what is known about them.

use std::collections::BTreeSet;

use super::node::Op;

/// How terms are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sum,
    Mean,
    Min,
    Max,
}

/// How many terms of a list must be present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    All,
    AtLeast(usize),
    /// At least so many, and missing terms are replaced by the mean of the present ones.
    Prorate(usize),
}

/// A formula. Its meaning is that of `docs/src/formulas.md`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum F {
    Number(f64),
    Missing,
    Truth(bool),
    Word(String),
    /// An item, by position in the form.
    Item(usize),
    /// A score, by position in the form.
    Score(usize),
    /// Terms with their signs; `true` is minus.
    Sum(Vec<(bool, F)>),
    /// Factors; `true` is a division by it.
    Product(Vec<(bool, F)>),
    Neg(Box<F>),
    Power(Box<F>, u32),
    Compare(Op, Box<F>, Box<F>),
    And(Vec<F>),
    Or(Vec<F>),
    Not(Box<F>),
    If(Box<[F; 3]>),
    IsMissing(Box<F>),
    Coalesce(Box<[F; 2]>),
    Reverse(usize),
    Recode(Box<F>, Vec<(f64, f64)>),
    Aggregate(Kind, Vec<F>, Need),
    Count(Vec<F>),
    Answered(Vec<F>),
    Round(Box<F>, u32),
    Apply(&'static str, Box<F>),
}

impl F {
    /// A comparison.
    pub(super) fn compare(op: Op, left: Self, right: Self) -> Self {
        Self::Compare(op, Box::new(left), Box::new(right))
    }

    /// `if condition then … else …`; only one branch if the condition is a constant.
    pub(super) fn choice(condition: Self, then: Self, otherwise: Self) -> Self {
        match condition {
            Self::Truth(true) => then,
            Self::Truth(false) => otherwise,
            condition => Self::If(Box::new([condition, then, otherwise])),
        }
    }

    /// The value, or a number where it is missing.
    pub(super) fn or_number(self, number: f64) -> Self {
        if self.can_miss() { Self::Coalesce(Box::new([self, Self::Number(number)])) } else { self }
    }

    /// The condition that the value is missing.
    pub(super) fn test_missing(self) -> Self {
        if !self.can_miss() {
            return Self::Truth(false);
        }
        match self {
            Self::Missing => Self::Truth(true),
            // Both are missing where the item is.
            Self::Reverse(item) => Self::IsMissing(Box::new(Self::Item(item))),
            other => Self::IsMissing(Box::new(other)),
        }
    }

    /// The condition that the value is present.
    pub(super) fn test_present(self) -> Self {
        self.test_missing().negated()
    }

    /// All conditions, without brackets inside brackets and without repetitions.
    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut out: Vec<Self> = Vec::new();
        for condition in conditions {
            match condition {
                Self::Truth(true) => {}
                Self::Truth(false) => return Self::Truth(false),
                Self::And(inner) => inner.into_iter().for_each(|one| add_new(&mut out, one)),
                one => add_new(&mut out, one),
            }
        }
        match out.len() {
            0 => Self::Truth(true),
            1 => out.remove(0),
            _ => Self::And(out),
        }
    }

    /// Any of the conditions, without brackets inside brackets and without repetitions.
    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut out: Vec<Self> = Vec::new();
        for condition in conditions {
            match condition {
                Self::Truth(false) => {}
                Self::Truth(true) => return Self::Truth(true),
                Self::Or(inner) => inner.into_iter().for_each(|one| add_new(&mut out, one)),
                one => add_new(&mut out, one),
            }
        }
        match out.len() {
            0 => Self::Truth(false),
            1 => out.remove(0),
            _ => Self::Or(out),
        }
    }

    /// The negation, with `not` as far inside as possible. Missing where the condition is missing.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Truth(truth) => Self::Truth(!truth),
            Self::Not(inner) => *inner,
            Self::And(all) => Self::any(all.into_iter().map(Self::negated)),
            Self::Or(any) => Self::all(any.into_iter().map(Self::negated)),
            Self::Compare(op, left, right) => Self::Compare(opposite(op), left, right),
            other => Self::Not(Box::new(other)),
        }
    }

    /// The condition that this condition is true, which is never missing itself.
    pub(super) fn known(self) -> Self {
        match self {
            Self::And(list) => {
                let is_known = known_beside(&list, &present_guard);
                Self::all(
                    list.into_iter()
                        .zip(is_known)
                        .map(|(one, known)| if known { one } else { one.known() }),
                )
            }
            Self::Or(list) => {
                let is_known = known_beside(&list, &missing_guard);
                Self::any(
                    list.into_iter()
                        .zip(is_known)
                        .map(|(one, known)| if known { one } else { one.known() }),
                )
            }
            Self::Compare(op, left, right) => {
                if let Some(simple) = with_default(op, &left, &right) {
                    return simple;
                }
                let guards = [left.clone().test_present(), right.clone().test_present()];
                Self::all(guards.into_iter().chain([Self::Compare(op, left, right)]))
            }
            Self::Not(inner) => match *inner {
                Self::And(_) | Self::Or(_) | Self::Compare(..) => inner.negated().known(),
                other => Self::Not(Box::new(other)),
            },
            other => other,
        }
    }

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
            Self::If(parts) => any(&parts[..]),
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

    /// Whether a part satisfies a condition.
    pub(super) fn has(&self, is_met: &dyn Fn(&F) -> bool) -> bool {
        is_met(self) || self.children().into_iter().any(|part| part.has(is_met))
    }
}

/// Adds a condition that is not in the list yet. Long lists are not searched, because that would be quadratic.
fn add_new(list: &mut Vec<F>, one: F) {
    if list.len() > 50 || !list.contains(&one) {
        list.push(one);
    }
}

/// The comparison that is true where another is false.
fn opposite(op: Op) -> Op {
    match op {
        Op::Eq => Op::Ne,
        Op::Ne => Op::Eq,
        Op::Lt => Op::Ge,
        Op::Le => Op::Gt,
        Op::Gt => Op::Le,
        Op::Ge => Op::Lt,
        other => other,
    }
}

/// `coalesce(x, 0) > 1` as `not is_missing(x) and x > 1`, and `coalesce(x, 0) < 1` as `is_missing(x) or x < 1`.
fn with_default(op: Op, left: &F, right: &F) -> Option<F> {
    let (F::Coalesce(parts), F::Number(limit)) = (left, right) else { return None };
    let [of, F::Number(otherwise)] = &**parts else { return None };
    let holds = otherwise.partial_cmp(limit).is_some_and(|order| op.holds(order));
    let compared = F::compare(op, of.clone(), right.clone());
    Some(if holds {
        F::any([of.clone().test_missing(), compared])
    } else {
        F::all([of.clone().test_present(), compared])
    })
}

/// The most conditions beside each other whose guards are looked for.
const MOST_GUARDS: usize = 1000;

/// For each condition whether it is never missing, alone or because of the guards beside it.
fn known_beside(list: &[F], guard: &dyn Fn(&F) -> Option<&F>) -> Vec<bool> {
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
fn present_guard(condition: &F) -> Option<&F> {
    match condition {
        F::Not(inner) => missing_guard(inner),
        _ => None,
    }
}

/// What `is_missing(…)` asks for.
fn missing_guard(condition: &F) -> Option<&F> {
    match condition {
        F::IsMissing(of) => Some(of),
        _ => None,
    }
}
