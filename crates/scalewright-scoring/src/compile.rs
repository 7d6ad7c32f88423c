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
    let mut compiler = Compiler { instrument, accepted, program };
    for scale in (0..instrument.scales.len()).map(ScaleIx) {
        compiler.visit(scale);
    }
    compiler.program
}

struct Compiler<'a> {
    instrument: &'a Instrument,
    /// What counts as an answer, for each response scale.
    accepted: Vec<Option<Accepted>>,
    program: Program,
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
        let scored = parts.iter().filter(|part| self.can_score(**part));
        scored.filter(|part| self.program.position(**part).is_none()).copied().collect()
    }

    /// Whether every scale below `scale` has a known key.
    fn can_score(&self, scale: ScaleIx) -> bool {
        let mut open = vec![scale];
        let mut seen = vec![false; self.instrument.scales.len()];
        while let Some(next) = open.pop() {
            if std::mem::replace(&mut seen[next.0], true) {
                continue;
            }
            let scale = &self.instrument.scales[next.0];
            if !scale.is_scored() {
                return false;
            }
            if let Terms::Scales(parts) = &scale.terms {
                open.extend(parts);
            }
        }
        true
    }

    fn add(&mut self, scale: ScaleIx) {
        if !self.can_score(scale) || self.program.position(scale).is_some() {
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
