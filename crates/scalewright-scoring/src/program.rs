//! The compiled form of scoring: a few operations, matched exhaustively wherever they are read.

use std::fmt;
use std::sync::Arc;

use scalewright_model::file::ScoreKind;
use scalewright_model::{Fill, Instrument, ItemIx, ScaleIx, TOLERANCE};

/// All scores of an instrument, each after those it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// In the order of evaluation.
    pub scores: Vec<Score>,
}

/// One score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The scale it is the score of.
    pub scale: ScaleIx,
    /// How it is computed.
    pub expr: Expr,
    /// The distinct items it rests on, directly or through other scores, with the answers accepted; ascending.
    pub items: Vec<(ItemIx, Accepted)>,
}

/// An operation. Its value is a number or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// The coded answer to an item; missing when not answered, or answered by what is not accepted.
    Answer {
        /// The item.
        item: ItemIx,
        /// What counts as an answer.
        accepted: Accepted,
    },
    /// An earlier score of the program, by its position.
    Score(usize),
    /// `low + high − of`.
    Reverse {
        /// What is reversed.
        of: Box<Expr>,
        /// The lowest declared value.
        low: f64,
        /// The highest declared value.
        high: f64,
    },
    /// Terms made into one number.
    Aggregate(Aggregate),
    /// Rounded to so many decimals, halves away from zero.
    Round {
        /// What is rounded.
        of: Box<Expr>,
        /// Decimal places.
        decimals: u32,
    },
}

/// The answers to an item that a score is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// One of these coded values, ascending.
    Values(Arc<[i64]>),
    /// Any number from `min` to `max`, both included.
    Between {
        /// The lowest.
        min: f64,
        /// The highest.
        max: f64,
        /// Decimal places recorded.
        decimals: u32,
    },
}

impl Accepted {
    /// Whether `answer` is one.
    #[must_use]
    pub fn contains(&self, answer: f64) -> bool {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
            #[expect(clippy::float_cmp, reason = "both are whole numbers, held exactly")]
            Self::Values(values) => values.iter().any(|&value| value as f64 == answer),
            Self::Between { min, max, .. } => (*min..=*max).contains(&answer),
        }
    }
}

/// A sum or mean under a rule for missing terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Sum or mean.
    pub kind: ScoreKind,
    /// What is added up.
    pub terms: Vec<Expr>,
    /// How many terms must be present, 1 at least.
    pub need: usize,
    /// Positions of the terms that must be present, ascending.
    pub mandatory: Vec<usize>,
    /// What stands in for a missing term.
    pub fill: Fill,
}

impl Aggregate {
    /// The number made of `present` terms that add up to `sum`, when the rule is met.
    ///
    /// With `k` terms of which `m` are present and add up to `S`: as they are, `S` or `S/m`; with each
    /// missing one at the person's mean, `k·S/m` or `S/m`; with each missing one at `c`,
    /// `S + (k−m)·c` or that over `k`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of terms are small")]
    pub fn combine(&self, sum: f64, present: usize) -> f64 {
        let (all, have) = (self.terms.len() as f64, present as f64);
        match (self.kind, self.fill) {
            (ScoreKind::Sum, Fill::Nothing) => sum,
            // One division, last: the result is the nearest number to the exact one.
            (ScoreKind::Sum, Fill::PersonMean) => sum * all / have,
            (ScoreKind::Mean, Fill::Nothing | Fill::PersonMean) => sum / have,
            (ScoreKind::Sum, Fill::Constant(value)) => sum + (all - have) * value,
            (ScoreKind::Mean, Fill::Constant(value)) => (sum + (all - have) * value) / all,
        }
    }
}

/// `value` to so many decimals, halves away from zero.
///
/// The guard makes a number that is a half in exact arithmetic, but was stored a little below it,
/// round as the exact one does; scores differ from a half by far more than it when they differ at all.
#[must_use]
pub fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    let size = (value.abs() * scale + 0.5 + TOLERANCE).floor() / scale;
    if value < 0.0 && size != 0.0 { -size } else { size }
}

