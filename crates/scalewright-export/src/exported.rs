//! The result of an export: files and diagnostics.

use scalewright_model::Diagnostic;

/// The result of an export.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// The files. They must not be used if a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// What the platform cannot represent, and what it refuses.
    pub diagnostics: Vec<Diagnostic>,
}

/// The result of exporting a study.
#[derive(Debug, Clone, Default)]
pub struct ExportedStudy {
    /// The files. They must not be used if a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// The diagnostics about each instrument, in the order of the request.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct ExportedFile {
    /// Its name, without folder.
    pub name: String,
    /// Its content.
    pub content: Content,
}

impl ExportedFile {
    /// A file with these bytes.
    pub(crate) fn of(name: String, bytes: Vec<u8>) -> Self {
        Self { name, content: Content::Bytes(bytes) }
    }
}

/// The content of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A PDF that Typst makes from this document.
    Typst(Document),
}

/// A document to be typeset.
#[derive(Debug, Clone)]
pub struct Document {
    /// The Typst template. It reads its data from `/form.json`, and the logo if the house style has one.
    pub template: &'static str,
    /// The content of `/form.json`.
    pub data: Vec<u8>,
    /// The content of `/form.json` in further parts of a long document, each of which is typeset alone and begins on a new
    /// page; empty for most.
    pub parts: Vec<Vec<u8>>,
    /// Further files that the template reads, by absolute path.
    pub files: Vec<(String, Vec<u8>)>,
    /// Identifies the document. Equal for equal definitions.
    pub ident: String,
    /// The form fields to add. `None` for a form on paper.
    pub fields: Option<Vec<FormField>>,
    /// Names and values written into the document that identify a filled-in form when it is read.
    pub marks: Vec<(&'static str, String)>,
    /// An estimate of the memory for typesetting in kB, in addition to what any document takes: that of the heaviest part.
    pub weight: usize,
}

impl Document {
    /// Estimates the weight of a document of mostly running text and tables of text, from the data that it prints.
    #[must_use]
    pub fn weight_of(data: &[u8]) -> usize {
        data.len() * 6 / 10
    }
}

/// A field of a form that is filled in on a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name: the id of its item.
    pub name: String,
    /// What it asks, for screen readers.
    pub tooltip: String,
    /// The coded values and their labels.
    pub options: Vec<(String, String)>,
    /// Where its text is shown again, on every page after the first.
    pub later: Option<LaterPages>,
}

/// Where a text is shown again on every page after the first. All lengths are in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaterPages {
    /// Whether the place is at the right edge; else at the left one.
    pub is_right: bool,
    /// The distance from this edge.
    pub margin: f32,
    /// The distance of its lower side from the top of the page.
    pub bottom: f32,
    /// The width.
    pub width: f32,
    /// The size of the text.
    pub size: f32,
}
