//! Open Scale Definitions of OpenScales (`.osd`): JSON with a definition and its texts by language.
//!
//! The specification and the runner of OpenScales differ in places; scores are those of the runner.

mod answers;
mod computed;
mod conditions;
mod expression;
mod items;
mod runner;
mod scores;
mod texts;

use std::collections::{BTreeMap, HashMap};

use scalewright_model::file::ReferenceFile;
use scalewright_model::{Evidence, Stop};
use serde_json::Value;

use crate::empty;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::ids::Ids;
use crate::json::Node;
use crate::options::Options;
use crate::words::Words;
use texts::Texts;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "osd",
    title: "an Open Scale Definition",
    recognises: |opened| opened.json().is_some_and(recognises),
    read: |opened, options| {
        let document = opened.json().unwrap_or(&Value::Null);
        Ok(vec![read(opened.name(), document, options)?])
    },
};

/// Whether a JSON document is an Open Scale Definition.
fn recognises(document: &Value) -> bool {
    document.get("definition").is_some_and(|definition| {
        definition.get("items").is_some() || definition.get("scale_info").is_some()
    })
}

/// Reads an Open Scale Definition.
fn read(file: &str, document: &Value, options: &Options) -> Result<Form, Stop> {
    let root = Node::root(file, document);
    let mut reader = Reader {
        options,
        definition: root.get("definition"),
        texts: Texts::of(&root.get("translations")),
        ids: Ids::default(),
        form: Form { keeps_hidden: true, ..Form::default() },
        items: HashMap::new(),
        answers: BTreeMap::new(),
        parameters: BTreeMap::new(),
    };
    reader.parameters();
    reader.head(&root);
    reader.items();
    if reader.form.items.is_empty() {
        let what = "the definition has no items to answer";
        return Err(empty::stop(file, what, &reader.form.findings));
    }
    let scores = reader.scores();
    reader.computed(&scores);
    reader.general();
    reader.rest();
    Ok(reader.finished(file))
}

/// Reads one document.
struct Reader<'a> {
    options: &'a Options,
    definition: Node<'a>,
    texts: Texts<'a>,
    ids: Ids,
    form: Form,
    /// The position of each item in the form, by its id in the source.
    items: HashMap<String, usize>,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// The default values of the parameters.
    parameters: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    /// Reports something about a part of the source.
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        at: &Node<'_>,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, &at.place(), message));
    }

    /// Reports keys that are not understood. Keys that begin with `_` are remarks.
    fn unknown(&mut self, node: &Node<'a>, known: &[&str]) {
        for (key, value) in node.entries() {
            if known.contains(&key) || key.starts_with('_') || value.value().is_null() {
                continue;
            }
            let message = format!("`{key}` has no counterpart and is left out");
            self.report(Kind::NotUnderstood, "unknown-key", &value, message);
        }
    }

    /// The default values of parameters. Conditions on parameters are decided by them.
    fn parameters(&mut self) {
        for (name, parameter) in self.definition.get("parameters").entries() {
            if let Some(value) = parameter.get("default").as_text() {
                self.parameters.insert(name.to_owned(), value);
            }
        }
    }

    fn head(&mut self, root: &Node<'a>) {
        let info = self.definition.get("scale_info");
        let own = |key: &str| info.get(key).text().map(str::to_owned);
        let name = own("name").or_else(|| own("code")).unwrap_or_else(|| "scale".to_owned());
        let code = own("code").unwrap_or_else(|| name.clone());
        self.form.id = Ids::instrument(&code);
        let titled = &mut self.form.titled;
        titled.title = Words::only(&name);
        titled.short_title = own("abbreviation");
        titled.version = info.get("version").as_text();
        titled.description = own("description");
        self.form.language = self.texts.main();
        self.form.titled.citation = self.citation(root);
        self.rights(&info);
        if let Some(citation) = own("citation") {
            let citation: String = citation.chars().take(2000).collect();
            let url = own("url")
                .filter(|url| url.starts_with("http") && !url.contains(char::is_whitespace));
            self.form.references.push(ReferenceFile {
                id: "cited".to_owned(),
                citation,
                doi: None,
                url,
                note: None,
            });
        }
        self.unknown(
            &info,
            &[
                "name",
                "code",
                "abbreviation",
                "description",
                "citation",
                "license",
                "license_explanation",
                "license_url",
                "version",
                "url",
                "domain",
                "n_items",
            ],
        );
    }

    fn citation(&self, root: &Node<'_>) -> String {
        let made = self.definition.get("implementation");
        let part = |key: &str| made.get(key).text();
        let by = part("author").map(|author| format!(" by {author}")).unwrap_or_default();
        let facts: Vec<&str> = [part("date"), part("license")].into_iter().flatten().collect();
        let facts =
            if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
        format!("{}, an Open Scale Definition{by}{facts}.", root.place().file)
    }

    /// What the file says about the words. A licence that is not open is a claim.
    fn rights(&mut self, info: &Node<'_>) {
        let own = |key: &str| info.get(key).text().map(str::to_owned);
        let rights = &mut self.form.rights;
        let stated = own("license");
        let is_open = stated.as_deref().and_then(crate::licence::open_licence).is_some();
        if is_open {
            rights.licence = stated;
            rights.terms = own("license_explanation");
            rights.url = own("license_url");
        } else if let Some(stated) = stated {
            let more =
                own("license_explanation").map(|text| format!(" {text}")).unwrap_or_default();
            rights.evidence.push(Evidence {
                source: info.place().to_string(),
                states: format!("licence: {stated}.{more}"),
                seen: String::new(),
            });
        }
    }

    /// Parts of the definition that have no counterpart.
    fn rest(&mut self) {
        let definition = self.definition.clone();
        self.unknown(
            &definition,
            &[
                "scale_info",
                "implementation",
                "items",
                "likert_options",
                "scoring",
                "dimensions",
                "parameters",
                "default_required",
                "data_output",
                "report",
                "computed",
            ],
        );
        if definition.has("report") {
            self.report(
                Kind::Note,
                "report",
                &definition.get("report"),
                "the layout of the report has no counterpart",
            );
        }
        for (name, _) in definition.get("parameters").entries() {
            if name == "shuffle_questions" {
                let at = definition.get("parameters").get(name);
                self.report(
                    Kind::Note,
                    "order",
                    &at,
                    "the runner can shuffle items; ours keep their order",
                );
            }
        }
    }

    /// What the source decides for all items and for all scores.
    fn general(&mut self) {
        let definition = self.definition.clone();
        if definition.get("default_required").truth() == Some(false) {
            let message = "answers are not required, because `default_required` is false";
            self.report(Kind::Note, "required", &definition.get("default_required"), message);
        }
        let made = definition.get("implementation").get("license");
        if let Some(licence) = made.text() {
            let message = format!(
                "`{licence}` is the licence of the file; it says nothing about the wording"
            );
            self.report(Kind::Note, "licence-of-file", &made, message);
        }
        if definition.has("scoring") {
            let message = "the source states no rule for missing answers; the runner adds up what was answered, and our scales do the same";
            self.report(Kind::Assumed, "missing", &definition.get("scoring"), message);
        }
    }

    fn finished(mut self, file: &str) -> Form {
        self.form.findings.extend(self.ids.finding(file));
        self.form.findings.extend(self.texts.findings(file));
        self.form
    }
}
