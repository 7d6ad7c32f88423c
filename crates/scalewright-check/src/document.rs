//! A TOML text with its tree, and the way from a pointer to a place in the text.

use std::ops::Range;

use scalewright_model::{Part, Pointer, Segment, Severity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Mark};

/// The longest text that is read, in bytes. The largest real definition is a hundredth of it.
pub const MAX_BYTES: usize = 4 << 20;

/// One file: its name and its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is called in messages: its path as the user gave it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Document {
    /// Decodes the bytes of a file, or says why they are none of ours.
    pub(crate) fn decode(index: usize, name: String, bytes: Vec<u8>) -> (Self, Option<Finding>) {
        if bytes.len() > MAX_BYTES {
            let message = format!("the file is larger than {} MiB", MAX_BYTES >> 20);
            let help = "split it, or remove what is not a definition";
            return Self::unread(index, name, String::new(), "too-large", message, help);
        }
        match String::from_utf8(bytes) {
            Ok(text) => (Self { name, text }, None),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
                let message = format!("the file is not UTF-8 text from byte {good} on");
                Self::unread(index, name, text, "not-utf8", message, "save it as UTF-8")
            }
        }
    }

    fn unread(
        index: usize,
        name: String,
        text: String,
        code: &'static str,
        message: String,
        help: &str,
    ) -> (Self, Option<Finding>) {
        let end = text.len();
        let finding = Finding {
            code,
            severity: Severity::Error,
            message,
            marks: vec![Mark { document: index, span: end..end, text: String::new() }],
            help: vec![help.to_owned()],
        };
        (Self { name, text }, Some(finding))
    }

    /// The tree of the text, as far as it can be read, and every syntax error.
    pub(crate) fn tree(&self, index: usize) -> (Tree<'_>, Vec<Finding>) {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        let errors = errors.iter().map(|error| syntax(index, &self.text, error)).collect();
        (Tree { text: &self.text, root: root.into_inner() }, errors)
    }
}

/// The tree of a text, in which places are found.
pub(crate) struct Tree<'t> {
    text: &'t str,
    /// The table that the file is.
    pub(crate) root: DeTable<'t>,
}

impl<'t> Tree<'t> {
    /// The value that `pointer` names; nothing at the root.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<&DeValue<'t>> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            place = self.step(&place, segment)?;
        }
        place.node
    }

    /// The bytes of the key or value that `pointer` names, or of the nearest thing around it that is there.
    pub(crate) fn span(&self, pointer: &Pointer, part: Part) -> Range<usize> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            match self.step(&place, segment) {
                Some(next) => place = next,
                None => break,
            }
        }
        let span = match (part, place.key) {
            (Part::Key, Some(key)) => key,
            (Part::Key, None) | (Part::Value, _) => place.value,
        };
        self.first_line(span)
    }

    fn step<'a>(&'a self, place: &Place<'a, 't>, segment: &Segment) -> Option<Place<'a, 't>> {
        match segment {
            Segment::Key(key) => {
                let table = match place.node {
                    Some(node) => node.as_table()?,
                    None => &self.root,
                };
                let (key, value) = table.get_key_value(key.as_str())?;
                Some(Place::new(Some(key.span()), value))
            }
            Segment::Index(index) => {
                let element = place.node?.as_array()?.get(*index)?;
                Some(Place::new(None, element))
            }
        }
    }

    /// A mark over many lines says nothing: a table is marked by its first line.
    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let end = span.end.min(self.text.len());
        let start = span.start.min(end);
        let line = self.text[start..end].find('\n').map_or(end, |offset| start + offset);
        let trimmed = self.text[start..line].trim_end().len();
        start..start + trimmed
    }
}

/// Where a walk down the tree has come to.
struct Place<'a, 't> {
    key: Option<Range<usize>>,
    value: Range<usize>,
    /// The value; nothing at the root.
    node: Option<&'a DeValue<'t>>,
}

impl<'a, 't> Place<'a, 't> {
    fn new(key: Option<Range<usize>>, value: &'a Spanned<DeValue<'t>>) -> Self {
        Self { key, value: value.span(), node: Some(value.get_ref()) }
    }
}

fn syntax(document: usize, text: &str, error: &toml::de::Error) -> Finding {
    let span = error.span().unwrap_or(0..0);
    let (message, help) = reworded(error.message(), text, &span);
    let start = floor(text, span.start);
    let end = floor(text, span.end.max(start));
    Finding {
        code: "syntax",
        severity: Severity::Error,
        message,
        marks: vec![Mark { document, span: start..end.max(start), text: String::new() }],
        help: vec![help],
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What the parser says, in our words: what is wrong, and what to do.
fn reworded(said: &str, text: &str, span: &Range<usize>) -> (String, String) {
    let first = said.lines().next().unwrap_or(said);
    let marked = text.get(span.clone()).unwrap_or_default();
    let known: [(&str, &str, &str); 13] = [
        ("duplicate key", "a key is given twice", "keep one of the two"),
        (
            "redefinition of table",
            "a table is given twice",
            "keep one, or use `[[…]]` for a list of tables",
        ),
        (
            "invalid basic string",
            "a text is not closed on its line",
            "close it with `\"`; for a text of several lines use `\"\"\"`",
        ),
        ("invalid literal string", "a text is not closed on its line", "close it with `'`"),
        ("invalid multi-line basic string", "a text is never closed", "close it with `\"\"\"`"),
        ("unclosed array", "a list is never closed", "close it with `]`"),
        ("unclosed inline table", "a table in braces is never closed", "close it with `}`"),
        (
            "unclosed table",
            "the name of a table is never closed",
            "close it with `]`, or `]]` for a list of tables",
        ),
        ("extra comma", "there is a comma too many", "remove it"),
        ("missing comma", "a comma is missing", "separate the entries with commas"),
        ("missing value", "a key has no value", "write the value after `=`"),
        ("unquoted", "a text is not in quotes", "put it in quotes: `\"…\"`"),
        (
            "missing escaped value",
            "a backslash stands alone",
            "write `\\\\` for a backslash, or put the text in single quotes",
        ),
    ];
    let lower = first.to_lowercase();
    for (sign, message, help) in known {
        if lower.contains(sign) {
            return (message.to_owned(), help.to_owned());
        }
    }
    if lower.contains("string values must be quoted") {
        return ("a text is not in quotes".to_owned(), "put it in quotes: `\"…\"`".to_owned());
    }
    if lower.contains("recursion") {
        return (
            "values are nested too deep".to_owned(),
            "no definition needs this: flatten it".to_owned(),
        );
    }
    let message = match marked.trim().is_empty() || marked.len() > 40 || marked.contains('\n') {
        true => format!("this is not TOML: {}", first.trim_end_matches('.')),
        false => format!("`{marked}` is not TOML here: {}", first.trim_end_matches('.')),
    };
    (
        message,
        "see https://toml.io for the syntax; texts go in quotes, lists in brackets".to_owned(),
    )
}
