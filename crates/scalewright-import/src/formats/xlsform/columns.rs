//! The columns of a sheet: their names in all spellings, and the languages of those with words.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::sheets::Sheet;
use crate::words::{Words, some_of};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The name, in lower case, with underscores for spaces, and the usual one of several spellings.
    pub(super) name: String,
    /// The language as the header names it: `English (en)`; `None` if there is none.
    pub(super) language: Option<String>,
    /// The number of the column, from 0.
    pub(super) at: usize,
}

/// The columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(pub(super) Vec<Column>);

/// Other spellings of names.
const SPELLINGS: &[(&str, &str)] = &[
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("constraint_msg", "constraint_message"),
    ("require", "required"),
    ("required_msg", "required_message"),
    ("caption", "label"),
    ("list", "list_name"),
    ("listname", "list_name"),
    ("read_only", "readonly"),
    ("image", "media"),
    ("big-image", "media"),
    ("audio", "media"),
    ("video", "media"),
    ("bind:relevant", "relevant"),
    ("bind:calculate", "calculation"),
    ("bind:required", "required"),
    ("bind:constraint", "constraint"),
    ("bind:type", "type"),
    ("title", "form_title"),
    ("id_string", "form_id"),
    ("set_form_title", "form_title"),
    ("set_form_id", "form_id"),
];

impl Columns {
    /// The columns by the headers in the first row. Cells without a header are no column.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let count = sheet.rows.first().map_or(0, Vec::len);
        let columns = (0..count).filter(|at| !sheet.cell(0, *at).is_empty());
        Self(columns.map(|at| column(sheet.cell(0, at), at)).collect())
    }

    /// The number of the first column with this name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().find(|column| column.name == name).map(|column| column.at)
    }

    /// The languages of the words, in order, each once.
    pub(super) fn languages(&self) -> Vec<&str> {
        let mut languages: Vec<&str> = Vec::new();
        for language in self.0.iter().filter_map(|column| column.language.as_deref()) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        languages
    }

    /// Whether a column with words has no language.
    pub(super) fn has_plain_label(&self) -> bool {
        self.0.iter().any(|column| column.name == "label" && column.language.is_none())
    }

    /// The text of a cell; empty if there is no such column.
    pub(super) fn text<'s>(&self, sheet: &'s Sheet, row: usize, name: &str) -> &'s str {
        self.find(name).map_or("", |at| sheet.cell(row, at))
    }

    /// The words of a row, by language. `tags` has the tag of each language that a header names.
    pub(super) fn words(
        &self,
        sheet: &Sheet,
        row: usize,
        name: &str,
        tags: &BTreeMap<String, String>,
        plain: &str,
    ) -> Words {
        let mut words = Words::default();
        for column in self.0.iter().filter(|column| column.name == name) {
            let text = sheet.cell(row, column.at);
            match &column.language {
                Some(language) => {
                    if let Some(tag) = tags.get(language) {
                        words.add(tag, text);
                    }
                }
                None => words.add(plain, text),
            }
        }
        words
    }

    /// Findings about columns that are not among `known`, and have content.
    pub(super) fn unknown(&self, file: &str, sheet: &Sheet, known: &[&str]) -> Vec<Finding> {
        let others = self.0.iter().filter(|column| !known.contains(&column.name.as_str()));
        let mut findings = Vec::new();
        for column in others {
            let rows = (1..sheet.rows.len()).filter(|row| !sheet.cell(*row, column.at).is_empty());
            let count = rows.count();
            if count > 0 {
                let header = sheet.cell(0, column.at);
                let message = format!(
                    "the column `{header}` has no counterpart; its {count} cells are left out"
                );
                let place = sheet.place(file, 0, column.at);
                findings.push(Finding::new(Kind::NotUnderstood, "unknown-column", &place, message));
            }
        }
        findings
    }
}

