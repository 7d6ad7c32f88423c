//! A table as a tree of comparisons, which every language can express.
//!
//! The numbers of a key are divided into ordered intervals without gaps, and the tree bisects them. An interval for
//! which the table has no value leads to [`Leaf::Missing`].

use scalewright_model::file::{Matching, Outside};
use scalewright_model::{TOLERANCE, Table};

use crate::rounded;

/// A node of the tree: a comparison or a result.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A result.
    Leaf(Leaf),
    /// A comparison of a key with an edge.
    Split {
        /// The key and the number with which it is compared.
        edge: Edge,
        /// The subtree for keys below the edge.
        less: Box<Node>,
        /// The subtree for keys at or above the edge.
        more: Box<Node>,
    },
}

/// The result of a table in one interval of its keys.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf {
    /// The table has no value.
    Missing,
    /// A number.
    Value(f64),
    /// Linear interpolation by the first key: `value + (key − from) / run · rise`.
    Line {
        /// The key at which the line starts.
        from: f64,
        /// The number at `from`.
        value: f64,
        /// The increase of the number over the whole line.
        rise: f64,
        /// The length of the line on the scale of the key.
        run: f64,
    },
}

/// A comparison: whether a key is below a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The position of the key.
    pub key: usize,
    /// The number with which it is compared.
    pub below: f64,
}

impl Node {
    /// Whether the table has no value for some keys.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        match self {
            Self::Leaf(leaf) => *leaf == Leaf::Missing,
            Self::Split { edge: _, less, more } => less.has_gap() || more.has_gap(),
        }
    }

    /// The tree with its numbers rounded; `None` if it interpolates, because interpolated numbers are not listed.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Option<Self> {
        Some(match self {
            Self::Leaf(Leaf::Missing) => self.clone(),
            Self::Leaf(Leaf::Value(value)) => Self::Leaf(Leaf::Value(rounded(*value, decimals))),
            Self::Leaf(Leaf::Line { .. }) => return None,
            Self::Split { edge, less, more } => Self::Split {
                edge: *edge,
                less: Box::new(less.rounded(decimals)?),
                more: Box::new(more.rounded(decimals)?),
            },
        })
    }

    /// The tree as text. `leaf` writes a result; `split` writes a comparison, given the texts of its lower and its
    /// upper subtree.
    pub fn print(
        &self,
        leaf: &dyn Fn(&Leaf) -> String,
        split: &dyn Fn(&Edge, &str, &str) -> String,
    ) -> String {
        match self {
            Self::Leaf(end) => leaf(end),
            Self::Split { edge, less, more } => {
                split(edge, &less.print(leaf, split), &more.print(leaf, split))
            }
        }
    }

    /// The leaf for these keys.
    #[must_use]
    pub fn leaf(&self, keys: &[f64]) -> Leaf {
        match self {
            Self::Leaf(leaf) => *leaf,
            Self::Split { edge, less, more } => {
                if keys[edge.key] < edge.below {
                    less.leaf(keys)
                } else {
                    more.leaf(keys)
                }
            }
        }
    }
}

/// The tree of a table. `whole` states which keys are always whole numbers; for those, intervals that contain no whole
/// number are omitted.
#[must_use]
pub(super) fn tree_of(table: &Table, whole: &[bool]) -> Node {
    let rows: Vec<&[f64]> = table.rows.iter().map(Vec::as_slice).collect();
    by_key((table, whole), &rows, 0)
}

/// The tree of `rows`, which agree in all keys before position `key`.
fn by_key((table, whole): (&Table, &[bool]), rows: &[&[f64]], key: usize) -> Node {
    if key == table.matching.len() {
        let value = rows.first().and_then(|row| row.last());
        return Node::Leaf(value.map_or(Leaf::Missing, |value| Leaf::Value(*value)));
    }
    let mut groups: Vec<(f64, Vec<&[f64]>)> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            #[expect(clippy::float_cmp, reason = "rows are sorted, equal keys are the same number")]
            Some((value, group)) if *value == row[key] => group.push(row),
            _ => groups.push((row[key], vec![row])),
        }
    }
    let pieces = match table.matching[key] {
        Matching::Linear => lines(&groups, table.outside),
        Matching::Step => stretches((table, whole), &groups, key),
        Matching::Exact => points((table, whole), &groups, key),
    };
    match whole[key] {
        true => balanced(&between_whole(pieces), key),
        false => balanced(&pieces, key),
    }
}

