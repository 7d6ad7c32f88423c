//! A document to be rendered, and why it could not be.

/// A document to be rendered.
#[derive(Debug, Clone, Copy)]
pub struct TypstDocument<'a> {
    /// Typst markup. Text that is not ours belongs in a file, which the markup reads as data.
    pub main: &'a str,
    /// The files the markup may read, by absolute path, such as `/form.json`. Use few distinct
    /// paths: each takes one of 65,535 places that a process never gives back.
    pub files: &'a [(&'a str, &'a [u8])],
    /// Names the document, stably; a hash of it becomes the PDF's identifier.
    pub ident: &'a str,
}

/// Why a document could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What may help.
    pub hints: Vec<String>,
}