/// A column with this header: `label::English (en)`, `Relevance`, `media::image`.
fn column(header: &str, at: usize) -> Column {
    let mut parts = header.split("::").map(str::trim);
    let first = parts.next().unwrap_or_default();
    // `label:English` is an old spelling.
    let (first, after) = match first.split_once(':') {
        Some((name, rest)) if !first.to_ascii_lowercase().starts_with("bind") => {
            (name.trim(), Some(rest.trim()))
        }
        _ => (first, None),
    };
    let rest: Vec<&str> = after.into_iter().chain(parts).collect();
    let base = spelled(first);
    let (name, language) = match base.as_str() {
        "media" => ("media".to_owned(), rest.get(1)),
        "bind" | "body" | "instance" if !rest.is_empty() => {
            (spelled(&format!("{base}:{}", rest[0])), rest.get(1))
        }
        _ => (base, rest.first()),
    };
    let language = language.map(|language| (*language).to_owned());
    Column { name, language: language.filter(|language| !language.is_empty()), at }
}

/// The usual spelling of a name.
fn spelled(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| letter.is_whitespace() || letter == '_' || letter == '\u{a0}')
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("_");
    let usual = SPELLINGS.iter().find(|(other, _)| *other == name);
    usual.map_or(name, |(_, usual)| (*usual).to_owned())
}

/// Languages by their English and their own names.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bahasa indonesia", "id"),
    ("burmese", "my"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("espanol", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("francais", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("kiswahili", "sw"),
    ("korean", "ko"),
    ("nederlands", "nl"),
    ("nepali", "ne"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("somali", "so"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("swedish", "sv"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
];

/// The tag of a language as a form names it: `English (en)`, `en`, `Français`; `None` if it is not known.
pub(super) fn tag(language: &str) -> Option<String> {
    let language = language.trim();
    let inner = language.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')'));
    if let Some((tag, _)) = inner.filter(|(tag, _)| is_tag(tag.trim())) {
        return Some(tag.trim().replace('_', "-"));
    }
    let lower = language.to_lowercase();
    let named = LANGUAGES.iter().find(|(name, _)| *name == lower).map(|(_, tag)| (*tag).to_owned());
    named.or_else(|| is_tag(language).then(|| language.replace('_', "-")))
}

/// Whether a text has the form of a tag: two or three letters, perhaps with a region or a script.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    is_language
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A finding about languages without a tag.
pub(super) fn untagged(languages: &[&str], place: &crate::place::Place) -> Option<Finding> {
    (!languages.is_empty()).then(|| {
        let names = some_of(languages.iter().copied());
        let message = format!(
            "the tags of these languages are not known, and their words are left out: {names}"
        );
        let help = "write the tag into the headers: `label::English (en)`";
        Finding::new(Kind::NotUnderstood, "language", place, message).help(help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_in_all_spellings() {
        for (header, name, language) in [
            ("type", "type", None),
            ("List Name", "list_name", None),
            ("Relevance", "relevant", None),
            ("label::English (en)", "label", Some("English (en)")),
            ("label :: English", "label", Some("English")),
            ("label:Deutsch", "label", Some("Deutsch")),
            ("constraint message::fr", "constraint_message", Some("fr")),
            ("media::image", "media", None),
            ("media::image::English", "media", Some("English")),
            ("bind::relevant", "relevant", None),
            ("bind:relevant", "relevant", None),
            ("bind::odk:length", "bind:odk:length", None),
            ("body::accuracyThreshold", "body:accuracythreshold", None),
        ] {
            let column = column(header, 0);
            assert_eq!(
                (column.name.as_str(), column.language.as_deref()),
                (name, language),
                "{header}"
            );
        }
    }

    #[test]
    fn languages_have_tags() {
        for (language, expected) in [
            ("English (en)", Some("en")),
            ("Português (pt-BR)", Some("pt-BR")),
            ("Français", Some("fr")),
            ("pt_BR", Some("pt-BR")),
            ("de", Some("de")),
            ("Dialect of the valley", None),
            ("", None),
        ] {
            assert_eq!(tag(language).as_deref(), expected, "{language}");
        }
    }
}
