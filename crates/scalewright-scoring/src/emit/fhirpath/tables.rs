//! Tables as trees of comparisons, as deep as the logarithm of their length.

use scalewright_model::Table;

use super::signed;
use crate::emit::tree::{Edge, Leaf, Node, tree};

/// What `table` has for the operands `keys`.
pub(super) fn lookup(keys: &[String], table: &Table) -> String {
    let known: Vec<String> = keys.iter().map(|key| format!("{key}.exists()")).collect();
    format!("iif({}, {}, {{}})", known.join(" and "), print(&tree(table), keys))
}

fn print(node: &Node, keys: &[String]) -> String {
    match node {
        Node::Leaf(Leaf::Missing) => "{}".to_owned(),
        Node::Leaf(Leaf::Value(value)) => signed(*value),
        Node::Leaf(Leaf::Line { from, value, slope }) => {
            format!("({} + ({} - {}) * {})", signed(*value), keys[0], signed(*from), signed(*slope))
        }
        Node::Split { edge: Edge { key, below }, less, more } => {
            let (less, more) = (print(less, keys), print(more, keys));
            format!("iif({} < {}, {less}, {more})", keys[*key], signed(*below))
        }
    }
}
