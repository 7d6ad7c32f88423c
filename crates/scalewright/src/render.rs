//! Findings as text: with the source line, or a line each.

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
    };
    let message = clean(&finding.message);
    let title = level.primary_title(message.as_str()).id(finding.code);
    let labels: Vec<String> = finding.marks.iter().map(|mark| clean(&mark.text)).collect();
    let help: Vec<String> = finding.help.iter().map(|text| clean(text)).collect();
    let mut group = Group::with_title(title);
    let mut order: Vec<usize> = Vec::new();
    for mark in &finding.marks {
        if !order.contains(&mark.document) {
            order.push(mark.document);
        }
    }
    for document in order {
        group = group.element(snippet(finding, &labels, document, &documents[document]));
    }
    for text in &help {
        group = group.element(Level::HELP.message(text.as_str()));
    }
    format!("{}\n\n", Renderer::styled().render(&[group]))
}

fn snippet<'a>(
    finding: &Finding,
    labels: &'a [String],
    index: usize,
    document: &'a Document,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let window = window(finding, index, &document.text);
    let line = document.text[..window.start].matches('\n').count() + 1;
    let source = Snippet::source(&document.text[window.clone()]);
    let mut snippet = source.path(document.name.as_str()).line_start(line);
    for (position, mark) in finding.marks.iter().enumerate() {
        if mark.document != index {
            continue;
        }
        let kind = match position {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        let span = mark.span.start - window.start..mark.span.end - window.start;
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
    };
    let place = finding.marks.first().map(|mark| {
        let document = &documents[mark.document];
        let (line, column) = position(&document.text, mark.span.start);
        format!("{}:{line}:{column}: ", document.name)
    });
    let place = place.unwrap_or_default();
    format!("{place}{level}[{}]: {}\n", finding.code, clean(&finding.message))
}

/// Line and column of a byte, both counted from 1; columns are characters.
fn position(text: &str, at: usize) -> (usize, usize) {
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

/// Text from a file, made safe for a terminal: control characters are spelled out.
pub(crate) fn clean(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && character != '\n' {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    safe
}
