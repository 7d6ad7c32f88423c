//! Languages of a project, as REDCap's multi-language management exports them: one JSON file for each.

use std::collections::BTreeMap;

use scalewright_model::Stop;
use serde_json::Value;

use super::field::Field;
use super::form::spoken;
use super::packed::Packed;
use super::project::Project;
use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::options::Options;
use crate::place::Place;
use crate::source::{Opened, Sources};
use crate::words::{some_of, tag};

/// What every file of the multi-language management states as its creator.
const CREATOR: &str = "REDCap MLM";

/// Keys of a language that contain no words of forms.
const FACTS: [&str; 10] = [
    "creator",
    "version",
    "timestamp",
    "instructions",
    "key",
    "display",
    "rtl",
    "sort",
    "uiTranslations",
    "uiOptions",
];

/// Adds the languages of `options` to the words of a project.
///
/// # Errors
///
/// Returns a stop if a file is no such language, or if nobody states the language of the project itself.
pub(super) fn add_all(file: &str, project: &mut Project, options: &Options) -> Result<(), Stop> {
    let packed: Vec<Packed> =
        std::mem::take(&mut project.packed).into_iter().filter(Packed::has_words).collect();
    if options.translations.is_empty() && packed.is_empty() {
        return Ok(());
    }
    let main = project.language.clone().or_else(|| options.language.clone());
    if main.is_none() && options.translations.is_empty() {
        project.findings.push(without_main(file, &packed));
        return Ok(());
    }
    let main = main.ok_or_else(|| {
        Stop::usage(format!("{file}: the project does not say in which language it is"))
            .help("state it: `--language en`")
    })?;
    with_language(project, &main);
    for packed in &packed {
        add_packed(file, project, &main, packed);
    }
    for (name, bytes) in &options.translations {
        let sources = Sources { file: name, bytes, beside: &|_| None, attached: &[] };
        let opened = Opened::of(&sources)?;
        let document = opened.json().filter(|document| document["creator"] == CREATOR);
        let document = document.ok_or_else(|| {
            Stop::wrong(format!("{name}: the file is no language of a REDCap project"))
                .help("export it as JSON from the multi-language management of the project")
        })?;
        Language::of(opened.name(), document, &main)?.add(project);
    }
    Ok(())
}

/// The finding for the languages of a project that does not state its own.
fn without_main(file: &str, packed: &[Packed]) -> Finding {
    let names = some_of(packed.iter().map(Packed::key));
    let message = format!(
        "the words in {names} are left out: the project does not say in which language its own are"
    );
    let place = Place::new(file, "");
    Finding::new(Kind::NotUnderstood, "translations", &place, message)
        .help("state it: `--language en`")
}

/// Adds a language that the project file itself contains.
fn add_packed(file: &str, project: &mut Project, main: &str, packed: &Packed) {
    let place = Place::new(file, "");
    let key = packed.key();
    let lost = |message: String| Finding::new(Kind::NotUnderstood, "translations", &place, message);
    if tag(key) == main {
        let message = format!(
            "the words of the project have other words in its own language, `{key}`; those are left out"
        );
        return project.findings.push(lost(message));
    }
    match Language::of(file, &packed.file, main) {
        Ok(language) => language.add(project),
        Err(_) => project
            .findings
            .push(lost(format!("the words in `{key}` are left out: it is not a language tag"))),
    }
    if !packed.others.is_empty() {
        let kinds = some_of(packed.others.iter().map(String::as_str));
        project.findings.push(lost(format!(
            "the words in `{key}` of {kinds} concern no item and are left out"
        )));
    }
}

/// Gives the words without a language the one of the project.
fn with_language(project: &mut Project, main: &str) {
    for field in &mut project.fields {
        field.label = field.label.in_language(main);
        field.section = field.section.in_language(main);
        let labels = field.choices.iter_mut().flat_map(|choice| &mut choice.label);
        labels.filter(|(language, _)| language.is_empty()).for_each(|(language, _)| {
            main.clone_into(language);
        });
    }
    for facts in project.forms.values_mut() {
        facts.title = facts.title.in_language(main);
    }
    project.language = Some(main.to_owned());
}

/// A language while its words are added.
struct Language<'a> {
    name: &'a str,
    root: Node<'a>,
    main: &'a str,
    tag: String,
    /// Names of fields, forms and options that the project has not, and words for which it has no place.
    unplaced: Vec<String>,
    /// The number of notes. Those of the project are not translated.
    notes: usize,
}

