//! Correlations as a heat map.

use std::fmt::Write;

use scalewright_model::text::html;

use super::markup::{fitting, picture, table};
use crate::statistics::length;

/// The left edge of the map.
const LEFT: f64 = 150.0;

/// A triangle of the correlations of `names`, and a table of them. `r` returns that of two of them, the first after the
/// second; `None` if one of them does not vary. `id` is different for each picture of the page.
pub(crate) fn heat(
    id: &str,
    title: &str,
    names: &[&str],
    r: &dyn Fn(usize, usize) -> Option<f64>,
) -> String {
    let size = (720.0 / length(names.len())).clamp(11.0, 30.0);
    let mut svg = format!(
        "<defs><pattern id=\"{id}-neg\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"M0 5L5 0\" stroke=\"#7a2e00\" stroke-width=\"1\"/></pattern></defs>\n",
    );
    let mut rows = Vec::new();
    for (row, name) in names.iter().enumerate() {
        let y = length(row) * size;
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + size / 2.0 + 4.0,
            html(&fitting(name, LEFT - 10.0))
        );
        let mut cells = vec![(*name).to_owned()];
        for column in 0..row {
            let r = r(row, column);
            cell(&mut svg, id, (LEFT + length(column) * size, y, size), r);
            cells.push(r.map_or("–".to_owned(), |r| format!("{r:.2}")));
        }
        cells.resize(names.len(), String::new());
        rows.push(cells);
    }
    let side = length(names.len()) * size;
    let description = "A triangle of cells, one for each pair of items. Darker blue is a higher correlation; hatched \
                       orange is a negative one. The table below has the numbers.";
    let picture = picture(id, (title, description), (LEFT + side + 10.0, side + 6.0), &svg);
    let mut head = vec!["item".to_owned()];
    head.extend(names.iter().take(names.len() - 1).map(|name| (*name).to_owned()));
    format!("{picture}{}", table("The same as numbers", &head, &rows))
}

fn cell(svg: &mut String, id: &str, (x, y, size): (f64, f64, f64), r: Option<f64>) {
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
        let _ = write!(svg, "<rect {rect} fill=\"url(#{id}-neg)\"/>");
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
