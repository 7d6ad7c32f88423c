//! Tables as trees of comparisons, as deep as the logarithm of their length.

use scalewright_model::Table;

use super::value::{Condition, Value, decimal};
use crate::emit::tree::{Edge, Leaf, Node, tree};

/// What `table` has for the operands `keys`.
pub(super) fn lookup(keys: &[Value], table: &Table) -> Value {
    let known = keys.iter().filter_map(Value::exists).collect();
    Value::guarded(&Condition::all(known), &print(&tree(table), keys))
}

fn print(node: &Node, keys: &[Value]) -> String {
    match node {
        Node::Leaf(Leaf::Missing) => "{}".to_owned(),
        Node::Leaf(Leaf::Value(value)) => decimal(*value),
        // Multiplied before it is divided: a slope has more decimals than can be written.
        Node::Leaf(Leaf::Line { from, value, rise, run }) => {
            let along = keys[0].minus(&Value::number(*from));
            let risen = along.times(&Value::number(*rise)).over(&Value::number(*run));
            Value::number(*value).plus(&risen).text
        }
        Node::Split { edge: Edge { key, below }, less, more } => {
            let (less, more) = (print(less, keys), print(more, keys));
            format!("iif({} < {}, {less}, {more})", keys[*key].text, decimal(*below))
        }
    }
}
