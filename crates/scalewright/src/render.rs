//! Findings as text: with the source line, or a line each. The forms for programs have a module each.

pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod sarif;

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use scalewright_check::{Document, Finding};
use scalewright_model::Severity;

use crate::Stop;

/// A finding with its source lines, marked, and what to do.
pub(crate) fn full(finding: &Finding, documents: &[Document]) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let message = line(&finding.message);
    let title = level.primary_title(message.as_str()).id(finding.code);
    let labels: Vec<String> = finding.marks.iter().map(|mark| line(&mark.text)).collect();
    let help: Vec<String> = finding.help.iter().map(|text| line(text)).collect();
    let fix = finding.fix.as_ref().map(|fix| line(&format!("{}: `--fix` does it", fix.message)));
    let mut group = Group::with_title(title);
    let mut order: Vec<usize> = Vec::new();
    for mark in &finding.marks {
        if !order.contains(&mark.document) {
            order.push(mark.document);
        }
    }
    let shown: Vec<(usize, Shown)> =
        order.into_iter().map(|index| (index, Shown::new(finding, index, documents))).collect();
    for (index, shown) in &shown {
        group = group.element(snippet(finding, &labels, *index, shown));
    }
    for text in &help {
        group = group.element(Level::HELP.message(text.as_str()));
    }
    if let Some(fix) = &fix {
        group = group.element(Level::NOTE.with_name("fix").message(fix.as_str()));
    }
    format!("{}\n\n", Renderer::styled().render(&[group]))
}

/// The part of a document that a finding marks, as it may be shown.
struct Shown {
    name: String,
    text: String,
    /// Where the part begins: byte, and line counted from 1.
    start: usize,
    line: usize,
}

impl Shown {
    fn new(finding: &Finding, index: usize, documents: &[Document]) -> Self {
        let document = &documents[index];
        let window = window(finding, index, &document.text);
        let part = &document.text[window.clone()];
        // Windows' line ends are not shown, C1 controls are. What stands in for them is as long.
        let part = part.strip_suffix('\r').map_or(part.to_owned(), |part| format!("{part} "));
        let part = part.replace("\r\n", " \n");
        Self {
            name: line(&document.name),
            start: window.start,
            line: document.text[..window.start].matches('\n').count() + 1,
            text: part.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{a4}"),
        }
    }
}

fn snippet<'a>(
    finding: &Finding,
    labels: &'a [String],
    index: usize,
    shown: &'a Shown,
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

/// The lines that a finding marks, and those between: the rest of a long file is not looked at.
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

/// A finding on one line: where, how bad, what.
pub(crate) fn concise(finding: &Finding, documents: &[Document]) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let place = finding.marks.first().map(|mark| {
        let document = &documents[mark.document];
        let (row, column) = position(&document.text, mark.span.start);
        format!("{}:{row}:{column}: ", line(&document.name))
    });
    let place = place.unwrap_or_default();
    format!("{place}{level}[{}]: {}\n", finding.code, line(&finding.message))
}

/// Line and column of a byte, both counted from 1; columns are characters.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

/// Why a command stopped.
pub(crate) fn stop(stop: &Stop) -> String {
    let message = clean(&stop.message);
    let mut group = Group::with_title(Level::ERROR.primary_title(message.as_str()));
    let help = stop.help.as_deref().map(clean);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    format!("{}\n", Renderer::styled().render(&[group]))
}

/// Text from a file, made safe for one line of a terminal.
pub(crate) fn line(text: &str) -> String {
    clean(text).replace('\n', "\\n")
}

/// Text from a file, made safe for a terminal: characters that control it, or that turn the direction of
/// writing, are spelled out.
pub(crate) fn clean(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if turns || (character.is_control() && character != '\n') {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    safe
}
