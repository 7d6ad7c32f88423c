//! The canonical layout of files, as written by `scalewright fmt`: one way to write the same content, with its
//! comments.

pub(crate) mod order;
pub(crate) mod print;
pub(crate) mod read;

use scalewright_model::Severity;
use toml::de::{DeTable, DeValue};

use crate::finding::Mark;
use crate::{Document, Finding, SchemaKind, Source};

pub use order::kind_of;

/// The result of formatting a file: its text in canonical layout, or the errors that prevent it.
#[derive(Debug, Clone)]
pub struct Formatted {
    /// The file as it was read, which the findings point into.
    pub document: Document,
    /// The text in canonical layout; `None` if there are findings.
    pub text: Option<String>,
    /// The syntax errors that prevent formatting.
    pub findings: Vec<Finding>,
}

/// Formats a file. Keys get the order of the schema of `kind`; without a kind they keep their order.
///
/// The result has the same content as the file: both are parsed and compared. If they differ, which would be a bug in
/// this program, the result is a finding.
#[must_use]
pub fn layout(source: Source, kind: Option<SchemaKind>) -> Formatted {
    let Source { name, bytes } = source;
    let (mut document, unread) = Document::decode(0, name, bytes);
    if let Some(finding) = unread {
        return Formatted { document, text: None, findings: vec![finding] };
    }
    // TOML lets parsers choose the line ending inside texts of several lines; we always use a line feed.
    if document.text.contains('\r') {
        document.text = document.text.replace("\r\n", "\n");
    }
    let (before, findings) = document.tree_to_format();
    if !findings.is_empty() {
        return Formatted { document, text: None, findings };
    }
    let file = order::ordered(read::read(&document.text), kind);
    let text = print::print(&file);
    let (after, errors) = DeTable::parse_recoverable(&text);
    if errors.is_empty() && same_table(&before.root, after.get_ref()) {
        return Formatted { document, text: Some(text), findings };
    }
    let findings = vec![unequal()];
    Formatted { document, text: None, findings }
}

fn unequal() -> Finding {
    Finding {
        code: "internal".into(),
        severity: Severity::Error,
        message: "formatting would change the content of the file".to_owned(),
        marks: vec![Mark::at(0, 0..0)],
        help: vec![
            "this is a bug in scalewright: please report it; the file is left unchanged".to_owned(),
        ],
        fix: None,
    }
}

fn same_table(one: &DeTable<'_>, other: &DeTable<'_>) -> bool {
    one.len() == other.len()
        && one.iter().all(|(key, value)| {
            other.get(key).is_some_and(|twin| same(value.get_ref(), twin.get_ref()))
        })
}

fn same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        // Numbers are compared as written: `fmt` must not write `1.50` as `1.5`, although they are equal.
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            one.as_str() == other.as_str() && one.radix() == other.radix()
        }
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Array(one), DeValue::Array(other)) => {
            let twins = one.iter().zip(other.iter());
            one.len() == other.len()
                && twins.into_iter().all(|(one, other)| same(one.get_ref(), other.get_ref()))
        }
        (DeValue::Table(one), DeValue::Table(other)) => same_table(one, other),
        _ => false,
    }
}
