//! What a project file says beside its fields: events, settings, translations.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::Reader;
use super::tree::{REDCAP, attribute, children, redcap};
use crate::finding::{Finding, Kind};
use crate::formats::redcap::field::choices;
use crate::formats::redcap::notes::listed;
use crate::formats::redcap::packed;
use crate::place::Place;

impl<'a> Reader<'a> {
    /// The events at which each form is asked.
    pub(super) fn events(&mut self, metadata: Node<'a, 'a>) {
        let forms = super::by_oid(metadata, "FormDef");
        for event in children(metadata, "StudyEventDef") {
            let title =
                event.attribute("Name").or_else(|| event.attribute("OID")).unwrap_or_default();
            for form in children(event, "FormRef") {
                let Some(form) = form.attribute("FormOID").and_then(|oid| forms.get(oid)) else {
                    continue;
                };
                let oid = form.attribute("OID").unwrap_or_default();
                let name =
                    redcap(*form, "FormName").unwrap_or_else(|| oid.trim_start_matches("Form."));
                if let Some(facts) = self.project.forms.get_mut(name) {
                    facts.events.push(title.to_owned());
                }
            }
        }
    }

    /// Settings of the project, translations that cannot be read, data.
    pub(super) fn rest(&mut self, root: Node<'a, 'a>) {
        for (name, (line, count)) in std::mem::take(&mut self.unknown) {
            let message = format!(
                "the attribute `{name}` of {count} items has no counterpart and is left out"
            );
            let place = Place::new(self.file, format!("line {line}, `{name}`"));
            self.project.findings.push(Finding::new(
                Kind::NotUnderstood,
                "unknown-attribute",
                &place,
                message,
            ));
        }
        let mut groups = BTreeSet::new();
        for node in root.descendants().filter(|node| node.tag_name().namespace() == Some(REDCAP)) {
            match node.tag_name().name() {
                "MissingDataCodes" => {
                    let codes = choices(node.text().unwrap_or_default()).into_iter();
                    self.project.missing = codes
                        .map(|choice| {
                            let label = choice.label.into_iter().next().map(|(_, label)| label);
                            (choice.code, label.unwrap_or_default())
                        })
                        .collect();
                }
                "RepeatingInstrument" => self.repeating(node),
                "MultilanguageSettings" => self.translations(node),
                _ => {}
            }
            let is_setting =
                node.parent().is_some_and(|parent| parent.tag_name().name() == "GlobalVariables");
            if is_setting && node.has_children() && node.children().any(|child| child.is_element())
            {
                groups.insert(node.tag_name().name());
            }
        }
        if !groups.is_empty() {
            let message = format!(
                "settings of the project have no counterpart: {}",
                listed(groups.into_iter())
            );
            let place = Place::new(self.file, "GlobalVariables");
            self.project.findings.push(Finding::new(
                Kind::Note,
                "project-settings",
                &place,
                message,
            ));
        }
        if let Some(data) = root.children().find(|node| node.tag_name().name() == "ClinicalData") {
            self.report(
                Kind::Note,
                "data",
                data,
                "the file contains answers of participants; they are not read".to_owned(),
            );
        }
    }

    fn repeating(&mut self, node: Node<'a, 'a>) {
        let name = redcap(node, "RepeatInstrument").unwrap_or_default();
        if let Some(facts) = self.project.forms.get_mut(name) {
            facts.is_repeating = true;
        }
    }

    /// The languages of multi-language management, which are PHP values in base64.
    fn translations(&mut self, node: Node<'a, 'a>) {
        use base64::Engine as _;
        let settings = attribute(node, "settings").unwrap_or_default();
        let bytes = base64::engine::general_purpose::STANDARD.decode(settings.trim()).ok();
        let settings = bytes.as_deref().and_then(super::php::unserialized);
        if let Some(languages) = settings.as_ref().and_then(packed::languages) {
            self.project.packed.extend(languages);
            return;
        }
        let message = "the translations of multi-language management are left out: their form is not understood";
        let place = Place::new(self.file, format!("line {}", self.lines.line(node)));
        let finding = Finding::new(Kind::NotUnderstood, "translations", &place, message);
        let help = "export the languages in REDCap, and add them with `--translation`";
        self.project.findings.push(finding.help(help));
    }
}
