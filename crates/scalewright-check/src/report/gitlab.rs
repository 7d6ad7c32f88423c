//! Writes a report for GitLab Code Quality: a list of violations.

use serde_json::{Value, json};

use super::types::{Report, ReportedFinding, Severity};

/// Returns the list of violations, as JSON.
#[must_use]
pub fn report(report: &Report) -> String {
    let all: Vec<Value> =
        report.findings.iter().map(|finding| violation(finding, report)).collect();
    super::json::text(&all)
}

fn violation(finding: &ReportedFinding, report: &Report) -> Value {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Hint => "info",
    };
    // A finding without a location is about the definition.
    let file = || report.instruments[finding.instrument].file.as_str();
    let (path, begin, end) = match &finding.place {
        Some(place) => (place.file.as_str(), place.start.line, place.end.line),
        None => (file(), 1, 1),
    };
    json!({
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": severity,
        "location": { "path": path, "lines": { "begin": begin, "end": end } },
    })
}
