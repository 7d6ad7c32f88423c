//! The settings of a form: title, id, version and default language.

use super::columns::{Columns, tag, untagged};
use super::survey::Reader;
use crate::finding::Kind;
use crate::ids::Ids;
use crate::place::Place;
use crate::sheets::Sheet;
use crate::words::Words;

/// Settings that change neither questions nor scores.
const KNOWN: &[&str] = &[
    "form_title",
    "form_id",
    "version",
    "default_language",
    "style",
    "instance_name",
    "instance_id",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "allow_choice_duplicates",
    "clean_text_values",
    "name",
    "namespaces",
    "prefix",
    "delimiter",
    "sms_keyword",
    "sms_separator",
    "flat",
    "client_editable",
];

/// The longest version that is taken for a number and not for a date.
const LONGEST_VERSION: usize = 3;

impl<'a> Reader<'a> {
    /// Reads the settings, and decides which language is the main one.
    pub(crate) fn settings(&mut self, sheet: Option<&Sheet>) {
        let empty = Sheet::default();
        let sheet = sheet.unwrap_or(&empty);
        let columns = Columns::of(sheet);
        let row = (1..sheet.rows.len()).find(|row| !sheet.is_blank(*row)).unwrap_or(1);
        let own = |name: &str| {
            let text = columns.text(sheet, row, name);
            (!text.is_empty()).then(|| text.to_owned())
        };
        let file = self.draft.file;
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let name = own("form_id").unwrap_or_else(|| stem.to_owned());
        self.draft.form.id = Ids::instrument(&name);
        let title = own("form_title").unwrap_or_else(|| name.clone());
        let place = Place::new(file, "settings");
        self.draft.form.titled.title = self.draft.words(&Words::only(&title), 300, &place);
        let version = own("version");
        let part = |label: &str, text: Option<String>| {
            text.map(|text| format!(", {label} {text}")).unwrap_or_default()
        };
        let (id, stated) = (part("form_id", own("form_id")), part("version", version.clone()));
        self.draft.form.titled.citation = format!("{file}, an XLSForm{id}{stated}.");
        self.draft.form.titled.version =
            version.filter(|version| version.contains('.') || version.len() <= LONGEST_VERSION);
        self.language(own("default_language"), &place);
        let unknown = columns.unknown(file, sheet, KNOWN);
        self.draft.form.findings.extend(unknown);
    }

    /// The main language: the stated one, else the only one, else the first one.
    fn language(&mut self, stated: Option<String>, place: &Place) {
        let languages: Vec<String> =
            self.columns.languages().into_iter().map(str::to_owned).collect();
        for language in &languages {
            if let Some(tag) = tag(language) {
                self.tags.insert(language.clone(), tag);
            }
        }
        let unknown: Vec<&str> = languages
            .iter()
            .map(String::as_str)
            .filter(|language| !self.tags.contains_key(*language))
            .collect();
        let is_only = languages.len() == 1 && !self.columns.has_plain_label();
        if is_only && unknown.len() == 1 {
            // Words in the only language need no tag of their own.
            self.tags.insert(languages[0].clone(), String::new());
        } else {
            self.draft.form.findings.extend(untagged(&unknown, place));
        }
        let default = stated.as_deref().and_then(tag);
        self.plain_tag = default.clone().unwrap_or_default();
        let first = languages.iter().find_map(|language| self.tags.get(language)).cloned();
        let first = first.filter(|tag| !tag.is_empty() && !self.columns.has_plain_label());
        if default.is_none() && first.is_some() && languages.len() > 1 {
            let message = "the settings name no default language; the first one is the main one";
            self.draft.report(Kind::Assumed, "main-language", place, message);
        }
        self.draft.form.language = default.or(first);
    }
}
