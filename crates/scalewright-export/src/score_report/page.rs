//! A report's page: its head, its foot and its parts.

use scalewright_model::{Direction, Paper, direction};
use serde::Serialize;

use super::block::{Block, Run};
use super::html;
use super::request::{ReportFormat, ReportSheet};

use crate::ui;
use crate::{Content, Document, ExportedFile, House};

/// The Typst template.
const TEMPLATE: &str = include_str!("../typst/report.typ");

/// The space at both sides of the text on paper, in millimetres.
const MARGINS: f64 = 36.0;

/// A page.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    paper: &'static str,
    /// The language of the instrument's words.
    pub(super) language: &'a str,
    pub(super) direction: &'static str,
    /// The language of the report's own words.
    pub(super) own_language: &'static str,
    pub(super) own_direction: &'static str,
    /// The kind of sheet.
    pub(super) kind: &'static str,
    /// The pattern of the numbers of pages.
    pages: &'static str,
    pub(super) title: &'a str,
    id: &'a str,
    version: &'a str,
    /// Id, version and date of the definition.
    pub(super) facts: Vec<String>,
    pub(super) banner: Option<String>,
    pub(super) notice: String,
    /// Whom the report is about, in one text.
    pub(super) subject: String,
    /// The same as the first line of the page.
    pub(super) about: Vec<Run>,
    pub(super) blocks: Vec<Block>,
    pub(super) house: &'a House,
}

/// Whom a report is about.
pub(super) struct Subject {
    /// The kind of sheet.
    pub(super) kind: &'static str,
    /// In one text.
    pub(super) name: String,
    /// As the first line of the page.
    pub(super) about: Vec<Run>,
}

const fn named(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(sheet: &ReportSheet<'a>, subject: Subject, mut blocks: Vec<Block>) -> Self {
        let (instrument, wording, own) = (sheet.instrument, sheet.wording, sheet.ui());
        let (id, version) = (&instrument.id, &instrument.version);
        let figures = sheet.figures();
        for text in blocks.iter_mut().flat_map(Block::texts) {
            *text = figures.by_itself(text);
        }
        let facts = [Some(id), Some(version), instrument.date.as_ref()].into_iter().flatten();
        Self {
            paper: match sheet.paper {
                Paper::A4 => "a4",
                Paper::UsLetter => "us-letter",
            },
            language: sheet.language(),
            direction: named(direction(sheet.language())),
            own_language: own.language,
            own_direction: named(direction(own.language)),
            kind: subject.kind,
            pages: own.page,
            title: wording.map_or(instrument.title.as_str(), |words| &words.title),
            id,
            version,
            facts: facts.map(|fact| figures.isolated(fact)).collect(),
            banner: ui::banner(own, instrument.status, wording),
            notice: figures.by_itself(
                wording
                    .and_then(|words| words.notice.as_deref())
                    .unwrap_or(&instrument.rights.notice),
            ),
            subject: subject.name,
            about: subject.about,
            blocks,
            house: sheet.house,
        }
    }

    /// Returns the page as a file with this name and the ending of its format.
    pub(super) fn file(&self, sheet: &ReportSheet<'_>, name: &str) -> ExportedFile {
        match sheet.format {
            ReportFormat::Html => {
                let text = html::document(self, sheet.logo);
                ExportedFile::of(format!("{name}.html"), text.into_bytes())
            }
            ReportFormat::Pdf => {
                let content = Content::Typst(self.document());
                ExportedFile { name: format!("{name}.pdf"), content }
            }
        }
    }

    fn document(&self) -> Document {
        let data = serde_json::to_vec(self).expect("internal: plain data is always JSON");
        Document {
            weight: Document::weight_of(&data),
            template: TEMPLATE,
            data,
            parts: Vec::new(),
            files: Vec::new(),
            ident: format!("{}|{}|{}|{}", self.id, self.version, self.kind, self.subject),
            fields: None,
            marks: Vec::new(),
        }
    }
}

impl ReportSheet<'_> {
    /// Returns the width of the text on paper, in millimetres.
    pub(super) fn width(&self) -> f64 {
        match self.paper {
            Paper::A4 => 210.0 - MARGINS,
            Paper::UsLetter => 215.9 - MARGINS,
        }
    }
}
