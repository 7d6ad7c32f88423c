//! Writes a report as workflow commands of GitHub Actions, which shows them beside the changed lines.
//!
//! The escaping is the same as in GitHub's own toolkit: `%`, carriage return and line feed are escaped in the message,
//! and also `:` and `,` in the properties before it.

use std::fmt::Write;

use scalewright_model::text::line;

use super::types::{Report, ReportedFinding, Severity};

/// Returns one command per finding.
#[must_use]
pub fn report(report: &Report) -> String {
    report.findings.iter().map(command).collect()
}

fn command(finding: &ReportedFinding) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let mut text = format!("::{word} ");
    if let Some(place) = &finding.place {
        let (file, start, end) = (property(&place.file), place.start, place.end);
        let _ = write!(text, "file={file},line={},endLine={},", start.line, end.line);
        // GitHub refuses columns for a range of several lines. An empty range is made one character wide to be visible.
        if start.line == end.line {
            let last = end.column.max(start.column + 1);
            let _ = write!(text, "col={},endColumn={last},", start.column);
        }
    }
    let mut message = finding.message.clone();
    finding.help.iter().for_each(|help| message.extend(["\nhelp: ", help]));
    let _ = writeln!(text, "title={}::{}", property(&finding.code), data(&message));
    text
}

fn data(text: &str) -> String {
    // `%` comes first, because the other escapes contain it.
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&line(text)).replace(':', "%3A").replace(',', "%2C")
}
