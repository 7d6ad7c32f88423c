//! When items are asked: `enableWhen` and `enableWhenExpression`.

use serde_json::Value as Json;

use super::json::{choice, extension, list, number, text};
use super::reader::Reader;
use super::tree::expression_of;
use crate::fhirpath::{Condition, Operand, Operator, When, parse};
use crate::finding::Kind;

/// Reads the conditions of all items.
pub(super) fn read(reader: &mut Reader<'_>) {
    for node in 1..reader.world.nodes.len() {
        let Some(json) = reader.asked[node].json else { continue };
        let mut conditions = Vec::new();
        let whens = list(json, "enableWhen");
        if !whens.is_empty() {
            let any = any(reader, node, json, whens.len());
            let whens = whens.iter().map(|when| comparison(reader, when)).collect();
            conditions.push(Condition::Answers { any, whens });
        }
        if let Some(expression) = extension(json, "enableWhenExpression") {
            conditions.push(Condition::Expression(expression_of(expression).and_then(parse)));
        }
        reader.world.nodes[node].conditions = conditions;
    }
}

/// Whether one of several comparisons is enough.
fn any(reader: &mut Reader<'_>, node: usize, json: &Json, count: usize) -> bool {
    let pointer = reader.world.nodes[node].pointer.clone();
    match text(json, "enableBehavior") {
        Some("any") => true,
        Some("all") => false,
        Some(other) => {
            let message = format!("`enableBehavior` is `{other}`; `all` is taken");
            reader.report(Kind::Doubtful, "enable-behavior", &pointer, message);
            false
        }
        // Release 3 has no such element, and one comparison is enough.
        None if list(json, "enableWhen").iter().any(|when| when.get("operator").is_none()) => true,
        None => {
            if count > 1 {
                let message = "`enableBehavior` is missing although there are several conditions; `all` is taken";
                reader.report(Kind::Doubtful, "enable-behavior", &pointer, message);
            }
            false
        }
    }
}

fn comparison(reader: &Reader<'_>, when: &Json) -> When {
    let question = text(when, "question").unwrap_or_default();
    let Some(node) = reader.by_link.get(question).copied() else {
        return When::Unclear(format!("its condition asks for `{question}`, which does not exist"));
    };
    let has_answer =
        reader.world.nodes[node].question.is_some() || reader.world.nodes[node].score.is_some();
    if !has_answer {
        return When::Unclear(format!("its condition asks for `{question}`, which has no answer"));
    }
    let answer = choice(when, "answer");
    // In release 3, `hasAnswer` replaces the operator.
    if let Some(has_answer) = when.get("hasAnswer").and_then(Json::as_bool) {
        return When::Exists { node, is_answered: has_answer };
    }
    let operator = match text(when, "operator").unwrap_or("=") {
        "exists" => {
            return match answer.and_then(|(_, value)| value.as_bool()) {
                Some(is_answered) => When::Exists { node, is_answered },
                None => When::Unclear("its condition `exists` has no answer".to_owned()),
            };
        }
        "=" => Operator::Equal,
        "!=" => Operator::Unequal,
        ">" => Operator::Greater,
        "<" => Operator::Less,
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        other => return When::Unclear(format!("its condition has the operator `{other}`")),
    };
    match answer.map(|(key, value)| (key, operand(value))) {
        Some((_, Some(with))) => When::Compare { node, operator, with },
        Some((key, None)) => {
            When::Unclear(format!("its condition compares with a value of the type `{key}`"))
        }
        None => When::Unclear("its condition has no value to compare with".to_owned()),
    }
}

fn operand(value: &Json) -> Option<Operand> {
    match value {
        Json::Bool(truth) => Some(Operand::Truth(*truth)),
        Json::Number(number) => number.as_f64().map(Operand::Number),
        Json::String(written) => Some(Operand::Text(written.clone())),
        Json::Object(_) if value.get("value").is_some() => {
            number(value, "value").map(Operand::Number)
        }
        Json::Object(_) => {
            let part = |key| text(value, key).map(str::to_owned);
            let (system, code) = (part("system"), part("code"));
            (system.is_some() || code.is_some()).then_some(Operand::Coding { system, code })
        }
        Json::Null | Json::Array(_) => None,
    }
}

/// The conditions of an item as a text.
pub(super) fn shown(json: &Json) -> String {
    let mut parts: Vec<String> = Vec::new();
    for when in list(json, "enableWhen") {
        let question = text(when, "question").unwrap_or("?");
        let operator = text(when, "operator").unwrap_or("=");
        let value = match choice(when, "answer").map(|(_, value)| value) {
            Some(value @ Json::Object(_)) => {
                text(value, "code").map_or_else(|| value.to_string(), str::to_owned)
            }
            Some(Json::String(written)) => written.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        };
        parts.push(format!("{question} {operator} {value}").trim_end().to_owned());
    }
    let by = if text(json, "enableBehavior") == Some("any") { " or " } else { " and " };
    let mut parts = vec![parts.join(by)];
    parts.extend(extension(json, "enableWhenExpression").map(|expression| {
        expression_of(expression).map_or_else(|_| expression.to_string(), str::to_owned)
    }));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}
