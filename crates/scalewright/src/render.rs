//! Findings as text for people: with the source lines, or on one line each.

mod printable;

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use scalewright_check::{Document, Finding};
use scalewright_model::text::{is_safe, line, message};
use scalewright_model::{Severity, Stop};

pub(crate) use printable::Printable;

/// Returns a finding with its marked source lines, and what to do.
pub(crate) fn full(finding: &Finding, documents: &[Document]) -> Printable {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let title = message(&finding.message);
    let title = level.primary_title(title.as_str()).id(&*finding.code);
    // Collected first, because the parts of the group borrow these texts.
    let labels: Vec<String> = finding.marks.iter().map(|mark| message(&mark.text)).collect();
    let help: Vec<String> = finding.help.iter().map(|text| message(text)).collect();
    let fix =
        finding.fix.as_ref().map(|fix| message(&format!("{} (apply with `--fix`)", fix.message)));
    let mut group = Group::with_title(title);
    let mut order: Vec<usize> = Vec::new();
    for mark in &finding.marks {
        if !order.contains(&mark.document) {
            order.push(mark.document);
        }
    }
    let shown: Vec<(usize, Excerpt)> =
        order.into_iter().map(|index| (index, Excerpt::new(finding, index, documents))).collect();
    for (index, shown) in &shown {
        group = group.element(snippet(finding, &labels, *index, shown));
    }
    for text in &help {
        group = group.element(Level::HELP.message(text.as_str()));
    }
    if let Some(fix) = &fix {
        group = group.element(Level::NOTE.with_name("fix").message(fix.as_str()));
    }
    Printable::page(&format!("{}\n\n", Renderer::styled().render(&[group])))
}

/// The part of a document that a finding marks, safe to print.
struct Excerpt {
    name: String,
    text: String,
    /// The byte at which the part begins.
    start: usize,
    /// The line at which the part begins, counted from 1.
    line: usize,
}

impl Excerpt {
    fn new(finding: &Finding, index: usize, documents: &[Document]) -> Self {
        let document = &documents[index];
        let window = window(finding, index, &document.text);
        let part = &document.text[window.clone()];
        // Carriage returns of Windows are not shown. Each replacement has as many bytes as the original, because marks
        // are byte positions.
        let part = part.strip_suffix('\r').map_or(part.to_owned(), |part| format!("{part} "));
        let part = part.replace("\r\n", " \n");
        Self {
            name: line(&document.name),
            start: window.start,
            line: document.text[..window.start].matches('\n').count() + 1,
            text: part.chars().map(shown).collect(),
        }
    }
}

/// Returns a character of a source line, or a replacement for one that is not safe to print. The replacement has the
/// same number of bytes, so that marks keep their positions. Unsafe characters of one byte are replaced by the
/// renderer.
fn shown(character: char) -> char {
    match character.len_utf8() {
        _ if is_safe(character) => character,
        2 => '\u{a4}',
        3 => '\u{fffd}',
        4 => '\u{1f7e6}',
        _ => character,
    }
}

fn snippet<'a>(
    finding: &Finding,
    labels: &'a [String],
    index: usize,
    shown: &'a Excerpt,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = Snippet::source(shown.text.as_str());
    let mut snippet = source.path(shown.name.as_str()).line_start(shown.line);
    for (position, mark) in finding.marks.iter().enumerate() {
        if mark.document != index {
            continue;
        }
        let kind = match position {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        let span = mark.span.start - shown.start..mark.span.end - shown.start;
        let mut annotation = kind.span(span);
        if !labels[position].is_empty() {
            annotation = annotation.label(labels[position].as_str());
        }
        snippet = snippet.annotation(annotation);
    }
    snippet
}

/// Returns the byte range of the lines from the first to the last mark, so that the rest of a long file is not
/// rendered.
fn window(finding: &Finding, index: usize, text: &str) -> Range<usize> {
    let marks = finding.marks.iter().filter(|mark| mark.document == index);
    let (mut from, mut to) = (text.len(), 0);
    for mark in marks {
        from = from.min(mark.span.start);
        to = to.max(mark.span.end);
    }
    let from = from.min(to);
    let start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[to..].find('\n').map_or(text.len(), |newline| to + newline);
    start..end
}

/// Returns a finding on one line: location, level, code and message.
pub(crate) fn concise(finding: &Finding, documents: &[Document]) -> Printable {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let place = finding.marks.first().map(|mark| {
        let document = &documents[mark.document];
        let (row, column) = position(&document.text, mark.span.start);
        format!("{}:{row}:{column}: ", document.name)
    });
    let place = place.unwrap_or_default();
    format!("{place}{level}[{}]: {}", finding.code, finding.message).as_str().into()
}

/// Returns the line and column of the byte `at`, both counted from 1. Columns are characters.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

/// Returns the reason why a command stopped, with its help.
pub(crate) fn stop(stop: &Stop) -> Printable {
    let title = message(&stop.message);
    let mut group = Group::with_title(Level::ERROR.primary_title(title.as_str()));
    let help: Vec<String> = stop.help.iter().map(|help| message(help)).collect();
    for help in &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Printable::page(&format!("{}\n", Renderer::styled().render(&[group])))
}
