//! Writes a report as SARIF 2.1.0, the format for code scanning.

use serde_json::{Map, Value, json};

use scalewright_model::text::{clean, message};

use crate::lints::Lint;
use crate::outside::{OutsideLint, plugin_of};

use super::types::{Edit, Place, Position, Report, ReportedFinding, Severity};
use crate::lint_page;

/// The address of the schema of the format.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Returns a SARIF log with one run, and with the rules that the findings refer to.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut codes: Vec<&str> = all(report).map(|(finding, _)| &*finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, report)).collect();
    // In SARIF, if any result has `suppressions`, all must have them.
    let silencing = !report.silenced.is_empty();
    let results = all(report).map(|(finding, state)| {
        let mut result = result(finding, report, &codes, silencing);
        if report.compared {
            result["baselineState"] = json!(state);
        }
        result
    });
    let results: Vec<Value> = results.collect();
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

/// All findings, each with its state in comparison with a baseline, if there is one. What a definition allows is not
/// compared: it was accepted before.
fn all(report: &Report) -> impl Iterator<Item = (&ReportedFinding, &'static str)> {
    let new = report.findings.iter().map(|finding| (finding, "new"));
    let accepted = report.silenced.iter().chain(&report.known);
    new.chain(accepted.map(|finding| (finding, "unchanged")))
}

fn rule(code: &str, report: &Report) -> Value {
    match (Report::lint(code), report.outside.get(code)) {
        (Some(lint), _) => of_lint(lint),
        (None, Some(lint)) => of_outside(lint),
        (None, None) => of_gate(code),
    }
}

/// Returns the rule for a lint of another program, whose texts are not trusted.
fn of_outside(lint: &OutsideLint) -> Value {
    let (summary, page) = (message(&lint.summary), clean(&lint.explain));
    // The format requires a help text, which the program may have left empty.
    let page = if page.trim().is_empty() { summary.clone() } else { page };
    // The checks of data have pages too, but no program before their name.
    let plugin = plugin_of(&lint.name).unwrap_or("data");
    json!({
        "id": lint.name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(lint.level.into()) },
        "properties": { "tags": ["lint", plugin] },
    })
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

/// Returns the rule for a kind of finding that is not a lint, and that has no page.
fn of_gate(code: &str) -> Value {
    let text = code.replace('-', " ");
    let help = "The page on messages of the documentation explains this. It cannot be silenced.";
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

fn result(finding: &ReportedFinding, report: &Report, codes: &[&str], silencing: bool) -> Value {
    let mut message = finding.message.clone();
    finding.help.iter().for_each(|help| message.extend(["\n", help]));
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| result.insert(key.to_owned(), value);
    put("ruleId", json!(finding.code));
    // `codes` is sorted and contains each code once, so this is the position of the code.
    put("ruleIndex", json!(codes.partition_point(|code| **code < *finding.code)));
    put("level", json!(level(finding.severity)));
    put("message", json!({ "text": message }));
    put("locations", json!([place(finding, report)]));
    let related = finding.related.iter().enumerate();
    let related: Vec<Value> = related.map(|(index, place)| nearby(index, place)).collect();
    if !related.is_empty() {
        put("relatedLocations", json!(related));
    }
    put("partialFingerprints", json!({ "scalewright/v1": finding.fingerprint }));
    if let Some(fix) = &finding.fix {
        let changes = changes(&fix.edits);
        put(
            "fixes",
            json!([{ "description": { "text": fix.message }, "artifactChanges": changes }]),
        );
    }
    if silencing {
        let reason = finding.reason.as_ref().map(
            |reason| json!({ "kind": "inSource", "status": "accepted", "justification": reason }),
        );
        put("suppressions", json!(reason.into_iter().collect::<Vec<_>>()));
    }
    Value::Object(result)
}

/// Returns the location of a result. A finding without a location is about the definition.
fn place(finding: &ReportedFinding, report: &Report) -> Value {
    let subject = &report.instruments[finding.instrument];
    let mut value = match &finding.place {
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

/// Returns the edits, grouped by file.
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

/// Returns a file as a URI: relative to the root of the sources, or absolute if its path is absolute.
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

    /// Returns a report on a file with one wrong line, with a fix for it.
    fn report_with_fix() -> Report {
        let definition =
            Source { name: "ä b/x.toml".to_owned(), bytes: b"# \xc3\xa4\nid=1".to_vec() };
        let (beside, supplied) = (Vec::new(), Vec::new());
        let mut checked = check(Input { beside, supplied, ..Input::alone(definition) });
        let edit = |span, text: &str| Edit { document: 0, span, text: text.to_owned() };
        checked.findings[0].fix = Some(Fix {
            message: "put it in quotes".to_owned(),
            edits: vec![edit(2..4, ""), edit(8..9, "\"one\"\n")],
        });
        let mut report = Report::new();
        report.add(&checked, &[], Path::new("/"));
        report
    }

    #[test]
    fn a_fix_names_removed_regions_and_new_text() {
        let report: Value = serde_json::from_str(&report(&report_with_fix())).unwrap_or_default();
        let fix = &report["runs"][0]["results"][0]["fixes"][0];
        assert_eq!(fix["description"]["text"], "put it in quotes");
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
    fn absolute_paths_become_file_uris() {
        assert_eq!(artifact("/a/ö.toml"), json!({ "uri": "file:///a/%C3%B6.toml" }));
        assert_eq!(artifact("../a.toml")["uri"], "../a.toml");
    }
}