impl Program {
    /// The position of the score of `scale`, when it has one.
    #[must_use]
    pub fn position(&self, scale: ScaleIx) -> Option<usize> {
        self.scores.iter().position(|score| score.scale == scale)
    }

    /// The program as text, a line a score, with the names of `instrument`.
    #[must_use]
    pub fn text(&self, instrument: &Instrument) -> String {
        let lines = self.scores.iter().map(|score| {
            let id = &instrument.scales[score.scale.0].id;
            format!("{id} = {}\n", Text { expr: &score.expr, program: self, instrument })
        });
        lines.collect()
    }
}

/// `scale` and every scale that its score rests on.
#[must_use]
pub fn parts(program: &Program, scale: ScaleIx) -> Vec<ScaleIx> {
    let mut parts = vec![scale];
    let mut seen: Vec<bool> = vec![false; program.scores.len()];
    let mut open: Vec<&Expr> =
        program.scores.iter().filter(|s| s.scale == scale).map(|s| &s.expr).collect();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Answer { .. } => {}
            Expr::Score(position) => {
                if !std::mem::replace(&mut seen[*position], true) {
                    parts.push(program.scores[*position].scale);
                    open.push(&program.scores[*position].expr);
                }
            }
            Expr::Reverse { of, .. } | Expr::Round { of, .. } => open.push(of),
            Expr::Aggregate(aggregate) => open.extend(&aggregate.terms),
        }
    }
    parts
}

/// An expression with the names of its instrument.
struct Text<'a> {
    expr: &'a Expr,
    program: &'a Program,
    instrument: &'a Instrument,
}

impl Text<'_> {
    fn of<'a>(&'a self, expr: &'a Expr) -> Text<'a> {
        Text { expr, program: self.program, instrument: self.instrument }
    }

    fn aggregate(&self, aggregate: &Aggregate, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match aggregate.kind {
            ScoreKind::Sum => "sum",
            ScoreKind::Mean => "mean",
        };
        let terms: Vec<String> = aggregate.terms.iter().map(|t| self.of(t).to_string()).collect();
        write!(f, "{name}({}; ", terms.join(", "))?;
        match (aggregate.need, aggregate.terms.len()) {
            (need, all) if need == all => write!(f, "all needed")?,
            (need, all) => write!(f, "{need} of {all} needed")?,
        }
        for &position in &aggregate.mandatory {
            write!(f, ", {} needed", self.of(&aggregate.terms[position]))?;
        }
        match aggregate.fill {
            Fill::Nothing => write!(f, ")"),
            Fill::PersonMean => write!(f, "; missing at the person's mean)"),
            Fill::Constant(value) => write!(f, "; missing at {value})"),
        }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expr {
            Expr::Answer { item, accepted: _ } => f.write_str(&self.instrument.items[item.0].id),
            Expr::Score(position) => {
                let scale = self.program.scores[*position].scale;
                f.write_str(&self.instrument.scales[scale.0].id)
            }
            Expr::Reverse { of, low, high } => write!(f, "{} - {}", low + high, self.of(of)),
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, f),
            Expr::Round { of, decimals } => write!(f, "round({}, {decimals})", self.of(of)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn halves_go_away_from_zero_as_in_exact_arithmetic() {
        for (value, decimals, expected) in [
            (0.5, 0, 1.0),
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (0.125, 2, 0.13),
            // Stored as 1.00499…, a half in exact arithmetic.
            (1.005, 2, 1.01),
            (-1.005, 2, -1.01),
            (2.675, 2, 2.68),
            (-0.2, 0, 0.0),
            (7.0, 3, 7.0),
        ] {
            assert!((rounded(value, decimals) - expected).abs() < 1e-12, "{value} {decimals}");
        }
        assert!(rounded(-0.2, 0).is_sign_positive(), "no negative zero");
    }
}
