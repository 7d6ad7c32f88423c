//! The exact sets of possible values of the nodes of a graph, as far as they can be enumerated.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Operator, TOLERANCE, Test, UNLIMITED,
};

use crate::{Accepted, Range, evaluate};

use super::graph::{Graph, Op};
use super::sums::{self, Term};
use super::work::Work;
use super::{
    FARTHEST, MOST_PAIRS, MOST_VALUES, Reach, Set, combine, distinct, outcome, size, states,
};

/// Computes the set of possible values of each module of `graph`, as far as the remaining work allows.
pub(super) struct Exact<'g, 'a> {
    pub(super) graph: &'g Graph<'a>,
    /// The ranges of the scores that are leaves of the graph.
    pub(super) known: &'g [Range],
    /// Whether all items are answered.
    pub(super) complete: bool,
    pub(super) work: &'g Work,
}

impl Exact<'_, '_> {
    /// The set of each module; `None` for other nodes, and for sets that are too large or take too much work.
    pub(super) fn sets(&self) -> Vec<Option<Set>> {
        let nodes = &self.graph.nodes;
        let mut sets: Vec<Option<Set>> = vec![None; nodes.len()];
        for node in (0..nodes.len()).filter(|&node| nodes[node].is_module) {
            let set = self.set(node, &sets);
            let set = set.filter(|set| set.values.len() <= MOST_VALUES);
            let cost = set.as_ref().map_or(1, |set| 4 * set.values.len() + 1);
            sets[node] = set.filter(|_| self.work.spend(cost).is_some());
        }
        sets
    }

    fn set(&self, node: usize, sets: &[Option<Set>]) -> Option<Set> {
        let of = &self.graph.nodes[node];
        match of.op {
            Op::Constant(value) => Some(Set::new(value.into_iter().collect(), value.is_none())),
            Op::Given(accepted) => self.given(node, accepted),
            Op::Chosen => Some(Set::new(vec![0.0, 1.0], false)),
            Op::Score(position) => self.reach(position).set(),
            Op::Asked(_) | Op::Number(_) | Op::Truth(_) => {
                // Sets of independent operands are combined as wholes, which takes far less work than enumerating
                // states.
                if self.graph.is_apart(node) {
                    let below: Option<Vec<&Set>> =
                        of.below.iter().map(|below| sets[*below].as_ref()).collect();
                    match self.directly(of.op, &below?) {
                        DirectResult::Set(set) => return Some(set),
                        DirectResult::TooMuch => return None,
                        DirectResult::Other => {}
                    }
                }
                states::of(self.graph, node, sets, self.work)
            }
        }
    }

    pub(super) fn reach(&self, position: usize) -> &Reach {
        if self.complete { &self.known[position].complete } else { &self.known[position].any }
    }

    /// The possible answers to an item. If there are very many, representatives suffice, provided that the answer is
    /// only compared with constants: the bounds, and the numbers at and around each constant.
    fn given(&self, node: usize, accepted: &Accepted) -> Option<Set> {
        let values = listed(accepted).or_else(|| {
            let Accepted::Between { min, max, decimals } = *accepted else { return None };
            let bounds = self.bounds(node)?;
            let step = 10_f64.powi(-i32::try_from(decimals).unwrap_or(6));
            let around = bounds.into_iter().flat_map(|bound| {
                let at = (bound / step).round() * step;
                [at - step, at, at + step]
            });
            // Without limits, the numbers around the constants suffice, or any number if there are none.
            let ends = [min, max].into_iter().filter(|end| end.abs() < UNLIMITED);
            let some = distinct(around.chain(ends).filter(|x| (min..=max).contains(x)));
            Some(if some.is_empty() { vec![0.0] } else { some })
        });
        Some(Set::new(values?, !self.complete))
    }