/// Simplifies pieces for a key that is always a whole number: edges are moved halfway between two whole numbers, pieces
/// without a whole number are removed, and equal neighbours are merged.
fn between_whole(pieces: Pieces) -> Pieces {
    let mut kept: Pieces = Vec::with_capacity(pieces.len());
    for (from, node) in pieces {
        // Halves are exact in every engine, and no whole number is near one, so the tolerance is not needed.
        let from = if from.is_finite() { from.ceil() - 0.5 } else { from };
        // The piece before has the same edge now, so it contains no whole number.
        #[expect(clippy::float_cmp, reason = "halves are represented exactly")]
        if kept.last().is_some_and(|(last, _)| *last == from) {
            kept.pop();
        }
        if kept.last().is_none_or(|(_, last)| *last != node) {
            kept.push((from, node));
        }
    }
    kept
}

/// Intervals in ascending order: each begins at its number and ends at the next. The first begins at −∞.
type Pieces = Vec<(f64, Node)>;

/// Pieces for step matching: each row applies from its number up to the next row.
fn stretches(
    (table, whole): (&Table, &[bool]),
    groups: &[(f64, Vec<&[f64]>)],
    key: usize,
) -> Pieces {
    let mut pieces: Pieces = Vec::new();
    if table.outside == Outside::Missing {
        pieces.push((f64::NEG_INFINITY, Node::Leaf(Leaf::Missing)));
    }
    for (index, (value, rows)) in groups.iter().enumerate() {
        let open = index == 0 && table.outside == Outside::Nearest;
        // As in the evaluator, a key within the tolerance below a row belongs to that row.
        let from = if open { f64::NEG_INFINITY } else { value - TOLERANCE };
        pieces.push((from, by_key((table, whole), rows, key + 1)));
    }
    pieces
}

/// Pieces for exact matching: each row applies within the tolerance of its number, and between rows there is no value.
fn points((table, whole): (&Table, &[bool]), groups: &[(f64, Vec<&[f64]>)], key: usize) -> Pieces {
    let mut pieces: Pieces = vec![(f64::NEG_INFINITY, Node::Leaf(Leaf::Missing))];
    let nearest = table.outside == Outside::Nearest;
    for (index, (value, rows)) in groups.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == groups.len());
        let from = value - TOLERANCE;
        let node = by_key((table, whole), rows, key + 1);
        match (first && nearest, pieces.last()) {
            (true, _) => pieces = vec![(f64::NEG_INFINITY, node)],
            // Rows closer than the tolerance leave no gap between them.
            (false, Some((gap, Node::Leaf(Leaf::Missing)))) if *gap > from => {
                pieces.pop();
                pieces.push((from, node));
            }
            (false, _) => pieces.push((from, node)),
        }
        if !(last && nearest) {
            // From here on, up to the next row, the table has no value.
            pieces.push((value + TOLERANCE, Node::Leaf(Leaf::Missing)));
        }
    }
    pieces
}

/// Pieces for linear matching: a line between each two rows, and the last row as a point.
fn lines(groups: &[(f64, Vec<&[f64]>)], outside: Outside) -> Pieces {
    let ends: Vec<(f64, f64)> =
        groups.iter().filter_map(|(from, rows)| Some((*from, *rows.first()?.last()?))).collect();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else {
        return vec![(f64::NEG_INFINITY, Node::Leaf(Leaf::Missing))];
    };
    let beyond = |value: f64| match outside {
        Outside::Missing => Leaf::Missing,
        Outside::Nearest => Leaf::Value(value),
    };
    let mut pieces = vec![(f64::NEG_INFINITY, Node::Leaf(beyond(first.1)))];
    for pair in ends.windows(2) {
        let (rise, run) = (pair[1].1 - pair[0].1, pair[1].0 - pair[0].0);
        let line = Leaf::Line { from: pair[0].0, value: pair[0].1, rise, run };
        pieces.push((pair[0].0 - TOLERANCE, Node::Leaf(line)));
    }
    pieces.push((last.0 - TOLERANCE, Node::Leaf(Leaf::Value(last.1))));
    pieces.push((last.0 + TOLERANCE, Node::Leaf(beyond(last.1))));
    pieces
}

/// A tree of minimal depth over the pieces.
fn balanced(pieces: &[(f64, Node)], key: usize) -> Node {
    match pieces {
        [] => Node::Leaf(Leaf::Missing),
        [(_, only)] => only.clone(),
        _ => {
            let (less, more) = pieces.split_at(pieces.len() / 2);
            Node::Split {
                edge: Edge { key, below: more[0].0 },
                less: Box::new(balanced(less, key)),
                more: Box::new(balanced(more, key)),
            }
        }
    }
}
