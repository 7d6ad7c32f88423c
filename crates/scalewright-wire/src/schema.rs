//! The JSON Schemas of requests and responses.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::{Description, EvaluateResponse, ExportResponse, ImportResponse, LintResponse, Request};

/// What a plug-in answers: a description to `describe`, and otherwise the response of that kind.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum Response {
    /// To `describe`.
    Description(Description),
    /// To `export`.
    Export(ExportResponse),
    /// To `lint`.
    Lint(LintResponse),
    /// To `import`.
    Import(ImportResponse),
    /// To `evaluate`.
    Evaluate(EvaluateResponse),
}

/// Returns the schema of requests.
#[must_use]
pub fn request_schema() -> Value {
    schema::<Request>()
}

/// Returns the schema of responses. Other keys than those of the schema are refused.
#[must_use]
pub fn response_schema() -> Value {
    schema::<Response>()
}

fn schema<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}
