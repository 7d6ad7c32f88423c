//! Numbers as scales: items, score and rule for missing answers.

use std::collections::BTreeMap;

use scalewright_model::file::{MissingKind, ScaleFile, ScoreKind};

use super::algebra::Num;
use super::print::Names;

/// The scale for a number; `None` if only a formula says the same.
pub(crate) fn lifted(of: &Num, names: &Names<'_>) -> Option<ScaleFile> {
    let (of, round) = match of {
        Num::Round(of, decimals) => (&**of, Some(*decimals)),
        of => (of, None),
    };
    let (of, multiply) = match of {
        Num::Times(a, b) => match (&**a, &**b) {
            (of, Num::Constant(by)) | (Num::Constant(by), of) => (of, Some(*by)),
            _ => return None,
        },
        of => (of, None),
    };
    if multiply.is_some_and(|by| by.abs() > 1e6 || by == 0.0) {
        return None;
    }
    let scale = plain(of, names)?;
    Some(ScaleFile { round, multiply: multiply.map(Into::into), ..scale })
}

fn plain(of: &Num, names: &Names<'_>) -> Option<ScaleFile> {
    match of {
        Num::Item(_) | Num::Reversed(_) => {
            listed(std::slice::from_ref(of), ScoreKind::Sum, (MissingKind::NoScore, None), names)
        }
        Num::Sum(terms) => listed(terms, ScoreKind::Sum, (MissingKind::NoScore, None), names),
        #[expect(clippy::cast_precision_loss, reason = "lists have fewer than 2^52 entries")]
        Num::Over(sum, n) => match (&**sum, &**n) {
            (Num::Sum(terms), Num::Constant(n)) if *n == terms.len() as f64 => {
                listed(terms, ScoreKind::Mean, (MissingKind::NoScore, None), names)
            }
            _ => None,
        },
        Num::Among(among) => {
            let score = match among.function {
                "sum" => ScoreKind::Sum,
                "mean" => ScoreKind::Mean,
                "min" => ScoreKind::Min,
                _ => ScoreKind::Max,
            };
            let all = among.least >= among.of.len();
            let rule = match (all, among.prorate) {
                (true, _) => (MissingKind::NoScore, None),
                (false, true) => (MissingKind::Prorate, Some(among.least)),
                (false, false) => (MissingKind::AnsweredOnly, Some(among.least)),
            };
            if among.least > among.of.len() {
                return None;
            }
            listed(&among.of, score, rule, names)
        }
        _ => None,
    }
}

/// A scale of items or of scales.
fn listed(
    terms: &[Num],
    score: ScoreKind,
    (missing, least): (MissingKind, Option<usize>),
    names: &Names<'_>,
) -> Option<ScaleFile> {
    // A scale needs the lowest and the highest answer of each item; a formula does not.
    let has_range = |item: &usize| {
        names.known.get(item).is_none_or(|known| known.low.is_some() && known.high.is_some())
    };
    let item = |term: &Num| match term {
        Num::Item(item) if has_range(item) => Some((names.item)(*item)),
        Num::Reversed(item) if has_range(item) => Some(format!("-{}", (names.item)(*item))),
        _ => None,
    };
    let scale = |term: &Num| match term {
        Num::Score(score) => Some((names.score)(*score)),
        _ => None,
    };
    let items: Option<Vec<String>> = terms.iter().map(item).collect();
    let scales: Option<Vec<String>> = terms.iter().map(scale).collect();
    let (items, scales) = match (items, scales) {
        (Some(items), _) => (items, Vec::new()),
        (None, Some(scales)) => (Vec::new(), scales),
        (None, None) => return None,
    };
    // A scale cannot have an item twice.
    let mut names: Vec<&str> =
        items.iter().chain(&scales).map(|name| name.trim_start_matches('-')).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < terms.len() {
        return None;
    }
    let min_answered = match least {
        Some(least) => Some(u32::try_from(least).ok()?),
        None => None,
    };
    Some(ScaleFile { items, scales, min_answered, ..empty(score, missing) })
}

/// A scale without content.
fn empty(score: ScoreKind, missing: MissingKind) -> ScaleFile {
    ScaleFile {
        id: String::new(),
        title: String::new(),
        description: None,
        codes: Vec::new(),
        unit: None,
        parent: None,
        items: Vec::new(),
        scales: Vec::new(),
        recode: Vec::new(),
        weights: BTreeMap::new(),
        score,
        formula: None,
        multiply: None,
        intercept: None,
        rescale: None,
        round: None,
        missing,
        min_answered: None,
        min_proportion: None,
        more_than_answered: None,
        more_than_proportion: None,
        max_missing: None,
        mandatory: Vec::new(),
        substitute: None,
        substitutes: BTreeMap::new(),
        key_status: None,
        key_source: Vec::new(),
        missing_source: Vec::new(),
        reliability: None,
        stated_range: None,
        stated_items: None,
        bands: Vec::new(),
        bands_source: Vec::new(),
        band_sets: Vec::new(),
    }
}
