//! Expressions that need no variables: recoding, tables, division, functions, rounding.

use scalewright_model::{Function, TOLERANCE};

use super::value::{Binds, Value, choose, decimal};
use scalewright_scoring::emit::first_of;
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

/// Prints a recoding without a check of `of`, for callers that know it to exist. If `other` is `None`, a missing `of`
/// gives `{}` anyway.
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
    first_of("iif", cases, &other.map_or("{}".to_owned(), decimal))
}

/// Prints a recoding. Comparisons with a missing number select the last branch, so a value for others needs a check
/// that `of` exists.
pub(super) fn recode(
    of: &Value,
    (pairs, other): (&[(f64, f64)], Option<f64>),
    exact: bool,
) -> Value {
    let recoded = recoded(of, (pairs, other), exact);
    match other {
        None => Value::call(recoded),
        Some(_) => Value::made_of(choose(&of.exists(), &recoded, "{}"), Binds::Term, &[of]),
    }
}

/// Prints the lookup of keys that are known to exist.
pub(super) fn tree(table: &Node, keys: &[Value]) -> String {
    let leaf = |leaf: &Leaf| match leaf {
        Leaf::Missing => "{}".to_owned(),
        Leaf::Value(value) => decimal(*value),
        // Multiply before dividing: a slope can have more decimals than can be written.
        Leaf::Line { from, value, rise, run } => {
            let along = keys[0].minus(&Value::number(*from));
            let risen = along.times(&Value::number(*rise)).over(&Value::number(*run));
            Value::number(*value).plus(&risen).text
        }
    };
    table.print(&leaf, &|Edge { key, below }, less, more| {
        format!("iif({} < {}, {less}, {more})", keys[*key].text, decimal(*below))
    })
}

/// Prints a remainder with the sign of the divisor.
pub(super) fn remainder(left: &Value, right: &Value) -> Value {
    // `floor()` returns an integer, and some engines refuse to mix integers and decimals.
    let floor = format!("({}).floor().toDecimal()", left.over(right).text);
    left.minus(&right.times(&Value::made_of(floor, Binds::Term, &[left, right])))
}

/// Prints a function of `x`, which must be in its domain. `None` if FHIRPath does not have the function.
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

/// Prints rounding with halves away from zero.
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
    // The mirror image for negative numbers, because `floor` alone would round their halves towards zero.
    let below = format!("0.0 - ({half} - {}).floor().toDecimal(){down}", scaled.text);
    let text = format!("iif({} >= 0.0, {above}, {below})", value.text);
    Value::made_of(text, Binds::Term, &[value])
}

/// Returns a string literal.
pub(super) fn text(value: &str) -> String {
    let mut literal = String::from("'");
    for character in value.chars() {
        match character {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}
