//! The words of a definition and of its wording files, each with its place.

use scalewright_model::Pointer;
use scalewright_model::file::{InstrumentFile, WordingFile};

use crate::lints::File;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The stem of an item.
    Stem,
    /// The label of an option, or of the end of a line.
    Label,
    /// A title, a lead-in, instructions, a notice.
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

    fn add(&mut self, kind: Kind, text: Option<&'a String>, place: impl FnOnce() -> Pointer) {
        if let Some(text) = text {
            self.texts.push(Text { kind, text, place: place() });
        }
    }
}

/// The words in the source language, as far as the definition includes them.
pub(crate) fn of_definition(file: &InstrumentFile) -> Words<'_> {
    let root = Pointer::root;
    let mut words = Words::new(File::Definition, &file.language);
    words.add(Kind::Other, Some(&file.title), || root().key("title"));
    words.add(Kind::Other, file.instructions.as_ref(), || root().key("instructions"));
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
        words.add(Kind::Other, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::Other, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (index, item) in file.items.iter().enumerate() {
        let at = || root().key("items").index(index).key("stem");
        words.add(Kind::Stem, item.stem.as_ref(), at);
    }
    words
}

/// The words of a wording file.
pub(crate) fn of_wording(place: File, file: &WordingFile) -> Words<'_> {
    let root = Pointer::root;
    let mut words = Words::new(place, &file.language);
    words.add(Kind::Other, file.title.as_ref(), || root().key("title"));
    words.add(Kind::Other, file.instructions.as_ref(), || root().key("instructions"));
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
        words.add(Kind::Other, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::Other, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (id, stem) in &file.items {
        words.add(Kind::Stem, Some(stem), || root().key("items").key(id));
    }
    words
}

/// A text as it is compared: lower case, letters and digits alone, words apart.
pub(crate) fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
