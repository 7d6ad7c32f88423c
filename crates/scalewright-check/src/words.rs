//! The texts of a definition and of its wording files, each with its location.

use scalewright_model::Pointer;
use scalewright_model::file::{InstrumentFile, WordingFile};

use crate::lints::File;

/// The kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The stem of an item.
    Stem,
    /// The label of an option, or of the end of a line.
    Label,
    /// A lead-in, instructions or a note, which respondents read before they answer.
    LeadIn,
    /// A title.
    Other,
}

/// A text that respondents read.
#[derive(Debug, Clone)]
pub(crate) struct Text<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) place: Pointer,
}

/// The texts of one file.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) file: File,
    pub(crate) language: &'a str,
    pub(crate) texts: Vec<Text<'a>>,
}

impl<'a> Words<'a> {
    fn new(file: File, language: &'a str) -> Self {
        Self { file, language, texts: Vec::new() }
    }

    /// The stems among the texts.
    pub(crate) fn stems(&self) -> impl Iterator<Item = &Text<'a>> {
        self.texts.iter().filter(|text| text.kind == Kind::Stem)
    }

    fn add(&mut self, kind: Kind, text: Option<&'a String>, place: impl FnOnce() -> Pointer) {
        // `place` is called only here, so that no pointer is made for a text that does not exist.
        if let Some(text) = text {
            self.texts.push(Text { kind, text, place: place() });
        }
    }
}

/// Returns the texts of a definition, then those of its wording files.
pub(crate) fn of_all<'a>(
    file: &'a InstrumentFile,
    wordings: &'a [(File, WordingFile)],
) -> Vec<Words<'a>> {
    let others = wordings.iter().map(|(place, file)| of_wording(*place, file));
    std::iter::once(of_definition(file)).chain(others).collect()
}

/// Returns the texts in the source language, as far as the definition includes them.
fn of_definition(file: &InstrumentFile) -> Words<'_> {
    let root = Pointer::root;
    let mut words = Words::new(File::Definition, &file.language);
    words.add(Kind::Other, Some(&file.title), || root().key("title"));
    words.add(Kind::LeadIn, file.instructions.as_ref(), || root().key("instructions"));
    for (name, scale) in &file.response_scales {
        let place = root().key("response-scales").key(name);
        for (index, option) in scale.options.iter().enumerate() {
            let at = || place.key("options").index(index).key("label");
            words.add(Kind::Label, option.label.as_ref(), at);
        }
        words.add(Kind::Label, scale.min_label.as_ref(), || place.key("min-label"));
        words.add(Kind::Label, scale.max_label.as_ref(), || place.key("max-label"));
    }
    for (index, section) in file.sections.iter().enumerate() {
        let place = root().key("sections").index(index);
        words.add(Kind::Other, section.title.as_ref(), || place.key("title"));
        words.add(Kind::LeadIn, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::LeadIn, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (index, item) in file.items.iter().enumerate() {
        let at = || root().key("items").index(index).key("stem");
        words.add(Kind::Stem, item.stem.as_ref(), at);
    }
    for (index, note) in file.notes.iter().enumerate() {
        let at = || root().key("notes").index(index).key("text");
        words.add(Kind::LeadIn, note.text.as_ref(), at);
    }
    words
}

/// Returns the texts of a wording file.
fn of_wording(place: File, file: &WordingFile) -> Words<'_> {
    let root = Pointer::root;
    let mut words = Words::new(place, &file.language);
    words.add(Kind::Other, file.title.as_ref(), || root().key("title"));
    words.add(Kind::LeadIn, file.instructions.as_ref(), || root().key("instructions"));
    for (name, scale) in &file.response_scales {
        let place = root().key("response-scales").key(name);
        for (value, label) in &scale.options {
            words.add(Kind::Label, Some(label), || place.key("options").key(value));
        }
        words.add(Kind::Label, scale.min_label.as_ref(), || place.key("min-label"));
        words.add(Kind::Label, scale.max_label.as_ref(), || place.key("max-label"));
    }
    for (id, section) in &file.sections {
        let place = root().key("sections").key(id);
        words.add(Kind::Other, section.title.as_ref(), || place.key("title"));
        words.add(Kind::LeadIn, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::LeadIn, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (id, stem) in &file.items {
        words.add(Kind::Stem, Some(stem), || root().key("items").key(id));
    }
    for (id, text) in &file.notes {
        words.add(Kind::LeadIn, Some(text), || root().key("notes").key(id));
    }
    words
}

/// Returns a text for comparison: its words in lower case, with only letters and digits, separated by single spaces.
pub(crate) fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Returns the entry for a BCP 47 tag in a list by language: `de` for `de-AT`.
pub(crate) fn listed<T: Copy>(list: &[(&str, T)], tag: &str) -> Option<T> {
    let language = tag.split('-').next().unwrap_or_default();
    let entry = list.iter().find(|(known, _)| known.eq_ignore_ascii_case(language));
    entry.map(|(_, value)| *value)
}
