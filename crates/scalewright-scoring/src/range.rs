//! The reachable scores: the lowest, the highest, and all of them if they are few.
//!
//! The formula of a score is analysed as a graph. The possible values of independent parts are computed separately and
//! combined. If parts share answers, or an answer decides whether another item is asked, their answers are enumerated
//! together, keeping only what affects the rest. The result is exactly the set of reachable scores, with all patterns
//! of missing answers. If that takes too much work, the result is bounds, which are never too narrow, and it is marked
//! as not exact.

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

/// The ranges of the scores of a program under construction, each computed once.
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

    /// The possible values of `expr` when all items are answered, given the scores compiled so far.
    pub(crate) fn complete(&mut self, program: &Program, expr: &Expr) -> Reach {
        self.extend(program);
        let [_, complete] = reach(program, &self.ranges, Operation::Number(expr), &self.work);
        complete
    }
}

/// The possible values of parts of formulas and of conditions, given the ranges of the scores. All patterns of missing
/// answers are included.
pub struct Possible<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    work: Work,
}

impl<'a> Possible<'a> {
    /// For a program and the ranges of its scores.
    #[must_use]
    pub fn new(program: &'a Program, ranges: &'a [Range]) -> Self {
        Self { program, ranges, work: Work::default() }
    }

    /// The possible values of `expr`.
    #[must_use]
    pub fn reach(&self, expr: &Expr) -> Reach {
        let [any, _] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        any
    }

    /// The possible values of `expr` when all items are answered.
    #[must_use]
    pub fn reach_complete(&self, expr: &Expr) -> Reach {
        let [_, complete] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        complete
    }

    /// Whether `test` can be true, and whether it can be false. A `false` in the result is certain; a `true` may be too
    /// cautious.
    #[must_use]
    pub fn truth(&self, test: &Test) -> PossibleTruth {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        test.operands(&mut scales, &mut items);
        // A scale without a score may have any value, because its key is not known.
        if scales.into_iter().any(|scale| self.program.position(scale).is_none()) {
            return PossibleTruth { can_be_true: true, can_be_false: true };
        }
        let [any, _] = reach(self.program, self.ranges, Operation::Truth(test), &self.work);
        PossibleTruth::of(&any)
    }
}

/// The possible values of `root`: first with all patterns of missing answers, then with all items answered.
fn reach<'a>(
    program: &'a Program,
    known: &[Range],
    root: Operation<'a>,
    work: &Work,
) -> [Reach; 2] {
    let graph = Graph::of(program, root, work);
    // One graph serves both: only the possible answers differ.
    [false, true].map(|complete| match &graph {
        Some(graph) => {
            let exact = Exact { graph, known, complete, work };
            let sets = exact.sets();
            around::root(&exact, sets)
        }
        None => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    })
}
