//! HTML: texts of others made harmless, and pages.

use std::fmt::Write;

use scalewright_model::text::html;

use super::content::{Block, Cell, Page, Table};

/// A number with at most two decimals.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// The style of all pages. No meaning depends on colour alone, so pages can be printed in grey.
const STYLE: &str = "\
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:56rem;padding:0 1rem;color:#111;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}figure{margin:1rem 0}svg{width:100%;height:auto}\
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}\
th,td{border-bottom:1px solid #bbb;padding:.2rem .6rem;text-align:left;vertical-align:top}\
td.n,th.n{text-align:right}caption{text-align:left;font-weight:600;padding:.3rem 0}\
.note{color:#333;font-size:.9rem}.spark svg{width:9rem;height:2rem}\
@media print{body{margin:0;max-width:none}figure,table{break-inside:avoid}}";

/// A whole page.
pub(super) fn page(page: &Page) -> String {
    let title = html(&page.title);
    let body: String = page.blocks.iter().map(block).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text } => format!("<h2>{}</h2>\n", html(text)),
        Block::Paragraph { text } => format!("<p>{}</p>\n", html(text)),
        Block::Note { text } => format!("<p class=\"note\">{}</p>\n", html(text)),
        Block::List { items } => {
            let items = items.iter().map(|item| format!("<li>{}</li>\n", html(item)));
            format!("<ul>\n{}</ul>\n", items.collect::<String>())
        }
        Block::Picture { svg, alt: _ } => format!("<figure>{svg}</figure>\n"),
        Block::Table(table) => self::table(table),
    }
}

fn table(table: &Table) -> String {
    let mut text = format!("<table><caption>{}</caption>\n<tr>", html(&table.caption));
    let class = |at: usize| if table.columns[at].is_number { " class=\"n\"" } else { "" };
    for (at, column) in table.columns.iter().enumerate() {
        let _ = write!(text, "<th scope=\"col\"{}>{}</th>", class(at), html(&column.name));
    }
    for row in &table.rows {
        text.push_str("</tr>\n<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match (at, cell_text(cell)) {
                (0, cell) => write!(text, "<th scope=\"row\">{cell}</th>"),
                (at, cell) => write!(text, "<td{}>{cell}</td>", class(at)),
            };
        }
    }
    text + "</tr>\n</table>\n"
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } => html(text),
        Cell::Link { text, page } => {
            format!("<a href=\"{}.html\">{}</a>", html(page), html(text))
        }
        Cell::Spark { svg } => format!("<span class=\"spark\">{svg}</span>"),
    }
}
