//! Where something is in a document, by its path: found early, turned into a position late.

use std::fmt;

use crate::index::{ItemIx, ReferenceIx, SectionIx};

/// One step of a [`Pointer`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into a table, by key.
    Key(String),
    /// Into an array, counted from 0.
    Index(usize),
}

/// A path into a document, as JSON Pointer (RFC 6901) has it: `/scales/0/items/1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Vec<Segment>);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// A key of the top level: `/title`.
    #[must_use]
    pub fn top(key: &str) -> Self {
        Self::root().key(key)
    }

    /// An entry of a list of the top level, counted from 0: `/norms/2`.
    #[must_use]
    pub fn entry(list: &str, index: usize) -> Self {
        Self::top(list).index(index)
    }

    /// An item.
    #[must_use]
    pub fn item(item: ItemIx) -> Self {
        Self::entry("items", item.0)
    }

    /// A section.
    #[must_use]
    pub fn section(section: SectionIx) -> Self {
        Self::entry("sections", section.0)
    }

    /// A cited work.
    #[must_use]
    pub fn reference(reference: ReferenceIx) -> Self {
        Self::entry("references", reference.0)
    }

    /// A scale, by its position among the `[[scales]]` of the file. An instrument's scales also come from flags and
    /// norms: [`Scale::pointer`](crate::Scale::pointer) points at any of them.
    #[must_use]
    pub fn scale(position: usize) -> Self {
        Self::entry("scales", position)
    }

    /// A flag, by its position in the file.
    #[must_use]
    pub fn flag(position: usize) -> Self {
        Self::entry("flags", position)
    }

    /// A norm, by its position in the file.
    #[must_use]
    pub fn norm(position: usize) -> Self {
        Self::entry("norms", position)
    }

    /// A silenced lint, by its position in the file.
    #[must_use]
    pub fn allow(position: usize) -> Self {
        Self::entry("allow", position)
    }

    /// A case of `cases.toml`, by its position in the file.
    #[must_use]
    pub fn case(position: usize) -> Self {
        Self::entry("cases", position)
    }

    /// A response scale, by its name.
    #[must_use]
    pub fn response_scale(name: &str) -> Self {
        Self::top("response-scales").key(name)
    }

    /// A table, by its name.
    #[must_use]
    pub fn table(name: &str) -> Self {
        Self::top("tables").key(name)
    }

    /// An item response model, by its name.
    #[must_use]
    pub fn model(name: &str) -> Self {
        Self::top("models").key(name)
    }

    /// The value under `key`.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.join(Segment::Key(key.to_owned()))
    }

    /// The element at `index`, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(Segment::Index(index))
    }

    /// One step further.
    #[must_use]
    pub fn join(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The place that contains this one; the root contains itself.
    #[must_use]
    pub fn parent(&self) -> Self {
        let keep = self.0.len().saturating_sub(1);
        Self(self.0[..keep].to_vec())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            match segment {
                Segment::Key(key) => {
                    write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?;
                }
                Segment::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}
