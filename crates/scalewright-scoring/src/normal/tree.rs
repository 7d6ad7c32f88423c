//! A table as a tree of comparisons, which every language can say.
//!
//! The numbers of a key are divided into ordered intervals without gaps, and the tree halves them. An interval where the
//! table has nothing leads to [`Leaf::Missing`].

use scalewright_model::file::{Matching, Outside};
use scalewright_model::{TOLERANCE, Table};

use crate::rounded;

/// A comparison, or what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// The end.
    Leaf(Leaf),
    /// Below the edge, and from it on.
    Split {
        /// Where.
        edge: Edge,
        /// Below.
        less: Box<Node>,
        /// From it on.
        more: Box<Node>,
    },
}

/// What a table gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf {
    /// Nothing.
    Missing,
    /// A number.
    Value(f64),
    /// A number that grows with the first key.
    Line {
        /// Where the first key is, …
        from: f64,
        /// … this is the number, …
        value: f64,
        /// … and so much more …
        rise: f64,
        /// … for so long a step.
        run: f64,
    },
}

/// Whether a key is below a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Which key.
    pub key: usize,
    /// The number.
    pub below: f64,
}

impl Node {
    /// Whether the table has nothing for some numbers.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        match self {
            Self::Leaf(leaf) => *leaf == Leaf::Missing,
            Self::Split { edge: _, less, more } => less.has_gap() || more.has_gap(),
        }
    }

    /// The tree with its numbers rounded; nothing where some are on a line.
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

    /// The tree as text: `leaf` writes an end, `split` an edge with what is below it and from it on.
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

    /// Where these keys lead.
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

/// The tree of a table, where it is known which keys are always whole numbers: between two of those there is nothing
/// to tell apart.
#[must_use]
pub fn tree_of(table: &Table, whole: &[bool]) -> Node {
    let rows: Vec<&[f64]> = table.rows.iter().map(Vec::as_slice).collect();
    by_key((table, whole), &rows, 0)
}

/// The rows told apart by the key at `key` and those after it.
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

/// The same for whole numbers: edges lie halfway between two, and what holds for none of them is left out.
fn between_whole(pieces: Pieces) -> Pieces {
    let mut kept: Pieces = Vec::with_capacity(pieces.len());
    for (from, node) in pieces {
        let from = if from.is_finite() { from.ceil() - 0.5 } else { from };
        #[expect(clippy::float_cmp, reason = "halves are held exactly")]
        if kept.last().is_some_and(|(last, _)| *last == from) {
            kept.pop();
        }
        if kept.last().is_none_or(|(_, last)| *last != node) {
            kept.push((from, node));
        }
    }
    kept
}

/// From which number on what holds; the first holds from below everything.
type Pieces = Vec<(f64, Node)>;

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
        let from = if open { f64::NEG_INFINITY } else { value - TOLERANCE };
        pieces.push((from, by_key((table, whole), rows, key + 1)));
    }
    pieces
}

/// Each number holds where it is; between there is nothing.
fn points((table, whole): (&Table, &[bool]), groups: &[(f64, Vec<&[f64]>)], key: usize) -> Pieces {
    let mut pieces: Pieces = vec![(f64::NEG_INFINITY, Node::Leaf(Leaf::Missing))];
    let nearest = table.outside == Outside::Nearest;
    for (index, (value, rows)) in groups.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == groups.len());
        let from = value - TOLERANCE;
        let node = by_key((table, whole), rows, key + 1);
        match (first && nearest, pieces.last()) {
            (true, _) => pieces = vec![(f64::NEG_INFINITY, node)],
            // The gap before is closed where numbers follow one another.
            (false, Some((gap, Node::Leaf(Leaf::Missing)))) if *gap > from => {
                pieces.pop();
                pieces.push((from, node));
            }
            (false, _) => pieces.push((from, node)),
        }
        if !(last && nearest) {
            // The first number above: a score that is not one of the table's is missing.
            pieces.push((value + TOLERANCE, Node::Leaf(Leaf::Missing)));
        }
    }
    pieces
}

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
