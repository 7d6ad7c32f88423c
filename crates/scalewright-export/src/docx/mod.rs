//! The Word platform: a form to print, or to fill in on a screen, which others can edit, as ethics boards ask for it.

mod content;
mod keys;
mod options;
mod package;
mod styles;
mod xml;

use scalewright_check::{TargetRules, WordRules};
use scalewright_model::file::WordingPolicy;
use scalewright_model::{Direction, Paper, direction};

use crate::packed::packed;
use crate::pdf::form::{DATE, RESPONDENT};
use crate::printed::losses;
use crate::ui::{self, ui};
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use content::{Content, WIDTH};
use options::Options;
use package::Package;
use xml::{Writing, escaped, field};

/// The rules of Word, for lints. There are none: paper changes neither names nor words.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "DOCX", names: None, words: WordRules::PLAIN, refusals: None };

/// The Word platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "DOCX",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec { name: "<id>.<language>.docx", what: "the form" }],
        flags: &["layout", "paper"],
        options: Options::SPECS,
        ..Exporter::new("docx", "a form as a Word document, to edit, print or fill in", export)
    }],
    limits: &[
        "The form computes nothing: scores come from `scalewright score`.",
        "A changed document is no longer the form of the definition. `scalewright read` reads PDF forms only.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

fn export(request: &ExportRequest<'_>) -> Exported {
    let (words, _) = ui(&request.wording.language);
    let writing = Writing {
        is_right_to_left: direction(&request.wording.language) == Direction::RightToLeft,
    };
    let content = Content { request, words, writing, options: Options::of(request.options) };
    let package = Package {
        title: &request.wording.title,
        language: &request.wording.language,
        document: document(&content),
        styles: styles::styles(&request.wording.language, request.common.layout),
        footer: footer(&content),
        definition: content.options.attachments.then(|| definition(request)).flatten(),
    };
    let file = ExportedFile::of(request.file_name("docx"), package.bytes());
    let diagnostics = losses::reported(request, words);
    Exported { files: vec![file], diagnostics }
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

/// `word/document.xml`.
fn document(content: &Content<'_>) -> String {
    let Content { request, words, writing, options: _ } = content;
    let (instrument, wording) = (request.instrument, request.wording);
    let mut body = String::new();
    if let Some(banner) = ui::banner(words, instrument.status, Some(wording)) {
        body += &writing.text("Banner", &banner);
    }
    body += &writing.text("Title", &wording.title);
    let typed = |label: &str, tag: &str, width: usize| {
        writing.run(&format!("{label}: ")) + &field(label, tag, "<w:text/>", width)
    };
    let who = typed(words.respondent, RESPONDENT, 24);
    let when = typed(words.date, DATE, 14);
    body += &writing.paragraph("Item", &format!("{who}<w:r><w:tab/></w:r>{when}"));
    if let Some(instructions) = &wording.instructions {
        body += &writing.text("Instructions", instructions);
    }
    body += &content.items();
    let notice = wording.notice.as_deref().unwrap_or(&instrument.rights.notice);
    body += &writing.text("Notice", notice);
    let direction = if writing.is_right_to_left { "<w:bidi/>" } else { "" };
    let (width, height) = match request.common.paper {
        Paper::A4 => (11_906, 16_838),
        Paper::UsLetter => (12_240, 15_840),
    };
    let side = (width - WIDTH) / 2;
    format!(
        "<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"1000\" w:right=\"{side}\" w:bottom=\"1000\" w:left=\"{side}\" \
         w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/>{direction}</w:sectPr></w:body></w:document>"
    )
}

/// `word/footer1.xml`: the id, the version and the date of the definition, and the number of the page.
fn footer(content: &Content<'_>) -> String {
    let Content { request, words, writing, options: _ } = content;
    let instrument = request.instrument;
    let date = instrument.date.as_deref().map(|date| format!(" · {date}")).unwrap_or_default();
    let own = format!("{} {}{date} · ", instrument.id, instrument.version);
    let counted = |name: &str| {
        format!("<w:fldSimple w:instr=\"{name}\"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    let (before, rest) = words.page.split_once("{page}").unwrap_or((words.page, ""));
    let (between, after) = rest.split_once("{pages}").unwrap_or((rest, ""));
    let run =
        |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
    let inside =
        [run(&own), run(before), counted("PAGE"), run(between), counted("NUMPAGES"), run(after)];
    let paragraph = writing.paragraph("Footer", &inside.concat());
    format!("<w:ftr {NAMESPACES}>{paragraph}</w:ftr>")
}

/// The definition as a part of the document, as far as rights allow: the wording files only if the wording may be passed
/// on. `None` without a definition.
fn definition(request: &ExportRequest<'_>) -> Option<String> {
    let is_free = request.instrument.rights.wording == WordingPolicy::Included;
    // The definition is first. If the wording is withheld, it has no words, unlike the others.
    let files = if is_free { request.sources.len() } else { request.sources.len().min(1) };
    let request = ExportRequest { sources: &request.sources[..files], ..*request };
    (files > 0).then(|| {
        format!(
            "<definition xmlns=\"urn:scalewright:definition\" id=\"{}\" version=\"{}\">{}</definition>",
            escaped(&request.instrument.id),
            escaped(&request.instrument.version),
            packed(&request)
        )
    })
}
