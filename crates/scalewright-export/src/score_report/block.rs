//! The parts of a report's page. The typesetter and the writer of HTML show the same ones.

use serde::Serialize;

use super::picture::Picture;

/// A part of a page.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Block {
    /// A heading of level 2, or of level 3 below it.
    Heading {
        level: u8,
        text: Run,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    /// Pictures of one line each, with a name beside each.
    Lines {
        lines: Vec<Line>,
    },
    Figure {
        picture: Picture,
    },
    Table(Table),
    List {
        items: Vec<Run>,
    },
}

impl Block {
    /// A heading in the report's own words.
    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self::Heading { level: 2, text: Run::own(text) }
    }

    /// A heading below another, in the words of the instrument.
    pub(super) fn below(text: impl Into<String>) -> Self {
        Self::Heading { level: 3, text: Run::words(text) }
    }

    /// A paragraph in the report's own words.
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { runs: vec![Run::own(text)] }
    }

    /// The texts of which each is read by itself: cells, entries, headings, and the labels of pictures.
    pub(super) fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::Heading { level: _, text } => vec![&mut text.text],
            // The runs of a paragraph continue one another.
            Self::Paragraph { runs } => {
                runs.last_mut().map(|run| &mut run.text).into_iter().collect()
            }
            Self::Lines { lines } => lines.iter_mut().flat_map(Line::texts).collect(),
            Self::Figure { picture } => picture.labels().collect(),
            Self::Table(table) => {
                table.rows.iter_mut().flatten().map(|run| &mut run.text).collect()
            }
            Self::List { items } => items.iter_mut().map(|item| &mut item.text).collect(),
        }
    }

    /// A list in the report's own words.
    pub(super) fn list(items: Vec<String>) -> Self {
        Self::List { items: items.into_iter().map(Run::own).collect() }
    }
}

/// A name with a picture beside it.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) title: Run,
    pub(super) picture: Picture,
}

impl Line {
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.title.text).chain(self.picture.labels())
    }
}

/// A text of one language and style.
#[derive(Serialize, Default, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    /// Whether it is in the language of the report's own words, and not in that of the wording.
    pub(super) own: bool,
    pub(super) style: Style,
}

/// How a text is shown.
#[derive(Serialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Style {
    #[default]
    Plain,
    Strong,
    Quiet,
    Small,
}

impl Run {
    /// Words of the report itself, and numbers.
    pub(super) fn own(text: impl Into<String>) -> Self {
        Self { text: text.into(), own: true, style: Style::Plain }
    }

    /// Words of the instrument.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), own: false, style: Style::Plain }
    }

    pub(super) fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// A table with a row of headings.
#[derive(Serialize)]
pub(super) struct Table {
    /// What it contains, for those who do not see where it is.
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    /// The column whose cells name the rows.
    pub(super) named_by: usize,
    pub(super) rows: Vec<Vec<Run>>,
}

/// A column of a table.
#[derive(Serialize)]
pub(super) struct Column {
    head: String,
    width: Width,
    /// Whether its cells are aligned to the end of the line, as numbers are.
    end: bool,
}

impl Column {
    pub(super) fn new(head: &str, width: Width) -> Self {
        Self { head: head.to_owned(), width, end: false }
    }

    /// A column of numbers.
    pub(super) fn of_numbers(head: &str) -> Self {
        Self { head: head.to_owned(), width: Width::Content, end: true }
    }

    pub(super) fn head(&self) -> &str {
        &self.head
    }

    pub(super) const fn is_of_numbers(&self) -> bool {
        self.end
    }
}

/// The width of a column on paper.
#[derive(Serialize, Clone, Copy)]
#[serde(untagged)]
pub(super) enum Width {
    /// As wide as its content.
    Content,
    /// This share of what the others leave.
    Rest { rest: u8 },
    /// So many millimetres.
    Fixed(f64),
}

/// The width of the column that takes what the others leave.
pub(super) const REST: Width = Width::Rest { rest: 1 };
