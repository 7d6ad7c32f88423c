//! The part of FHIR R4 and R5 that is written. The order of fields is the order of the output.

use scalewright_model::file::CodeFile;
use serde::Serialize;
use serde_json::Number;

/// Whether a flag is false, so that it need not be written.
fn no(flag: &bool) -> bool {
    !flag
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Questionnaire {
    pub(super) resource_type: &'static str,
    pub(super) id: String,
    #[serde(skip_serializing_if = "Meta::is_empty")]
    pub(super) meta: Meta,
    pub(super) language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) contained: Vec<ValueSet>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    pub(super) url: String,
    pub(super) identifier: Vec<Identifier>,
    pub(super) version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version_algorithm_coding: Option<Coding>,
    pub(super) name: String,
    pub(super) title: String,
    #[serde(rename = "_title", skip_serializing_if = "Option::is_none")]
    pub(super) title_element: Option<Element>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) derived_from: Vec<String>,
    pub(super) status: &'static str,
    pub(super) experimental: bool,
    pub(super) subject_type: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) copyright: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copyright_label: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) code: Vec<Coding>,
    pub(super) item: Vec<Item>,
}

#[derive(Serialize)]
pub(super) struct Meta {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) profile: Vec<&'static str>,
}

impl Meta {
    pub(super) fn is_empty(&self) -> bool {
        self.profile.is_empty()
    }
}

#[derive(Serialize)]
pub(super) struct Identifier {
    pub(super) system: &'static str,
    pub(super) value: String,
}

/// One condition of one question.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnableWhen {
    pub(super) question: String,
    pub(super) operator: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer_boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer_coding: Option<Coding>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    pub(super) link_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) code: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(rename = "_text", skip_serializing_if = "Option::is_none")]
    pub(super) text_element: Option<Element>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) enable_when: Vec<EnableWhen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) enable_behavior: Option<&'static str>,
    #[serde(skip_serializing_if = "no")]
    pub(super) required: bool,
    #[serde(skip_serializing_if = "no")]
    pub(super) repeats: bool,
    #[serde(skip_serializing_if = "no")]
    pub(super) read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer_constraint: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer_value_set: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) answer_option: Vec<AnswerOption>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) item: Vec<Item>,
}

impl Item {
    pub(super) fn new(link_id: impl Into<String>, kind: &'static str) -> Self {
        Self {
            extension: Vec::new(),
            link_id: link_id.into(),
            code: Vec::new(),
            prefix: None,
            text: None,
            text_element: None,
            kind,
            enable_when: Vec::new(),
            enable_behavior: None,
            required: false,
            repeats: false,
            read_only: false,
            answer_constraint: None,
            answer_value_set: None,
            answer_option: Vec::new(),
            item: Vec::new(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerOption {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    pub(super) value_coding: Coding,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Coding {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) system: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) display: Option<String>,
    #[serde(rename = "_display", skip_serializing_if = "Option::is_none")]
    pub(super) display_element: Option<Element>,
}

impl Coding {
    pub(super) fn new(system: &str, code: &str, display: Option<&str>) -> Self {
        Self {
            extension: Vec::new(),
            system: Some(system.to_owned()),
            code: Some(code.to_owned()),
            display: display.map(str::to_owned),
            display_element: None,
        }
    }
}

/// Returns codings of terminology codes. They have no `display`, because the words of a terminology may be protected.
pub(super) fn codings(codes: &[CodeFile]) -> impl std::iter::Iterator<Item = Coding> {
    codes.iter().map(|CodeFile { system, code }| Coding::new(system, code, None))
}

#[derive(Serialize)]
pub(super) struct Element {
    pub(super) extension: Vec<Extension>,
}

#[derive(Serialize)]
pub(super) struct ContactDetail {
    pub(super) name: String,
}

#[derive(Serialize)]
pub(super) struct RelatedArtifact {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<Attachment>,
}

/// A file within the resource, or elsewhere.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attachment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_type: Option<&'static str>,
    /// The content in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Expression {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) language: &'static str,
    pub(super) expression: String,
}

#[derive(Serialize)]
pub(super) struct CodeableConcept {
    pub(super) coding: Vec<Coding>,
}

/// An extension: an address and one value.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Extension {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_string: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_markdown: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_integer: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_decimal: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_coding: Option<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_codeable_concept: Option<CodeableConcept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_expression: Option<Expression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_contact_detail: Option<ContactDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value_related_artifact: Option<RelatedArtifact>,
}

impl Extension {
    pub(super) fn new(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }

    pub(super) fn string(url: &str, value: &str) -> Self {
        Self { value_string: Some(value.to_owned()), ..Self::new(url) }
    }

    pub(super) fn markdown(url: &str, value: String) -> Self {
        Self { value_markdown: Some(value), ..Self::new(url) }
    }

    pub(super) fn yes(url: &str) -> Self {
        Self { value_boolean: Some(true), ..Self::new(url) }
    }

    pub(super) fn code(url: &str, value: &str) -> Self {
        Self { value_code: Some(value.to_owned()), ..Self::new(url) }
    }

    pub(super) fn integer(url: &str, value: i64) -> Self {
        Self { value_integer: Some(value), ..Self::new(url) }
    }

    pub(super) fn decimal(url: &str, value: f64) -> Self {
        Self { value_decimal: Some(json_number(value)), ..Self::new(url) }
    }

    pub(super) fn coding(url: &str, value: Coding) -> Self {
        Self { value_coding: Some(value), ..Self::new(url) }
    }

    pub(super) fn expression(url: &str, value: Expression) -> Self {
        Self { value_expression: Some(value), ..Self::new(url) }
    }
}

/// A list of options that questions of the same resource refer to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ValueSet {
    pub(super) resource_type: &'static str,
    pub(super) id: String,
    pub(super) language: String,
    pub(super) status: &'static str,
    pub(super) experimental: bool,
    pub(super) copyright: String,
    pub(super) compose: Compose,
    pub(super) expansion: Expansion,
}

/// The definition of a value set's content.
#[derive(Serialize)]
pub(super) struct Compose {
    pub(super) include: Vec<Include>,
}

/// Concepts of one code system.
#[derive(Serialize)]
pub(super) struct Include {
    pub(super) system: String,
    pub(super) concept: Vec<Concept>,
}

#[derive(Serialize)]
pub(super) struct Concept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extension: Vec<Extension>,
    pub(super) code: String,
    pub(super) display: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) designation: Vec<Designation>,
}

/// The words for a concept in a further language.
#[derive(Serialize, Clone)]
pub(super) struct Designation {
    pub(super) language: String,
    pub(super) value: String,
}

/// The enumerated content of a value set. Clients without a terminology server read only this.
#[derive(Serialize)]
pub(super) struct Expansion {
    pub(super) timestamp: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) property: Vec<PropertyName>,
    pub(super) contains: Vec<Contains>,
}

#[derive(Serialize)]
pub(super) struct PropertyName {
    pub(super) code: &'static str,
    pub(super) uri: &'static str,
}

#[derive(Serialize)]
pub(super) struct Contains {
    pub(super) system: String,
    pub(super) code: String,
    pub(super) display: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) designation: Vec<Designation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) property: Vec<ConceptNumber>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConceptNumber {
    pub(super) code: &'static str,
    pub(super) value_decimal: Number,
}

/// Returns a JSON number without an unnecessary `.0`.
#[expect(clippy::cast_possible_truncation, reason = "only whole and small numbers are cast")]
pub(super) fn json_number(value: f64) -> Number {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Number::from(value as i64);
    }
    // JSON has no infinite numbers, and callers pass none.
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}
