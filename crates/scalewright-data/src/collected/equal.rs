//! Rows that are equal in something, found by its hash.

use std::collections::HashMap;

use super::names::Names;
use super::people::Name;

/// The most groups of equal rows that are stored.
const GROUPS: usize = 50;
/// The most respondents of such a group that are named.
const NAMED: usize = 6;
/// The hash of rows that are not compared.
pub(super) const NONE: u64 = 0;

/// Rows that are equal.
#[derive(Debug, Default, Clone)]
pub(crate) struct Match {
    /// The number of rows.
    pub(crate) rows: u64,
    /// The first of them.
    pub(crate) names: Vec<Name>,
}

/// The rows that agree in something.
#[derive(Debug, Default)]
pub(super) struct Equal {
    /// The groups of several rows, in the order in which their second row occurs.
    pub(super) groups: Vec<Match>,
    /// The number of pairs of equal rows.
    pub(super) pairs: u64,
}

/// The hashes that occur, each with its count, ascending.
pub(super) fn counted(hashes: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let mut sorted: Vec<u64> = hashes.filter(|hash| *hash != NONE).collect();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect()
}

impl Equal {
    /// The equal ones among rows, given the hash of each.
    pub(super) fn of(hashes: impl Iterator<Item = u64> + Clone, names: &Names) -> Self {
        let mut sorted: Vec<u64> = hashes.clone().filter(|hash| *hash != NONE).collect();
        sorted.sort_unstable();
        // For each hash that occurs more than once, its first row and its place among the groups.
        let several = sorted.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        let mut pairs = 0;
        let mut known: HashMap<u64, (Option<usize>, Option<usize>)> = several
            .map(|same| {
                let rows = same.len() as u64;
                pairs += rows * (rows - 1) / 2;
                (same[0], (None, None))
            })
            .collect();
        drop(sorted);
        let mut groups: Vec<Match> = Vec::new();
        for (row, hash) in hashes.enumerate() {
            match known.get_mut(&hash) {
                None => {}
                Some((first @ None, _)) => *first = Some(row),
                Some((_, Some(group))) => groups[*group].add(row, names),
                Some((Some(first), group)) if groups.len() < GROUPS => {
                    *group = Some(groups.len());
                    groups.push(Match { rows: 2, names: vec![names.get(*first), names.get(row)] });
                }
                Some(_) => {}
            }
        }
        Self { groups, pairs }
    }
}

impl Match {
    fn add(&mut self, row: usize, names: &Names) {
        self.rows += 1;
        if self.names.len() < NAMED {
            self.names.push(names.get(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Equal, NONE, counted};
    use crate::collected::names::Names;

    #[test]
    fn equal_rows_are_found_in_their_order() {
        let hashes = [NONE, 7, 9, 9, NONE, 7, 9, 3];
        let mut names = Names::default();
        (0..hashes.len()).for_each(|row| names.push(0, &format!("r{row}")));
        let equal = Equal::of(hashes.into_iter(), &names);
        let shown: Vec<(u64, String)> = equal
            .groups
            .iter()
            .map(|group| {
                let names: Vec<&str> = group.names.iter().map(|(_, name)| name.as_str()).collect();
                (group.rows, names.join(" "))
            })
            .collect();
        assert_eq!(equal.pairs, 4);
        assert_eq!(shown, [(3, "r2 r3 r6".to_owned()), (2, "r1 r5".to_owned())]);
        assert_eq!(counted(hashes.into_iter()), [(3, 1), (7, 2), (9, 3)]);
    }
}
