//! Recognises chains of ifs that name intervals of a score.

use scalewright_model::file::{BandFile, FactorFile, ScaleFile};
use scalewright_model::{MissingKind, ScoreKind};

use crate::form::Form;
use crate::form::rule::Target;

use super::formula::F;
use super::tabulate::{self, Known, bounds};

/// The most limits between bands.
const MOST_LIMITS: usize = 100;

/// A part of the line of scores: one score, or all scores between two.
#[derive(Clone, Copy)]
struct Part {
    from: f64,
    to: f64,
    /// A score inside.
    inside: f64,
    /// Whether `to` belongs to it.
    is_closed: bool,
}

/// The score and its bands.
pub(super) fn bands(form: &Form, formula: &F) -> Option<(usize, Vec<BandFile>)> {
    let (mut scores, mut limits) = (Vec::new(), Vec::new());
    let mut open = vec![formula];
    while let Some(part) = open.pop() {
        match part {
            F::Score(score) => scores.push(*score),
            F::Item(_) | F::Reverse(_) => return None,
            F::Number(number) => limits.push(*number),
            other => open.extend(other.children()),
        }
    }
    limits.sort_by(f64::total_cmp);
    limits.dedup();
    let score = *scores.first()?;
    if limits.is_empty() || limits.len() > MOST_LIMITS || scores.iter().any(|other| *other != score)
    {
        return None;
    }
    let word = |at: Option<f64>| match tabulate::value(formula, form, &|_| at) {
        Some(Known::Word(word)) => Some(word),
        _ => None,
    };
    if word(None).is_some() {
        return None;
    }
    let range = range(form, score);
    let mut found: Vec<(Part, String)> = Vec::new();
    for part in parts(&limits, range) {
        let Some(word) = word(Some(part.inside)) else { continue };
        match found.last_mut() {
            Some((last, label)) if *label == word && last.to == part.from => {
                last.to = part.to;
                last.is_closed = part.is_closed;
            }
            _ => found.push((part, word)),
        }
    }
    let bands: Vec<_> = found.iter().map(|(part, label)| band(*part, label, range)).collect();
    (!bands.is_empty()).then_some((score, bands))
}

/// The single scores and the intervals between them, from low to high.
fn parts(limits: &[f64], range: Option<(f64, f64)>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut below = f64::NEG_INFINITY;
    for limit in limits {
        let inside = if below.is_finite() { (below + limit) / 2.0 } else { limit - 1.0 };
        parts.push(Part { from: below, to: *limit, inside, is_closed: false });
        parts.push(Part { from: *limit, to: *limit, inside: *limit, is_closed: true });
        below = *limit;
    }
    parts.push(Part { from: below, to: f64::INFINITY, inside: below + 1.0, is_closed: false });
    let is_possible = |part: &Part| {
        range.is_none_or(|(low, high)| {
            if part.from == part.to {
                (low..=high).contains(&part.from)
            } else {
                part.from < high && part.to > low
            }
        })
    };
    parts.into_iter().filter(is_possible).collect()
}

/// A band. The lowest begins and the highest ends with the range of the score.
fn band(part: Part, label: &str, range: Option<(f64, f64)>) -> BandFile {
    let (label, feedback) = (label.to_owned(), None);
    let mut band = BandFile { label, from: None, above: None, to: None, below: None, feedback };
    let (low, high) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    if part.from <= low {
        band.from = low.is_finite().then_some(low);
    } else if part.inside == part.from {
        band.from = Some(part.from);
    } else {
        band.above = Some(part.from);
    }
    if part.to >= high {
        band.to = high.is_finite().then_some(high);
    } else if part.is_closed {
        band.to = Some(part.to);
    } else {
        band.below = Some(part.to);
    }
    band
}

/// The lowest and highest possible score, if the score is a scale of keyed items.
fn range(form: &Form, score: usize) -> Option<(f64, f64)> {
    let Target::Scale(scale) = &form.scores.get(score)?.rule.target else { return None };
    let ends = scale.items.iter().map(|key| {
        let id = key.trim_start_matches('-');
        let item = form.items.iter().position(|item| item.id == id)?;
        bounds(form, item)
    });
    let ends: Vec<_> = ends.collect::<Option<_>>()?;
    let (low, high) = combined(scale, &ends)?;
    let change = |score: f64| {
        score * scale.multiply.map_or(1.0, FactorFile::number) + scale.intercept.unwrap_or(0.0)
    };
    let rounded = |score: f64| match scale.round {
        Some(decimals) => scalewright_scoring::rounded(score, decimals),
        None => score,
    };
    let (low, high) = (rounded(change(low)), rounded(change(high)));
    Some((low.min(high), low.max(high)))
}

fn combined(scale: &ScaleFile, ends: &[(f64, f64)]) -> Option<(f64, f64)> {
    let is_plain = scale.weights.is_empty() && scale.recode.is_empty() && scale.rescale.is_none();
    if ends.is_empty() || !is_plain {
        return None;
    }
    let lows = ends.iter().map(|(low, _)| *low);
    let highs = ends.iter().map(|(_, high)| *high);
    let sums = (lows.clone().sum::<f64>(), highs.clone().sum::<f64>());
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let number = ends.len() as f64;
    match (scale.score, scale.missing) {
        (ScoreKind::Sum, MissingKind::NoScore | MissingKind::Prorate) => Some(sums),
        (ScoreKind::Mean, MissingKind::NoScore) => Some((sums.0 / number, sums.1 / number)),
        _ => {
            // The ends of one item, with any others missing.
            let low = lows.fold(f64::INFINITY, f64::min);
            let high = highs.fold(f64::NEG_INFINITY, f64::max);
            (scale.score != ScoreKind::Sum).then_some((low, high))
        }
    }
}
