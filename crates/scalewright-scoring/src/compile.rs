//! Compiles a resolved instrument to its program. This cannot fail: `resolve` has rejected invalid definitions.

mod part;

use std::collections::BTreeSet;

use scalewright_model::file::ScoreKind;
use scalewright_model::{
    Aggregate, AggregateKind, Expr, Fill, Formula, Instrument, ItemIx, Keying, Operation, Operator,
    ResponseKind, ResponseScale, Scale, ScaleIx, ScalePart, Terms, Transform,
};

use crate::program::{Answer, Asked, EvalStep};
use crate::range::Ranges;
use crate::{Accepted, Program, Score};

pub use part::compile_only;

/// Compiles the scores of all scales whose key is known, each after those that it is computed from.
///
/// A scale whose key is unverified has no score, nor has any scale computed from it.
#[must_use]
pub fn compile(instrument: &Instrument) -> Program {
    let (looked_into, named) = (looked_into(instrument), named(instrument));
    let answers = (0..instrument.items.len()).map(ItemIx).map(|item| {
        let response = instrument.response(item);
        let accepted = match &response.kind {
            // Choices that no formula looks into are not scored.
            ResponseKind::SeveralChoice { options } => {
                let values = options.iter().map(|option| option.value).collect();
                looked_into.contains(&item).then_some(Accepted::Choices(values))
            }
            // Only formulas can use a number without limits.
            ResponseKind::Numeric { min: _, max: _, decimals } if named.contains(&item) => response
                .limits()
                .map(|(min, max)| Accepted::Between { min, max, decimals: *decimals }),
            // Only `years_between` can use a date.
            ResponseKind::Date if named.contains(&item) => {
                let days = response.limits();
                days.map(|(min, max)| Accepted::Between { min, max, decimals: 0 })
            }
            _ => accepted(response),
        };
        answer(instrument, item, accepted?)
    });
    let program = Program {
        answers: answers.collect(),
        positions: vec![None; instrument.scales.len()],
        ..Program::default()
    };
    // Before the walk, because a scale may use one that is defined after it and has no score.
    let scorable = scorable(instrument);
    let asked = vec![false; instrument.items.len()];
    let ranges = Ranges::default();
    let mut compiler = Compiler { instrument, scorable, asked, program, ranges };
    for scale in (0..instrument.scales.len()).map(ScaleIx) {
        compiler.visit(Dependency::Scale(scale));
    }
    compiler.program
}

/// The items whose chosen options formulas and conditions look into.
#[must_use]
pub fn looked_into(instrument: &Instrument) -> BTreeSet<ItemIx> {
    let chosen = |operation| match operation {
        Operation::Number(Expr::Chosen { item, option: _ }) => Some(*item),
        _ => None,
    };
    operations(instrument).into_iter().filter_map(chosen).collect()
}

/// The items with dates that formulas and conditions use.
#[must_use]
pub fn dated(instrument: &Instrument) -> BTreeSet<ItemIx> {
    let is_date = |item: &ItemIx| instrument.response(*item).kind == ResponseKind::Date;
    let dates: BTreeSet<ItemIx> = (0..instrument.items.len()).map(ItemIx).filter(is_date).collect();
    // Most definitions have no dates, and need no look at their formulas.
    if dates.is_empty() { dates } else { &named(instrument) & &dates }
}

/// The pairs of dates between which formulas and conditions count years: the earlier date first.
#[must_use]
pub fn years_counted(instrument: &Instrument) -> BTreeSet<(ItemIx, ItemIx)> {
    if dated(instrument).is_empty() {
        return BTreeSet::new();
    }
    let pair = |operation| match operation {
        Operation::Number(expr) => Expr::dates_between(expr),
        Operation::Truth(_) => None,
    };
    operations(instrument).into_iter().filter_map(pair).collect()
}

/// The items whose answers formulas and conditions name.
fn named(instrument: &Instrument) -> BTreeSet<ItemIx> {
    let answer = |operation| match operation {
        Operation::Number(Expr::Answer(item)) => Some(*item),
        _ => None,
    };
    operations(instrument).into_iter().filter_map(answer).collect()
}

