//! A page with pictures of the data: the answers to each item, the correlations, and where answers are missing.
//!
//! The page needs no other file and runs no script. Each picture has a text alternative, and a table with its numbers;
//! no meaning depends on colour alone.

mod bars;
mod heat;
mod missing;

use std::fmt::Write;

use scalewright_model::text::html;
use scalewright_model::{Diagnostic, Severity};

use crate::collected::{Collected, short_name};
use crate::drawing::markup;

/// Returns the page, as HTML. `findings` are listed first.
#[must_use]
pub fn page(collected: &Collected<'_>, findings: &[Diagnostic]) -> String {
    let title = format!("Data check of {}", collected.instrument.title);
    let mut body = String::new();
    let tables: Vec<String> =
        collected.tables.iter().map(|table| html(short_name(table))).collect();
    let _ = writeln!(
        body,
        "<p>{} rows of {}, compared with version {} of the definition <code>{}</code>.</p>",
        collected.rows,
        tables.join(", "),
        html(&collected.instrument.version),
        html(&collected.instrument.id)
    );
    body.push_str(&listed(findings));
    body.push_str(&bars::section(collected));
    body.push_str(&heat::section(collected));
    body.push_str(&missing::section(collected));
    markup::page(&title, &body)
}

/// The findings as a list, with the level as a word.
fn listed(findings: &[Diagnostic]) -> String {
    let mut text = String::from("<h2>Findings</h2>\n");
    if findings.is_empty() {
        return text + "<p>No check found anything.</p>\n";
    }
    text.push_str("<ul class=\"findings\">\n");
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        let help: Vec<String> = finding
            .help
            .iter()
            .map(|help| format!("<br><small>{}</small>", markup::with_code(help)))
            .collect();
        let _ = writeln!(
            text,
            "<li class=\"{level}\"><strong>{level}</strong> <code>{}</code>: {}{}</li>",
            html(&finding.code),
            markup::with_code(&finding.message),
            help.join("")
        );
    }
    text + "</ul>\n"
}
