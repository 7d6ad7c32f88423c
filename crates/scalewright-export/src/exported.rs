//! What came of an export: files, and what the platform has no place for.

use scalewright_model::Diagnostic;

/// What came of an export.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// The files; of no use when a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// What the platform has no place for, and what it refuses.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of the export of a study.
#[derive(Debug, Clone, Default)]
pub struct ExportedStudy {
    /// The files; of no use when a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// What is to be said of each instrument, in their order.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct ExportedFile {
    /// Its name, without folder.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

impl ExportedFile {
    /// A file of these bytes.
    pub(crate) fn of(name: String, bytes: Vec<u8>) -> Self {
        Self { name, content: Content::Bytes(bytes) }
    }
}

/// What is in a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The PDF that Typst makes of this.
    Typst(Document),
}

/// A document to be set.
#[derive(Debug, Clone)]
pub struct Document {
    /// What sets it: reads its data from `/form.json`, and the logo where the house style has one.
    pub template: &'static str,
    /// The data.
    pub data: Vec<u8>,
    /// Further files that it reads, by absolute path.
    pub files: Vec<(String, Vec<u8>)>,
    /// Identifies the document; the same for the same definition.
    pub ident: String,
    /// The fields it gets; `None` for a form on paper.
    pub fields: Option<Vec<FormField>>,
    /// What a form to fill in is known by when it comes back: names and values.
    pub marks: Vec<(&'static str, String)>,
    /// The memory that it takes to be set, in kB, beside what any document takes: an estimate.
    pub weight: usize,
}

impl Document {
    /// The weight of a document that is mostly running text and tables of it, from the data that it prints.
    #[must_use]
    pub fn weight_of(data: &[u8]) -> usize {
        data.len() * 6 / 10
    }
}

/// A field of a form to be filled in on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its name: the id of its item.
    pub name: String,
    /// What it asks.
    pub tooltip: String,
    /// The coded values and their labels.
    pub options: Vec<(String, String)>,
}
