//! A stub that copies no pages of PDF.
//!
//! krilla copies pages of other PDF documents into its own. No other document can be read (see the stub for
//! `hayro-syntax`), so nothing is ever copied.

pub use hayro_syntax;

use hayro_syntax::Pdf;
use pdf_writer::writers::Group;
use pdf_writer::{Chunk, Ref, Settings};

/// The page that is copied, and how.
#[derive(Debug, Clone, Copy)]
pub struct ExtractionQuery;

impl ExtractionQuery {
    /// As a page.
    #[must_use]
    pub fn new_page(_page_index: usize) -> Self {
        Self
    }

    /// As an object in a page.
    #[must_use]
    pub fn new_xobject(_page_index: usize) -> Self {
        Self
    }
}

/// Why a page cannot be copied.
#[derive(Debug, Clone, Copy)]
pub enum ExtractionError {
    /// The page does not exist.
    InvalidPageIndex(usize),
}

/// The copied pages.
#[derive(Debug)]
pub struct ExtractionResult {
    /// The objects.
    pub chunk: Chunk,
    /// For each query, the reference of its page.
    pub root_refs: Vec<Result<Ref, ExtractionError>>,
    /// The reference of the page tree.
    pub page_tree_parent_ref: Ref,
}

/// Copies pages of a document that cannot exist.
///
/// # Errors
///
/// None, as it is never called.
pub fn extract<'a, G>(
    pdf: &Pdf,
    _new_ref: Box<dyn FnMut() -> Ref + 'a>,
    _chunk_settings: Settings,
    _write_xobject_group_cs: G,
    _queries: &[ExtractionQuery],
) -> Result<ExtractionResult, ExtractionError>
where
    G: for<'b> FnMut(&mut Group<'b>),
{
    match *pdf {}
}
