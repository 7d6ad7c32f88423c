//! The correlations of items, after keying, as a heat map.

use std::fmt::Write;

use crate::collected::Collected;
use crate::drawing::MOST_PAIRS;
use crate::drawing::heat::heat;

/// The fewest respondents for whom correlations are drawn.
const FEWEST: f64 = 10.0;

pub(super) fn section(collected: &Collected<'_>) -> String {
    let shape = &collected.shape;
    let mut items = shape.measured();
    // Scale by scale, so that a scale is a block on the diagonal.
    items.sort_by_key(|&item| {
        (shape.items[item].scale.map_or(usize::MAX, |(scale, _)| scale), item)
    });
    let all = items.len();
    items.truncate(MOST_PAIRS);
    let mut text = String::from("<h2>Correlations after keying</h2>\n");
    if items.len() < 2 || collected.whole.pairs.count(items[0], items[0]) < FEWEST {
        return text + "<p>There are too few items or answers.</p>\n";
    }
    if all > items.len() {
        let _ = writeln!(text, "<p>The first {} of {all} items.</p>", items.len());
    }
    text.push_str(
        "<p>Items keyed negatively are reversed first, so an item that runs against its scale has a row of negative \
         (hatched) cells within the block of its scale.</p>\n",
    );
    let names: Vec<&str> = items.iter().map(|&item| shape.items[item].id.as_str()).collect();
    let r = |a: usize, b: usize| keyed(collected, items[a], items[b]);
    text + &heat("heat", "Correlations of items after keying", &names, &r)
}

/// The correlation of two items after keying; `None` if one does not vary.
fn keyed(collected: &Collected<'_>, a: usize, b: usize) -> Option<f64> {
    let sign = |item: usize| collected.shape.items[item].scale.map_or(1.0, |(_, sign)| sign);
    Some(sign(a) * sign(b) * collected.whole.pairs.correlation(a, b)?)
}
