//! The analysis as a page with pictures: HTML without other files.

mod picture;

use std::fmt::Write;

use scalewright_model::text::{html, line};

use super::result::{Analysis, GroupAnalysis, ScaleAnalysis, Statistics};
use super::text::{ITEM_HEADS, item_cells, rows_of};
use picture::{answers, heat};

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1rem;margin-top:1.5rem}\
table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}\
th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}\
th:first-child,td:first-child,.more{text-align:left}.more{white-space:normal;color:#444}\
figure{margin:1rem 0;overflow-x:auto}figcaption{color:#444;font-size:.9rem}svg{max-width:100%;height:auto}\
.wide{overflow-x:auto}";

/// A page of the analysis, in English.
#[must_use]
pub fn page(analysis: &Analysis) -> String {
    let title = escaped(&analysis.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Item analysis: {title}</title><style>{STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
    );
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
    for group in &analysis.groups {
        page.push_str(&of_group(analysis.by.as_deref(), group));
    }
    for (id, why) in &analysis.not_analysed {
        let _ = writeln!(page, "<p><b>{}</b> is not analysed: {}</p>", escaped(id), escaped(why));
    }
    page.push_str("</main></body></html>\n");
    page
}

/// Text that HTML cannot take for markup.
pub(super) fn escaped(text: &str) -> String {
    html(&line(text))
}

fn of_group(by: Option<&str>, group: &GroupAnalysis) -> String {
    let mut page = String::new();
    if let (Some(by), Some(name)) = (by, &group.group) {
        let name = if name.is_empty() { "(empty)".to_owned() } else { escaped(name) };
        let _ = writeln!(page, "<h2>{} = {name}: {} rows</h2>", escaped(by), group.rows);
    }
    for (id, scale) in &group.scales {
        page.push_str(&of_scale(id, scale, group));
    }
    page
}

fn of_scale(id: &str, scale: &ScaleAnalysis, group: &GroupAnalysis) -> String {
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
        (Some(statistics), _) => page.push_str(&of_statistics(statistics, group)),
        (None, why) => {
            let why = escaped(why.as_deref().unwrap_or_default());
            let _ = writeln!(page, "<p>Not computed: {why}.</p>");
        }
    }
    page.push_str("</section>\n");
    page
}

fn of_statistics(statistics: &Statistics, group: &GroupAnalysis) -> String {
    let mut page = String::from("<table><tbody>\n");
    for [name, value, more] in rows_of(statistics) {
        let cells = [name, value, more].map(|cell| escaped(&cell));
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"more\">{}</td></tr>",
            cells[0], cells[1], cells[2]
        );
    }
    page.push_str("</tbody></table>\n<h3>Items</h3>\n<div class=\"wide\"><table><thead><tr>");
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
    page.push_str(&answers(statistics, group));
    page.push_str(&heat(statistics));
    page
}
