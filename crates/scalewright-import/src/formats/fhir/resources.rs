//! The resources of a file: questionnaires, and the value sets and code systems that they refer to.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::json::{list, text};

/// The resources of a file.
pub(super) struct Resources<'j> {
    /// The questionnaires, with the JSON pointer of each.
    pub(super) questionnaires: Vec<(String, &'j Json)>,
    /// Value sets and code systems by address, and by type and id.
    by_address: BTreeMap<String, &'j Json>,
    /// Types of resources that are not read, with their pointers.
    pub(super) others: Vec<(String, &'j str)>,
}

impl<'j> Resources<'j> {
    pub(super) fn of(json: &'j Json) -> Self {
        let mut found =
            Self { questionnaires: Vec::new(), by_address: BTreeMap::new(), others: Vec::new() };
        match text(json, "resourceType") {
            Some("Bundle") => {
                for (at, entry) in list(json, "entry").iter().enumerate() {
                    if let Some(resource) = entry.get("resource") {
                        found.add(format!("/entry/{at}/resource"), resource);
                    }
                }
            }
            // The operation `$assemble` returns questionnaires as parameters.
            Some("Parameters") => {
                for (at, parameter) in list(json, "parameter").iter().enumerate() {
                    if let Some(resource) = parameter.get("resource") {
                        found.add(format!("/parameter/{at}/resource"), resource);
                    }
                }
            }
            _ => found.add(String::new(), json),
        }
        found
    }

    fn add(&mut self, at: String, resource: &'j Json) {
        match text(resource, "resourceType") {
            Some("Questionnaire") => self.questionnaires.push((at, resource)),
            Some(kind @ ("ValueSet" | "CodeSystem")) => {
                let id = text(resource, "id").map(|id| format!("{kind}/{id}"));
                let url = text(resource, "url").map(str::to_owned);
                for address in id.into_iter().chain(url) {
                    self.by_address.entry(address).or_insert(resource);
                }
            }
            Some(kind) => self.others.push((at, kind)),
            None => {}
        }
    }

    /// The resource of a type at an address: `#id` of one that the questionnaire contains, or an address of the file.
    pub(super) fn find(
        &self,
        questionnaire: &'j Json,
        kind: &str,
        address: &str,
    ) -> Option<&'j Json> {
        let is_of_kind = |json: &&'j Json| text(json, "resourceType") == Some(kind);
        let contained = list(questionnaire, "contained").iter().filter(is_of_kind);
        let plain = address.split('|').next().unwrap_or(address);
        if let Some(id) = plain.strip_prefix('#') {
            return contained.into_iter().find(|json| text(json, "id") == Some(id));
        }
        let mut own = contained.filter(|json| text(json, "url") == Some(plain));
        let relative = || {
            let mut parts = plain.rsplit('/');
            let id = parts.next()?;
            self.by_address.get(&format!("{kind}/{id}")).copied()
        };
        let found = own.next().or_else(|| self.by_address.get(plain).copied());
        found.or_else(relative).filter(is_of_kind)
    }
}
