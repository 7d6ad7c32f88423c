//! Writes definitions as texts, in the layout of `scalewright fmt`, with optional comments.
//!
//! The text reads back as the same file, and `scalewright fmt` leaves it unchanged. A section is a table at the top
//! level or an entry of a list there; tables inside a section are written on one line if they fit.

mod comments;
pub(crate) mod scalar;
mod tree;

use scalewright_model::Pointer;
use scalewright_model::file::{CasesFile, InstrumentFile, WordingFile};
use serde::Serialize;

use crate::layout;
use crate::schema::SchemaKind;
use comments::Comments;

/// Writes files, with optional comments and orders of names.
///
/// ```
/// use scalewright_check::Writer;
/// use scalewright_model::{ItemIx, MissingKind, Pointer, ScoreKind};
/// use scalewright_model::file::{
///     AdministrationFile, InstrumentFile, ItemFile, RightsFile, ScaleFile,
/// };
///
/// let rights = RightsFile::new("Example University", "CC0-1.0");
/// let mut file = InstrumentFile::new("calm", "Calm", "en", rights, AdministrationFile::new());
/// file.items = vec![ItemFile { stem: Some("I felt \"calm\".".to_owned()), ..ItemFile::new("calm_1", "often") }];
/// file.scales = vec![ScaleFile {
///     items: vec!["calm_1".to_owned()],
///     ..ScaleFile::new("calm", "Calm", ScoreKind::Sum, MissingKind::NoScore)
/// }];
///
/// let text = Writer::new()
///     .head("Read from a spreadsheet.")
///     .beside(Pointer::top("status"), "the spreadsheet does not say")
///     .above(Pointer::item(ItemIx(0)), "Row 2")
///     .instrument(&file);
///
/// assert!(text.starts_with("# Read from a spreadsheet.\nformat = 1\nid = \"calm\"\n"));
/// assert!(text.contains("status = \"development\"   # the spreadsheet does not say\n"));
/// assert!(text.contains("\n# Row 2\n[[items]]\nid = \"calm_1\"\nstem = 'I felt \"calm\".'\n"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Writer {
    comments: Comments,
}

impl Writer {
    /// Returns a writer without comments.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line at the beginning of the file that names its JSON Schema, for editors.
    #[must_use]
    pub fn schema(mut self, path: &str) -> Self {
        self.comments.schema(path);
        self
    }

    /// Adds a comment at the beginning of the file, after those added before. Each line of `text` is a line of the
    /// comment.
    #[must_use]
    pub fn head(mut self, text: &str) -> Self {
        self.comments.head(text);
        self
    }

    /// Adds a comment above a key, a section or an entry of a list. If `at` is inside a value that is written on one
    /// line, the comment is above that line. If the file does not have the key, the comment is at the end of its
    /// section.
    #[must_use]
    pub fn above(mut self, at: Pointer, text: &str) -> Self {
        self.comments.above(at, text);
        self
    }

    /// Adds a comment at the end of the line of a key, or of the header of a section. If there is no such line, the
    /// comment is where [`Writer::above`] would put it.
    #[must_use]
    pub fn beside(mut self, at: Pointer, text: &str) -> Self {
        self.comments.beside(at, text);
        self
    }

    /// Sets the column of the comments at the ends of lines, in characters from 0. If a line is longer, or if no column
    /// is set, its comment follows after three spaces.
    #[must_use]
    pub fn column(mut self, column: usize) -> Self {
        self.comments.column = Some(column);
        self
    }

    /// Sets the order of names that the format does not order, such as items in a wording file. Other names follow, in
    /// natural order (`q2` before `q10`).
    #[must_use]
    pub fn order(mut self, at: Pointer, names: impl IntoIterator<Item = String>) -> Self {
        self.comments.order(at, names.into_iter().collect());
        self
    }

    /// Returns the text of `instrument.toml`.
    #[must_use]
    pub fn instrument(&self, file: &InstrumentFile) -> String {
        self.write(file, SchemaKind::Instrument)
    }

    /// Returns the text of a wording file.
    #[must_use]
    pub fn wording(&self, file: &WordingFile) -> String {
        self.write(file, SchemaKind::Wording)
    }

    /// Returns the text of `cases.toml`.
    #[must_use]
    pub fn cases(&self, file: &CasesFile) -> String {
        self.write(file, SchemaKind::Cases)
    }

    fn write(&self, file: &impl Serialize, kind: SchemaKind) -> String {
        let table =
            toml::Table::try_from(file).expect("internal: all file types can be written as TOML");
        let tree = tree::tree(&table, kind, &self.comments);
        layout::print::print(&tree)
    }
}
