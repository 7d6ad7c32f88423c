//! Finds the answers in an ODM file: one row for each form that a subject filled in.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, NodeId};
use scalewright_model::{Instrument, OptionValue, ScaleIx};

use super::map_file::Map;

/// What an item of the file contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The answer to an item.
    Item(usize),
    /// A computed score.
    Score(ScaleIx),
    /// Whether an option of an item with several answers is chosen: the item, and the value of the option.
    Option(usize, OptionValue),
    /// What is not read: other computed items.
    Ignored,
}

/// The identifiers of an instrument.
pub(super) struct Oids {
    /// The identifier of its form.
    form: String,
    /// The version of the metadata that it is exported with.
    version: String,
    /// The targets of items, and whether they are those of a file without other instruments.
    targets: BTreeMap<String, (Target, bool)>,
}

impl Oids {
    pub(super) fn new(instrument: &Instrument, map: &Map) -> Self {
        let capital = instrument.id.to_uppercase().replace('-', "_");
        let mut oids = Self {
            form: format!("F.{capital}"),
            version: instrument.version.clone(),
            targets: BTreeMap::new(),
        };
        let prefixes = [(format!("I.{capital}_"), false), ("I.".to_owned(), true)];
        for (prefix, alone) in &prefixes {
            for (at, scale) in instrument.scales.iter().enumerate() {
                let others =
                    ["answered", "prorated", "band"].map(|mark| format!("{}_{mark}", scale.id));
                let sets =
                    scale.band_sets.iter().map(|set| format!("{}_band_{}", scale.id, set.id));
                for other in others.into_iter().chain(sets) {
                    oids.targets.insert(format!("{prefix}{other}"), (Target::Ignored, *alone));
                }
                let score = Target::Score(ScaleIx(at));
                oids.targets.insert(format!("{prefix}{}", scale.id), (score, *alone));
            }
            // A scale may have the name of an item. Then the value is an answer.
            for (at, item) in instrument.items.iter().enumerate() {
                for option in instrument.response(scalewright_model::ItemIx(at)).options() {
                    let code = option.value.to_string().replace('-', "M").replace('.', "P");
                    let oid = format!("{prefix}{}_C{code}", item.id);
                    oids.targets.insert(oid, (Target::Option(at, option.value), *alone));
                }
                oids.targets.insert(format!("{prefix}{}", item.id), (Target::Item(at), *alone));
            }
        }
        oids.add_mapped(instrument, map);
        oids
    }

    /// Adds the identifiers that a map names.
    fn add_mapped(&mut self, instrument: &Instrument, map: &Map) {
        for (at, item) in instrument.items.iter().enumerate() {
            if map.names(&item.id) {
                self.targets.insert(map.column(&item.id).to_owned(), (Target::Item(at), false));
            }
        }
        for (at, scale) in instrument.scales.iter().enumerate() {
            if let Some(name) = map.named_stated(&scale.id) {
                self.targets.insert(name.to_owned(), (Target::Score(ScaleIx(at)), false));
            }
        }
    }
}

/// A form that a subject filled in.
pub(super) struct Filled {
    /// The line of the file on which it begins.
    pub(super) line: u64,
    pub(super) subject: String,
    /// The event and the repeats of the event and the form; empty where the file states none.
    pub(super) occasion: [String; 3],
    /// The answers by the position of the item.
    pub(super) answers: BTreeMap<usize, String>,
    /// The scores that the file states.
    pub(super) scores: BTreeMap<ScaleIx, String>,
    /// Why the whole form cannot be scored, with what the file says.
    pub(super) fault: Option<(String, String)>,
}

/// The forms in a file.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rows: Vec<Filled>,
    /// The number of forms of other instruments.
    pub(super) of_others: u64,
    /// The number of values of our forms that belong to no item.
    pub(super) unknown: u64,
}

/// Finds the forms in a document.
pub(super) fn rows(document: &Document<'_>, oids: &Oids) -> Found {
    let mut found = Found::default();
    let mut forms: Vec<NodeId> = Vec::new();
    for node in document.descendants().filter(|node| is_form(*node)) {
        forms.push(node.id());
    }
    let (mut line, mut counted) = (1, 0);
    for form in forms.into_iter().filter_map(|id| document.get_node(id)) {
        let start = form.range().start;
        line += memchr::memchr_iter(b'\n', &document.input_text().as_bytes()[counted..start])
            .count() as u64;
        counted = start;
        let oid = form.attribute("FormOID").or(form.attribute("ItemGroupOID")).unwrap_or_default();
        match oid.starts_with("F.") && oid != oids.form {
            true => found.of_others += 1,
            false => {
                let row = filled(form, line, oids, &mut found.unknown);
                let is_empty = row.answers.is_empty() && row.scores.is_empty();
                match is_empty && row.fault.is_none() && oid != oids.form {
                    true => found.of_others += 1,
                    false => found.rows.push(row),
                }
            }
        }
    }
    found
}

