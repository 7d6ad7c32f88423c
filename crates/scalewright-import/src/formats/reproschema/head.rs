//! The facts about an activity as a whole.

use scalewright_model::file::ReferenceFile;

use super::Reader;
use crate::finding::Kind;
use crate::ids::Ids;
use crate::json::Node;

/// The keys of an activity that are understood, or that say nothing about it.
const KEYS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "id",
    "category",
    "schemaVersion",
    "version",
    "prefLabel",
    "description",
    "preamble",
    "citation",
    "compute",
    "ui",
    super::folder::COLLECTED,
];

impl<'a> Reader<'a> {
    /// Title, version, description and works.
    pub(super) fn head(&mut self, root: &Node<'a>) {
        let file = root.place().file;
        let stated = root.get("id").text().or_else(|| root.get("@id").text()).unwrap_or(&file);
        self.form.id = Ids::instrument(bare(stated));
        self.form.titled.title = self.texts.words(&root.get("prefLabel"));
        self.form.titled.version = root.get("version").as_text();
        let description = self.texts.words(&root.get("description"));
        self.form.titled.description = description
            .of("en")
            .or_else(|| description.iter().next().map(|(_, text)| text))
            .map(str::to_owned);
        self.form.titled.citation = citation(&file, root);
        self.cited(root);
    }

    /// The work that the activity names.
    fn cited(&mut self, root: &Node<'a>) {
        let words = self.texts.words(&root.get("citation"));
        let Some(text) = words.of("en").or_else(|| words.iter().next().map(|(_, text)| text))
        else {
            return;
        };
        let is_address = text.starts_with("http") && !text.contains(char::is_whitespace);
        self.form.references.push(ReferenceFile {
            id: "cited".to_owned(),
            citation: text.chars().take(2000).collect(),
            doi: None,
            url: is_address.then(|| text.to_owned()),
            note: None,
        });
    }

    /// What is not understood about an activity, this one or one inside it.
    pub(super) fn unread(&mut self, activity: &Node<'a>) {
        self.left_out.keys(activity, "an activity", KEYS);
        let ui = activity.get("ui");
        self.left_out.keys(
            &ui,
            "the `ui` of an activity",
            &["order", "addProperties", "shuffle", "allow", "inputType"],
        );
        if ui.get("shuffle").truth() == Some(true) {
            let message = "the player shows the items in random order; ours keep their order";
            self.report(Kind::Note, "order", &ui.get("shuffle"), message);
        }
        if ui.has("allow") && ui.get("allow").value().as_array().is_none_or(|list| !list.is_empty())
        {
            let message = "what the player allows, such as skipping an item, has no counterpart";
            self.report(Kind::NotUnderstood, "allow", &ui.get("allow"), message);
        }
    }
}

/// The name of an activity from its id or path: without folders and `_schema`.
pub(super) fn bare(stated: &str) -> &str {
    let name = stated.rsplit('/').next().unwrap_or(stated);
    let name = [".jsonld", ".json"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let bare = name.strip_suffix("_schema").or_else(|| name.strip_suffix("schema")).unwrap_or(name);
    if bare.is_empty() { name } else { bare }
}

fn citation(file: &str, root: &Node<'_>) -> String {
    let version = |key: &str| root.get(key).as_text();
    let schema = version("schemaVersion").map(|version| format!(" {version}")).unwrap_or_default();
    let own = version("version").map(|version| format!(", version {version}")).unwrap_or_default();
    format!("{file}, a ReproSchema{schema} activity{own}.")
}
