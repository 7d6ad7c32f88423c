//! Reads a questionnaire.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::json::text;
use super::resources::Resources;
use super::words;
use crate::fhirpath::World;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::words::Words;

/// What is known of an item while the form is made.
#[derive(Debug, Default)]
pub(super) struct Asked<'j> {
    /// The items of the form that its question became.
    pub(super) items: Vec<usize>,
    /// The note of the form that its text became.
    pub(super) note: Option<usize>,
    /// The item of the questionnaire.
    pub(super) json: Option<&'j Json>,
}

/// What is read of a questionnaire.
pub(super) struct Reader<'j> {
    pub(super) file: &'j str,
    /// The JSON pointer of the questionnaire in the file.
    pub(super) base: &'j str,
    pub(super) json: &'j Json,
    pub(super) resources: &'j Resources<'j>,
    pub(super) options: &'j Options,
    pub(super) language: String,
    pub(super) form: Form,
    pub(super) ids: Ids,
    pub(super) world: World,
    /// For each item of the world.
    pub(super) asked: Vec<Asked<'j>>,
    /// The items of the world by their link ids.
    pub(super) by_link: BTreeMap<String, usize>,
    /// All expressions of the questionnaire as one text, to find which questions they look into.
    pub(super) expressions: String,
    /// Positions of response scales by what they contain.
    pub(super) shared: BTreeMap<String, usize>,
    /// The words of scores: title and place, by position in the world.
    pub(super) titles: Vec<(Words, Place, String)>,
    /// The calculated expression of each score as text.
    pub(super) texts: Vec<(String, Place)>,
    /// What is not imported: the first place and how often, by name.
    pub(super) ignored: BTreeMap<String, (Place, usize)>,
    /// How many texts had markup, and where the first was.
    pub(super) marked: Option<(Place, usize)>,
    /// What is reported once for all its places: the first place and how many there are.
    pub(super) often: BTreeMap<(Kind, &'static str, String), (Place, usize)>,
    /// Response scales whose options have no numbers, with the place of the first.
    pub(super) unnumbered: BTreeMap<usize, String>,
}

impl<'j> Reader<'j> {
    pub(super) fn new(
        file: &'j str,
        (base, json): (&'j str, &'j Json),
        resources: &'j Resources<'j>,
        options: &'j Options,
    ) -> Self {
        let language = text(json, "language").unwrap_or_default().to_owned();
        Self {
            file,
            base,
            json,
            resources,
            options,
            language,
            form: Form::default(),
            ids: Ids::default(),
            world: World::default(),
            asked: Vec::new(),
            by_link: BTreeMap::new(),
            expressions: String::new(),
            shared: BTreeMap::new(),
            titles: Vec::new(),
            texts: Vec::new(),
            ignored: BTreeMap::new(),
            marked: None,
            often: BTreeMap::new(),
            unnumbered: BTreeMap::new(),
        }
    }

    /// A place in the questionnaire.
    pub(super) fn place(&self, pointer: &str) -> Place {
        Place::new(self.file, format!("{}{pointer}", self.base))
    }

    /// Adds a finding.
    pub(super) fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        pointer: &str,
        message: impl Into<String>,
    ) {
        let place = self.place(pointer);
        self.form.findings.push(Finding::new(kind, code, &place, message));
    }

    /// Adds a note after the items so far, and returns its position.
    pub(super) fn note(
        &mut self,
        name: &str,
        (words, pointer): (Words, &str),
        is_after: bool,
    ) -> Option<usize> {
        let place = self.place(pointer);
        self.form.note(&mut self.ids, name, (words, &place), is_after)
    }

    /// Adds a finding that is reported once for all items that it is about.
    pub(super) fn report_many(
        &mut self,
        (kind, code): (Kind, &'static str),
        pointer: &str,
        message: impl Into<String>,
    ) {
        let place = self.place(pointer);
        self.often.entry((kind, code, message.into())).or_insert((place, 0)).1 += 1;
    }

    /// Adds a finding with a sentence on what to do.
    pub(super) fn report_with(
        &mut self,
        (kind, code): (Kind, &'static str),
        pointer: &str,
        message: impl Into<String>,
        help: &str,
    ) {
        let place = self.place(pointer);
        self.form.findings.push(Finding::new(kind, code, &place, message).help(help));
    }

    /// Notes that something is not imported.
    pub(super) fn ignore(&mut self, name: &str, pointer: &str) {
        let place = self.place(pointer);
        self.ignored.entry(name.to_owned()).or_insert((place, 0)).1 += 1;
    }

    /// The words of an element without markup.
    pub(super) fn words(&mut self, json: &Json, key: &str, pointer: &str) -> Words {
        let words = words::of(json, key, &self.language);
        self.plain(&words, &format!("{pointer}/{key}"))
    }

    /// Words without markup.
    pub(super) fn plain(&mut self, words: &Words, pointer: &str) -> Words {
        let (words, had_markup) = words::unmarked(words);
        if had_markup {
            let place = self.place(pointer);
            self.marked.get_or_insert((place, 0)).1 += 1;
        }
        words
    }

    /// The findings that are about many places.
    pub(super) fn summary(&mut self) {
        if let Some((place, count)) = self.marked.take() {
            let message = match count {
                1 => "markup was removed from the text".to_owned(),
                count => {
                    format!("markup was removed from {count} texts, of which this is the first")
                }
            };
            self.form.findings.push(Finding::new(Kind::Changed, "markup-removed", &place, message));
        }
        for ((kind, code, message), (place, count)) in std::mem::take(&mut self.often) {
            let also = match count {
                1 => String::new(),
                2 => " (also another question)".to_owned(),
                count => format!(" (also {} other questions)", count - 1),
            };
            self.form.findings.push(Finding::new(kind, code, &place, format!("{message}{also}")));
        }
        for (name, (place, count)) in std::mem::take(&mut self.ignored) {
            let times = if count == 1 { String::new() } else { format!(", {count} times") };
            let message = format!("`{name}` is not imported{times}");
            self.form.findings.push(Finding::new(Kind::Note, "not-imported", &place, message));
        }
        for (at, kind) in &self.resources.others {
            let place = Place::new(self.file, at.as_str());
            let message = format!("the resource is a {kind}, which is not imported");
            self.form.findings.push(Finding::new(Kind::NotUnderstood, "resource", &place, message));
        }
        let renamed = self.ids.finding(self.file);
        self.form.findings.extend(renamed);
    }
}
