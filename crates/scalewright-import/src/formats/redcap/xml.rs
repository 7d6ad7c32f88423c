//! Project files: CDISC ODM with REDCap's extensions.

mod php;
mod settings;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;
use scalewright_model::Stop;

use super::field::{At, Coded, Field, choices, kind, validation};
use super::project::{FormFacts, Project, Record};
use super::table::{has_choices, is_yes};
use crate::finding::{Finding, Kind};
use crate::options::Options;
use crate::place::Place;
use crate::words::Words;
use tree::{Lines, REDCAP, attribute, children, redcap};

/// The most nodes of a document.
const MOST_NODES: u32 = 10_000_000;

/// The attributes of items that are read, or that repeat what others say.
const KNOWN: &[&str] = &[
    "OID",
    "Name",
    "DataType",
    "Length",
    "SignificantDigits",
    "Variable",
    "FieldType",
    "TextValidationType",
    "SliderLabels",
    "FieldNote",
    "SectionHeader",
    "BranchingLogic",
    "RequiredField",
    "Identifier",
    "MatrixGroupName",
    "MatrixRanking",
    "Calculation",
    "FieldAnnotation",
    "CustomAlignment",
    "QuestionNumber",
    "OntologySearch",
    "SQL",
];

/// Whether a text is a project file.
pub(super) fn recognises(text: &str) -> bool {
    let start = text.trim_start();
    let mut end = start.len().min(8192);
    while !start.is_char_boundary(end) {
        end -= 1;
    }
    let head = &start[..end];
    start.starts_with('<') && head.contains("ODM") && head.contains(REDCAP)
}

/// Reads a project file.
///
/// # Errors
///
/// Returns a stop if the XML has an error or no metadata.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Project, Stop> {
    let settings = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(text, settings).map_err(|error| {
        let at = error.pos();
        Stop::wrong(format!("{file}:{}:{}: the XML has an error: {error}", at.row, at.col))
    })?;
    let root = document.root_element();
    let metadata = root
        .descendants()
        .find(|node| node.tag_name().name() == "MetaDataVersion")
        .ok_or_else(|| Stop::wrong(format!("{file}: the project file has no `MetaDataVersion`")))?;
    let main = match tree::languages(metadata) {
        (languages, true) => languages.into_iter().next().unwrap_or_default(),
        // Where some texts have languages, those without one are in the language of the definition.
        (languages, false) if !languages.is_empty() => options.language.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let mut reader = Reader {
        file,
        lines: Lines::of(text),
        main: main.clone(),
        groups: by_oid(metadata, "ItemGroupDef"),
        items: by_oid(metadata, "ItemDef"),
        lists: by_oid(metadata, "CodeList"),
        unknown: BTreeMap::new(),
        project: Project::default(),
    };
    reader.project.language = Some(main).filter(|main| !main.is_empty());
    reader.head(root, metadata);
    reader.forms(metadata);
    reader.events(metadata);
    reader.rest(root);
    Ok(reader.project)
}

/// Reads one project file.
struct Reader<'a> {
    file: &'a str,
    lines: Lines,
    /// The language of texts that state none; empty if no text states one.
    main: String,
    groups: BTreeMap<&'a str, Node<'a, 'a>>,
    items: BTreeMap<&'a str, Node<'a, 'a>>,
    lists: BTreeMap<&'a str, Node<'a, 'a>>,
    /// Attributes that are not understood, with the line of the first and their number.
    unknown: BTreeMap<String, (usize, usize)>,
    project: Project,
}

/// The elements of a name by their identifiers.
fn by_oid<'a>(metadata: Node<'a, 'a>, name: &'a str) -> BTreeMap<&'a str, Node<'a, 'a>> {
    children(metadata, name).filter_map(|node| Some((node.attribute("OID")?, node))).collect()
}

impl<'a> Reader<'a> {
    fn report(&mut self, kind: Kind, code: &'static str, node: Node<'a, 'a>, message: String) {
        let place = Place::new(self.file, format!("line {}", self.lines.line(node)));
        self.project.findings.push(Finding::new(kind, code, &place, message));
    }

    fn head(&mut self, root: Node<'a, 'a>, metadata: Node<'a, 'a>) {
        let version = root
            .attribute("SourceSystemVersion")
            .filter(|_| root.attribute("SourceSystem") == Some("REDCap"));
        let version = version.map(|version| format!(" (REDCap {version})")).unwrap_or_default();
        self.project.title = format!("a REDCap project file{version}");
        if let Some(record) = redcap(metadata, "RecordIdField") {
            self.project.record = Record::Named(record.to_lowercase());
        }
    }

