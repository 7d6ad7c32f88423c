//! A report as one HTML page without scripts, which loads nothing.

use std::fmt::Write;

use super::block::{Block, Column, Line, Run, Style, Table};
use super::page::Page;
use super::svg;
use crate::base64;
use crate::html::text::{escaped, lines};

const STYLE: &str = include_str!("report.css");

/// What a page may load: nothing. Its style and its logo are in the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Returns the page. `logo` is the content of the logo of the house style.
pub(super) fn document(page: &Page<'_>, logo: Option<&[u8]>) -> String {
    let writer = Writer { page };
    let (language, direction) = (escaped(writer.main_language()), page.own_direction);
    let title = escaped(&format!("{}: {}, {}", page.kind, page.title, page.subject));
    let body: String = page.blocks.iter().map(|block| writer.block(block)).collect();
    let colour = page
        .house
        .colour
        .as_deref()
        .map(|colour| format!(":root{{--accent:{}}}\n", escaped(colour)));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n\
         <header>\n{}{}</header>\n<main>\n{body}</main>\n<footer>\n{}</footer>\n</body>\n</html>\n",
        colour.unwrap_or_default(),
        writer.logo(logo),
        writer.head(),
        writer.foot(),
    )
}

struct Writer<'p> {
    page: &'p Page<'p>,
}

impl Writer<'_> {
    /// The language of the page: that of the wording, with its region, if the report's own words are in it.
    fn main_language(&self) -> &str {
        let page = self.page;
        let primary = page.language.split('-').next().unwrap_or_default();
        match primary.eq_ignore_ascii_case(page.own_language) {
            true => page.language,
            false => page.own_language,
        }
    }

    /// The attributes of an element with words of the instrument, if their language is not that of the page.
    fn of_wording(&self) -> String {
        match self.main_language() == self.page.language {
            true => String::new(),
            false => {
                let (language, direction) = (escaped(self.page.language), self.page.direction);
                format!(" lang=\"{language}\" dir=\"{direction}\"")
            }
        }
    }

    fn logo(&self, bytes: Option<&[u8]>) -> String {
        let Some((logo, bytes)) = self.page.house.logo.as_ref().zip(bytes) else {
            return String::new();
        };
        let kind = if logo.file.ends_with(".svg") { "svg+xml" } else { "png" };
        let (data, alt) = (base64(bytes), escaped(&logo.alt));
        format!("<img class=\"logo\" alt=\"{alt}\" src=\"data:image/{kind};base64,{data}\">\n")
    }

    fn head(&self) -> String {
        let page = self.page;
        let facts: Vec<String> = page.facts.iter().map(|fact| escaped(fact)).collect();
        let banner = page
            .banner
            .as_deref()
            .map(|text| format!("<p class=\"banner\">{}</p>\n", escaped(text)));
        format!(
            "<h1{}>{}</h1>\n<p class=\"facts\">{}</p>\n{}<p>{}</p>\n",
            self.of_wording(),
            lines(page.title),
            facts.join(" · "),
            banner.unwrap_or_default(),
            self.runs(&page.about)
        )
    }

    fn foot(&self) -> String {
        let footer = self.page.house.footer.as_deref();
        let footer = footer.map(|text| format!("<p>{}</p>\n", escaped(text))).unwrap_or_default();
        format!("{footer}<p{}>{}</p>\n", self.of_wording(), lines(&self.page.notice))
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, text } => format!("<h{level}>{}</h{level}>\n", self.run(text)),
            Block::Paragraph { runs } => format!("<p>{}</p>\n", self.runs(runs)),
            Block::Lines { lines } => self.lines(lines),
            Block::Figure { picture } => {
                format!("<div class=\"picture\">{}</div>\n", svg::picture(picture))
            }
            Block::Table(table) => self.table(table),
            Block::List { items } => {
                let items = items.iter().map(|item| format!("<li>{}</li>\n", self.run(item)));
                format!("<ul>\n{}</ul>\n", items.collect::<String>())
            }
        }
    }

    fn lines(&self, lines: &[Line]) -> String {
        let mut html = String::from("<div class=\"profile\">\n");
        for Line { title, picture } in lines {
            // The alternative text begins with the name, so that it is not read twice.
            let name = self.run(title);
            let drawn = svg::picture(picture);
            let _ = writeln!(html, "<div aria-hidden=\"true\">{name}</div>\n<div>{drawn}</div>");
        }
        html.push_str("</div>\n");
        html
    }

    /// A table, which scrolls on a narrow screen.
    fn table(&self, table: &Table) -> String {
        let caption = escaped(&table.caption);
        let mut html = format!(
            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n<table>\n<thead>\n<tr>"
        );
        for column in &table.columns {
            let _ = write!(
                html,
                "<th scope=\"col\"{}>{}</th>",
                class(column, Style::Plain),
                escaped(column.head())
            );
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            html.push_str("<tr>");
            for (at, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                let (text, class) = (self.run(cell), class(column, cell.style));
                let _ = match at == table.named_by {
                    true => write!(html, "<th scope=\"row\"{class}>{text}</th>"),
                    false => write!(html, "<td{class}>{text}</td>"),
                };
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
        html
    }

    fn runs(&self, runs: &[Run]) -> String {
        runs.iter().map(|run| self.run(run)).collect()
    }

    fn run(&self, run: &Run) -> String {
        // Spaces at an end join a run to the next one.
        let text = match run.text.ends_with(' ') {
            true => format!("{} ", lines(&run.text)),
            false => lines(&run.text),
        };
        let text = match run.text.starts_with(' ') {
            true => format!(" {text}"),
            false => text,
        };
        let attributes = if run.own { String::new() } else { self.of_wording() };
        match run.style {
            Style::Strong => format!("<strong{attributes}>{text}</strong>"),
            _ if attributes.is_empty() || run.text.is_empty() => text,
            _ => format!("<span{attributes}>{text}</span>"),
        }
    }
}

fn class(column: &Column, style: Style) -> String {
    let style = match style {
        Style::Plain | Style::Strong => "",
        Style::Quiet => "quiet",
        Style::Small => "small",
    };
    let number = if column.is_of_numbers() { "number" } else { "" };
    let classes: Vec<&str> = [number, style].into_iter().filter(|name| !name.is_empty()).collect();
    match classes.is_empty() {
        true => String::new(),
        false => format!(" class=\"{}\"", classes.join(" ")),
    }
}
