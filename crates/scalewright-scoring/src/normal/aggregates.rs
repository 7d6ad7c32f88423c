//! Sums, means, minima and maxima under rules for missing terms, and runs of equal numbers.

use scalewright_model::{Aggregate, AggregateKind, Comparison, Expr, Fill, Operator};

use super::facts::Facts;
use super::form::{CheckIx, CombinePart, Operation, StepIx};
use super::share::Shared;

impl Shared<'_> {
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate) -> StepIx {
        let Aggregate { kind, terms, weights, need, mandatory: _, fill: _ } = aggregate;
        let terms = self.numbers(terms);
        if terms.is_empty() {
            return self.missing();
        }
        let adds = matches!(kind, AggregateKind::Sum | AggregateKind::Mean);
        // The checks refer to the unweighted terms, which are often named answers.
        let known: Vec<CheckIx> = terms.iter().map(|term| self.exists(*term)).collect();
        let terms = match weights {
            Some(weights) if adds => self.weighted(&terms, weights),
            _ => terms,
        };
        // If all terms are needed, a strict sum is enough: nothing is counted or substituted.
        if adds && *need >= terms.len() {
            return self.complete(*kind, terms);
        }
        if !adds
            && *need >= terms.len()
            && let Some(step) = self.within(*kind, &terms)
        {
            return step;
        }
        let when = self.enough(aggregate, &known);
        let parts = terms.iter().enumerate();
        let parts =
            parts.map(|(at, of)| CombinePart { of: *of, stand_in: stand_in(aggregate, at) });
        let parts = parts.collect::<Vec<_>>();
        self.combined(aggregate, parts, when)
    }

    pub(super) fn weighted(&mut self, terms: &[StepIx], weights: &[f64]) -> Vec<StepIx> {
        let weighted = terms.iter().zip(weights).map(|(term, weight)| match weight {
            1.0 => *term,
            _ => {
                let weight = self.constant(*weight);
                self.arithmetic(Operator::Multiply, *term, weight)
            }
        });
        weighted.collect()
    }

    /// The sum or mean of terms, all of which are needed.
    pub(super) fn complete(&mut self, kind: AggregateKind, terms: Vec<StepIx>) -> StepIx {
        let sum = match terms[..] {
            [only] => only,
            _ => self.strict(Operation::Sum(terms.clone()), &terms, CheckIx::ALWAYS),
        };
        match kind {
            AggregateKind::Mean => self.over_all(sum, terms.len()),
            _ => sum,
        }
    }

    pub(super) fn over_all(&mut self, sum: StepIx, terms: usize) -> StepIx {
        #[expect(clippy::cast_precision_loss, reason = "a count of terms")]
        let terms = self.constant(terms as f64);
        self.arithmetic(Operator::Divide, sum, terms)
    }

    /// The check that enough terms are known, and all mandatory ones.
    pub(super) fn enough(&mut self, aggregate: &Aggregate, known: &[CheckIx]) -> CheckIx {
        let enough = self.at_least(aggregate.need.max(1), known.to_vec());
        // All terms are needed, which includes the mandatory ones.
        if aggregate.need >= known.len() {
            return enough;
        }
        let mandatory = aggregate.mandatory.iter().map(|at| known[*at]);
        let all = std::iter::once(enough).chain(mandatory).collect();
        self.all(all)
    }

    pub(super) fn combined(
        &mut self,
        aggregate: &Aggregate,
        parts: Vec<CombinePart>,
        when: CheckIx,
    ) -> StepIx {
        let all = parts.len();
        let combine =
            |kind, times, parts: Vec<CombinePart>| Operation::Combine { kind, parts, times };
        match (aggregate.kind, &aggregate.fill) {
            (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => {
                self.counted(combine(AggregateKind::Mean, 1.0, parts), when)
            }
            // A prorated sum is the mean of the answered terms, times the number of all terms.
            #[expect(clippy::cast_precision_loss, reason = "a count of terms")]
            (AggregateKind::Sum, Fill::PersonMean) => {
                self.counted(combine(AggregateKind::Mean, all as f64, parts), when)
            }
            // With substitutes every term counts, so the divisor is the number of all terms.
            (AggregateKind::Mean, Fill::Constant(_) | Fill::Each(_)) => {
                let sum = self.counted(combine(AggregateKind::Sum, 1.0, parts), when);
                self.over_all(sum, all)
            }
            (AggregateKind::Sum, _) => self.counted(combine(AggregateKind::Sum, 1.0, parts), when),
            (kind, _) => {
                let none = parts.iter().all(|part| part.stand_in.is_none());
                let one = aggregate.need <= 1 && aggregate.mandatory.is_empty();
                match when {
                    CheckIx::NEVER => self.missing(),
                    _ => {
                        // The minimum or maximum of no terms is missing anyway: no check is needed if one term is
                        // enough.
                        let guard = if one && none { CheckIx::ALWAYS } else { when };
                        self.step(combine(kind, 1.0, parts), when, guard)
                    }
                }
            }
        }
    }

    /// The single variable term of a minimum or maximum with constants, if its range makes the constants superfluous:
    /// `max(x, 0)` is `x` if `x` is never below 0.
    fn within(&self, kind: AggregateKind, terms: &[StepIx]) -> Option<StepIx> {
        let lowest = kind == AggregateKind::Max;
        let constants = terms.iter().filter_map(|term| self.normal.constant(*term));
        let limit = constants.reduce(if lowest { f64::max } else { f64::min })?;
        let mut open = terms.iter().filter(|term| self.normal.constant(**term).is_none());
        let (Some(&of), None) = (open.next(), open.next()) else { return None };
        let Facts { low, high, .. } = self.facts(of);
        let is_within = if lowest { low >= limit } else { high <= limit };
        is_within.then_some(of)
    }

    /// The longest run, as the maximum over all terms of the length of the run that ends at the term.
    pub(super) fn longest_run(&mut self, terms: &[Expr]) -> StepIx {
        let terms = self.numbers(terms);
        let (one, none) = (self.constant(1.0), self.constant(0.0));
        let known: Vec<CheckIx> = terms.iter().map(|term| self.exists(*term)).collect();
        let mut runs: Vec<StepIx> = Vec::new();
        for (at, (term, known)) in terms.iter().zip(&known).enumerate() {
            let mut cases = vec![(*known, one)];
            if let Some(before) = at.checked_sub(1) {
                let (same, longer) = (
                    self.compare(Comparison::Equal, terms[before], *term).yes,
                    self.arithmetic(Operator::Add, runs[before], one),
                );
                // First, because the other case is true for a term that continues a run too.
                cases.insert(0, (same, longer));
            }
            let run = Operation::Choose { cases, otherwise: none };
            runs.push(self.step(run, CheckIx::ALWAYS, CheckIx::ALWAYS));
        }
        let parts =
            runs.into_iter().map(|of| CombinePart { of, stand_in: None }).collect::<Vec<_>>();
        let when = self.any(known);
        let kind = AggregateKind::Max;
        self.counted(Operation::Combine { kind, parts, times: 1.0 }, when)
    }
}

/// The substitute for the term at position `at`, multiplied by the weight of the term; `None` if a missing term does
/// not count.
fn stand_in(aggregate: &Aggregate, at: usize) -> Option<f64> {
    let weight = match (aggregate.kind, &aggregate.weights) {
        (AggregateKind::Sum | AggregateKind::Mean, Some(weights)) => weights[at],
        _ => 1.0,
    };
    match &aggregate.fill {
        _ if aggregate.need >= aggregate.terms.len() => None,
        Fill::Constant(value) => Some(value * weight),
        Fill::Each(each) => Some(each[at] * weight),
        // A sum without substitutes counts a missing term as 0.
        Fill::Nothing if aggregate.kind == AggregateKind::Sum => Some(0.0),
        Fill::Nothing | Fill::PersonMean => None,
    }
}
