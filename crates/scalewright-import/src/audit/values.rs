//! The values of the items of a definition that are tried, with those of the form.

use scalewright_model::{ItemIx, ResponseKind as OurKind};
use scalewright_scoring::{formula_text, test_text};

use super::matched::Matched;
use crate::form::ResponseKind;
use crate::prove::cuts;

/// For each item of the definition, our values and those of the form.
pub(super) fn pairs(matched: &Matched<'_>) -> Vec<Vec<(f64, f64)>> {
    let cuts = cut_points(matched);
    let of = |(item, position): (usize, &Option<usize>)| match position {
        None => Vec::new(),
        Some(position) => match matched.values(item, *position) {
            pairs if pairs.is_empty() => numbers(matched, item, *position, &cuts),
            pairs => pairs,
        },
    };
    matched.items.iter().enumerate().map(of).collect()
}

/// The numbers that the rules of the form and of the definition are written with.
fn cut_points(matched: &Matched<'_>) -> Vec<f64> {
    let (instrument, program) = (matched.instrument(), matched.against.program);
    let formulas = program.scores.iter().map(|score| formula_text(&score.formula, instrument));
    let asked = instrument.items.iter().filter_map(|item| item.ask.as_ref());
    let conditions = asked.map(|ask| test_text(&ask.when, instrument));
    let ours: Vec<String> = conditions.chain(formulas).collect();
    let rules = matched.form.items.iter().filter_map(|item| item.condition.as_ref());
    let rules = rules.chain(matched.form.scores.iter().map(|score| &score.rule));
    cuts::numbers(ours.iter().map(String::as_str).chain(rules.flat_map(cuts::texts)))
}

/// The values of an item that is answered with a number on both sides.
fn numbers(matched: &Matched<'_>, item: usize, position: usize, cuts: &[f64]) -> Vec<(f64, f64)> {
    let ours = matched.instrument().response(ItemIx(item));
    let theirs = &matched.form.responses[matched.form.items[position].response].kind;
    let (
        OurKind::Numeric { decimals, .. } | OurKind::VisualAnalogue { decimals, .. },
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. },
    ) = (&ours.kind, theirs)
    else {
        return Vec::new();
    };
    let Some((low, high)) = ours.bounds() else { return Vec::new() };
    cuts::around(low, high, *decimals, cuts).into_iter().map(|value| (value, value)).collect()
}
