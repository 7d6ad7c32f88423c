//! Expressions that need no variables: recoding, tables, division, functions, rounding.

use scalewright_model::{Function, TOLERANCE};

use super::value::{Binds, Condition, Value, decimal};
use crate::normal::tree::{Edge, Leaf, Node};

/// The result of the first condition that holds, or `otherwise`.
pub(super) fn first_of(cases: impl Iterator<Item = (String, String)>, otherwise: &str) -> String {
    let mut depth = 0;
    let mut text = String::new();
    for (condition, result) in cases {
        text.push_str(&format!("iif({condition}, {result}, "));
        depth += 1;
    }
    text.push_str(otherwise);
    text.push_str(&")".repeat(depth));
    text
}

/// Another number for each, where `of` is known or nothing stands for others.
pub(super) fn recoded(
    of: &Value,
    (pairs, other): (&[(f64, f64)], Option<f64>),
    exact: bool,
) -> String {
    let name = &of.text;
    let cases = pairs.iter().map(|(key, value)| {
        let (low, high) = (decimal(key - TOLERANCE), decimal(key + TOLERANCE));
        let condition = match exact {
            true => format!("{name} = {}", decimal(*key)),
            false => format!("{name} >= {low} and {name} <= {high}"),
        };
        (condition, decimal(*value))
    });
    first_of(cases, &other.map_or("{}".to_owned(), decimal))
}

/// Another number for each. Comparisons with nothing lead to the last result.
pub(super) fn recode(
    of: &Value,
    (pairs, other): (&[(f64, f64)], Option<f64>),
    exact: bool,
) -> Value {
    let recoded = recoded(of, (pairs, other), exact);
    match (of.exists(), other) {
        (_, None) => Value::call(recoded),
        (None, Some(_)) => Value::made_of(recoded, Binds::Term, &[of]),
        (Some(there), Some(_)) => Value::made_of(there.choose(&recoded, "{}"), Binds::Term, &[of]),
    }
}

/// What a table has for keys that are known.
pub(super) fn tree(node: &Node, keys: &[Value]) -> String {
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
            let (less, more) = (tree(less, keys), tree(more, keys));
            format!("iif({} < {}, {less}, {more})", keys[*key].text, decimal(*below))
        }
    }
}

/// Where a divisor is not 0. Engines give nothing, infinity, or no number at all for what is divided by 0.
pub(super) fn divides(divisor: &Value) -> Condition {
    let least = decimal(1e-8);
    let beyond = |test: String| Condition::one(format!("{} {test}", divisor.text));
    Condition::any(vec![beyond(format!("> {least}")), beyond(format!("< -{least}"))])
}

/// A remainder, with the sign of the divisor.
pub(super) fn remainder(left: &Value, right: &Value) -> Value {
    let floor = format!("({}).floor().toDecimal()", left.over(right).text);
    left.minus(&right.times(&Value::made_of(floor, Binds::Term, &[left, right])))
}

/// A function of the operand `x`, for which it is defined; nothing when FHIRPath has none.
pub(super) fn applied(function: Function, x: &Value) -> Option<Value> {
    let (name, guard) = (&x.text, decimal(TOLERANCE));
    let floor = format!("({name} + {guard}).floor()");
    let ceiling = format!("({name} - {guard}).ceiling()");
    let text = match function {
        Function::Abs => format!("iif({name} < 0.0, 0.0 - {name}, {name})"),
        Function::Floor => format!("{floor}.toDecimal()"),
        Function::Ceiling => format!("{ceiling}.toDecimal()"),
        Function::Truncate => format!("iif({name} < 0.0, {ceiling}, {floor}).toDecimal()"),
        Function::Sqrt => format!("{name}.sqrt()"),
        Function::Ln => format!("{name}.ln()"),
        Function::Exp => format!("{name}.exp()"),
        Function::NormalCdf => return None,
    };
    Some(Value::made_of(text, Binds::Term, &[x]))
}

/// Halves away from zero.
pub(super) fn rounded(value: &Value, decimals: u32, never_negative: bool) -> Value {
    let scale = 10_f64.powi(i32::try_from(decimals.min(6)).unwrap_or(6));
    let half = decimal(0.5 + TOLERANCE);
    let (scaled, down) = match decimals {
        0 => (value.clone(), String::new()),
        _ => (value.times(&Value::number(scale)), format!(" / {}", decimal(scale))),
    };
    let above = format!("({} + {half}).floor().toDecimal(){down}", scaled.beside(Binds::Sum));
    if never_negative {
        let binds = if down.is_empty() { Binds::Term } else { Binds::Product };
        return Value::made_of(above, binds, &[value]);
    }
    let below = format!("0.0 - ({half} - {}).floor().toDecimal(){down}", scaled.text);
    let text = format!("iif({} >= 0.0, {above}, {below})", value.text);
    Value::made_of(text, Binds::Term, &[value])
}
