//! Reads TOML files of types that other crates define, with the same messages as definitions.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::{Document, Finding, MAX_BYTES, Source, locate, schema_of, shape};

/// Reads a TOML file as a `T`. The document is at index 0 of the findings.
///
/// # Errors
/// Returns the text and all findings about it if it is not TOML or does not match the schema of `T`.
pub fn read_toml<T: DeserializeOwned + JsonSchema>(
    source: Source,
) -> Result<(T, Document), (Document, Vec<Finding>)> {
    read_toml_up_to(source, MAX_BYTES)
}

/// Reads a TOML file of at most `most` bytes as a `T`.
pub(crate) fn read_toml_up_to<T: DeserializeOwned + JsonSchema>(
    source: Source,
    most: usize,
) -> Result<(T, Document), (Document, Vec<Finding>)> {
    let (document, unread) = Document::decode_up_to(0, source.name, source.bytes, most);
    if let Some(finding) = unread {
        return Err((document, vec![finding]));
    }
    let (tree, errors) = document.tree(0);
    if !errors.is_empty() {
        return Err((document.clone(), errors));
    }
    match shape::read_as::<T>(&tree, schema_of::<T>()) {
        (Some(file), found) if found.is_empty() => Ok((file, document.clone())),
        (_, found) => Err((document.clone(), locate(found, 0, &document))),
    }
}
