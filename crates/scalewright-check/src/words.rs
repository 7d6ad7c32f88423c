//! The texts of a definition and of its wording files, each with its location.

use std::cell::OnceCell;

use scalewright_model::Pointer;
use scalewright_model::file::{InstrumentFile, WordingFile};

use crate::lints::File;

/// The kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The stem of an item.
    Stem,
    /// The label of an option, or of the end of a line.
    Label,
    /// A lead-in, which respondents read before they answer.
    LeadIn,
    /// Instructions. They may name periods other than the one that is asked about.
    Instructions,
    /// The title of the instrument or of a section.
    Title,
    /// The name of a scale, a band or a norm, a unit, or another short text.
    Name,
    /// The words about the recall period.
    RecallPeriod,
    /// A description, or another statement about the instrument.
    About,
}

/// A text for people.
#[derive(Debug, Clone)]
pub(crate) struct Text<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) place: Pointer,
    /// The words alone, once a lint has asked for them.
    plain: OnceCell<String>,
}

impl Text<'_> {
    /// The words alone, for comparison.
    pub(crate) fn plain(&self) -> &str {
        self.plain.get_or_init(|| plain(self.text))
    }
}

/// A label of a response scale with its value.
#[derive(Debug, Clone)]
pub(crate) struct Label<'a> {
    pub(crate) value: f64,
    pub(crate) text: &'a str,
    pub(crate) place: Pointer,
}

/// The labels of one response scale in one file, without those of non-responses.
#[derive(Debug, Clone)]
pub(crate) struct Labels<'a> {
    /// The name of the response scale.
    pub(crate) name: &'a str,
    /// By value, from low to high.
    pub(crate) labels: Vec<Label<'a>>,
}

/// The texts of one file.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) file: File,
    pub(crate) language: &'a str,
    /// What respondents read.
    pub(crate) texts: Vec<Text<'a>>,
    /// The other texts: names, periods and statements about the instrument.
    pub(crate) others: Vec<Text<'a>>,
    /// The labels of the response scales.
    pub(crate) labels: Vec<Labels<'a>>,
}

impl<'a> Words<'a> {
    fn new(file: File, language: &'a str) -> Self {
        Self { file, language, texts: Vec::new(), others: Vec::new(), labels: Vec::new() }
    }

    /// All texts, first those that respondents read.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Text<'a>> {
        self.texts.iter().chain(&self.others)
    }

    /// The stems among the texts.
    pub(crate) fn stems(&self) -> impl Iterator<Item = &Text<'a>> {
        self.texts.iter().filter(|text| text.kind == Kind::Stem)
    }

    fn add(&mut self, kind: Kind, text: Option<&'a String>, place: impl FnOnce() -> Pointer) {
        // `place` is called only here, so that no pointer is made for a text that does not exist.
        if let Some(text) = text {
            let text = Text { kind, text, place: place(), plain: OnceCell::new() };
            match kind {
                Kind::Name | Kind::RecallPeriod | Kind::About => self.others.push(text),
                _ => self.texts.push(text),
            }
        }
    }
}