/// All operations of formulas and conditions.
fn operations(instrument: &Instrument) -> Vec<Operation<'_>> {
    let formulas = instrument.scales.iter().filter_map(|scale| match &scale.terms {
        Terms::Formula(formula) => Some(formula.root()),
        Terms::Items(_) | Terms::Scales(_) | Terms::Unknown => None,
    });
    let asked = instrument.items.iter().filter_map(|item| item.ask.as_ref());
    let asked = asked.chain(instrument.notes.iter().filter_map(|note| note.ask.as_ref()));
    let all = formulas.chain(asked.map(|ask| Operation::Truth(&ask.when)));
    all.flat_map(Operation::all).collect()
}

fn answer(instrument: &Instrument, item: ItemIx, accepted: Accepted) -> Option<Answer> {
    let asked = instrument.items[item.0].ask.as_ref();
    let asked = asked.map(|ask| Asked { when: ask.when.clone(), otherwise: ask.otherwise });
    Some(Answer { accepted, asked })
}

fn accepted(response: &ResponseScale) -> Option<Accepted> {
    match response.kind {
        ResponseKind::Coded { .. } | ResponseKind::YesNo => {
            // Non-responses are not among these values, so they count as missing.
            Some(Accepted::Values(response.scored_values()?.into()))
        }
        ResponseKind::Numeric { decimals, .. } | ResponseKind::VisualAnalogue { decimals, .. } => {
            let (min, max) = response.bounds()?;
            Some(Accepted::Between { min, max, decimals })
        }
        ResponseKind::Time => {
            let (min, max) = response.bounds()?;
            // Times are coded as whole minutes.
            Some(Accepted::Between { min, max, decimals: 0 })
        }
        ResponseKind::SeveralChoice { .. } | ResponseKind::Text { .. } | ResponseKind::Date => None,
    }
}

/// The scales whose scores the score of `scale` uses directly.
fn parts(scale: &Scale) -> Vec<ScaleIx> {
    match &scale.terms {
        Terms::Scales(parts) => parts.iter().map(|part| part.scale).collect(),
        Terms::Formula(formula) => {
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            formula.operands(&mut scales, &mut items);
            scales
        }
        Terms::Items(_) | Terms::Unknown => Vec::new(),
    }
}

/// For each scale, whether its key and the keys of all scales that it uses are known. A scale without a score excludes
/// every scale that uses it, directly or through others.
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
            // A scale that was already excluded is not pushed again, which bounds the loop.
            if std::mem::replace(&mut scorable[scale], false) {
                open.push(scale);
            }
        }
    }
    scorable
}

/// An operand that is compiled before what uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dependency {
    /// The condition under which an item is asked.
    Item(ItemIx),
    /// The score of a scale.
    Scale(ScaleIx),
}

/// The direct dependencies of `dependency`.
fn operands(instrument: &Instrument, dependency: Dependency) -> Vec<Dependency> {
    let (mut scales, mut items) = (Vec::new(), Vec::new());
    match dependency {
        Dependency::Item(item) => {
            if let Some(ask) = &instrument.items[item.0].ask {
                ask.when.operands(&mut scales, &mut items);
            }
        }
        Dependency::Scale(scale) => match &instrument.scales[scale.0].terms {
            Terms::Items(entries) => items.extend(entries.iter().map(|entry| entry.item)),
            Terms::Scales(parts) => scales.extend(parts.iter().map(|part| part.scale)),
            Terms::Formula(formula) => formula.operands(&mut scales, &mut items),
            Terms::Unknown => {}
        },
    }
    let all = scales.into_iter().map(Dependency::Scale);
    all.chain(items.into_iter().map(Dependency::Item)).collect()
}

struct Compiler<'a> {
    instrument: &'a Instrument,
    /// For each scale, whether its key and the key of every scale that it uses is known.
    scorable: Vec<bool>,
    /// For each item, whether its condition has been added to the order.
    asked: Vec<bool>,
    program: Program,
    /// The ranges of the scores compiled so far. Rescaled scales need them.
    ranges: Ranges,
}

