//! Words without markup, and what was noticed about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Kind};
use crate::markdown;
use crate::place::Place;
use crate::words::{Words, counted_texts, plain, some_of};

/// What was noticed about words.
#[derive(Debug, Default)]
pub(super) struct Texts {
    has_markdown: bool,
    marked_up: usize,
    /// Parts that the platform replaces, with the first place.
    placeholders: BTreeMap<String, Place>,
    /// The places of images, videos and links.
    media: BTreeSet<Place>,
    /// The places of texts that are cut, with the most characters.
    cut: BTreeMap<Place, usize>,
}

impl Texts {
    pub(super) fn new(has_markdown: bool) -> Self {
        Self { has_markdown, ..Self::default() }
    }

    /// Words without markup. Markup, placeholders, images and texts with more than `most` characters are noted.
    pub(super) fn words(&mut self, words: &Words, most: usize, place: &Place) -> Words {
        words.map(|text| {
            for name in placeholders(text) {
                self.placeholders.entry(name).or_insert_with(|| place.clone());
            }
            if has_media(text) {
                self.media.insert(place.clone());
            }
            let (without, had_markdown) =
                if self.has_markdown { markdown::plain(text) } else { (text.to_owned(), false) };
            let (text, had_markup) = plain(&without);
            self.marked_up += usize::from(had_markup || had_markdown);
            if text.chars().count() > most {
                self.cut.insert(place.clone(), most);
            }
            text
        })
    }

    /// Findings about all texts of a form.
    pub(super) fn findings(&self, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.marked_up > 0 {
            let message = format!("markup was removed from {}", counted_texts(self.marked_up));
            let place = Place::new(file, "");
            findings.push(Finding::new(Kind::Changed, "markup-removed", &place, message));
        }
        if let Some(place) = self.placeholders.values().next() {
            let names = some_of(self.placeholders.keys().map(String::as_str));
            let message = format!(
                "the platform replaces parts of texts by values; they are left unchanged: {names}"
            );
            findings.push(Finding::new(Kind::NotUnderstood, "placeholder-left", place, message));
        }
        for place in &self.media {
            let message = "an image, a video or a link is left out";
            findings.push(Finding::new(Kind::NotUnderstood, "media", place, message));
        }
        for (place, most) in &self.cut {
            let message = format!("the text is longer than {most} characters and is cut");
            findings.push(Finding::new(Kind::Changed, "text-cut", place, message));
        }
        findings
    }
}

/// Whether a text shows more than words.
fn has_media(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<img", "<video", "<audio", "<iframe", "<a href", "!["].iter().any(|tag| lower.contains(tag))
        || lower.contains("](")
}

/// The parts of a text that a platform replaces: `${name}`, and R code as `` `r … ` `` or `{{name}}`.
fn placeholders(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [("${", "}"), ("`r ", "`"), ("{{", "}}")] {
        let mut rest = text;
        while let Some(at) = rest.find(open) {
            let inner = &rest[at + open.len()..];
            let Some(end) = inner.find(close) else { break };
            let inside: String = inner[..end].chars().take(40).collect();
            found.push(format!("{open}{inside}{close}"));
            rest = &inner[end + close.len()..];
        }
    }
    found
}
