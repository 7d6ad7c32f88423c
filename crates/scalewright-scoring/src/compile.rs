//! From a resolved instrument to its program. Cannot fail: `resolve` has refused the rest.

use std::collections::BTreeSet;

use scalewright_model::file::ScoreKind;
use scalewright_model::{
    Aggregate, AggregateKind, Expr, Fill, Formula, Instrument, ItemIx, Operator, ResponseKind,
    ResponseScale, Scale, ScaleIx, Terms, Transform,
};

use crate::program::{Answer, Asked, Step};
use crate::range::Ranges;
use crate::{Accepted, Program, Score};

/// Compiles the scores of all scales whose key is known, each after those it is made of.
///
/// A scale whose key is unverified, and any scale made of one, has no score.
#[must_use]
pub fn compile(instrument: &Instrument) -> Program {
    let answers = (0..instrument.items.len()).map(|item| answer(instrument, ItemIx(item)));
    let program = Program {
        answers: answers.collect(),
        positions: vec![None; instrument.scales.len()],
        ..Program::default()
    };
    let scorable = scorable(instrument);
    let asked = vec![false; instrument.items.len()];
    let ranges = Ranges::default();
    let mut compiler = Compiler { instrument, scorable, asked, program, ranges };
    for scale in (0..instrument.scales.len()).map(ScaleIx) {
        compiler.visit(Node::Scale(scale));
    }
    compiler.program
}

fn answer(instrument: &Instrument, item: ItemIx) -> Option<Answer> {
    let accepted = accepted(instrument.response(item))?;
    let asked = instrument.items[item.0].ask.as_ref();
    let asked = asked.map(|ask| Asked { when: ask.when.clone(), otherwise: ask.otherwise });
    Some(Answer { accepted, asked })
}

fn accepted(response: &ResponseScale) -> Option<Accepted> {
    match response.kind {
        ResponseKind::Coded { .. } | ResponseKind::YesNo => {
            Some(Accepted::Values(response.scored_values()?.into()))
        }
        ResponseKind::Numeric { decimals, .. } | ResponseKind::VisualAnalogue { decimals, .. } => {
            let (min, max) = response.bounds()?;
            Some(Accepted::Between { min, max, decimals })
        }
        ResponseKind::Time => {
            let (min, max) = response.bounds()?;
            Some(Accepted::Between { min, max, decimals: 0 })
        }
        ResponseKind::SeveralChoice { .. } | ResponseKind::Text { .. } | ResponseKind::Date => None,
    }
}

/// The scales that the score of `scale` is made of, directly.
fn parts(scale: &Scale) -> Vec<ScaleIx> {
    match &scale.terms {
        Terms::Scales(parts) => parts.clone(),
        Terms::Formula(formula) => {
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            formula.operands(&mut scales, &mut items);
            scales
        }
        Terms::Items(_) | Terms::Unknown => Vec::new(),
    }
}

/// For each scale, whether its key and those of all scales it is made of are known: what is not scored
/// rules out what is made of it, step by step.
fn scorable(instrument: &Instrument) -> Vec<bool> {
    let scales = &instrument.scales;
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); scales.len()];
    for (index, scale) in scales.iter().enumerate() {
        parts(scale).iter().for_each(|part| above[part.0].push(index));
    }
    let known = |scale: &Scale| scale.is_scored() && scale.terms != Terms::Unknown;
    let mut scorable: Vec<bool> = scales.iter().map(known).collect();
    let mut open: Vec<usize> = (0..scales.len()).filter(|&index| !scorable[index]).collect();
    while let Some(index) = open.pop() {
        for &scale in &above[index] {
            if std::mem::replace(&mut scorable[scale], false) {
                open.push(scale);
            }
        }
    }
    scorable
}

/// Something that is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    /// Whether an item was asked.
    Item(ItemIx),
    /// A score.
    Scale(ScaleIx),
}

struct Compiler<'a> {
    instrument: &'a Instrument,
    /// Whether the key of a scale, and of every scale below it, is known.
    scorable: Vec<bool>,
    /// The items whose condition has its place in the order.
    asked: Vec<bool>,
    program: Program,
    /// What the scores so far can be, where a later one is stretched to a range.
    ranges: Ranges,
}

