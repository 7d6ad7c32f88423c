//! Scripts: the expressions of activities that this program exports to ReproSchema.
//!
//! A script is a function that is called at once: `[[a, b]].map(([_0, _1]) => { const v__a = _coded(_0, [0, 1]); return
//! v__a; })[0]`. The player finds each name once, in front. The body cleans the answers with functions of its own, names
//! intermediate values, and returns the result. Missing values are `null` there.

mod dialect;
mod grammar;
mod lower;
mod rounding;
mod same;
mod statements;

use super::Bound;
use super::Name;
use super::Scope;
use super::node::{Node, Ref};
use super::parse;

pub(super) use dialect::Script;
pub(super) use lower::part;
use statements::Statements;

/// The longest script, in bytes.
const LONGEST: usize = 400_000;

/// An expression, and the lines with a name that it refers to, each after those that it needs itself.
pub(super) struct Parsed {
    pub(super) lines: Vec<Node>,
    pub(super) node: Node,
}

/// Whether an expression is a script.
pub(super) fn is_script(text: &str) -> bool {
    text.trim_start().starts_with("[[")
}

/// Reads a script.
pub(super) fn read(scope: &Scope<'_>, text: &str) -> Result<Parsed, String> {
    if text.len() > LONGEST {
        return Err(format!("the expression is longer than {LONGEST} characters"));
    }
    let statements = statements::read(text)?;
    let scores = same::scores(scope, text, &statements);
    let reader = Reader { scope, statements: &statements };
    let mut lines = Vec::new();
    for (index, (_, expression)) in statements.lines.iter().enumerate() {
        lines.push(match scores[index] {
            Some(score) => Node::Name(reader.named(index, score)),
            None => reader.expression(expression, index)?,
        });
    }
    let node = reader.expression(&statements.result, statements.lines.len())?;
    Ok(Parsed { lines, node })
}

struct Reader<'a> {
    scope: &'a Scope<'a>,
    statements: &'a Statements,
}

impl Reader<'_> {
    /// A line that is the score at a position.
    fn named(&self, line: usize, score: usize) -> Ref {
        let text = self.statements.lines[line].0.clone();
        Ref { text, option: None, at: 1, bound: Some(Bound::Score(score)) }
    }

    /// An expression that may refer to the first `known` lines.
    fn expression(&self, text: &str, known: usize) -> Result<Node, String> {
        let mut node = parse::parse(&grammar::GRAMMAR, text, &|_| false)?;
        self.bind(&mut node, known)?;
        Ok(node)
    }

    fn bind(&self, node: &mut Node, known: usize) -> Result<(), String> {
        match node {
            Node::Name(name) => {
                let lines = &self.statements.lines[..known];
                match lines.iter().rposition(|(line, _)| *line == name.text) {
                    Some(line) => *node = Node::Line(line),
                    None => name.bound = Some(self.given(&name.text)?),
                }
                Ok(())
            }
            Node::Number(_) | Node::Text(_) | Node::Truth(_) | Node::Nothing | Node::Line(_) => {
                Ok(())
            }
            Node::Not(inner) | Node::Minus(inner) => self.bind(inner, known),
            Node::Chain(first, rest) => {
                self.bind(first, known)?;
                rest.iter_mut().try_for_each(|(_, operand)| self.bind(operand, known))
            }
            Node::Call(_, nodes, _) | Node::List(nodes) => {
                nodes.iter_mut().try_for_each(|node| self.bind(node, known))
            }
        }
    }

    /// What a parameter means: the variable at its position in front.
    fn given(&self, parameter: &str) -> Result<Bound, String> {
        let parameters = &self.statements.parameters;
        let Some((_, name)) = parameters.iter().find(|(own, _)| own == parameter) else {
            return Err(format!("the name `{parameter}` is not understood"));
        };
        let bound = (self.scope.names)(Name { text: name, option: None });
        bound.ok_or_else(|| format!("there is no question or score `{name}`"))
    }
}
