//! Every score that can come about: the lowest, the highest, and all of them where they are few.
//!
//! A score is looked at as a graph of what it is made of. Where parts of it have nothing to do with each other, what
//! each can be is combined; where they share answers, or one decides whether another is asked, their answers are gone
//! through together, keeping only what matters to the rest. So the scores are exactly those that come about,
//! missing answers included. Where that would be too much work there are bounds, which can only be too wide, and the
//! answer says so.

mod around;
mod exact;
mod graph;
mod outcome;
mod outward;
mod reach;
mod states;
mod sums;
mod witness;
mod work;

use scalewright_model::{Expr, Operation, Test};

use crate::Program;
use exact::Exact;
use graph::Graph;
use reach::{
    FARTHEST, GRAIN, MOST_PAIRS, MOST_VALUES, Set, combine, distinct, grains, key_of, size,
};
use work::Work;

pub use reach::{PossibleTruth, Range, Reach};

/// The range of each score, parallel to `program.scores`.
#[must_use]
pub fn range(program: &Program) -> Vec<Range> {
    let mut ranges = Ranges::default();
    ranges.extend(program);
    witness::confirm(program, &mut ranges.ranges, &ranges.work);
    ranges.ranges
}

/// The ranges of the first scores of a program, each worked out once while the program grows.
#[derive(Default)]
pub(crate) struct Ranges {
    ranges: Vec<Range>,
    work: Work,
}

impl Ranges {
    fn extend(&mut self, program: &Program) {
        for score in &program.scores[self.ranges.len()..] {
            let [any, complete] = reach(program, &self.ranges, score.formula.root(), &self.work);
            self.ranges.push(Range { any, complete });
        }
    }

    /// What `expr` can be with everything answered, given the scores compiled so far.
    pub(crate) fn complete(&mut self, program: &Program, expr: &Expr) -> Reach {
        self.extend(program);
        let [_, complete] = reach(program, &self.ranges, Operation::Number(expr), &self.work);
        complete
    }
}

/// What parts of formulas and conditions can be, given the ranges of the scores, with every pattern of missing
/// answers.
pub struct Possible<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    work: Work,
}

impl<'a> Possible<'a> {
    /// Over a program and the ranges of its scores.
    #[must_use]
    pub fn new(program: &'a Program, ranges: &'a [Range]) -> Self {
        Self { program, ranges, work: Work::default() }
    }

    /// What numbers `expr` can be.
    #[must_use]
    pub fn reach(&self, expr: &Expr) -> Reach {
        let [any, _] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        any
    }

    /// What numbers `expr` can be with everything answered.
    #[must_use]
    pub fn reach_complete(&self, expr: &Expr) -> Reach {
        let [_, complete] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        complete
    }

    /// Whether `test` can be true, and whether it can be false. A `false` is for sure; a `true` may be too much.
    #[must_use]
    pub fn truth(&self, test: &Test) -> PossibleTruth {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        test.operands(&mut scales, &mut items);
        // Nothing is known of a score that is not computed.
        if scales.into_iter().any(|scale| self.program.position(scale).is_none()) {
            return PossibleTruth { can_hold: true, can_fail: true };
        }
        let [any, _] = reach(self.program, self.ranges, Operation::Truth(test), &self.work);
        let is = |wanted: f64| match &any.values {
            Some(values) => values.iter().any(|value| (value - wanted).abs() < 0.5),
            None => true,
        };
        PossibleTruth { can_hold: is(1.0), can_fail: is(0.0) }
    }
}

/// What `root` can be with every pattern of missing answers, and with everything answered.
fn reach<'a>(
    program: &'a Program,
    known: &[Range],
    root: Operation<'a>,
    work: &Work,
) -> [Reach; 2] {
    let graph = Graph::of(program, root, work);
    [false, true].map(|complete| match &graph {
        Some(graph) => {
            let exact = Exact { graph, known, complete, work };
            let sets = exact.sets();
            around::root(&exact, sets)
        }
        None => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    })
}
