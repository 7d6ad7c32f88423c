//! Evaluation of an expression with the arithmetic and the blanks of its language.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::form::Form;
use crate::form::rule::{Answers, Source};
use crate::value::Value;

use super::Bound;
use super::dialect::Dialect;
use super::node::{Func, Node, Op, Ref};

/// The greatest number of scores that are computed from each other in a row.
const MOST_SCORES: usize = 100;

thread_local! {
    /// The scores computed so far for the same answers: `None` while one is being computed.
    static COMPUTED: RefCell<Computed> = const { RefCell::new(Computed { depth: 0, scores: BTreeMap::new() }) };
}

/// Scores that several expressions use, each computed once.
struct Computed {
    depth: usize,
    scores: BTreeMap<usize, Value>,
}

/// An expression that can be evaluated.
pub(super) struct Evaluator {
    pub(super) dialect: &'static dyn Dialect,
    /// The lines that the expression refers to, each after those that it needs itself.
    pub(super) lines: Vec<Node>,
    pub(super) node: Node,
}

/// What an expression is evaluated with: the answers, and the values of the lines before it.
struct With<'a> {
    form: &'a Form,
    answers: &'a Answers,
    lines: Vec<Value>,
}

impl Source for Evaluator {
    fn value(&self, form: &Form, answers: &Answers) -> Value {
        let depth = COMPUTED.with_borrow_mut(|computed| {
            computed.depth += 1;
            computed.depth
        });
        let value = if depth > MOST_SCORES { Value::Blank } else { self.result(form, answers) };
        COMPUTED.with_borrow_mut(|computed| {
            computed.depth -= 1;
            if computed.depth == 0 {
                computed.scores.clear();
            }
        });
        match value {
            Value::Text(text) if text.is_empty() => Value::Blank,
            other => other,
        }
    }

