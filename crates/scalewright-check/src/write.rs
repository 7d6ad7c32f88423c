//! Writes definitions: the text of a file, in the layout of `scalewright fmt`, with comments where they are given.
//!
//! What is written reads back as the same file, and `scalewright fmt` leaves it unchanged. A section is a table at the top
//! level or an entry of a list there; what is below a section stays on its line where it fits.

mod comments;
mod scalar;
mod tree;

use scalewright_model::Pointer;
use scalewright_model::file::{CasesFile, InstrumentFile, WordingFile};
use serde::Serialize;

use crate::layout;
use crate::schema::SchemaKind;
use comments::Comments;

/// Writes files, with comments and in an order that the caller may add.
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
    /// A writer without comments.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the file with a line that names its JSON Schema, for editors.
    #[must_use]
    pub fn schema(mut self, path: &str) -> Self {
        self.comments.schema(path);
        self
    }

    /// Begins the file with a comment; several follow each other. A line of `text` is a line of the comment.
    #[must_use]
    pub fn head(mut self, text: &str) -> Self {
        self.comments.head(text);
        self
    }

    /// Puts a comment above a key, a section or an entry of a list. Inside something that is written on one line, it goes
    /// above that line; on a key that the file does not have, to the end of its section.
    #[must_use]
    pub fn above(mut self, at: Pointer, text: &str) -> Self {
        self.comments.above(at, text);
        self
    }

    /// Puts a comment at the end of the line of a key or of the header of a section. Where there is no such line, it goes
    /// where [`Writer::above`] puts it.
    #[must_use]
    pub fn beside(mut self, at: Pointer, text: &str) -> Self {
        self.comments.beside(at, text);
        self
    }

    /// Aligns the comments at the ends of lines, in characters from 0. Where a line is longer, and without a column, a
    /// comment follows its line after three spaces.
    #[must_use]
    pub fn column(mut self, column: usize) -> Self {
        self.comments.column = Some(column);
        self
    }

    /// Sets the order of names that the format leaves to the author, such as items in a wording file. Names that are
    /// not listed follow, by their letters and numbers.
    #[must_use]
    pub fn order(mut self, at: Pointer, names: impl IntoIterator<Item = String>) -> Self {
        self.comments.order(at, names.into_iter().collect());
        self
    }

    /// The text of `instrument.toml`.
    #[must_use]
    pub fn instrument(&self, file: &InstrumentFile) -> String {
        self.write(file, SchemaKind::Instrument)
    }

    /// The text of a wording file.
    #[must_use]
    pub fn wording(&self, file: &WordingFile) -> String {
        self.write(file, SchemaKind::Wording)
    }

    /// The text of `cases.toml`.
    #[must_use]
    pub fn cases(&self, file: &CasesFile) -> String {
        self.write(file, SchemaKind::Cases)
    }

    fn write(&self, file: &impl Serialize, kind: SchemaKind) -> String {
        let table = toml::Table::try_from(file).expect("internal: our file types have a TOML form");
        let tree = tree::tree(&table, kind, &self.comments);
        layout::print::print(&tree)
    }
}
