//! What a page says, apart from how it looks. Pages are written as HTML and typeset as PDF from the same content.

use serde::Serialize;

/// A page.
pub(super) struct Page {
    /// The name of its file, without the ending.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(super) enum Block {
    Heading {
        text: String,
    },
    Paragraph {
        text: String,
    },
    /// An explanation in small letters.
    Note {
        text: String,
    },
    List {
        items: Vec<String>,
    },
    /// A picture as SVG, and what it shows in words.
    Picture {
        svg: String,
        alt: String,
    },
    Table(Table),
}

/// A table whose rows have as many cells as it has columns.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    /// Its cells are aligned at the end.
    pub(super) is_number: bool,
}

impl Column {
    pub(super) fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: false }
    }

    pub(super) fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: true }
    }
}

/// A cell of a table. The first of a row is its head.
#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(super) enum Cell {
    Text {
        text: String,
    },
    /// A text that leads to another page, by the name of its file.
    Link {
        text: String,
        page: String,
    },
    /// A small picture. The numbers beside it say the same.
    Spark {
        svg: String,
    },
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
