//! A TOML text with its tree, and the way from a pointer to a place in the text.

use std::ops::Range;

use scalewright_model::{Part, Pointer, Segment, Severity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Mark};
use crate::{literal, syntax};

/// The longest text that is read, in bytes. The largest real definition is a hundredth of it.
pub const MAX_BYTES: usize = 2 << 20;

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
    pub(crate) fn decode(
        index: usize,
        name: String,
        mut bytes: Vec<u8>,
    ) -> (Self, Option<Finding>) {
        // A byte order mark is no character of the text: columns are counted after it.
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
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
            fix: None,
        };
        (Self { name, text }, Some(finding))
    }

    /// The tree of the text, as far as it can be read, and every syntax error.
    pub(crate) fn tree(&self, index: usize) -> (Tree<'_>, Vec<Finding>) {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        let errors = syntax::findings(index, &self.text, &errors);
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

    /// All bytes of the value that `pointer` names.
    pub(crate) fn full_span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            place = self.step(&place, segment)?;
        }
        Some(place.value)
    }

    /// The bytes of a stretch of the text at `pointer`; the whole value where it is no text.
    pub(crate) fn span_within(&self, pointer: &Pointer, within: &Range<usize>) -> Range<usize> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            match self.step(&place, segment) {
                Some(next) => place = next,
                None => return self.span(pointer, Part::Value),
            }
        }
        let source = self.text.get(place.value.clone());
        match (place.node, source) {
            (Some(DeValue::String(_)), Some(source)) => {
                let span = literal::span(source, within);
                self.first_line(place.value.start + span.start..place.value.start + span.end)
            }
            _ => self.span(pointer, Part::Value),
        }
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