impl<'a> Words<'a> {
    /// Adds the words at the two ends of a line or of numbers.
    fn ends(
        &mut self,
        [low, high]: [&'a Option<String>; 2],
        place: &Pointer,
        labels: &mut Vec<Label<'a>>,
    ) {
        let ends = [("min-label", low, f64::MIN), ("max-label", high, f64::MAX)];
        for (key, text, value) in ends {
            self.add(Kind::Label, text.as_ref(), || place.key(key));
            if let Some(text) = text {
                labels.push(Label { value, text, place: place.key(key) });
            }
        }
    }

    fn label(&mut self, name: &'a str, mut labels: Vec<Label<'a>>) {
        labels.sort_by(|a, b| a.value.total_cmp(&b.value));
        self.labels.push(Labels { name, labels });
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
    words.add(Kind::Title, Some(&file.title), || root().key("title"));
    words.add(Kind::Instructions, file.instructions.as_ref(), || root().key("instructions"));
    for (name, scale) in &file.response_scales {
        let place = root().key("response-scales").key(name);
        let mut labels = Vec::new();
        for (index, option) in scale.options.iter().enumerate() {
            let at = || place.key("options").index(index).key("label");
            words.add(Kind::Label, option.label.as_ref(), at);
            if let Some(text) = option.label.as_deref().filter(|_| !option.non_response) {
                labels.push(Label { value: option.value, text, place: at() });
            }
        }
        words.ends([&scale.min_label, &scale.max_label], &place, &mut labels);
        words.label(name, labels);
        words.add(Kind::Name, scale.yes_label.as_ref(), || place.key("yes-label"));
        words.add(Kind::Name, scale.no_label.as_ref(), || place.key("no-label"));
        words.add(Kind::Name, scale.unit.as_ref(), || place.key("unit"));
    }
    for (index, section) in file.sections.iter().enumerate() {
        let place = root().key("sections").index(index);
        words.add(Kind::Title, section.title.as_ref(), || place.key("title"));
        words.add(Kind::LeadIn, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::Instructions, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (index, item) in file.items.iter().enumerate() {
        let at = || root().key("items").index(index).key("stem");
        words.add(Kind::Stem, item.stem.as_ref(), at);
    }
    about(file, &mut words);
    for (index, note) in file.notes.iter().enumerate() {
        let at = || root().key("notes").index(index).key("text");
        words.add(Kind::Instructions, note.text.as_ref(), at);
    }
    words
}

/// Adds the names and statements that respondents do not read.
fn about<'a>(file: &'a InstrumentFile, words: &mut Words<'a>) {
    let root = Pointer::root;
    words.add(Kind::Name, file.short_title.as_ref(), || root().key("short-title"));
    words.add(Kind::About, file.description.as_ref(), || root().key("description"));
    for (index, author) in file.authors.iter().enumerate() {
        words.add(Kind::Name, Some(author), || root().key("authors").index(index));
    }
    words.add(Kind::Name, Some(&file.rights.holder), || root().key("rights").key("holder"));
    let period = file.administration.recall_period.as_ref();
    words.add(Kind::RecallPeriod, period, || root().key("administration").key("recall-period"));
    for (index, reference) in file.references.iter().enumerate() {
        let at = || root().key("references").index(index).key("citation");
        words.add(Kind::About, Some(&reference.citation), at);
    }
    for (index, scale) in file.scales.iter().enumerate() {
        let place = root().key("scales").index(index);
        words.add(Kind::Name, Some(&scale.title), || place.key("title"));
        words.add(Kind::About, scale.description.as_ref(), || place.key("description"));
        words.add(Kind::Name, scale.unit.as_ref(), || place.key("unit"));
        for (at, band) in scale.bands.iter().enumerate() {
            let at = place.key("bands").index(at);
            words.add(Kind::Name, Some(&band.label), || at.key("label"));
            words.add(Kind::About, band.feedback.as_ref(), || at.key("feedback"));
        }
    }
    for (index, flag) in file.flags.iter().enumerate() {
        let place = root().key("flags").index(index);
        words.add(Kind::Name, Some(&flag.title), || place.key("title"));
        words.add(Kind::About, flag.description.as_ref(), || place.key("description"));
    }
    for (index, norm) in file.norms.iter().enumerate() {
        let place = root().key("norms").index(index);
        words.add(Kind::Name, Some(&norm.title), || place.key("title"));
        words.add(Kind::About, norm.population.as_ref(), || place.key("population"));
    }
}

/// Returns the texts of a wording file.
fn of_wording(place: File, file: &WordingFile) -> Words<'_> {
    let root = Pointer::root;
    let mut words = Words::new(place, &file.language);
    words.add(Kind::Title, file.title.as_ref(), || root().key("title"));
    words.add(Kind::Instructions, file.instructions.as_ref(), || root().key("instructions"));
    words.add(Kind::RecallPeriod, file.recall_period.as_ref(), || root().key("recall-period"));
    for (name, scale) in &file.response_scales {
        let place = root().key("response-scales").key(name);
        let mut labels = Vec::new();
        for (value, label) in &scale.options {
            let at = || place.key("options").key(value);
            words.add(Kind::Label, Some(label), at);
            if let Ok(value) = value.parse() {
                labels.push(Label { value, text: label, place: at() });
            }
        }
        words.ends([&scale.min_label, &scale.max_label], &place, &mut labels);
        words.label(name, labels);
        words.add(Kind::Name, scale.yes_label.as_ref(), || place.key("yes-label"));
        words.add(Kind::Name, scale.no_label.as_ref(), || place.key("no-label"));
        words.add(Kind::Name, scale.unit.as_ref(), || place.key("unit"));
    }
    for (id, section) in &file.sections {
        let place = root().key("sections").key(id);
        words.add(Kind::Title, section.title.as_ref(), || place.key("title"));
        words.add(Kind::LeadIn, section.lead_in.as_ref(), || place.key("lead-in"));
        words.add(Kind::Instructions, section.instructions.as_ref(), || place.key("instructions"));
    }
    for (id, stem) in &file.items {
        words.add(Kind::Stem, Some(stem), || root().key("items").key(id));
    }
    for (id, scale) in &file.scales {
        let place = root().key("scales").key(id);
        words.add(Kind::Name, scale.title.as_ref(), || place.key("title"));
        words.add(Kind::Name, scale.unit.as_ref(), || place.key("unit"));
        for (label, words_of) in &scale.bands {
            words.add(Kind::Name, Some(words_of), || place.key("bands").key(label));
        }
        for (label, text) in &scale.feedback {
            words.add(Kind::About, Some(text), || place.key("feedback").key(label));
        }
    }
    for (id, text) in &file.notes {
        words.add(Kind::Instructions, Some(text), || root().key("notes").key(id));
    }
    if file.incomplete {
        // What an incomplete file lacks is counted in one finding of its own.
        words.texts.retain(|text| !text.text.trim().is_empty());
        words.others.retain(|text| !text.text.trim().is_empty());
    }
    words
}

/// Returns a text for comparison: its words in lower case, with only letters and digits, separated by single spaces.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        // Most words are ASCII, and every text passes here.
        match word.is_ascii() {
            true => plain.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase()))),
            false => plain.push_str(&word.to_lowercase()),
        }
    }
    plain
}

/// Returns the language of a BCP 47 tag, without script and region: `de` for `de-AT`.
pub(crate) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// Returns the entry for a BCP 47 tag in a list by language: `de` for `de-AT`.
pub(crate) fn listed<T: Copy>(list: &[(&str, T)], tag: &str) -> Option<T> {
    let language = tag.split('-').next().unwrap_or_default();
    let entry = list.iter().find(|(known, _)| known.eq_ignore_ascii_case(language));
    entry.map(|(_, value)| *value)
}