    /// The constants with which an answer is compared; `None` if it is used in any other way.
    fn bounds(&self, node: usize) -> Option<Vec<f64>> {
        let nodes = &self.graph.nodes;
        let mut bounds = Vec::new();
        let mut uses = 0;
        for above in nodes.iter().filter(|above| above.below.contains(&node)) {
            self.work.spend(above.below.len())?;
            match above.op {
                Op::Asked(_) => return None,
                Op::Truth(Test::Compare { .. }) => {
                    uses += 1;
                    let other = above.below.iter().find(|below| **below != node)?;
                    let Op::Constant(Some(bound)) = nodes[*other].op else { return None };
                    bounds.push(bound);
                }
                Op::Truth(Test::IsMissing(_)) => uses += 1,
                _ => return None,
            }
        }
        (uses > 0).then_some(bounds)
    }

    /// The set of a node with independent operands, from the sets of the operands.
    fn directly(&self, op: Op<'_>, below: &[&Set]) -> DirectResult {
        let set = match (op, below) {
            (Op::Asked(otherwise), [when, given]) => {
                let skipped = Set::new(otherwise.into_iter().collect(), otherwise.is_none());
                // If the condition is unknown, a given answer counts.
                let asked = when.missing || when.holds(1.0);
                let parts = [(asked, *given), (when.holds(0.0), &skipped)];
                Set::union(parts.into_iter().filter(|(taken, _)| *taken).map(|(_, set)| set))
            }
            (Op::Number(Expr::If { .. }), [test, branches @ ..]) => {
                let taken = [test.holds(1.0), test.holds(0.0), test.missing];
                let parts = taken.into_iter().zip(branches);
                Set::union(parts.filter(|(taken, _)| *taken).map(|(_, set)| *set))
            }
            (Op::Number(Expr::Aggregate(aggregate)), terms) => return self.sum(aggregate, terms),
            (Op::Number(Expr::Arithmetic { operator, .. }), [left, right]) => {
                return self.arithmetic(*operator, left, right);
            }
            (Op::Truth(Test::Compare { comparison, .. }), [left, right]) => {
                compared(*comparison, left, right)
            }
            (_, [one]) if !outcome::gathers(op) => one.map(|x| outcome::of(op, &[x])),
            _ => return DirectResult::Other,
        };
        DirectResult::Set(set)
    }

    fn arithmetic(&self, operator: Operator, left: &Set, right: &Set) -> DirectResult {
        if let Some(set) = self.added(operator, left, right) {
            return DirectResult::Set(set);
        }
        let pairs = left.values.len().saturating_mul(right.values.len());
        if pairs > MOST_PAIRS || self.work.spend(pairs.saturating_mul(4)).is_none() {
            return DirectResult::TooMuch;
        }
        let made: Vec<Option<f64>> = left
            .values
            .iter()
            .flat_map(|x| right.values.iter().map(|y| evaluate::arithmetic(operator, *x, *y)))
            .map(|value| value.filter(|value| value.is_finite()))
            .collect();
        let lost = made.contains(&None);
        let missing = left.missing || right.missing || lost;
        DirectResult::Set(Set::new(distinct(made.into_iter().flatten()), missing))
    }

    /// Sums and differences of large sets, computed as sums of terms without missing values. `None` for small sets,
    /// very large numbers and other operators.
    fn added(&self, operator: Operator, left: &Set, right: &Set) -> Option<Set> {
        let sign = match operator {
            Operator::Add => 1.0,
            Operator::Subtract => -1.0,
            Operator::Multiply | Operator::Divide | Operator::Modulo => return None,
        };
        // Few pairs are combined one by one instead, and large numbers do not fit in grains.
        let few = left.values.len().saturating_mul(right.values.len()) <= 64;
        let mut all = left.values.iter().chain(&right.values);
        if few || all.any(|value| value.abs() > FARTHEST / 2.0) {
            return None;
        }
        let right_values = right.values.iter().map(|value| sign * value).collect();
        let terms = [left.values.clone(), right_values];
        let terms = terms.map(|values| sums::Term { values, missing: None });
        let [sums] = &sums::attainable(&terms, 0, self.work)?[..] else { return None };
        Some(Set::new(sums.clone(), left.missing || right.missing))
    }

