//! Places in a document, as paths. They are turned into lines and columns only when a finding is shown.

use std::fmt;

use crate::index::{ItemIx, NoteIx, ReferenceIx, SectionIx};
use crate::text::quote;

/// The most bytes of a pointer that is parsed.
const LONGEST: usize = 2_000;

/// One segment of a [`Pointer`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into a table, by key.
    Key(String),
    /// Into an array, by index, counted from 0.
    Index(usize),
}

/// A path into a document. `Display` writes it as a JSON Pointer (RFC 6901): `/scales/0/items/1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Vec<Segment>);

impl Pointer {
    /// Points at the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Points at a key of the top level: `/title`.
    #[must_use]
    pub fn top(key: &str) -> Self {
        Self::root().key(key)
    }

    /// Points at an entry of a list of the top level, counted from 0: `/norms/2`.
    #[must_use]
    pub fn entry(list: &str, index: usize) -> Self {
        Self::top(list).index(index)
    }

    /// Points at an item.
    #[must_use]
    pub fn item(item: ItemIx) -> Self {
        Self::entry("items", item.0)
    }

    /// Points at a note.
    #[must_use]
    pub fn note(note: NoteIx) -> Self {
        Self::entry("notes", note.0)
    }

    /// Points at a section.
    #[must_use]
    pub fn section(section: SectionIx) -> Self {
        Self::entry("sections", section.0)
    }

    /// Points at a cited work.
    #[must_use]
    pub fn reference(reference: ReferenceIx) -> Self {
        Self::entry("references", reference.0)
    }

    /// Points at a scale, by its position among the `[[scales]]` of the file. The scales of an instrument also come
    /// from flags and norms: [`Scale::pointer`](crate::Scale::pointer) points at any of them.
    #[must_use]
    pub fn scale(position: usize) -> Self {
        Self::entry("scales", position)
    }

    /// Points at a flag, by its position in the file.
    #[must_use]
    pub fn flag(position: usize) -> Self {
        Self::entry("flags", position)
    }

    /// Points at a norm, by its position in the file.
    #[must_use]
    pub fn norm(position: usize) -> Self {
        Self::entry("norms", position)
    }

    /// Points at a silenced lint, by its position in the file.
    #[must_use]
    pub fn allow(position: usize) -> Self {
        Self::entry("allow", position)
    }

    /// Points at a case of `cases.toml`, by its position in the file.
    #[must_use]
    pub fn case(position: usize) -> Self {
        Self::entry("cases", position)
    }

    /// Points at a response scale, by its name.
    #[must_use]
    pub fn response_scale(name: &str) -> Self {
        Self::top("response-scales").key(name)
    }

    /// Points at a table, by its name.
    #[must_use]
    pub fn table(name: &str) -> Self {
        Self::top("tables").key(name)
    }

    /// Points at an item response model, by its name.
    #[must_use]
    pub fn model(name: &str) -> Self {
        Self::top("models").key(name)
    }

    /// Points at `key` of this table.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.join(Segment::Key(key.to_owned()))
    }

    /// Points at the element `index` of this array, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(Segment::Index(index))
    }

    /// Points one segment further.
    #[must_use]
    pub fn join(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    /// Parses a JSON Pointer (RFC 6901): `/items/3/stem`. A number is an index if `is_list` returns true for the place
    /// before it, and otherwise a key.
    ///
    /// # Errors
    ///
    /// Returns what is wrong, as a clause.
    pub fn parse(text: &str, is_list: impl Fn(&Self) -> bool) -> Result<Self, String> {
        let Some(rest) = text.strip_prefix('/') else {
            return match text.is_empty() {
                true => Ok(Self::root()),
                false => Err(format!("`{}` is not a JSON pointer: begin it with `/`", quote(text))),
            };
        };
        if text.len() > LONGEST {
            return Err(format!("a JSON pointer is longer than {LONGEST} bytes"));
        }
        let mut place = Self::root();
        for segment in rest.split('/') {
            place = match is_list(&place) {
                true => place.index(index(segment).ok_or_else(|| {
                    format!("`{}` is not an index of the list at `{place}`", quote(segment))
                })?),
                false => place.key(&key(segment).ok_or_else(|| {
                    format!("`{}` has a `~` that is neither `~0` nor `~1`", quote(segment))
                })?),
            };
        }
        Ok(place)
    }

    /// Returns the segments, from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Returns the place that contains this one. The parent of the root is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        let keep = self.0.len().saturating_sub(1);
        Self(self.0[..keep].to_vec())
    }
}

/// Parses an index, without a sign or leading zeros.
fn index(segment: &str) -> Option<usize> {
    let is_plain = segment == "0" || !segment.starts_with('0');
    let digits = segment.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain && digits { segment.parse().ok() } else { None }
}

/// Decodes a key. Returns `None` if a `~` does not begin an escape.
fn key(segment: &str) -> Option<String> {
    let mut parts = segment.split('~');
    let mut key = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (escaped, rest) = match part.split_at_checked(1)? {
            ("0", rest) => ('~', rest),
            ("1", rest) => ('/', rest),
            _ => return None,
        };
        key.push(escaped);
        key.push_str(rest);
    }
    Some(key)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            match segment {
                Segment::Key(key) => {
                    // `~` first: in the other order, the `~` of `~1` would be replaced again.
                    write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?;
                }
                Segment::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Pointer, Segment};

    #[test]
    fn pointers_are_parsed_as_they_are_written() {
        let is_list = |place: &Pointer| place.to_string() == "/items";
        for text in ["", "/", "/items/3/ask-if", "/options/3", "/a~1b/~0~01"] {
            let parsed = Pointer::parse(text, is_list).expect("a pointer");
            assert_eq!(parsed.to_string(), text);
        }
        let parsed = Pointer::parse("/items/3", is_list).expect("a pointer");
        assert_eq!(parsed.segments()[1], Segment::Index(3));
        let parsed = Pointer::parse("/a~1b/3", is_list).expect("a pointer");
        assert_eq!(parsed, Pointer::top("a/b").key("3"));
    }

    #[test]
    fn wrong_pointers_are_refused() {
        let long = format!("/{}", "a".repeat(3_000));
        for text in
            ["items", "/items/-1", "/items/03", "/items/-", "/items/", "/a~", "/a~2", "/~é", &long]
        {
            let parsed = Pointer::parse(text, |place| place.to_string() == "/items");
            assert!(parsed.is_err(), "{text}");
        }
        let huge = "/items/99999999999999999999999";
        assert!(Pointer::parse(huge, |place| place.to_string() == "/items").is_err());
    }
}
