//! Expressions that stand alone: maps, division, functions, rounding.

use scalewright_model::{Function, Operator, TOLERANCE};

use super::value::{Binds, Condition, Value, decimal};

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

/// Another number for each; `exact` where all that is recoded are whole numbers.
pub(super) fn recode(
    of: &Value,
    (table, other, missing): (&[(f64, f64)], Option<f64>, Option<f64>),
    exact: bool,
) -> Value {
    let name = &of.text;
    let cases = table.iter().map(|(key, value)| {
        let (low, high) = (decimal(key - TOLERANCE), decimal(key + TOLERANCE));
        let condition = match exact && key.fract() == 0.0 {
            true => format!("{name} = {}", decimal(*key)),
            false => format!("{name} >= {low} and {name} <= {high}"),
        };
        (condition, decimal(*value))
    });
    let or_nothing = |value: Option<f64>| value.map_or("{}".to_owned(), decimal);
    let there = of.exists();
    // Comparisons with nothing lead to the last result, which is nothing too when others have none.
    let (Some(there), false) = (there, other.is_none() && missing.is_none()) else {
        return Value::call(first_of(cases, &or_nothing(other)));
    };
    if other.is_none() {
        let absent = Condition::choose(&there, "{}", &or_nothing(missing));
        return Value::call(first_of(cases, &absent));
    }
    let text = there.choose(&first_of(cases, &or_nothing(other)), &or_nothing(missing));
    match missing {
        Some(_) => Value::always(text),
        None => Value::made_of(text, Binds::Term, &[of]),
    }
}

/// Where a divisor is not 0. Engines give nothing, infinity, or no number at all for what is divided by 0.
pub(super) fn divides(divisor: &Value) -> Condition {
    let least = decimal(1e-8);
    let beyond = |test: String| Condition::one(format!("{} {test}", divisor.text));
    Condition::any(vec![beyond(format!("> {least}")), beyond(format!("< -{least}"))])
}

/// A quotient or remainder.
pub(super) fn divided(operator: Operator, left: &Value, right: &Value) -> Value {
    let quotient = left.over(right);
    if operator == Operator::Divide {
        return quotient;
    }
    let floor = format!("({}).floor().toDecimal()", quotient.text);
    left.minus(&right.times(&Value::made_of(floor, Binds::Term, &[left, right])))
}

/// A function of the operand `x`. What is not an argument that it takes is compared away first.
pub(super) fn applied(function: Function, x: &Value) -> Value {
    let (name, guard) = (&x.text, decimal(TOLERANCE));
    let floor = format!("({name} + {guard}).floor()");
    let ceiling = format!("({name} - {guard}).ceiling()");
    let text = match function {
        Function::Abs => format!("iif({name} < 0.0, 0.0 - {name}, {name})"),
        Function::Floor => format!("{floor}.toDecimal()"),
        Function::Ceiling => format!("{ceiling}.toDecimal()"),
        Function::Truncate => format!("iif({name} < 0.0, {ceiling}, {floor}).toDecimal()"),
        Function::Sqrt => return Value::call(format!("iif({name} >= 0.0, {name}.sqrt(), {{}})")),
        Function::Ln => return Value::call(format!("iif({name} > 0.0, {name}.ln(), {{}})")),
        Function::Exp => format!("iif({name}.exists(), {name}.exp(), {{}})"),
        Function::NormalCdf => return Value::missing(),
    };
    Value::made_of(text, Binds::Term, &[x])
}

/// Halves away from zero.
pub(super) fn rounded(value: &Value, decimals: u32) -> Value {
    let scale = 10_f64.powi(i32::try_from(decimals.min(6)).unwrap_or(6));
    let half = decimal(0.5 + TOLERANCE);
    let name = &value.text;
    let (up, down) = match decimals {
        0 => (String::new(), String::new()),
        _ => (format!(" * {}", decimal(scale)), format!(" / {}", decimal(scale))),
    };
    let above = format!("({name}{up} + {half}).floor().toDecimal(){down}");
    let below = format!("0.0 - ({half} - {name}{up}).floor().toDecimal(){down}");
    let text = format!("iif({name} >= 0.0, {above}, {below})");
    Value::made_of(text, Binds::Term, &[value])
}
