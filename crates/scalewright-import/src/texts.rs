//! The words of a form without markup, and what has to be reported about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::words::{Words, plain};

/// What was noticed about the words of a form.
#[derive(Debug)]
pub(crate) struct Texts {
    /// Finds what the platform replaces in a text.
    replaced: fn(&str) -> Vec<String>,
    marked_up: usize,
    /// What the platform replaces, with the first place.
    placeholders: BTreeMap<String, Place>,
    /// The places of images, videos and links.
    media: BTreeSet<Place>,
    /// The places of texts that are cut, with the most characters.
    cut: BTreeMap<Place, usize>,
}

impl Texts {
    /// Texts of a platform that replaces the parts of a text that `replaced` returns.
    pub(crate) fn of(replaced: fn(&str) -> Vec<String>) -> Self {
        Self {
            replaced,
            marked_up: 0,
            placeholders: BTreeMap::new(),
            media: BTreeSet::new(),
            cut: BTreeMap::new(),
        }
    }

    /// Words without markup, of at most `most` characters. Markup, placeholders, images and cuts are noted.
    pub(crate) fn words(&mut self, words: &Words, most: usize, place: &Place) -> Words {
        words.map(|text| self.text(text, most, place))
    }

    /// A text without markup, as [`Self::words`].
    pub(crate) fn text(&mut self, text: &str, most: usize, place: &Place) -> String {
        for name in (self.replaced)(text) {
            self.placeholders.entry(name).or_insert_with(|| place.clone());
        }
        if has_media(text) {
            self.media.insert(place.clone());
        }
        let (text, had_markup) = plain(text);
        self.marked_up += usize::from(had_markup);
        if text.chars().count() > most {
            self.cut.insert(place.clone(), most);
        }
        text
    }

    /// Findings about all texts of a form.
    pub(crate) fn findings(&self, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.marked_up > 0 {
            let unit = if self.marked_up == 1 { "text" } else { "texts" };
            let message = format!("markup was removed from {} {unit}", self.marked_up);
            let place = Place::new(file, "");
            findings.push(Finding::new(Kind::Changed, "markup-removed", &place, message));
        }
        if let Some(place) = self.placeholders.values().next() {
            let names = listed(self.placeholders.keys().map(String::as_str));
            let message = format!(
                "the platform replaces these parts of texts, for instance by answers; they are left unchanged: {names}"
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

/// Names for a message: some of them, and how many more there are.
pub(crate) fn listed<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let names: Vec<&str> = names.collect();
    let some: Vec<String> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(some.len()) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}

/// One text after another, in each language on a line of its own.
pub(crate) fn joined(first: &Words, second: &Words) -> Words {
    let mut words = first.clone();
    for (language, text) in second.iter() {
        let before = first.of(language).map(|before| format!("{before}\n")).unwrap_or_default();
        words.add(language, &format!("{before}{text}"));
    }
    words
}

/// The parts of a text between `open` and `close`, with both.
pub(crate) fn between(text: &str, open: &str, close: char) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let inner = &rest[at + open.len()..];
        let Some(end) = inner.find(close) else { break };
        if !inner[..end].trim().is_empty() {
            found.push(format!("{open}{}{close}", &inner[..end]));
        }
        rest = &inner[end + close.len_utf8()..];
    }
    found
}

/// Whether a text shows more than words.
fn has_media(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    ["<img", "<video", "<audio", "<iframe", "<a href"].iter().any(|tag| lower.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_texts_contain_is_noted() {
        let mut texts = Texts::of(|text| between(text, "{", '}'));
        let place = Place::new("a.txt", "row 2");
        let text = texts.text("Dear {NAME}, <b>hello</b> <img src=\"x\">{}", 12, &place);
        assert_eq!(text, "Dear {NAME}, hello {}");
        let codes: Vec<_> =
            texts.findings("a.txt").iter().map(|finding| finding.code.clone()).collect();
        assert_eq!(codes, ["markup-removed", "placeholder-left", "media", "text-cut"]);
    }
}
