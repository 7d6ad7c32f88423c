//! What templates can use: the request of the export, and what a printed page needs besides.

use std::collections::BTreeMap;

use minijinja::value::Value;
use scalewright_wire::ExportRequest;
use serde_json::Value as Json;

/// The variables of templates.
pub(super) const VARIABLES: &[&str] = &[
    "accept_recalled_keys",
    "house",
    "instrument",
    "items",
    "layout",
    "leave_out_scores",
    "options",
    "paper",
    "protocol",
    "scores",
    "sections",
    "sources",
    "wording",
    "range",
    "namespace",
    "loop",
    "caller",
];

/// The scores in each dialect, by the id of the scale: the code, or why the dialect cannot express the score.
pub type Printed = BTreeMap<&'static str, BTreeMap<String, Result<String, String>>>;

/// The context of the templates for a request, as JSON.
pub(super) fn of(request: &ExportRequest, printed: &Printed) -> Result<Json, serde_json::Error> {
    let mut context = serde_json::to_value(request)?;
    let _ = printed;
    if let Some(table) = context.as_object_mut() {
        table.insert("items".to_owned(), Json::Array(Vec::new()));
    }
    Ok(context)
}

/// The context for the engine.
pub(super) fn value(context: &Json) -> Value {
    Value::from_serialize(context)
}
