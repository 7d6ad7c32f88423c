//! Where answers are missing: items against groups.

use std::fmt::Write;

use scalewright_model::text::html;

use crate::collected::{Collected, Group};
use crate::drawing::markup::{fitting, picture, table};
use crate::statistics::{float, length};

/// The left edge of the map, and the width of a cell.
const LEFT: f64 = 190.0;
const WIDE: f64 = 46.0;
const ROW: f64 = 22.0;
/// The most groups that are drawn.
const MOST: usize = 14;

pub(super) fn section(collected: &Collected<'_>) -> String {
    let mut columns: Vec<(String, &Group)> = vec![("all".to_owned(), &collected.whole)];
    let mut more = 0;
    for axis in collected.axes.iter().filter(|axis| axis.groups.len() > 1) {
        for (at, group) in axis.groups.iter().enumerate() {
            if columns.len() < MOST {
                columns.push((axis.group_name(at).replace('`', ""), group));
            } else {
                more += 1;
            }
        }
    }
    let mut text = String::from("<h2>Missing answers</h2>\n");
    text.push_str(
        "<p>The share of rows without an answer, in percent: each item by file and group.</p>\n",
    );
    if more > 0 {
        let _ = writeln!(text, "<p>{more} further groups are not drawn.</p>");
    }
    text + &map(collected, &columns)
}

fn map(collected: &Collected<'_>, columns: &[(String, &Group)]) -> String {
    let mut svg = String::new();
    let top = 90.0;
    for (column, (name, _)) in columns.iter().enumerate() {
        let x = LEFT + length(column) * WIDE + 20.0;
        let _ = writeln!(
            svg,
            "<text transform=\"translate({x:.0} {:.0}) rotate(-45)\">{}</text>",
            top - 6.0,
            html(&fitting(name, 110.0))
        );
    }
    let mut rows = Vec::new();
    for (row, item) in collected.shape.items.iter().enumerate() {
        let y = top + length(row) * ROW;
        let _ = write!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 15.0,
            html(&fitting(&item.id, LEFT - 10.0))
        );
        let mut cells = vec![item.id.clone()];
        for (column, (_, group)) in columns.iter().enumerate() {
            let share = float(group.missing[row]) / float(group.rows.max(1));
            let shown = shown(share, group.missing[row]);
            let grey = 255.0 - 200.0 * share;
            let x = LEFT + length(column) * WIDE;
            let class = if share > 0.55 { "in light" } else { "in" };
            let _ = write!(
                svg,
                "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{WIDE}\" height=\"{ROW}\" fill=\"rgb({grey:.0},{grey:.0},{grey:.0})\" \
                 stroke=\"#ccc\" stroke-width=\".5\"/><text class=\"{class}\" x=\"{:.0}\" y=\"{:.0}\" \
                 text-anchor=\"middle\">{shown}</text>",
                x + WIDE / 2.0,
                y + 15.0
            );
            cells.push(format!("{} of {}", group.missing[row], group.rows));
        }
        svg.push('\n');
        rows.push(cells);
    }
    let width = LEFT + length(columns.len()) * WIDE + 90.0;
    let height = top + length(rows.len()) * ROW + 6.0;
    let description = "A row for each item and a column for each file or group; each cell has the percentage of rows \
                       without an answer, and is darker the higher it is.";
    let picture = picture("missing", ("Missing answers", description), (width, height), &svg);
    let mut head = vec!["item".to_owned()];
    head.extend(columns.iter().map(|(name, _)| name.clone()));
    format!("{picture}{}", table("The same as numbers", &head, &rows))
}

/// A share in percent: 0 only if nothing is missing.
fn shown(share: f64, count: u64) -> String {
    match 100.0 * share {
        _ if count == 0 => "0".to_owned(),
        small if small < 0.5 => "&lt;1".to_owned(),
        other => format!("{other:.0}"),
    }
}
