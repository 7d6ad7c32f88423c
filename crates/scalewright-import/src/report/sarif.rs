//! The report as SARIF 2.1.0, for continuous integration.

use serde_json::{Value, json as value};

use super::difference;
use crate::finding::{Finding, Kind};
use crate::import::Import;
use crate::place::Place;
use crate::prove::Proof;

/// The report as SARIF. `file` is the name of the source.
#[must_use]
pub fn sarif(import: &Import, file: &str) -> String {
    let mut results = Vec::new();
    for one in &import.instruments {
        results.extend(one.findings.iter().map(|finding| of_finding(finding, file)));
        results.extend(one.proofs.iter().filter_map(|proof| of_difference(proof, file)));
        results.extend(
            one.errors
                .iter()
                .map(|error| result("import/definition", "error", error, &Place::default(), file)),
        );
    }
    document(results)
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
