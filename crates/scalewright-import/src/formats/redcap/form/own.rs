//! Fields of forms that were exported by this program: the notice, and the definition itself.

use super::Reader;
use crate::finding::Kind;
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::licence::open_licence;

impl<'a> Reader<'a> {
    /// Whether a field is one that this program adds to a form. What it says about the form is taken over.
    pub(super) fn is_own(&mut self, field: &'a Field) -> bool {
        if field.kind != "descriptive" {
            return false;
        }
        if field.annotation.contains("scalewright-definition:") {
            let message = "the field contains the definition from which the form was exported";
            self.report(Kind::Note, "own-definition", &field.place(Column::Annotation), message);
            self.left_out.insert(&field.name, "contains a definition".to_owned());
            return true;
        }
        let Some(facts) = field.annotation.strip_prefix("scalewright: ") else { return false };
        self.left_out.insert(&field.name, "is the notice of the form".to_owned());
        let place = field.place(Column::Label);
        self.is_ours = true;
        self.form.titled.notice = self.words(&field.label, 2000, &place);
        self.facts(facts);
        true
    }

    /// Takes over `title; instrument id, version 1.0.0 (active), language en, licence CC0-1.0`.
    fn facts(&mut self, facts: &str) {
        let Some((title, rest)) = facts.rsplit_once("; instrument ") else { return };
        let title = self.tagged(title);
        let title = title.map(|text| crate::words::plain(text).0);
        if !title.is_empty() {
            self.form.titled.title = title;
        }
        for (index, fact) in rest.split(", ").enumerate() {
            match fact.split_once(' ') {
                None if index == 0 => self.form.id = crate::ids::Ids::instrument(fact),
                Some(("version", version)) => {
                    let version = version.split(' ').next().unwrap_or_default();
                    self.form.titled.version = Some(version.to_owned());
                }
                Some(("language", language)) if self.form.language.is_none() => {
                    self.form.language = Some(language.to_owned());
                }
                Some(("licence", licence)) if open_licence(licence).is_some() => {
                    self.form.rights.licence = Some(licence.to_owned());
                }
                _ => {}
            }
        }
    }
}