impl<'a> Language<'a> {
    fn of(name: &'a str, document: &'a Value, main: &'a str) -> Result<Self, Stop> {
        let root = Node::root(name, document);
        let key = root.get("key").as_text().unwrap_or_default();
        let is_tag = key.split(['-', '_']).enumerate().all(|(index, part)| {
            let most = if index == 0 { 3 } else { 8 };
            (1..=most).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if !is_tag || key.len() < 2 {
            let message = format!("{name}: `{key}` is not a language tag");
            return Err(Stop::wrong(message).help("write a BCP 47 tag such as `es` as its `key`"));
        }
        Ok(Self { name, root, main, tag: tag(&key), unplaced: Vec::new(), notes: 0 })
    }

    fn add(mut self, project: &mut Project) {
        self.forms(project);
        let mut positions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut matrices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, field) in project.fields.iter().enumerate() {
            positions.entry(field.name.clone()).or_default().push(index);
            matrices.entry(field.matrix.clone()).or_default().push(index);
        }
        for (key, known) in [("fieldTranslations", &positions), ("matrixTranslations", &matrices)] {
            for node in self.root.get(key).list() {
                let id = node.get("id").as_text().unwrap_or_default();
                let fields = known.get(&id).filter(|_| !id.is_empty());
                match fields {
                    Some(fields) => self.words(&node, fields, &mut project.fields),
                    None => self.unplaced.push(id),
                }
            }
        }
        project.findings.extend(self.findings());
    }

    fn forms(&mut self, project: &mut Project) {
        let names: Vec<String> = project.form_names().into_iter().map(str::to_owned).collect();
        for node in self.root.get("formTranslations").list() {
            let id = node.get("id").as_text().unwrap_or_default();
            let text = translation(&node).or_else(|| translation(&node.get("name")));
            match text.filter(|_| names.contains(&id)) {
                Some(text) => {
                    let title = &mut project.forms.entry(id.clone()).or_default().title;
                    if title.is_empty() {
                        title.add(self.main, &spoken(&id));
                    }
                    title.add(&self.tag, text);
                }
                None => self.unplaced.push(id),
            }
        }
    }

    /// The words of a field, or of the fields of a matrix.
    fn words(&mut self, node: &Node<'a>, positions: &[usize], fields: &mut [Field]) {
        let first = &mut fields[positions[0]];
        let header = translation(&node.get("header"));
        if let Some(text) = header.filter(|_| !first.section.is_empty()) {
            first.section.add(&self.tag, text);
        }
        if let Some(text) = translation(&node.get("label")) {
            first.label.add(&self.tag, text);
        }
        self.notes += usize::from(translation(&node.get("note")).is_some());
        for option in node.get("enum").list() {
            let code = option.get("id").as_text().unwrap_or_default();
            let Some(text) = translation(&option) else { continue };
            let mut is_placed = false;
            for position in positions {
                let mut choices = fields[*position].choices.iter_mut();
                if let Some(choice) = choices.find(|choice| choice.code == code) {
                    choice.label.push((self.tag.clone(), text.to_owned()));
                    is_placed = true;
                }
            }
            if !is_placed {
                self.unplaced.push(format!("{}({code})", fields[positions[0]].name));
            }
        }
        let known = ["id", "form", "header", "label", "note", "enum"];
        let others = node.entries().into_iter().filter(|(key, _)| !known.contains(key));
        let others = others.filter(|(_, value)| translation(value).is_some());
        self.unplaced.extend(others.map(|(key, _)| format!("{}/{key}", fields[positions[0]].name)));
    }

    /// What was not placed.
    fn findings(&self) -> Vec<Finding> {
        let place = Place::new(self.name, "");
        let mut findings = Vec::new();
        let mut report = |code: &'static str, message: String| {
            findings.push(Finding::new(Kind::NotUnderstood, code, &place, message));
        };
        if !self.unplaced.is_empty() {
            let names = some_of(self.unplaced.iter().map(String::as_str));
            report("translation", format!("the project has no place for the words of {names}"));
        }
        if self.notes > 0 {
            report("translation", format!("the translations of {} notes are left out", self.notes));
        }
        let read = ["formTranslations", "fieldTranslations", "matrixTranslations"];
        for (key, node) in self.root.entries() {
            if !FACTS.contains(&key) && !read.contains(&key) && node.has_entries() {
                report("translation", format!("`{key}` concerns no form and is left out"));
            }
        }
        findings
    }
}

/// The translation in an entry; `None` if it is empty.
fn translation<'a>(node: &Node<'a>) -> Option<&'a str> {
    node.get("translation").text()
}