impl Compiler<'_> {
    /// Compiles `dependency` and, before it, its own dependencies.
    ///
    /// The walk has its own stack instead of recursing, because a definition may contain a chain of scales of any
    /// length. It ends because `resolve` rejects cycles.
    fn visit(&mut self, dependency: Dependency) {
        let mut open = vec![dependency];
        while let Some(&next) = open.last() {
            // A finished dependency may be on the stack again; asking for its operands would only repeat work.
            let waiting = if self.is_done(next) { Vec::new() } else { self.unmet(next) };
            if waiting.is_empty() {
                open.pop();
                self.add(next);
            } else {
                open.extend(waiting);
            }
        }
    }

    fn is_done(&self, dependency: Dependency) -> bool {
        match dependency {
            Dependency::Item(item) => {
                self.asked[item.0] || self.instrument.items[item.0].ask.is_none()
            }
            Dependency::Scale(scale) => {
                !self.scorable[scale.0] || self.program.position(scale).is_some()
            }
        }
    }

    /// The direct dependencies of `dependency` that are not compiled yet.
    fn unmet(&self, dependency: Dependency) -> Vec<Dependency> {
        let all = operands(self.instrument, dependency).into_iter();
        all.filter(|dependency| !self.is_done(*dependency)).collect()
    }

    fn add(&mut self, dependency: Dependency) {
        // The stack may contain the same dependency several times.
        if self.is_done(dependency) {
            return;
        }
        match dependency {
            Dependency::Item(item) => {
                self.asked[item.0] = true;
                self.program.order.push(EvalStep::Ask(item));
            }
            Dependency::Scale(scale) => {
                let formula = self.formula(&self.instrument.scales[scale.0]);
                let position = self.program.scores.len();
                // All operands are already compiled, so their items are known.
                let items = self.items(&formula);
                self.program.scores.push(Score { scale, formula, items });
                self.program.positions[scale.0] = Some(position);
                self.program.order.push(EvalStep::Score(position));
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
            Terms::Scales(parts) => parts.iter().map(|part| self.part(*part)).collect(),
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

    /// The score of a part. All parts are already compiled, so their ranges are known.
    fn part(&mut self, part: ScalePart) -> Expr {
        let score = Expr::Score(part.scale);
        match part.keying {
            Keying::Positive => score,
            Keying::Negative => {
                let stated = self.instrument.scales[part.scale.0].stated_ends();
                let (low, high) = stated.unwrap_or_else(|| {
                    let reach = self.ranges.complete(&self.program, &score);
                    (reach.low, reach.high)
                });
                Expr::Reverse { of: Box::new(score), low, high }
            }
        }
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
            Transform::Linear { multiply, divide, add } => {
                let product = match multiply {
                    // Neutral steps are left out, so that exports and explanations print only steps that change the
                    // score.
                    1.0 => expr,
                    _ => Expr::arithmetic(Operator::Multiply, expr, Expr::Number(multiply)),
                };
                let quotient = match divide {
                    1.0 => product,
                    _ => Expr::arithmetic(Operator::Divide, product, Expr::Number(divide)),
                };
                match add {
                    0.0 => quotient,
                    _ => Expr::arithmetic(Operator::Add, quotient, Expr::Number(add)),
                }
            }
            Transform::Rescale { low, high } => {
                // With complete answers: a sum of the answered items only can be lower, and would move the ends.
                let reach = self.ranges.complete(&self.program, &expr);
                let above = Expr::arithmetic(Operator::Subtract, expr, Expr::Number(reach.low));
                // Multiply before dividing, so that a whole sum stays whole until the only rounding, by the division.
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

    /// The distinct items that a formula uses, directly or through other scores; ascending.
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

/// The substitutes for missing terms. With weights, a constant becomes one substitute per term, because each is
/// multiplied by the weight of its term.
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
