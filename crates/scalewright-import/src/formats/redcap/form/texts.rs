//! The words of a form, without markup.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::finding::{Finding, Kind};
use crate::formats::redcap::field::Field;
use crate::formats::redcap::notes::listed;
use crate::place::Place;
use crate::words::{Words, counted_texts, plain};

/// What was noticed about words.
#[derive(Debug, Default)]
pub(super) struct Texts {
    marked_up: usize,
    /// Names that REDCap replaces by answers, with the first place.
    placeholders: BTreeMap<String, Place>,
    /// The places of images, videos and links.
    media: BTreeSet<Place>,
    /// The places of texts that are cut, with the most characters.
    cut: BTreeMap<Place, usize>,
}

impl Texts {
    /// Words without markup. Markup, placeholders, images and texts with more than `most` characters are noted.
    pub(super) fn words(
        &mut self,
        words: &Words,
        most: usize,
        place: &Place,
        fields: &HashMap<&str, &Field>,
    ) -> Words {
        words.map(|text| {
            for name in placeholders(text, fields) {
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
            let names = listed(self.placeholders.keys().map(String::as_str));
            let message = format!(
                "REDCap replaces these names in texts by answers; they are left unchanged: {names}"
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
    if !text.contains('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    ["<img", "<video", "<audio", "<iframe", "<a href"].iter().any(|tag| lower.contains(tag))
}

/// The fields that a text contains: `[field]` is replaced by its answer, `{field}` by the field itself.
fn placeholders(text: &str, fields: &HashMap<&str, &Field>) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [('[', ']'), ('{', '}')] {
        let mut rest = text;
        while let Some(at) = rest.find(open) {
            rest = &rest[at + 1..];
            let Some(end) = rest.find(close) else { break };
            let name =
                rest[..end].split([':', '(']).next().unwrap_or_default().trim().to_lowercase();
            // Smart variables have hyphens: `[survey-link]`.
            let is_smart = open == '['
                && name.contains('-')
                && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            if fields.contains_key(name.as_str()) || is_smart {
                found.push(format!("{open}{}{close}", &rest[..end]));
            }
        }
    }
    found
}