    fn sum(&self, aggregate: &Aggregate, terms: &[&Set]) -> DirectResult {
        if !matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Mean) {
            return DirectResult::Other;
        }
        let all = terms.len();
        // `clamp` panics if its limits are reversed, so the upper one is at least 1.
        let need = aggregate.need.clamp(1, all.max(1));
        let most_missing = all.saturating_sub(need);
        let given = terms.iter().enumerate().map(|(place, term)| {
            let weight = aggregate.weights.as_ref().map_or(1.0, |weights| weights[place]);
            let mandatory = aggregate.mandatory.binary_search(&place).is_ok();
            let stand_in = match &aggregate.fill {
                Fill::Each(each) => each[place] * weight,
                // Other substitutes depend on how many terms are missing: `combine` adds them.
                _ => 0.0,
            };
            // Without a mandatory term there is no score, so its absence adds no sum.
            let missing = (term.missing && !mandatory && most_missing > 0).then_some(stand_in);
            Term { values: term.values.iter().map(|value| value * weight).collect(), missing }
        });
        let given: Vec<Term> = given.collect();
        // The sum of all terms must fit in grains.
        let far = |value: &f64| value.abs() > FARTHEST / size(all + 1);
        if given.iter().any(|term| term.values.iter().chain(&term.missing).any(far)) {
            return DirectResult::TooMuch;
        }
        let Some(sums) = sums::attainable(&given, most_missing, self.work) else {
            return DirectResult::TooMuch;
        };
        let values = distinct(sums.iter().enumerate().flat_map(|(missing, sums)| {
            sums.iter().map(move |&sum| combine(aggregate, sum, size(all - missing)))
        }));
        let open = terms.iter().filter(|term| term.missing).count();
        let required = aggregate.mandatory.iter().any(|&place| terms[place].missing);
        DirectResult::Set(Set::new(values, open > most_missing || required))
    }
}

/// The result of combining the sets of operands.
enum DirectResult {
    /// The exact set.
    Set(Set),
    /// The set is too large, or takes too much work.
    TooMuch,
    /// There is no direct way for this operation.
    Other,
}

fn compared(comparison: Comparison, left: &Set, right: &Set) -> Set {
    let is = |wanted: bool| {
        left.values.iter().any(|x| {
            // The result depends only on whether the right number is below, near or above: one of each is enough.
            let near = right.values.partition_point(|y| *y < x - TOLERANCE);
            let ends = [right.values.first(), right.values.get(near), right.values.last()];
            ends.into_iter().flatten().any(|y| comparison.holds(*x, *y) == wanted)
        })
    };
    let values = [(false, 0.0), (true, 1.0)].into_iter().filter(|(truth, _)| is(*truth));
    Set::new(values.map(|(_, value)| value).collect(), left.missing || right.missing)
}

/// At most this many answers of a numeric item are listed: enough for 0.00 to 100.00.
const MOST_ANSWERS: f64 = 20_000.0;

/// All accepted answers; `None` if there are too many.
pub(super) fn listed(accepted: &Accepted) -> Option<Vec<f64>> {
    match accepted {
        Accepted::Values(values) => Some(values.iter().map(|value| value.number()).collect()),
        // Each option is a node of its own.
        Accepted::Choices(_) => None,
        Accepted::Between { min, max, decimals } => {
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let (from, to) = ((min * scale).ceil(), (max * scale).floor());
            let few = to - from <= MOST_ANSWERS;
            few.then(|| {
                // Whole steps are divided by the scale at the end: adding up steps of 0.1 would add up their errors.
                let steps = (0_u32..).map(|step| from + f64::from(step));
                steps.take_while(|at| *at <= to).map(|at| at / scale).collect()
            })
        }
    }
}
