//! A report as SARIF 2.1.0, the form in which code scanning takes results.

use serde_json::{Map, Value, json};

use crate::lints::Lint;

use super::types::{Edit, Place, Position, Report, Severity, Told};
use crate::lint_page;

/// Where the schema is that this keeps to.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run, with the rules that something was found of.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut codes: Vec<&str> =
        report.findings.iter().chain(&report.silenced).map(|told| told.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    // Where some results say that they are suppressed, all say whether they are.
    let silencing = !report.silenced.is_empty();
    let results = report.findings.iter().chain(&report.silenced);
    let results: Vec<Value> = results.map(|told| result(told, report, &codes, silencing)).collect();
    let (name, version) = (report.tool.name, report.tool.version);
    super::json::text(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": name, "version": version, "semanticVersion": version, "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &str) -> Value {
    match Report::lint(code) {
        Some(lint) => of_lint(lint),
        None => of_gate(code),
    }
}

fn of_lint(lint: &Lint) -> Value {
    let page = lint_page(lint, false);
    let first = lint.explain.split("\n\n").nth(1).unwrap_or(lint.summary).replace('\n', " ");
    json!({
        "id": lint.name,
        "shortDescription": { "text": lint.summary },
        "fullDescription": { "text": first },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(lint.level.into()) },
        "properties": { "tags": ["lint", lint.group.key()] },
    })
}

/// A kind of finding that no lint gives, and that has no page.
fn of_gate(code: &str) -> Value {
    let text = code.replace('-', " ");
    let help = "What it means is said on the page on messages of the documentation. It cannot be silenced.";
    json!({
        "id": code,
        "shortDescription": { "text": text },
        "fullDescription": { "text": text },
        "help": { "text": help },
        "properties": { "tags": ["gate"] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(told: &Told, report: &Report, codes: &[&str], silencing: bool) -> Value {
    let mut message = told.message.clone();
    told.help.iter().for_each(|help| message.extend(["\n", help]));
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| result.insert(key.to_owned(), value);
    put("ruleId", json!(told.code));
    put("ruleIndex", json!(codes.partition_point(|code| *code < told.code)));
    put("level", json!(level(told.severity)));
    put("message", json!({ "text": message }));
    put("locations", json!([place(told, report)]));
    let related = told.related.iter().enumerate();
    let related: Vec<Value> = related.map(|(index, place)| nearby(index, place)).collect();
    if !related.is_empty() {
        put("relatedLocations", json!(related));
    }
    put("partialFingerprints", json!({ "scalewright/v1": told.fingerprint }));
    if let Some(fix) = &told.fix {
        let changes = changes(&fix.edits);
        put(
            "fixes",
            json!([{ "description": { "text": fix.message }, "artifactChanges": changes }]),
        );
    }
    if silencing {
        let reason = told.reason.as_ref().map(
            |reason| json!({ "kind": "inSource", "status": "accepted", "justification": reason }),
        );
        put("suppressions", json!(reason.into_iter().collect::<Vec<_>>()));
    }
    Value::Object(result)
}

/// Where a result is. What has no place is about the definition.
fn place(told: &Told, report: &Report) -> Value {
    let subject = &report.instruments[told.instrument];
    let mut value = match &told.place {
        Some(place) => located(place),
        None => json!({ "physicalLocation": { "artifactLocation": artifact(&subject.file) } }),
    };
    if let Some(id) = &subject.id {
        value["logicalLocations"] = json!([{ "name": id, "kind": "resource" }]);
    }
    value
}

fn nearby(index: usize, place: &Place) -> Value {
    let mut value = located(place);
    value["id"] = json!(index + 1);
    value
}

fn located(place: &Place) -> Value {
    let mut value = json!({ "physicalLocation": {
        "artifactLocation": artifact(&place.file),
        "region": region(place.start, place.end),
    } });
    if !place.text.is_empty() {
        value["message"] = json!({ "text": place.text });
    }
    value
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// The edits, by file.
fn changes(edits: &[Edit]) -> Vec<Value> {
    let mut files: Vec<&str> = edits.iter().map(|edit| edit.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let changes = files.into_iter().map(|file| {
        let own = edits.iter().filter(|edit| edit.file == file);
        let replacements: Vec<Value> = own
            .map(|edit| {
                json!({
                    "deletedRegion": region(edit.start, edit.end),
                    "insertedContent": { "text": edit.text },
                })
            })
            .collect();
        json!({ "artifactLocation": artifact(file), "replacements": replacements })
    });
    changes.collect()
}

/// A file as a URI: relative to the root of the sources, or whole where it lies outside of them.
fn artifact(file: &str) -> Value {
    let mut uri = String::with_capacity(file.len());
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    match file.starts_with('/') {
        true => json!({ "uri": format!("file://{uri}") }),
        false => json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{Edit, Fix, Input, Source, check};

    use super::*;

    /// A report on a file whose only line is wrong, with a change that mends it.
    fn mended() -> Report {
        let definition =
            Source { name: "ä b/x.toml".to_owned(), bytes: b"# \xc3\xa4\nid=1".to_vec() };
        let (beside, supplied) = (Vec::new(), Vec::new());
        let mut checked = check(Input { beside, supplied, ..Input::alone(definition) });
        let edit = |span, text: &str| Edit { document: 0, span, text: text.to_owned() };
        checked.findings[0].fix = Some(Fix {
            message: "write it so".to_owned(),
            edits: vec![edit(2..4, ""), edit(8..9, "\"one\"\n")],
        });
        let mut report = Report::new();
        report.add(&checked, &[], Path::new("/"));
        report
    }

    #[test]
    fn a_fix_is_what_goes_and_what_comes() {
        let report: Value = serde_json::from_str(&report(&mended())).unwrap_or_default();
        let fix = &report["runs"][0]["results"][0]["fixes"][0];
        assert_eq!(fix["description"]["text"], "write it so");
        let change = &fix["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "%C3%A4%20b/x.toml");
        let region = |line: usize, from: usize, to: usize| json!({ "startLine": line, "startColumn": from, "endLine": line, "endColumn": to });
        let replacements = json!([
            { "deletedRegion": region(1, 3, 4), "insertedContent": { "text": "" } },
            { "deletedRegion": region(2, 4, 5), "insertedContent": { "text": "\"one\"\n" } },
        ]);
        assert_eq!(change["replacements"], replacements);
    }

    #[test]
    fn a_file_elsewhere_is_named_whole() {
        assert_eq!(artifact("/a/ö.toml"), json!({ "uri": "file:///a/%C3%B6.toml" }));
        assert_eq!(artifact("../a.toml")["uri"], "../a.toml");
    }
}
