//! A stub that reads no PDF.
//!
//! Typst can embed a page of a PDF as an image. For that it parses the PDF, with decoders for JPEG 2000, JBIG2 and fax.
//! A picture in a form is a PNG, JPEG, GIF, WebP or SVG, so this stub rejects every PDF as invalid.

use std::sync::Arc;

/// A document. The type has no values.
#[derive(Debug)]
pub enum Pdf {}

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadPdfError {
    /// It is encrypted.
    Decryption(DecryptionError),
    /// It is invalid. The stub returns this for every document.
    Invalid,
}

/// Why an encrypted document cannot be read. The type has no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecryptionError {}

/// The bytes of a document.
pub type PdfData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The version that a document states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are version numbers")]
pub enum PdfVersion {
    Pdf10,
    Pdf11,
    Pdf12,
    Pdf13,
    Pdf14,
    Pdf15,
    Pdf16,
    Pdf17,
    Pdf20,
}

/// The cross-reference table of a document.
#[derive(Debug)]
pub enum XRef {}

impl XRef {
    /// Whether parts of the document can be hidden.
    #[must_use]
    pub fn has_optional_content_groups(&self) -> bool {
        match *self {}
    }
}

impl Pdf {
    /// Rejects the document.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_data: PdfData) -> Result<Self, LoadPdfError> {
        Err(LoadPdfError::Invalid)
    }

    /// The bytes.
    #[must_use]
    pub fn data(&self) -> &PdfData {
        match *self {}
    }

    /// The pages.
    #[must_use]
    pub fn pages(&self) -> &[page::Page<'_>] {
        match *self {}
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> PdfVersion {
        match *self {}
    }

    /// The cross-reference table.
    #[must_use]
    pub fn xref(&self) -> &XRef {
        match *self {}
    }
}

/// Pages.
pub mod page {
    use std::convert::Infallible;
    use std::marker::PhantomData;

    /// A page of a document. The type has no values.
    #[derive(Debug)]
    pub struct Page<'a>(Infallible, PhantomData<&'a ()>);

    impl Page<'_> {
        /// Width and height, in points.
        #[must_use]
        pub fn render_dimensions(&self) -> (f32, f32) {
            match self.0 {}
        }
    }
}
