//! A TOML text with its tree, and the conversion of pointers to positions in the text.

use std::ops::Range;

use scalewright_model::{Part, Pointer, Segment, Severity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Mark};
use crate::{literal, syntax};

/// The most bytes of a file that is read. The largest real definition has a hundredth of that.
pub const MAX_BYTES: usize = 2 << 20;

/// A file, with its name and its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name in messages: the path as the user gave it.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Document {
    /// Decodes the bytes of a file. Returns a finding if they are too long or not UTF-8.
    pub(crate) fn decode(index: usize, name: String, bytes: Vec<u8>) -> (Self, Option<Finding>) {
        Self::decode_up_to(index, name, bytes, MAX_BYTES)
    }

    /// Decodes the bytes of a file that may have at most `most` bytes.
    pub(crate) fn decode_up_to(
        index: usize,
        name: String,
        mut bytes: Vec<u8>,
        most: usize,
    ) -> (Self, Option<Finding>) {
        // A byte order mark is not part of the text: columns are counted after it.
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if bytes.len() > most {
            let message = format!("the file is larger than {} MiB", most >> 20);
            let help = "split it, or remove what is not a definition";
            return Self::unread(index, name, String::new(), "too-large", message, help);
        }
        match String::from_utf8(bytes) {
            Ok(text) => (Self { name, text }, None),
            Err(error) => {
                // The valid beginning is kept, so that the mark has a line and a column.
                let good = error.utf8_error().valid_up_to();
                // This part is valid, so no character is replaced.
                let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
                let message = format!("the file is not UTF-8 text from byte {good} on");
                Self::unread(index, name, text, "not-utf8", message, "save it as UTF-8")
            }
        }
    }

    /// Returns a document with an error at the end of the part that could be decoded.
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
            code: code.into(),
            severity: Severity::Error,
            message,
            marks: vec![Mark::at(index, end..end)],
            help: vec![help.to_owned()],
            fix: None,
        };
        (Self { name, text }, Some(finding))
    }

    /// Parses the text into a tree, as far as possible, and returns all syntax errors.
    pub(crate) fn tree(&self, index: usize) -> (Tree<'_>, Vec<Finding>) {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        let errors = syntax::findings(index, &self.text, &errors);
        (Tree { text: &self.text, root: root.into_inner() }, errors)
    }
}

/// The tree of a text, which finds positions in the text.
pub(crate) struct Tree<'t> {
    text: &'t str,
    /// The top-level table of the file.
    pub(crate) root: DeTable<'t>,
}

impl<'t> Tree<'t> {
    /// Returns the value at `pointer`, or `None` if it does not exist or is the root.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<&DeValue<'t>> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            place = self.step(&place, segment)?;
        }
        place.node
    }

    /// Returns the bytes of the key or value at `pointer`, or of the nearest existing table or list around it.
    pub(crate) fn span(&self, pointer: &Pointer, part: Part) -> Range<usize> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            match self.step(&place, segment) {
                Some(next) => place = next,
                None => break,
            }
        }
        // Elements of lists and the root have no key, so their value is marked instead.
        let span = match (part, place.key) {
            (Part::Key, Some(key)) => key,
            (Part::Key, None) | (Part::Value, _) => place.value,
        };
        self.first_line(span)
    }

    /// Returns all bytes of the value at `pointer`, also if it has several lines.
    pub(crate) fn full_span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let mut place = Place { key: None, value: 0..0, node: None };
        for segment in pointer.segments() {
            place = self.step(&place, segment)?;
        }
        Some(place.value)
    }

    /// Returns the bytes of the range `within` of the text at `pointer`, or of the whole value if it is not a text.
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

    /// Limits a range to its first line: a mark over all lines of a table would not help.
    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let end = span.end.min(self.text.len());
        let start = span.start.min(end);
        let line = self.text[start..end].find('\n').map_or(end, |offset| start + offset);
        // Also without the carriage return of a Windows line ending.
        let trimmed = self.text[start..line].trim_end().len();
        start..start + trimmed
    }
}

/// The current position of a walk down the tree.
struct Place<'a, 't> {
    key: Option<Range<usize>>,
    value: Range<usize>,
    /// The value; `None` at the root.
    node: Option<&'a DeValue<'t>>,
}

impl<'a, 't> Place<'a, 't> {
    fn new(key: Option<Range<usize>>, value: &'a Spanned<DeValue<'t>>) -> Self {
        Self { key, value: value.span(), node: Some(value.get_ref()) }
    }
}
