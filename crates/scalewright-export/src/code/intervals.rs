//! Tables as ascending intervals of a key, for languages that have a shorter form than nested comparisons.

use scalewright_scoring::normal::tree::{Edge, Node};

/// The intervals of a key in ascending order, each with the number at which it ends; the last one has no end.
pub(crate) fn intervals(node: &Node, key: usize) -> Vec<(Option<f64>, &Node)> {
    let mut found = Vec::new();
    add(node, key, None, &mut found);
    found
}

fn add<'a>(node: &'a Node, key: usize, end: Option<f64>, found: &mut Vec<(Option<f64>, &'a Node)>) {
    match node {
        Node::Split { edge: Edge { key: own, below }, less, more } if *own == key => {
            add(less, key, Some(*below), found);
            add(more, key, end, found);
        }
        _ => found.push((end, node)),
    }
}
