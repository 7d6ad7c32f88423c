//! The report as SARIF 2.1.0, for continuous integration.

use serde_json::{Value, json as value};

use super::{ImportedFile, difference};
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::prove::Proof;

/// The reports as one SARIF log.
#[must_use]
pub fn sarif(files: &[ImportedFile]) -> String {
    document(files.iter().flat_map(results).collect())
}

fn results(file: &ImportedFile) -> Vec<Value> {
    let name = &file.name;
    let import = match &file.import {
        Ok(import) => import,
        Err(stop) => {
            let help = stop.help.iter().map(String::as_str);
            let message: Vec<&str> = std::iter::once(file.reason(stop)).chain(help).collect();
            let message = message.join("; ");
            return vec![result("import/file", "error", &message, &Place::default(), name)];
        }
    };
    let mut results = Vec::new();
    for one in &import.instruments {
        results.extend(one.findings.iter().map(|finding| of_finding(finding, name)));
        results.extend(one.proofs.iter().filter_map(|proof| of_difference(proof, name)));
        results.extend(
            one.errors
                .iter()
                .map(|error| result("import/definition", "error", error, &Place::default(), name)),
        );
    }
    results
}

/// A document with these results.
pub(crate) fn document(results: Vec<Value>) -> String {
    let report = value!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "scalewright", "version": env!("CARGO_PKG_VERSION") } },
            "results": results,
        }],
    });
    format!("{report:#}\n")
}

fn of_finding(finding: &Finding, file: &str) -> Value {
    let level = match finding.kind {
        Kind::NotUnderstood | Kind::Doubtful => "warning",
        Kind::Assumed | Kind::Changed | Kind::Note => "note",
    };
    let message = std::iter::once(&finding.message)
        .chain(&finding.help)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    result(&format!("import/{}", finding.code), level, &message, &finding.place, file)
}

fn of_difference(proof: &Proof, file: &str) -> Option<Value> {
    let message = format!("the score of `{}` differs: {}", proof.id, difference(proof)?);
    Some(result("import/score-differs", "warning", &message, &proof.place, file))
}

/// A result at a place of a file. `file` is its name if the place has none.
pub(crate) fn result(rule: &str, level: &str, message: &str, place: &Place, file: &str) -> Value {
    let uri = if place.file.is_empty() { file } else { &place.file };
    value!({
        "ruleId": rule,
        "level": level,
        "message": { "text": message },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": uri } },
            "logicalLocations": [{ "fullyQualifiedName": place.at }],
        }],
    })
}
