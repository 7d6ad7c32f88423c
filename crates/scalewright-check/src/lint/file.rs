//! Names one of the files that are checked together.

/// One of the files that are checked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Definition,
    Cases,
    /// A wording file, by its position among the documents.
    Wording(usize),
}
