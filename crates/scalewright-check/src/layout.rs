//! The canonical layout of a file: one way to write what it means, with its comments.

pub(crate) mod order;
pub(crate) mod print;
pub(crate) mod read;

use scalewright_model::Severity;
use toml::de::{DeTable, DeValue};

use crate::finding::Mark;
use crate::{Document, Finding, SchemaKind, Source};

pub use order::kind_of;

/// A file laid out, or why it cannot be.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The file as it was read; what the findings point into.
    pub document: Document,
    /// The text in canonical layout; nothing when there are findings.
    pub text: Option<String>,
    /// What stands in the way: syntax errors.
    pub findings: Vec<Finding>,
}

/// Lays out a file. The keys of `kind` get the order in which its schema has them; those of no kind stay as they are.
///
/// The answer means what the file means: both are read and compared, and where they differ, which is a fault of this
/// program, that is the finding.
#[must_use]
pub fn layout(source: Source, kind: Option<SchemaKind>) -> Layout {
    let Source { name, bytes } = source;
    let (mut document, unread) = Document::decode(0, name, bytes);
    if let Some(finding) = unread {
        return Layout { document, text: None, findings: vec![finding] };
    }
    // TOML leaves it to the reader what a line end is inside a text; for us it is always a line feed.
    if document.text.contains('\r') {
        document.text = document.text.replace("\r\n", "\n");
    }
    let (before, findings) = document.tree(0);
    if !findings.is_empty() {
        return Layout { document, text: None, findings };
    }
    let file = order::ordered(read::read(&document.text), kind);
    let text = print::print(&file);
    let (after, errors) = DeTable::parse_recoverable(&text);
    if errors.is_empty() && same_table(&before.root, after.get_ref()) {
        return Layout { document, text: Some(text), findings };
    }
    let findings = vec![unequal()];
    Layout { document, text: None, findings }
}

fn unequal() -> Finding {
    Finding {
        code: "internal",
        severity: Severity::Error,
        message: "the file would not mean the same in another layout".to_owned(),
        marks: vec![Mark { document: 0, span: 0..0, text: String::new() }],
        help: vec![
            "this is a fault of scalewright: please report it; the file stays as it is".to_owned(),
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
