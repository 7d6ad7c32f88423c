//! The correlations of items, after keying, as a heat map.

use std::fmt::Write;

use scalewright_model::text::html;

use super::markup::{fitting, picture, table};
use crate::collected::Collected;
use crate::statistics::length;

/// The left edge of the map.
const LEFT: f64 = 150.0;
/// The most items in one picture of all pairs.
const MOST_PAIRS: usize = 60;
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
    text + &map(collected, &items)
}

/// The correlation of two items after keying; `None` if one does not vary.
fn keyed(collected: &Collected<'_>, a: usize, b: usize) -> Option<f64> {
    let sign = |item: usize| collected.shape.items[item].scale.map_or(1.0, |(_, sign)| sign);
    Some(sign(a) * sign(b) * collected.whole.pairs.correlation(a, b)?)
}

fn map(collected: &Collected<'_>, items: &[usize]) -> String {
    let size = (720.0 / length(items.len())).clamp(11.0, 30.0);
    let mut svg = String::from(
        "<defs><pattern id=\"neg\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"M0 5L5 0\" stroke=\"#7a2e00\" stroke-width=\"1\"/></pattern></defs>\n",
    );
    let mut rows = Vec::new();
    for (row, &a) in items.iter().enumerate() {
        let y = length(row) * size;
        let id = &collected.shape.items[a].id;
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + size / 2.0 + 4.0,
            html(&fitting(id, LEFT - 10.0))
        );
        let mut cells = vec![id.clone()];
        for (column, &b) in items.iter().enumerate().take(row) {
            let r = keyed(collected, a, b);
            cell(&mut svg, (LEFT + length(column) * size, y, size), r);
            cells.push(r.map_or("–".to_owned(), |r| format!("{r:.2}")));
        }
        cells.resize(items.len(), String::new());
        rows.push(cells);
    }
    let side = length(items.len()) * size;
    let description = "A triangle of cells, one for each pair of items. Darker blue is a higher correlation; hatched \
                       orange is a negative one. The table below has the numbers.";
    let title = ("Correlations of items after keying", description);
    let picture = picture("heat", title, (LEFT + side + 10.0, side + 6.0), &svg);
    let mut head = vec!["item".to_owned()];
    let names = items.iter().take(items.len() - 1);
    head.extend(names.map(|&item| collected.shape.items[item].id.clone()));
    format!("{picture}{}", table("The same as numbers", &head, &rows))
}

fn cell(svg: &mut String, (x, y, size): (f64, f64, f64), r: Option<f64>) {
    let Some(r) = r else {
        let (right, bottom) = (x + size, y + size);
        let _ =
            writeln!(svg, "<path d=\"M{x:.1} {y:.1}L{right:.1} {bottom:.1}\" stroke=\"#999\"/>");
        return;
    };
    let (red, green, blue) = match r < 0.0 {
        true => (214.0, 110.0, 30.0),
        false => (23.0, 63.0, 115.0),
    };
    let mix = |full: f64| 255.0 + (full - 255.0) * r.abs().min(1.0);
    let rect = format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{size:.1}\" height=\"{size:.1}\"");
    let _ = write!(
        svg,
        "<rect {rect} fill=\"rgb({:.0},{:.0},{:.0})\" stroke=\"#fff\"/>",
        mix(red),
        mix(green),
        mix(blue)
    );
    if r < -0.05 {
        let _ = write!(svg, "<rect {rect} fill=\"url(#neg)\"/>");
    }
    if size >= 24.0 {
        let class = if r > 0.55 { "in light" } else { "in" };
        let shown = format!("{r:.1}").replace("-0.0", "0.0").replace('-', "−");
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{shown}</text>",
            x + size / 2.0,
            y + size / 2.0 + 3.5
        );
    }
    svg.push('\n');
}
