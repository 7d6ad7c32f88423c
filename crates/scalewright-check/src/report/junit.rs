//! Writes a report as JUnit XML, which most CI systems can show. Each instrument is a test case.

use std::fmt::Write;

use super::types::{Report, ReportedFinding, Severity, Subject};

/// Returns the report as JUnit XML. With `strict`, warnings are failures too.
#[must_use]
pub fn report(report: &Report, strict: bool) -> String {
    let fails = |finding: &ReportedFinding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Hint => false,
    };
    let mut cases = String::new();
    let (mut failures, mut rest) = (0, report.findings.as_slice());
    for (index, subject) in report.instruments.iter().enumerate() {
        // The findings are in the order of the instruments.
        let (own, after) = rest.split_at(rest.partition_point(|one| one.instrument <= index));
        rest = after;
        let (failed, passed): (Vec<&ReportedFinding>, Vec<&ReportedFinding>) =
            own.iter().partition(|finding| fails(finding));
        failures += usize::from(!failed.is_empty());
        cases.push_str(&case(subject, &failed, &passed));
    }
    let tests = report.instruments.len();
    // In JUnit, an error is a test that could not run, and a finding is a failure.
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"scalewright\" {counts}>\n  \
         <testsuite name=\"scalewright check\" {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    )
}

fn case(subject: &Subject, failed: &[&ReportedFinding], passed: &[&ReportedFinding]) -> String {
    let name = escaped(subject.id.as_deref().unwrap_or(&subject.file));
    let file = escaped(&subject.file);
    let mut text =
        format!("    <testcase name=\"{name}\" classname=\"scalewright.check\" file=\"{file}\"");
    if failed.is_empty() && passed.is_empty() {
        text.push_str("/>\n");
        return text;
    }
    text.push_str(">\n");
    if let Some(first) = failed.first() {
        let message = match failed.len() {
            1 => first.message.clone(),
            more => format!("{} (and {} more)", first.message, more - 1),
        };
        let (message, kind) = (escaped(&message), escaped(&first.code));
        let _ = writeln!(
            text,
            "      <failure message=\"{message}\" type=\"{kind}\">{}</failure>",
            lines(failed)
        );
    }
    // JUnit has no warnings, so findings that do not fail the test case are written as its output.
    if !passed.is_empty() {
        let _ = writeln!(text, "      <system-out>{}</system-out>", lines(passed));
    }
    text.push_str("    </testcase>\n");
    text
}

/// Returns one line per finding, followed by its help.
fn lines(findings: &[&ReportedFinding]) -> String {
    let mut text = String::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            let _ = write!(text, "{}:{}:{}: ", place.file, place.start.line, place.start.column);
        }
        let (level, code) = (finding.severity.name(), &finding.code);
        let _ = writeln!(text, "{level}[{code}]: {}", finding.message);
        for help in &finding.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    escaped(text.trim_end())
}

/// Escapes text for XML, also in attributes. Characters that XML does not allow are written as Rust escapes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {
                safe.extend(character.escape_unicode());
            }
            other if other.is_control() => safe.extend(other.escape_unicode()),
            other => safe.push(other),
        }
    }
    safe
}
