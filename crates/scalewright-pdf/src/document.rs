//! The input of rendering, and the reasons why rendering failed.

/// A document to be rendered: Typst markup with the files that it reads.
#[derive(Debug, Clone, Copy)]
pub struct TypstDocument<'a> {
    /// Typst markup. Text from users belongs in a file, which the markup reads as data, so that it is never evaluated.
    pub main: &'a str,
    /// The files that the markup may read, by absolute path, such as `/form.json`. Use few distinct paths: Typst
    /// interns each of them for the lifetime of the process, and can intern at most 65,535.
    pub files: &'a [(&'a str, &'a [u8])],
    /// The content of the first file in further parts of a long document; empty for most. Each part begins on a new page, and
    /// takes its own memory. The markup finds the numbers of pages in `/pages.json`: `null` in a document of one part, else
    /// the pages `before` the part, and `all`.
    pub parts: &'a [Vec<u8>],
    /// A stable name of the document. A hash of it becomes the identifier of the PDF.
    pub ident: &'a str,
}

/// A reason why a document could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// Advice on how to fix it.
    pub hints: Vec<String>,
}