    fn uses(&self) -> Vec<usize> {
        let mut open: Vec<&Node> = self.lines.iter().chain([&self.node]).collect();
        let mut used = Vec::new();
        while let Some(node) = open.pop() {
            match node {
                Node::Name(Ref { bound: Some(Bound::Score(score)), .. }) => used.push(*score),
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
        used
    }
}

impl Evaluator {
    fn result(&self, form: &Form, answers: &Answers) -> Value {
        let mut with = With { form, answers, lines: Vec::new() };
        for line in &self.lines {
            let value = self.evaluate(line, &with);
            with.lines.push(value);
        }
        self.evaluate(&self.node, &with)
    }

    fn evaluate(&self, node: &Node, with: &With<'_>) -> Value {
        let of = |node: &Node| self.evaluate(node, with);
        match node {
            Node::Number(number) => Value::Number(*number),
            Node::Text(text) => self.dialect.text(text),
            Node::Truth(truth) => Value::Truth(*truth),
            Node::Nothing => self.dialect.nothing(),
            Node::Name(name) => self.name(name, with),
            Node::Line(line) => with.lines.get(*line).cloned().unwrap_or(Value::Blank),
            Node::Not(inner) => match self.dialect.truth(&of(inner)) {
                Some(truth) => Value::Truth(!truth),
                None => self.dialect.unknown(),
            },
            Node::Minus(inner) => self.dialect.negated(&of(inner)),
            Node::Chain(first, rest) => rest
                .iter()
                .fold(of(first), |left, (op, right)| self.operation(*op, left, right, with)),
            Node::Call(Func::If, args, _) => match (&args[..], args.first().map(of)) {
                ([_, then, ..], Some(condition)) => match self.dialect.truth(&condition) {
                    Some(true) => of(then),
                    Some(false) => args.get(2).map_or(Value::Blank, of),
                    None => self.dialect.unknown(),
                },
                _ => Value::Blank,
            },
            Node::Call(Func::At, args, _) => self.element(args, with),
            Node::Call(func, args, leaves_blanks_out) => {
                let mut values = Vec::new();
                args.iter().for_each(|arg| self.spread(arg, with, &mut values));
                self.dialect.call(*func, &values, *leaves_blanks_out)
            }
            // A list occurs only in calls and after `in`.
            Node::List(_) => Value::Blank,
        }
    }

    /// The values of an argument: several for a list or a union.
    fn spread(&self, node: &Node, with: &With<'_>, values: &mut Vec<Value>) {
        match node {
            Node::List(nodes) => nodes.iter().for_each(|node| self.spread(node, with, values)),
            Node::Chain(first, rest) if rest.iter().all(|(op, _)| *op == Op::Union) => {
                self.spread(first, with, values);
                rest.iter().for_each(|(_, node)| self.spread(node, with, values));
            }
            Node::Not(inner)
                if matches!(**inner, Node::List(_) | Node::Call(Func::IsBlank, ..)) =>
            {
                let from = values.len();
                self.spread(inner, with, values);
                for value in &mut values[from..] {
                    let truth = self.dialect.truth(value);
                    *value =
                        truth.map_or_else(|| self.dialect.unknown(), |truth| Value::Truth(!truth));
                }
            }
            Node::Call(Func::IsBlank, args, flag) => {
                let mut inner = Vec::new();
                args.iter().for_each(|arg| self.spread(arg, with, &mut inner));
                values.extend(inner.iter().map(|value| {
                    self.dialect.call(Func::IsBlank, std::slice::from_ref(value), *flag)
                }));
            }
            Node::Call(Func::Known, args, _) => {
                let from = values.len();
                args.iter().for_each(|arg| self.spread(arg, with, values));
                let known = values.split_off(from);
                values.extend(known.into_iter().filter(|value| *value != Value::Blank));
            }
            other => values.push(self.evaluate(other, with)),
        }
    }

    /// An element of a list; nothing if there is none at this position.
    fn element(&self, args: &[Node], with: &With<'_>) -> Value {
        let [Node::List(list), index] = args else { return Value::Blank };
        let Value::Number(index) = self.evaluate(index, with) else { return Value::Blank };
        let at = list
            .iter()
            .enumerate()
            .find(|(at, _)| f64::from(u32::try_from(*at).unwrap_or(u32::MAX)) == index);
        at.map_or(Value::Blank, |(_, node)| self.evaluate(node, with))
    }

    fn operation(&self, op: Op, left: Value, right: &Node, with: &With<'_>) -> Value {
        if op == Op::In {
            let mut values = Vec::new();
            self.spread(right, with, &mut values);
            let is_equal = |value: &Value| self.dialect.compare(Op::Eq, &left, value).is_met();
            return Value::Truth(values.iter().any(is_equal));
        }
        let right = self.evaluate(right, with);
        match op {
            Op::And | Op::Or => self.dialect.logic(op, left, right),
            _ if op.compares() => self.dialect.compare(op, &left, &right),
            _ => self.dialect.arithmetic(op, &left, &right),
        }
    }

    fn name(&self, name: &Ref, with: &With<'_>) -> Value {
        let With { form, answers, .. } = with;
        let answer = |item: usize| answers.of.get(item).copied().flatten();
        match name.bound {
            Some(Bound::Item(item)) => self.dialect.answer(form, item, answer(item)),
            Some(Bound::Ticked(item)) => {
                self.dialect.tick(answer(item).is_some_and(|answer| answer != 0.0))
            }
            Some(Bound::Score(score)) => self.dialect.read(score_of(form, answers, score)),
            None => Value::Blank,
        }
    }
}

/// The result of another score. One that is computed from itself is blank.
fn score_of(form: &Form, answers: &Answers, score: usize) -> Value {
    let known = COMPUTED.with_borrow_mut(|computed| {
        let known = computed.scores.get(&score).cloned();
        if known.is_none() {
            computed.scores.insert(score, Value::Blank);
        }
        known
    });
    if let Some(value) = known {
        return value;
    }
    let source = form.scores.get(score).and_then(|score| score.rule.source.as_ref());
    let value = source.map_or(Value::Blank, |source| source.value(form, answers));
    COMPUTED.with_borrow_mut(|computed| computed.scores.insert(score, value.clone()));
    value
}