/// Whether an element has the answers to a form. In version 2.0 forms are the outermost groups of items.
fn is_form(node: Node<'_, '_>) -> bool {
    let parent = || node.parent_element().is_some_and(|parent| is(parent, "StudyEventData"));
    is(node, "FormData") || is(node, "ItemGroupData") && parent()
}

/// Whether an element has this name. Namespaces differ between versions.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn filled(form: Node<'_, '_>, line: u64, oids: &Oids, unknown: &mut u64) -> Filled {
    let above = |name: &str, key: &str| {
        let element = form.ancestors().find(|node| is(*node, name));
        element.and_then(|node| node.attribute(key)).unwrap_or_default().to_owned()
    };
    let repeat = form.attribute("FormRepeatKey").or(form.attribute("ItemGroupRepeatKey"));
    let mut row = Filled {
        line,
        subject: above("SubjectData", "SubjectKey"),
        occasion: [
            above("StudyEventData", "StudyEventOID"),
            above("StudyEventData", "StudyEventRepeatKey"),
            repeat.unwrap_or_default().to_owned(),
        ],
        answers: BTreeMap::new(),
        scores: BTreeMap::new(),
        fault: removed(form),
    };
    let version = above("ClinicalData", "MetaDataVersionOID");
    let items = form.descendants().filter(|node| node.is_element());
    for item in items.filter(|node| node.tag_name().name().starts_with("ItemData")) {
        let oid = item.attribute("ItemOID").unwrap_or_default();
        let Some((target, alone)) = oids.targets.get(oid) else {
            *unknown += 1;
            continue;
        };
        row.add(oid, item, *target);
        let stated = version.strip_prefix("MDV.").filter(|_| *alone);
        if let Some(other) = stated.filter(|stated| *stated != oids.version) {
            let why = format!(
                "is the version of the form that was answered, and `{}` is scored: give the definition of that version",
                oids.version
            );
            row.fault = Some((other.to_owned(), why));
        }
    }
    row
}

/// The fault of a form that was removed, or has removed answers: a snapshot has none.
fn removed(form: Node<'_, '_>) -> Option<(String, String)> {
    let all = form.ancestors().chain(form.descendants());
    let mut kinds = all.filter_map(|node| node.attribute("TransactionType"));
    kinds.find(|kind| matches!(*kind, "Remove" | "Upsert" | "Update")).map(|kind| {
        (kind.to_owned(), "is a change of answers given elsewhere: export a snapshot".to_owned())
    })
}

impl Filled {
    fn add(&mut self, oid: &str, item: Node<'_, '_>, target: Target) {
        let Some(value) = value(item) else {
            self.fault = Some((oid.to_owned(), "has several values".to_owned()));
            return;
        };
        let twice = match target {
            Target::Ignored => false,
            Target::Option(at, option) => return self.choose(oid, at, option, &value),
            Target::Item(at) => self.answers.insert(at, value).is_some(),
            Target::Score(scale) => self.scores.insert(scale, value).is_some(),
        };
        if twice {
            self.fault = Some((oid.to_owned(), "is in the form twice".to_owned()));
        }
    }
}

impl Filled {
    /// Adds an option to the answer to an item with several answers, if it is chosen.
    fn choose(&mut self, oid: &str, item: usize, option: OptionValue, value: &str) {
        match value.trim() {
            "1" | "1.0" | "true" => {
                self.answers.entry(item).or_default().push_str(&format!(" {option}"));
            }
            "" | "0" | "0.0" | "false" => {}
            _ => self.fault = Some((oid.to_owned(), "is neither 1 nor 0".to_owned())),
        }
    }
}

/// The value of an item; `None` if it has several. Version 1.3.2 has it in an attribute, or as the text of a typed
/// element; version 2.0 in an element.
fn value(item: Node<'_, '_>) -> Option<String> {
    if item.attribute("IsNull") == Some("Yes") {
        return Some(String::new());
    }
    if let Some(value) = item.attribute("Value") {
        return Some(value.to_owned());
    }
    let mut values = item.children().filter(|child| is(*child, "Value"));
    let text = match (values.next(), values.next()) {
        (Some(_), Some(_)) => return None,
        (Some(only), None) => only.text().unwrap_or_default(),
        (None, _) => item.text().unwrap_or_default(),
    };
    Some(match (item.tag_name().name(), text.trim()) {
        ("ItemDataBoolean", "true") => "1".to_owned(),
        ("ItemDataBoolean", "false") => "0".to_owned(),
        (_, text) => text.to_owned(),
    })
}
