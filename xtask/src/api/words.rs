//! The words of doc comments, as the book prints them.

use syn::{Attribute, Expr, Lit, Meta, MetaNameValue};

/// Returns the text of `key = "text"`.
pub(super) fn text_of(key: &str, meta: &MetaNameValue) -> Option<String> {
    let Expr::Lit(literal) = &meta.value else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    meta.path.is_ident(key).then(|| text.value())
}

/// Returns the lines of a doc comment.
pub(super) fn docs(attributes: &[Attribute]) -> Vec<String> {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) => text_of("doc", meta),
        _ => None,
    });
    lines.collect()
}

/// Returns a doc comment as Markdown for the book: without indentation, with the words of its links alone.
pub(super) fn plain(docs: &str) -> String {
    let lines: Vec<&str> =
        docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let mut text = String::new();
    let joined = lines.join("\n");
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        rest = match linked(after) {
            Some((words, after)) => {
                let path = ["mod@", "crate::", "Self::"];
                text.push_str(
                    &path.iter().fold(words.to_owned(), |text, path| text.replace(path, "")),
                );
                after
            }
            None => {
                text.push('[');
                after
            }
        };
    }
    text + rest
}

/// Divides what follows a bracket into the words of a link to an item and the rest. A link to a page is not divided.
fn linked(after: &str) -> Option<(&str, &str)> {
    let (words, after) = after.split_once(']')?;
    let Some((target, rest)) = after.strip_prefix('(').and_then(|after| after.split_once(')'))
    else {
        return words.starts_with('`').then_some((words, after));
    };
    (!target.contains("//")).then_some((words, rest))
}

/// Returns the first sentence of a text on one line.
pub(super) fn first_sentence(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = first.match_indices(". ").map(|(at, _)| at + 1);
    // A point before a small letter belongs to an abbreviation.
    let is_end = |end: &usize| !first[*end..].trim_start().starts_with(char::is_lowercase);
    let end = ends.into_iter().find(is_end).unwrap_or(first.len());
    first[..end].to_owned()
}
