//! Questions about a platform that an expression depends on, and that its documentation leaves open.

use super::Language;
use super::node::{Func, Node, Op};

/// What is not established, and what is assumed, as clauses.
pub(super) fn questions(language: Language, node: &Node) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if let Some(question) = question(language, node)
            && !found.contains(&question)
        {
            found.push(question);
        }
        match node {
            Node::Number(_) | Node::Text(_) | Node::Truth(_) | Node::Nothing => {}
            Node::Name(_) | Node::Line(_) => {}
            Node::Not(inner) | Node::Minus(inner) => open.push(inner),
            Node::Chain(first, rest) => {
                open.push(first);
                open.extend(rest.iter().map(|(_, node)| node));
            }
            Node::Call(_, nodes, _) | Node::List(nodes) => open.extend(nodes),
        }
    }
    found.sort_unstable();
    found
}

fn question(language: Language, node: &Node) -> Option<&'static str> {
    match (language, node) {
        (Language::RedCap, Node::Call(Func::Sum, ..)) => {
            Some("REDCap does not document what `sum` of nothing but blanks is; nothing is assumed, not 0")
        }
        (Language::RedCap, Node::Call(Func::Round, ..)) => {
            Some("REDCap does not document how `round` treats halves below 0; away from 0 is assumed")
        }
        (Language::RedCap, Node::Chain(_, rest)) => rest.iter().find_map(|(op, right)| match (op, right) {
            (Op::Lt | Op::Le | Op::Gt | Op::Ge, _) => {
                Some("REDCap does not document how a blank compares with a number by `<` or `>`; false is assumed")
            }
            (Op::Eq | Op::Ne, Node::Number(0.0)) => {
                Some("REDCap does not document whether a blank equals an unquoted 0; false is assumed")
            }
            _ => None,
        }),
        (Language::XPath, Node::Call(Func::Coalesce, args, _))
            if matches!(args.first(), Some(Node::Chain(..) | Node::Minus(_) | Node::Call(..))) =>
        {
            Some(
                "arithmetic with a blank is NaN, which `coalesce` takes for a value in web forms, and for a blank in ODK \
                 Collect; a value is assumed, which is probably not meant",
            )
        }
        (Language::XPath, Node::Call(Func::Min | Func::Max, ..)) => Some(
            "`min` and `max` of a list with a blank are NaN in web forms, and leave blanks out in ODK Collect; NaN is assumed",
        ),
        (Language::LimeSurvey, Node::Name(name)) if !name.text.contains('.') && is_item(name.bound) => Some(
            "without `.NAOK`, one question that is not shown makes the whole expression empty; hidden questions are \
             treated as blank here",
        ),
        _ => None,
    }
}

fn is_item(bound: Option<super::Bound>) -> bool {
    !matches!(bound, None | Some(super::Bound::Score(_)))
}
