//! From a resolved instrument to its program. Cannot fail: `resolve` has refused the rest.

use std::collections::BTreeMap;

use scalewright_model::{
    Instrument, ItemIx, Keying, ResponseKind, ResponseScale, Scale, ScaleItem, ScaleIx, Terms,
};

use crate::{Accepted, Aggregate, Expr, Program, Score};

/// Compiles the scores of all scales whose key is known, each after those it is made of.
///
/// A scale whose key is unverified, and any scale made of one, has no score.
#[must_use]
pub fn compile(instrument: &Instrument) -> Program {
    let accepted = instrument.response_scales.iter().map(accepted).collect();
    let program = Program { scores: Vec::new() };
    let scorable = scorable(instrument);
    let mut compiler = Compiler { instrument, accepted, scorable, program };
    for scale in (0..instrument.scales.len()).map(ScaleIx) {
        compiler.visit(scale);
    }
    compiler.program
}

struct Compiler<'a> {
    instrument: &'a Instrument,
    /// What counts as an answer, for each response scale.
    accepted: Vec<Option<Accepted>>,
    /// Whether the key of a scale, and of every scale below it, is known.
    scorable: Vec<bool>,
    program: Program,
}

/// For each scale, whether its key and those of all scales it is made of are known: what is not scored
/// rules out what is made of it, step by step.
fn scorable(instrument: &Instrument) -> Vec<bool> {
    let scales = &instrument.scales;
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); scales.len()];
    for (index, scale) in scales.iter().enumerate() {
        if let Terms::Scales(parts) = &scale.terms {
            parts.iter().for_each(|part| above[part.0].push(index));
        }
    }
    let mut scorable: Vec<bool> = scales.iter().map(Scale::is_scored).collect();
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

impl Compiler<'_> {
    /// Compiles `scale` and, before it, what it is made of; answers where its score stands.
    ///
    /// The walk keeps its own stack: a chain of scales may be as long as an author likes.
    fn visit(&mut self, scale: ScaleIx) -> Option<usize> {
        let mut open = vec![scale];
        while let Some(&next) = open.last() {
            let waiting = self.unmet(next);
            if waiting.is_empty() {
                open.pop();
                self.add(next);
            } else {
                open.extend(waiting);
            }
        }
        self.program.position(scale)
    }

    /// The scored scales that `scale` is made of and that are not compiled yet.
    fn unmet(&self, scale: ScaleIx) -> Vec<ScaleIx> {
        let Terms::Scales(parts) = &self.instrument.scales[scale.0].terms else {
            return Vec::new();
        };
        let scored = parts.iter().filter(|part| self.scorable[part.0]);
        scored.filter(|part| self.program.position(**part).is_none()).copied().collect()
    }

    fn add(&mut self, scale: ScaleIx) {
        if !self.scorable[scale.0] || self.program.position(scale).is_some() {
            return;
        }
        let definition = &self.instrument.scales[scale.0];
        let Some(terms) = self.terms(&definition.terms) else { return };
        let items = self.items(&terms);
        let expr = finish(definition, terms);
        self.program.scores.push(Score { scale, expr, items });
    }

    fn terms(&self, terms: &Terms) -> Option<Vec<Expr>> {
        match terms {
            Terms::Items(items) => items.iter().map(|item| self.keyed(*item)).collect(),
            Terms::Scales(scales) => scales
                .iter()
                .map(|scale| Some(Expr::Score(self.program.position(*scale)?)))
                .collect(),
            Terms::Unknown => None,
        }
    }

    fn keyed(&self, entry: ScaleItem) -> Option<Expr> {
        let response = self.instrument.response(entry.item);
        let (low, high) = response.bounds()?;
        let accepted = self.accepted[self.instrument.items[entry.item.0].response.0].clone()?;
        let answer = Expr::Answer { item: entry.item, accepted };
        Some(match entry.keying {
            Keying::Positive => answer,
            Keying::Negative => Expr::Reverse { of: Box::new(answer), low, high },
        })
    }

    /// The distinct items below `terms`.
    fn items(&self, terms: &[Expr]) -> Vec<(ItemIx, Accepted)> {
        let mut items: BTreeMap<ItemIx, Accepted> = BTreeMap::new();
        let mut open: Vec<&Expr> = terms.iter().collect();
        while let Some(expr) = open.pop() {
            match expr {
                Expr::Answer { item, accepted } => {
                    items.insert(*item, accepted.clone());
                }
                Expr::Score(position) => items.extend(self.program.scores[*position].items.clone()),
                Expr::Reverse { of, .. } | Expr::Round { of, .. } => open.push(of),
                Expr::Aggregate(aggregate) => open.extend(&aggregate.terms),
            }
        }
        items.into_iter().collect()
    }
}

fn finish(scale: &Scale, terms: Vec<Expr>) -> Expr {
    let aggregate = Expr::Aggregate(Aggregate {
        kind: scale.score,
        terms,
        need: scale.missing.need,
        mandatory: scale.missing.mandatory.clone(),
        fill: scale.missing.fill,
    });
    match scale.round {
        Some(decimals) => Expr::Round { of: Box::new(aggregate), decimals },
        None => aggregate,
    }
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
        ResponseKind::SeveralChoice { .. } | ResponseKind::Text { .. } | ResponseKind::Date => None,
    }
}