    /// The forms with their fields, in order.
    fn forms(&mut self, metadata: Node<'a, 'a>) {
        for form in children(metadata, "FormDef") {
            let oid = form.attribute("OID").unwrap_or_default();
            let name = redcap(form, "FormName")
                .unwrap_or_else(|| oid.trim_start_matches("Form."))
                .to_owned();
            let title = self.tagged(form.attribute("Name").unwrap_or_default());
            let is_repeating = form.attribute("Repeating") == Some("Yes");
            self.project
                .forms
                .insert(name.clone(), FormFacts { title, events: Vec::new(), is_repeating });
            let mut seen = BTreeSet::new();
            for group in children(form, "ItemGroupRef") {
                let Some(group) =
                    group.attribute("ItemGroupOID").and_then(|oid| self.groups.get(oid).copied())
                else {
                    self.report(
                        Kind::NotUnderstood,
                        "no-group",
                        group,
                        "a group of items is not in the file".to_owned(),
                    );
                    continue;
                };
                for reference in children(group, "ItemRef") {
                    self.item(&name, reference, &mut seen);
                }
            }
        }
    }

    /// Adds the field of an item. A checkbox is an item for each box; the first is read.
    fn item(&mut self, form: &str, reference: Node<'a, 'a>, seen: &mut BTreeSet<String>) {
        let Some(item) =
            reference.attribute("ItemOID").and_then(|oid| self.items.get(oid).copied())
        else {
            self.report(
                Kind::NotUnderstood,
                "no-item",
                reference,
                "an item is not in the file, and is left out".to_owned(),
            );
            return;
        };
        let oid = item.attribute("OID").unwrap_or_default();
        let variable =
            redcap(item, "Variable").or_else(|| redcap(reference, "Variable")).unwrap_or(oid);
        if !seen.insert(variable.to_lowercase()) {
            return;
        }
        let mut field = self.field(item);
        field.name = variable.to_lowercase();
        field.form = form.to_owned();
        self.project.fields.push(field);
    }

    fn field(&mut self, item: Node<'a, 'a>) -> Field {
        let line = self.lines.line(item);
        for attribute in item.attributes().filter(|attribute| !KNOWN.contains(&attribute.name())) {
            let entry = self.unknown.entry(attribute.name().to_owned()).or_insert((line, 0));
            entry.1 += 1;
        }
        let own = |name: &str| redcap(item, name).unwrap_or_default().trim().to_owned();
        let kind = kind(&own("FieldType"));
        let content = match kind.as_str() {
            "slider" => own("SliderLabels"),
            "calc" => own("Calculation"),
            "sql" => own("SQL"),
            _ => own("OntologySearch"),
        };
        Field {
            section: self.tagged(&own("SectionHeader")),
            label: children(item, "Question")
                .next()
                .map(|question| self.texts(question))
                .unwrap_or_default(),
            choices: if has_choices(&kind) { self.choices(item) } else { Vec::new() },
            content,
            note: own("FieldNote"),
            validation: validation(&own("TextValidationType")),
            min: limit(item, "GE"),
            max: limit(item, "LE"),
            is_identifier: is_yes(&own("Identifier")),
            branching: own("BranchingLogic"),
            is_required: is_yes(&own("RequiredField")),
            number: own("QuestionNumber"),
            matrix: own("MatrixGroupName"),
            is_ranking: is_yes(&own("MatrixRanking")),
            annotation: own("FieldAnnotation"),
            at: At { file: self.file.to_owned(), number: line, is_xml: true },
            kind,
            ..Field::default()
        }
    }

    /// The choices of an item: of its code list, or of the checkbox that the item is a box of.
    fn choices(&self, item: Node<'a, 'a>) -> Vec<Coded> {
        let list =
            children(item, "CodeListRef").next().and_then(|node| node.attribute("CodeListOID"));
        let Some(list) = list.and_then(|oid| self.lists.get(oid).copied()) else {
            return Vec::new();
        };
        if let Some(boxes) = redcap(list, "CheckboxChoices") {
            let mut boxes = choices(boxes);
            let languages = boxes.iter_mut().flat_map(|choice| &mut choice.label);
            languages.for_each(|(language, _)| language.clone_from(&self.main));
            return boxes;
        }
        let items = children(list, "CodeListItem");
        items
            .map(|item| {
                let label = children(item, "Decode")
                    .next()
                    .map(|decode| self.texts(decode))
                    .unwrap_or_default();
                let label =
                    label.iter().map(|(language, text)| (language.to_owned(), text.to_owned()));
                Coded {
                    code: item.attribute("CodedValue").unwrap_or_default().trim().to_owned(),
                    label: label.collect(),
                }
            })
            .collect()
    }

    /// The texts below an element. Those with markup are preferred, because their line breaks are known.
    fn texts(&self, node: Node<'a, 'a>) -> Words {
        let mut words = Words::default();
        for name in ["TranslatedText", "FormattedTranslatedText"] {
            for text in children(node, name) {
                let language = attribute(text, "lang")
                    .map_or_else(|| self.main.clone(), |tag| tag.replace('_', "-"));
                words.add(&language, text.text().unwrap_or_default().trim());
            }
        }
        words
    }

    /// A text in the main language.
    fn tagged(&self, text: &str) -> Words {
        let mut words = Words::default();
        words.add(&self.main, text);
        words
    }
}

/// A limit of an item.
fn limit(item: Node<'_, '_>, comparator: &str) -> String {
    let check = children(item, "RangeCheck")
        .find(|check| check.attribute("Comparator") == Some(comparator));
    let value = check.and_then(|check| children(check, "CheckValue").next());
    value.and_then(|value| value.text()).unwrap_or_default().trim().to_owned()
}
