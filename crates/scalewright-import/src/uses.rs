//! The order in which the scores of a form are read: each after those that it uses.

/// The most scores that computing one score may take, counting each use.
const MOST_USES: usize = 2000;

/// How deeply scores may use each other.
const DEEPEST: usize = 100;

/// An order of all scores in which each follows those that it uses, and whether each can be computed: it does not use
/// itself, and uses a limited number of scores. `uses` has the scores that each score uses, by position.
pub(crate) fn order(uses: &[Vec<usize>]) -> Vec<(usize, bool)> {
    let mut walk = Walk { uses, stages: vec![Stage::New; uses.len()], order: Vec::new() };
    for index in 0..uses.len() {
        walk.visit(index, 0);
    }
    walk.order
}

#[derive(Clone, Copy)]
enum Stage {
    New,
    Open,
    /// How many scores its computation takes.
    Done(usize),
}

struct Walk<'a> {
    uses: &'a [Vec<usize>],
    stages: Vec<Stage>,
    order: Vec<(usize, bool)>,
}

impl Walk<'_> {
    /// How many scores the computation of a score takes; `None` if it uses itself or too many.
    fn visit(&mut self, index: usize, depth: usize) -> Option<usize> {
        match self.stages.get(index)? {
            Stage::Done(count) => return Some(*count),
            Stage::Open => return None,
            Stage::New => self.stages[index] = Stage::Open,
        }
        let mut count = Some(1_usize);
        for used in &self.uses[index] {
            let more = if depth < DEEPEST { self.visit(*used, depth + 1) } else { None };
            count = count
                .zip(more)
                .map(|(all, more)| all.saturating_add(more))
                .filter(|all| *all <= MOST_USES);
        }
        self.order.push((index, count.is_some()));
        // A score that cannot be computed takes no computation.
        let count = count.unwrap_or(1);
        self.stages[index] = Stage::Done(count);
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_follow_what_they_use() {
        assert_eq!(order(&[vec![1], vec![], vec![0]]), [(1, true), (0, true), (2, true)]);
        assert_eq!(order(&[vec![1], vec![0]]), [(1, false), (0, true)]);
        assert_eq!(order(&[vec![0]]), [(0, false)]);
    }

    #[test]
    fn scores_that_take_too_long_are_known() {
        let doubled: Vec<Vec<usize>> =
            (0..30_usize).map(|index| vec![index.saturating_sub(1); 2 * index.min(1)]).collect();
        let order = order(&doubled);
        assert!(order[0].1 && !order[20].1);
    }
}
