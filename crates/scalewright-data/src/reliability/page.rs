//! The analysis as a page with pictures: HTML without other files.

mod picture;

use std::fmt::Write;

use scalewright_model::text::{html, line};

use super::result::{Analysis, GroupAnalysis, ScaleAnalysis, Statistics};
use super::text::{ITEM_HEADS, item_cells, rows_of};
use crate::drawing::markup;
use picture::{answers, correlations};

/// A page of the analysis, in English.
#[must_use]
pub fn page(analysis: &Analysis) -> String {
    let mut page = String::new();
    let tables = match analysis.tables.as_slice() {
        [only] => escaped(only),
        many => format!("{} tables", many.len()),
    };
    let used = match analysis.missing {
        "pairwise" => "Each pair of items uses the respondents who answered both.",
        _ => "Each scale uses the respondents who answered all its items.",
    };
    let _ = writeln!(
        page,
        "<p>{} {}, {tables}. {used}</p>",
        escaped(&analysis.instrument),
        escaped(&analysis.version)
    );
    for (at, group) in analysis.groups.iter().enumerate() {
        page.push_str(&of_group(analysis.by.as_deref(), at, group));
    }
    for (id, why) in &analysis.not_analysed {
        let _ = writeln!(page, "<p><b>{}</b> is not analysed: {}</p>", escaped(id), escaped(why));
    }
    markup::page(&format!("Item analysis: {}", line(&analysis.title)), &page)
}

/// Text that HTML cannot take for markup.
fn escaped(text: &str) -> String {
    html(&line(text))
}

fn of_group(by: Option<&str>, number: usize, group: &GroupAnalysis) -> String {
    let mut page = String::new();
    if let (Some(by), Some(name)) = (by, &group.group) {
        let name = if name.is_empty() { "(empty)".to_owned() } else { escaped(name) };
        let _ = writeln!(page, "<h2>{} = {name}: {} rows</h2>", escaped(by), group.rows);
    }
    for (at, (id, scale)) in group.scales.iter().enumerate() {
        page.push_str(&of_scale(&format!("{number}-{at}"), (id, scale), group));
    }
    page
}

/// `number` is different for each scale of each group.
fn of_scale(number: &str, (id, scale): (&str, &ScaleAnalysis), group: &GroupAnalysis) -> String {
    let mut page = format!(
        "<section><h2>{} <small>({})</small></h2>\n<p>{} items, {} of {} respondents.</p>\n",
        escaped(&scale.title),
        escaped(id),
        scale.k,
        scale.n,
        group.rows
    );
    for item in &scale.constant {
        let _ =
            writeln!(page, "<p>Left out: {}, which everybody answered alike.</p>", escaped(item));
    }
    match (&scale.statistics, &scale.not_computed) {
        (Some(statistics), _) => page.push_str(&of_statistics(number, statistics, group)),
        (None, why) => {
            let why = escaped(why.as_deref().unwrap_or_default());
            let _ = writeln!(page, "<p>Not computed: {why}.</p>");
        }
    }
    page.push_str("</section>\n");
    page
}

fn of_statistics(number: &str, statistics: &Statistics, group: &GroupAnalysis) -> String {
    let mut page = String::from("<table class=\"numbers\"><tbody>\n");
    for [name, value, more] in rows_of(statistics) {
        let cells = [name, value, more].map(|cell| escaped(&cell));
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"more\">{}</td></tr>",
            cells[0], cells[1], cells[2]
        );
    }
    page.push_str("</tbody></table>\n<h3>Items</h3>\n<div class=\"wide\"><table class=\"numbers\"><thead><tr>");
    for head in ITEM_HEADS {
        let _ = write!(page, "<th scope=\"col\">{head}</th>");
    }
    page.push_str("</tr></thead><tbody>\n");
    for (id, item) in &statistics.items {
        let [name, cells @ ..] = item_cells(id, item, group.rows);
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escaped(&name));
        cells.iter().for_each(|cell| {
            let _ = write!(page, "<td>{}</td>", escaped(cell));
        });
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table></div>\n");
    page.push_str(&answers(&format!("bars-{number}"), statistics, group));
    page.push_str(&correlations(&format!("heat-{number}"), statistics));
    page
}
