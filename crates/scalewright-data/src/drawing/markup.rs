//! HTML and SVG: texts of others made harmless, and the frame of the page.

use std::fmt::Write;

use scalewright_model::text::html;

/// A message, with the names between backticks as code.
pub(crate) fn with_code(message: &str) -> String {
    let mut text = String::new();
    for (at, part) in message.split('`').enumerate() {
        let part = html(part);
        if at % 2 == 1 {
            let _ = write!(text, "<code>{part}</code>");
        } else {
            text.push_str(&part);
        }
    }
    text
}

/// A picture with its title and its text alternative. `id` is different for each picture of the page.
pub(crate) fn picture(
    id: &str,
    (title, description): (&str, &str),
    (width, height): (f64, f64),
    content: &str,
) -> String {
    format!(
        "<figure><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\" style=\"max-width:{width:.0}px\">\n<title id=\"{id}-t\">{}</title>\n\
         <desc id=\"{id}-d\">{}</desc>\n{content}</svg></figure>\n",
        html(title),
        html(description)
    )
}

/// A table behind a line that opens it.
pub(crate) fn table(summary: &str, head: &[String], rows: &[Vec<String>]) -> String {
    let mut text = format!("<details><summary>{}</summary>\n<table>\n<tr>", html(summary));
    for name in head {
        let _ = write!(text, "<th scope=\"col\">{}</th>", html(name));
    }
    for row in rows {
        text.push_str("</tr>\n<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match at {
                0 => write!(text, "<th scope=\"row\">{}</th>", html(cell)),
                _ => write!(text, "<td>{}</td>", html(cell)),
            };
        }
    }
    text + "</tr>\n</table></details>\n"
}

/// The style of the page. Levels are words, and negative correlations are hatched, so that it can be printed in grey.
const STYLE: &str = "\
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#111;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}figure{margin:1rem 0}svg{width:100%;height:auto}\
code{background:#f1f1f1;padding:0 .2em}small{color:#333}details{margin:.5rem 0}\
.findings li{margin:.5rem 0}.error strong{border-bottom:3px double}.warning strong{border-bottom:2px solid}\
table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}\
th,td{border-bottom:1px solid #bbb;padding:.15rem .5rem;text-align:left;vertical-align:top}\
table.numbers td{text-align:right;white-space:nowrap}table.numbers td.more{text-align:left;white-space:normal;color:#444}\
.wide{overflow-x:auto}svg text{font:12px system-ui,sans-serif;fill:#111}svg text.in{font-size:10px}svg text.light{fill:#fff}\
@media print{body{margin:0;max-width:none}figure{break-inside:avoid}}";

/// A whole page.
pub(crate) fn page(title: &str, body: &str) -> String {
    let title = html(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )
}

/// The first letters of a name, for a place of `width` pixels.
pub(crate) fn fitting(name: &str, width: f64) -> String {
    // Letters of 12 pixels are about 7 pixels wide.
    let most = (0..).take_while(|&count| f64::from(count) * 7.0 <= width).count();
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{cut}…")
}