impl Compiler<'_> {
    /// Compiles `node` and, before it, what it is made of.
    ///
    /// The walk keeps its own stack: a chain of scales may be as long as an author likes. There are no circles.
    fn visit(&mut self, node: Node) {
        let mut open = vec![node];
        while let Some(&next) = open.last() {
            let waiting = if self.is_done(next) { Vec::new() } else { self.unmet(next) };
            if waiting.is_empty() {
                open.pop();
                self.add(next);
            } else {
                open.extend(waiting);
            }
        }
    }

    fn is_done(&self, node: Node) -> bool {
        match node {
            Node::Item(item) => self.asked[item.0] || self.instrument.items[item.0].ask.is_none(),
            Node::Scale(scale) => !self.scorable[scale.0] || self.program.position(scale).is_some(),
        }
    }

    /// What `node` is made of and that is not worked out yet.
    fn unmet(&self, node: Node) -> Vec<Node> {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        match node {
            Node::Item(item) => {
                if let Some(ask) = &self.instrument.items[item.0].ask {
                    ask.when.operands(&mut scales, &mut items);
                }
            }
            Node::Scale(scale) => match &self.instrument.scales[scale.0].terms {
                Terms::Items(entries) => items.extend(entries.iter().map(|entry| entry.item)),
                Terms::Scales(parts) => scales.extend(parts),
                Terms::Formula(formula) => formula.operands(&mut scales, &mut items),
                Terms::Unknown => {}
            },
        }
        let nodes = scales.into_iter().map(Node::Scale).chain(items.into_iter().map(Node::Item));
        nodes.filter(|node| !self.is_done(*node)).collect()
    }

    fn add(&mut self, node: Node) {
        if self.is_done(node) {
            return;
        }
        match node {
            Node::Item(item) => {
                self.asked[item.0] = true;
                self.program.order.push(Step::Ask(item));
            }
            Node::Scale(scale) => {
                let formula = self.formula(&self.instrument.scales[scale.0]);
                let position = self.program.scores.len();
                let items = self.items(&formula);
                self.program.scores.push(Score { scale, formula, items });
                self.program.positions[scale.0] = Some(position);
                self.program.order.push(Step::Score(position));
            }
        }
    }

    fn formula(&mut self, scale: &Scale) -> Formula {
        let terms = match &scale.terms {
            Terms::Formula(formula) => return Self::rounded_formula(scale, formula),
            Terms::Items(entries) => entries
                .iter()
                .map(|entry| entry.keyed(self.instrument.response(entry.item)))
                .collect(),
            Terms::Scales(parts) => parts.iter().map(|part| Expr::Score(*part)).collect(),
            Terms::Unknown => Vec::new(),
        };
        let kind = match scale.score {
            ScoreKind::Sum | ScoreKind::Formula => AggregateKind::Sum,
            ScoreKind::Mean => AggregateKind::Mean,
            ScoreKind::Min => AggregateKind::Min,
            ScoreKind::Max => AggregateKind::Max,
        };
        let fill = fill(scale, terms.len());
        let aggregate = Expr::Aggregate(Aggregate {
            kind,
            terms,
            weights: scale.weights.clone(),
            need: scale.missing.need,
            mandatory: scale.missing.mandatory.clone(),
            fill,
        });
        Formula::Number(rounded(self.transformed(scale, aggregate), scale.round))
    }

    fn rounded_formula(scale: &Scale, formula: &Formula) -> Formula {
        match formula {
            Formula::Number(expr) => Formula::Number(rounded(expr.clone(), scale.round)),
            Formula::Truth(_) | Formula::Word { .. } => formula.clone(),
        }
    }

    fn transformed(&mut self, scale: &Scale, expr: Expr) -> Expr {
        match scale.transform {
            Transform::None => expr,
            Transform::Linear { multiply, add } => {
                let product = match multiply {
                    1.0 => expr,
                    _ => Expr::arithmetic(Operator::Multiply, expr, Expr::Number(multiply)),
                };
                match add {
                    0.0 => product,
                    _ => Expr::arithmetic(Operator::Add, product, Expr::Number(add)),
                }
            }
            Transform::Rescale { low, high } => {
                let reach = self.ranges.complete(&self.program, &expr);
                let above = Expr::arithmetic(Operator::Subtract, expr, Expr::Number(reach.low));
                let stretched =
                    Expr::arithmetic(Operator::Multiply, above, Expr::Number(high - low));
                let width = Expr::Number(reach.high - reach.low);
                let part = Expr::arithmetic(Operator::Divide, stretched, width);
                match low {
                    0.0 => part,
                    _ => Expr::arithmetic(Operator::Add, part, Expr::Number(low)),
                }
            }
        }
    }

    /// The distinct items below a formula.
    fn items(&self, formula: &Formula) -> Vec<ItemIx> {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        formula.operands(&mut scales, &mut items);
        let mut all: BTreeSet<ItemIx> = items.into_iter().collect();
        for scale in scales {
            if let Some(position) = self.program.position(scale) {
                all.extend(&self.program.scores[position].items);
            }
        }
        all.into_iter().collect()
    }
}

/// What stands in for missing terms. Among weighted ones a constant is one for each, weighted like it.
fn fill(scale: &Scale, terms: usize) -> Fill {
    match (&scale.missing.fill, &scale.weights) {
        (Fill::Constant(value), Some(_)) => Fill::Each(vec![*value; terms].into()),
        (fill, _) => fill.clone(),
    }
}

fn rounded(expr: Expr, decimals: Option<u32>) -> Expr {
    match decimals {
        Some(decimals) => Expr::Round { of: Box::new(expr), decimals },
        None => expr,
    }
}
