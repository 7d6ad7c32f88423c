//! Reading PDF, left out.
//!
//! Typst can place a page of a PDF as a picture, for which it reads the PDF, with decoders for JPEG 2000, JBIG2 and fax.
//! A picture in a form is a PNG, JPEG, GIF, WebP or SVG, so every PDF is refused here, as one that is invalid.

use std::sync::Arc;

/// A document, of which there is none.
#[derive(Debug)]
pub enum Pdf {}

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadPdfError {
    /// Encrypted.
    Decryption(DecryptionError),
    /// Not to be read, which is what every document is.
    Invalid,
}

/// What is wrong with an encrypted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecryptionError {}

/// The bytes of a document.
pub type PdfData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The version that a document states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are numbers")]
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
    /// Refuses the document.
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

    /// A page of a document, of which there is none.
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
