//! Places and losses in an answer.

use scalewright_wire::{Description, ExportResponse, Finding, Loss, Severity};
use serde_json::Value;

use super::Rule;
use super::judge::{Asked, Judge};
use super::keys;

/// Judges places and losses of an exporter's answer.
pub(super) fn judge(
    judge: &mut Judge,
    asked: &Asked<'_>,
    description: &Description,
    definition: &Value,
    response: &ExportResponse,
) {
    findings(judge, asked, definition, &response.diagnostics);
    for (index, loss) in response.losses.iter().enumerate() {
        place(judge, asked, definition, &loss.at, &format!("/losses/{index}/at"));
        declared(judge, asked, description, loss, index);
    }
    let is_error = |finding: &Finding| finding.severity == Some(Severity::Error);
    if response.refusal.is_none() && !response.diagnostics.iter().any(is_error) {
        reported(judge, asked, description, definition, &response.losses);
    }
}

/// Judges the places of findings about the definition.
pub(super) fn findings(
    judge: &mut Judge,
    asked: &Asked<'_>,
    definition: &Value,
    findings: &[Finding],
) {
    for (index, finding) in
        findings.iter().enumerate().filter(|(_, finding)| finding.file.is_none())
    {
        place(judge, asked, definition, &finding.at, &format!("/findings/{index}/at"));
        for (mark, related) in finding.related.iter().enumerate() {
            let at = format!("/findings/{index}/related/{mark}/at");
            place(judge, asked, definition, &related.at, &at);
        }
    }
}

fn place(judge: &mut Judge, asked: &Asked<'_>, definition: &Value, pointer: &str, at: &str) {
    if definition.pointer(pointer).is_none() {
        let known = known_part(definition, pointer);
        let message = format!(
            "the place `{pointer}` is not in the definition: it exists as far as `{known}`"
        );
        judge.add(Rule::MissingPlace, "", asked, at, message);
    }
}

/// Returns the longest beginning of a pointer that exists.
fn known_part<'a>(definition: &Value, pointer: &'a str) -> &'a str {
    let ends = pointer.match_indices('/').map(|(end, _)| &pointer[..end]);
    ends.rev().find(|part| definition.pointer(part).is_some()).unwrap_or("")
}

fn declared(
    judge: &mut Judge,
    asked: &Asked<'_>,
    description: &Description,
    loss: &Loss,
    index: usize,
) {
    let mut keys = description.losses.iter().flat_map(|loss| &loss.keys);
    if !keys.any(|key| keys::concerns(&loss.at, key)) {
        let message = format!("the loss of {} at `{}` is not declared", loss.what, loss.at);
        judge.add(Rule::UndeclaredLoss, &loss.what, asked, &format!("/losses/{index}"), message);
    }
}

/// Finds losses that are declared, concern the definition, and are not reported.
fn reported(
    judge: &mut Judge,
    asked: &Asked<'_>,
    description: &Description,
    definition: &Value,
    losses: &[Loss],
) {
    for declared in description.losses.iter().filter(|loss| loss.when.is_empty()) {
        let Some(key) = declared.keys.iter().find(|key| keys::is_used(definition, key)) else {
            continue;
        };
        let is_reported =
            |loss: &Loss| declared.keys.iter().any(|key| keys::concerns(&loss.at, key));
        if !losses.iter().any(is_reported) {
            let message = format!(
                "the loss of {} is declared and not reported, and the definition has `{key}`",
                declared.what
            );
            judge.add(Rule::UnreportedLoss, &declared.what, asked, "/losses", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::known_part;

    #[test]
    fn the_part_of_a_place_that_exists_is_named() {
        let definition = json!({ "items": [{ "id": "a" }] });
        assert_eq!(known_part(&definition, "/items/0/stem"), "/items/0");
        assert_eq!(known_part(&definition, "/items/7/stem"), "/items");
        assert_eq!(known_part(&definition, "nonsense"), "");
    }
}
