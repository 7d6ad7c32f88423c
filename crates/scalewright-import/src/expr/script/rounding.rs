//! Roundings and comparisons of numbers as a script spells them, with the tolerance of our scores.

use scalewright_model::TOLERANCE;

use crate::expr::node::{Func, Node, Op};

/// Divisors of up to this size are taken for 0.
const ZERO: f64 = 1e-12;

/// What an expression spells out.
pub(super) enum Shape<'n> {
    /// Rounding to decimal places, halves away from 0.
    Round(&'n Node, u32),
    /// The same for numbers that are not negative.
    RoundUp(&'n Node, u32),
    Floor(&'n Node),
    Ceiling(&'n Node),
    Truncate(&'n Node),
    /// Whether two numbers are equal, or are not.
    Equal(&'n Node, &'n Node, bool),
    /// Whether a number is not 0.
    NonZero(&'n Node),
}

/// What an expression spells out; `None` if it is anything else.
pub(super) fn shape(node: &Node) -> Option<Shape<'_>> {
    match node {
        Node::Call(Func::If, parts, _) => {
            let [condition, below, above] = &parts[..] else { return None };
            let of = negative(condition)?;
            if let (Some((below, some)), Some((above, other))) = (negated_size(below), size(above))
            {
                let is_same = below == of && above == of && some == other;
                return is_same.then_some(Shape::Round(of, some));
            }
            (ceiling(below)? == of && floor(above)? == of).then_some(Shape::Truncate(of))
        }
        Node::Chain(first, rest) => {
            if let (Node::Call(Func::Abs, of, _), [(op, Node::Number(limit))]) =
                (&**first, &rest[..])
            {
                return distance(of.first()?, *op, *limit);
            }
            ceiling(node)
                .map(Shape::Ceiling)
                .or_else(|| size(node).map(|(of, decimals)| Shape::RoundUp(of, decimals)))
        }
        Node::Call(Func::Floor, ..) => match size(node) {
            Some((of, decimals)) => Some(Shape::RoundUp(of, decimals)),
            None => floor(node).map(Shape::Floor),
        },
        _ => None,
    }
}

/// The limit of a comparison, without the tolerance by which it is moved.
pub(super) fn unmoved(op: Op, limit: &Node) -> Option<Node> {
    let by = match op {
        Op::Ge | Op::Lt => -TOLERANCE,
        Op::Le | Op::Gt => TOLERANCE,
        _ => return None,
    };
    match limit {
        Node::Minus(inner) => match &**inner {
            Node::Number(number) => own(-number, by).map(Node::Number),
            _ => None,
        },
        Node::Number(number) => own(*number, by).map(Node::Number),
        Node::Chain(of, rest) => match &rest[..] {
            [(Op::Sub, Node::Number(moved))] if is(*moved, -by) => Some((**of).clone()),
            [(Op::Add, Node::Number(moved))] if is(*moved, by) => Some((**of).clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The number with few decimals that was moved.
fn own(moved: f64, by: f64) -> Option<f64> {
    let number = ((moved - by) * 1e6).round() / 1e6;
    is(number + by, moved).then_some(number)
}

fn is(number: f64, other: f64) -> bool {
    (number - other).abs() < ZERO
}

fn is_number(node: &Node, number: f64) -> bool {
    matches!(node, Node::Number(own) if is(*own, number))
}

/// `of` and `number` in `of + number`, and similar operations.
fn operation(node: &Node, op: Op) -> Option<(&Node, f64)> {
    let Node::Chain(of, rest) = node else { return None };
    match &rest[..] {
        [(own, Node::Number(number))] if *own == op => Some((&**of, *number)),
        _ => None,
    }
}

/// `of` in `number - of`.
fn taken_from(node: &Node, number: f64) -> Option<&Node> {
    let Node::Chain(first, rest) = node else { return None };
    match &rest[..] {
        [(Op::Sub, of)] if is_number(first, number) => Some(of),
        _ => None,
    }
}

/// `of` in `of < 0`.
fn negative(node: &Node) -> Option<&Node> {
    operation(node, Op::Lt).filter(|(_, limit)| is(*limit, 0.0)).map(|(of, _)| of)
}

/// `of` in `Math.floor(of + by)`.
fn floor_of(node: &Node, by: f64) -> Option<&Node> {
    let Node::Call(Func::Floor, of, _) = node else { return None };
    operation(of.first()?, Op::Add).filter(|(_, added)| is(*added, by)).map(|(of, _)| of)
}

fn floor(node: &Node) -> Option<&Node> {
    floor_of(node, TOLERANCE)
}

fn ceiling(node: &Node) -> Option<&Node> {
    match taken_from(node, 0.0)? {
        Node::Call(Func::Floor, of, _) => taken_from(of.first()?, TOLERANCE),
        _ => None,
    }
}

/// The number and the decimal places of a rounding upwards from halves.
fn size(node: &Node) -> Option<(&Node, u32)> {
    let half = 0.5 + TOLERANCE;
    if let Some(of) = floor_of(node, half) {
        return Some((of, 0));
    }
    let (rounded, scale) = operation(node, Op::Div)?;
    let (of, by) = operation(floor_of(rounded, half)?, Op::Mul)?;
    let decimals = (1..=9_i32).find(|decimals| is(10_f64.powi(*decimals), scale))?;
    is(by, scale).then_some((of, decimals.unsigned_abs()))
}

/// The same of the negated number, negated.
fn negated_size(node: &Node) -> Option<(&Node, u32)> {
    let (of, decimals) = size(taken_from(node, 0.0)?)?;
    Some((taken_from(of, 0.0)?, decimals))
}

/// A comparison of an absolute value with a tolerance.
fn distance(of: &Node, op: Op, limit: f64) -> Option<Shape<'_>> {
    if op == Op::Gt && is(limit, ZERO) && limit > 0.0 {
        return Some(Shape::NonZero(of));
    }
    let Node::Chain(left, rest) = of else { return None };
    match (&rest[..], op) {
        ([(Op::Sub, right)], Op::Le | Op::Gt) if is(limit, TOLERANCE) => {
            Some(Shape::Equal(left, right, op == Op::Le))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, own, shape};
    use crate::expr::parse::parse;
    use crate::expr::script::grammar::GRAMMAR;

    #[test]
    fn roundings_are_recognised() {
        for (text, expected) in [
            ("Math.floor(x + 0.5000001)", "up 0"),
            ("Math.floor(x * 100 + 0.5000001) / 100", "up 2"),
            (
                "x < 0 ? (0 - Math.floor((0 - x) + 0.5000001)) : (Math.floor(x + 0.5000001))",
                "round 0",
            ),
            ("Math.floor(x + 0.0000001)", "floor"),
            ("0 - Math.floor(0.0000001 - x)", "ceiling"),
            ("Math.abs(x - 3) <= 0.0000001", "equal"),
            ("Math.abs(x) > 0.000000000001", "non-zero"),
            ("Math.floor(x + 0.4)", "none"),
            ("x < 0 ? (0 - Math.floor((0 - y) + 0.5000001)) : (Math.floor(x + 0.5000001))", "none"),
        ] {
            let node =
                parse(&GRAMMAR, text, &|_| false).unwrap_or_else(|reason| panic!("{reason}"));
            let found = match shape(&node) {
                Some(Shape::Round(_, decimals)) => format!("round {decimals}"),
                Some(Shape::RoundUp(_, decimals)) => format!("up {decimals}"),
                Some(Shape::Floor(_)) => "floor".to_owned(),
                Some(Shape::Ceiling(_)) => "ceiling".to_owned(),
                Some(Shape::Truncate(_)) => "truncate".to_owned(),
                Some(Shape::Equal(..)) => "equal".to_owned(),
                Some(Shape::NonZero(_)) => "non-zero".to_owned(),
                None => "none".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(own(4.9999999, -1e-7), Some(5.0));
        assert_eq!(own(5.0, -1e-7), None);
    }
}
