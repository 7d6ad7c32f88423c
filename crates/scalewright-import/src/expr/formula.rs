//! Formulas of our language as trees.

use super::facts::{known_beside, missing_guard, present_guard};

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
