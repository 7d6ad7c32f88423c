//! The report of a comparison with a definition, as text, JSON and SARIF.

use scalewright_model::Severity;
use scalewright_model::text::line;
use serde_json::{Value, json as value};

use super::types::{Audit, Discrepancy};
use crate::prove::Outcome;

/// At most this many names are listed.
const SHOWN: usize = 20;

/// The report as text, for a terminal. `file` is the name of the form.
#[must_use]
pub fn text(audit: &Audit, file: &str) -> String {
    let mut text = String::new();
    for finding in &audit.findings {
        let Discrepancy { code, severity, place, message, help } = finding;
        text.push_str(&format!("{}[{code}]: {}\n", word(*severity), line(message)));
        text.push_str(&format!("  --> {}\n", line(&place.to_string())));
        for help in help {
            text.push_str(&format!("   = help: {}\n", line(help)));
        }
        text.push('\n');
    }
    let count = |severity: Severity| {
        audit.findings.iter().filter(|finding| finding.severity == severity).count()
    };
    let equal =
        audit.proofs.iter().filter(|proof| matches!(proof.outcome, Outcome::Equal(_))).count();
    text.push_str(&format!(
        "{file} is {}: {} of {} items of `{}`; {equal} of {} scores are equal; {}, {}\n",
        audit.format.1,
        audit.items,
        audit.of_items,
        audit.id,
        audit.proofs.len(),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
    ));
    for (id, name) in &audit.renamed {
        text.push_str(&format!(
            "`{id}` is compared with `{}` of the form, which reads most of the same items\n",
            line(name)
        ));
    }
    if !audit.absent.is_empty() {
        text.push_str(&format!("the form does not compute {}\n", listed(&audit.absent)));
    }
    if !audit.others.is_empty() {
        text.push_str(&format!(
            "not compared, because no score of the definition is like them: {} (`--score ID=NAME` names a score)\n",
            listed(&audit.others)
        ));
    }
    text
}

/// The report as JSON: one object. `file` is the name of the form.
#[must_use]
pub fn json(audit: &Audit, file: &str) -> String {
    let findings: Vec<Value> = audit
        .findings
        .iter()
        .map(|finding| {
            value!({
                "code": finding.code,
                "severity": word(finding.severity),
                "message": finding.message,
                "place": { "file": finding.place.file, "at": finding.place.at },
                "help": finding.help,
            })
        })
        .collect();
    let scores: Vec<Value> = audit.proofs.iter().map(crate::report::proof_json).collect();
    let renamed: Vec<Value> =
        audit.renamed.iter().map(|(id, name)| value!({ "id": id, "name": name })).collect();
    let report = value!({
        "version": 1,
        "tool": { "name": "scalewright", "version": env!("CARGO_PKG_VERSION") },
        "source": { "file": file, "format": audit.format.0, "sha256": audit.digest },
        "instrument": audit.id,
        "items": audit.items,
        "of-items": audit.of_items,
        "scores": scores,
        "not-computed": audit.absent,
        "renamed": renamed,
        "only-in-form": audit.others,
        "findings": findings,
    });
    format!("{report:#}\n")
}

/// The report as SARIF 2.1.0. `file` is the name of the form.
#[must_use]
pub fn sarif(audit: &Audit, file: &str) -> String {
    let results: Vec<Value> = audit
        .findings
        .iter()
        .map(|finding| {
            let level = if finding.severity == Severity::Error { "error" } else { "warning" };
            let message = std::iter::once(&finding.message)
                .chain(&finding.help)
                .cloned()
                .collect::<Vec<_>>()
                .join("; ");
            crate::report::sarif_result(
                &format!("audit/{}", finding.code),
                level,
                &message,
                &finding.place,
                file,
            )
        })
        .collect();
    crate::report::sarif_document(results)
}

/// The first names of a list, and the number of the others.
fn listed(names: &[String]) -> String {
    let shown: Vec<String> =
        names.iter().take(SHOWN).map(|name| format!("`{}`", line(name))).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

/// A number of things, in words.
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
