//! Binding: what the names of an expression mean.

use super::node::{Func, Node, Op, Ref};
use super::{Bound, Language, Name, Scope};

/// Binds all names.
pub(super) fn bind(scope: &Scope<'_>, node: &mut Node) -> Result<(), String> {
    match node {
        Node::Number(_) | Node::Text(_) | Node::Truth(_) | Node::Nothing | Node::Line(_) => Ok(()),
        Node::Name(name) => {
            name.bound = Some(found(scope, name)?);
            Ok(())
        }
        Node::Not(inner) | Node::Minus(inner) => bind(scope, inner),
        Node::Call(Func::Selected, args, _) => {
            *node = match &args[..] {
                [Node::Name(name), option] => selected(scope, name, option)?,
                _ => {
                    return Err(
                        "`selected` is understood only for a question and a text".to_owned()
                    );
                }
            };
            Ok(())
        }
        Node::Chain(first, rest) => match (&**first, &rest[..]) {
            (
                Node::Name(name),
                [(Op::Contains | Op::NotContains | Op::AnyOf | Op::AllOf, options)],
            ) => {
                *node = contains(scope, name, rest[0].0, options)?;
                Ok(())
            }
            _ => {
                bind(scope, first)?;
                rest.iter_mut().try_for_each(|(_, operand)| bind(scope, operand))
            }
        },
        Node::Call(_, nodes, _) | Node::List(nodes) => {
            nodes.iter_mut().try_for_each(|node| bind(scope, node))
        }
    }
}

/// What a name means.
fn found(scope: &Scope<'_>, name: &Ref) -> Result<Bound, String> {
    let (text, option) = (name.text.as_str(), name.option.as_deref());
    let ask = |text: &str| (scope.names)(Name { text, option });
    let unknown = || {
        let option = option.map(|option| format!("({option})")).unwrap_or_default();
        format!("there is no question or score `{text}{option}` (character {})", name.at)
    };
    if let Some(bound) = ask(text) {
        return Ok(bound);
    }
    if scope.language != Language::LimeSurvey {
        return Err(unknown());
    }
    let (question, part) = text.rsplit_once('.').ok_or_else(unknown)?;
    match part {
        "NAOK" | "code" => ask(question).or_else(|| {
            // `.NAOK` may follow `.code`.
            question.strip_suffix(".code").and_then(ask)
        }),
        "value" => {
            let reason = "depends on whether the survey uses assessments";
            return Err(format!("`{text}` {reason} (character {})", name.at));
        }
        "shown" => {
            return Err(format!("`{text}` is the words of an answer (character {})", name.at));
        }
        _ => None,
    }
    .ok_or_else(unknown)
}

/// The node that says whether an option is selected.
fn selected(scope: &Scope<'_>, name: &Ref, option: &Node) -> Result<Node, String> {
    let stored = match option {
        Node::Text(text) => text.clone(),
        Node::Number(number) => super::dialect::written(*number),
        Node::Truth(truth) => truth.to_string(),
        _ => {
            return Err(format!(
                "the option of `{}` is not a text (character {})",
                name.text, name.at
            ));
        }
    };
    let bound = |option: Option<&str>| (scope.names)(Name { text: &name.text, option });
    let named = |bound, option: Option<String>| {
        Node::Name(Ref { text: name.text.clone(), option, at: name.at, bound: Some(bound) })
    };
    if let Some(bound @ Bound::Ticked(_)) = bound(Some(&stored)) {
        return Ok(Node::pair(Op::Eq, named(bound, Some(stored)), Node::Number(1.0)));
    }
    match bound(None) {
        Some(bound @ Bound::Item(_)) => Ok(Node::pair(Op::Eq, named(bound, None), option.clone())),
        _ => {
            let text = &name.text;
            Err(format!(
                "there is no question `{text}` with an option `{stored}` (character {})",
                name.at
            ))
        }
    }
}

/// `contains`, `anyof` and `allof` as a chain of `or` or `and`.
fn contains(scope: &Scope<'_>, name: &Ref, op: Op, options: &Node) -> Result<Node, String> {
    let options = match options {
        Node::List(nodes) => &nodes[..],
        node => std::slice::from_ref(node),
    };
    let mut selected = options.iter().map(|option| selected(scope, name, option));
    let first = selected.next().ok_or("a list of options is empty")??;
    let joint = if op == Op::AnyOf { Op::Or } else { Op::And };
    let rest: Vec<_> = selected.map(|node| Ok((joint, node?))).collect::<Result<_, String>>()?;
    let is_ticks = matches!(&first, Node::Chain(name, _) if matches!(&**name, Node::Name(Ref { bound: Some(Bound::Ticked(_)), .. })));
    if !is_ticks && op != Op::AnyOf {
        let text = &name.text;
        return Err(format!(
            "`contains` is understood only for options of `{text}` (character {})",
            name.at
        ));
    }
    let node = if rest.is_empty() { first } else { Node::Chain(Box::new(first), rest) };
    Ok(if op == Op::NotContains { Node::Not(Box::new(node)) } else { node })
}
