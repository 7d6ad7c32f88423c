//! A report as JUnit's XML, which nearly every system that runs tests can show: an instrument is a test case.

use std::fmt::Write;

use super::types::{Report, Severity, Subject, Told};

/// The report. `strict` makes failures of warnings.
#[must_use]
pub fn report(report: &Report, strict: bool) -> String {
    let fails = |finding: &Told| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Hint => false,
    };
    let mut cases = String::new();
    let (mut failures, mut rest) = (0, report.findings.as_slice());
    for (index, subject) in report.instruments.iter().enumerate() {
        // The findings come in the order of the instruments.
        let (own, after) = rest.split_at(rest.partition_point(|told| told.instrument <= index));
        rest = after;
        let (failed, passed): (Vec<&Told>, Vec<&Told>) = own.iter().partition(|told| fails(told));
        failures += usize::from(!failed.is_empty());
        cases.push_str(&case(subject, &failed, &passed));
    }
    let tests = report.instruments.len();
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"scalewright\" {counts}>\n  \
         <testsuite name=\"scalewright check\" {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    )
}

fn case(subject: &Subject, failed: &[&Told], passed: &[&Told]) -> String {
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
        let (message, kind) = (escaped(&message), escaped(first.code));
        let _ = writeln!(
            text,
            "      <failure message=\"{message}\" type=\"{kind}\">{}</failure>",
            lines(failed)
        );
    }
    if !passed.is_empty() {
        let _ = writeln!(text, "      <system-out>{}</system-out>", lines(passed));
    }
    text.push_str("    </testcase>\n");
    text
}

/// A line a finding, with what to do below it.
fn lines(findings: &[&Told]) -> String {
    let mut text = String::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            let _ = write!(text, "{}:{}:{}: ", place.file, place.start.line, place.start.column);
        }
        let (level, code) = (finding.severity.name(), finding.code);
        let _ = writeln!(text, "{level}[{code}]: {}", finding.message);
        for help in &finding.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    escaped(text.trim_end())
}

/// Text as XML holds it, in an attribute too. What XML cannot hold at all is spelled out.
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
