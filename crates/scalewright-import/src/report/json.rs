//! The report as JSON, for programs.

use serde_json::{Map, Value, json as value};

use super::{Counts, ImportedFile};
use crate::finding::Finding;
use crate::import::{Import, Imported};
use crate::place::Place;
use crate::prove::{Outcome, Proof, Subject, When};

/// The reports as JSON: an object for one file, an array for several.
#[must_use]
pub fn json(files: &[ImportedFile]) -> String {
    let report = match files {
        [only] => file(only),
        _ => files.iter().map(file).collect(),
    };
    format!("{report:#}\n")
}

fn file(file: &ImportedFile) -> Value {
    match &file.import {
        Ok(import) => imported(import, &file.name),
        Err(stop) => value!({
            "version": 1,
            "tool": { "name": "scalewright", "version": env!("CARGO_PKG_VERSION") },
            "source": { "file": file.name },
            "error": { "message": file.reason(stop), "help": stop.help },
        }),
    }
}

fn imported(import: &Import, file: &str) -> Value {
    let Counts { equal, differs, not_understood, not_proved, errors } = Counts::of(import);
    let instruments: Vec<Value> = import.instruments.iter().map(instrument).collect();
    value!({
        "version": 1,
        "tool": { "name": "scalewright", "version": env!("CARGO_PKG_VERSION") },
        "source": { "file": file, "format": import.format.0, "sha256": import.digest },
        "instruments": instruments,
        "summary": { "equal": equal, "differs": differs, "not-understood": not_understood, "not-proved": not_proved, "errors": errors },
    })
}

fn instrument(one: &Imported) -> Value {
    let of = |subject: Subject| -> Vec<Value> {
        one.proofs.iter().filter(|proof| proof.subject == subject).map(proof).collect()
    };
    let files: Vec<&str> = one.files.iter().map(|(name, _)| name.as_str()).collect();
    let findings: Vec<Value> = one.findings.iter().map(finding).collect();
    value!({
        "id": one.id,
        "files": files,
        "scores": of(Subject::Score),
        "conditions": of(Subject::Condition),
        "findings": findings,
        "errors": one.errors,
    })
}

/// What is known about a score or a condition.
pub(crate) fn proof(proof: &Proof) -> Value {
    let mut entry = Map::new();
    entry.insert("id".to_owned(), value!(proof.id));
    match &proof.outcome {
        Outcome::Equal(sets) => {
            entry.insert("outcome".to_owned(), value!("equal"));
            entry.insert("sets".to_owned(), value!(sets));
        }
        Outcome::Differs(difference) => {
            let when = match difference.when {
                When::Complete => "complete",
                When::Blanks => "blanks",
                When::Hidden => "hidden",
            };
            entry.insert("outcome".to_owned(), value!("differs"));
            let example = value!({ "answers": difference.answers, "source": difference.source, "definition": difference.ours, "when": when });
            entry.insert("example".to_owned(), example);
            if let Some(gap) = difference.always {
                entry.insert("always".to_owned(), value!(gap));
            }
        }
        Outcome::NotUnderstood(reason) => {
            entry.insert("outcome".to_owned(), value!("not-understood"));
            entry.insert("reason".to_owned(), value!(reason));
        }
        Outcome::NotProved(reason) => {
            entry.insert("outcome".to_owned(), value!("not-proved"));
            entry.insert("reason".to_owned(), value!(reason));
        }
    }
    if !proof.text.is_empty() {
        entry.insert("text".to_owned(), value!(proof.text));
    }
    entry.insert("place".to_owned(), place(&proof.place));
    Value::Object(entry)
}

fn finding(finding: &Finding) -> Value {
    value!({
        "kind": finding.kind.name().replace(' ', "-"),
        "code": finding.code,
        "message": finding.message,
        "place": place(&finding.place),
        "help": finding.help,
    })
}

fn place(place: &Place) -> Value {
    value!({ "file": place.file, "at": place.at })
}
