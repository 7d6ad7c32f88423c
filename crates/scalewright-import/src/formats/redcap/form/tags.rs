//! Action tags: what REDCap does with a field beside showing it.

use super::Reader;
use crate::finding::Kind;
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::formats::redcap::notes::listed;

/// An action tag of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The name without `@`.
    pub(super) name: &'t str,
    /// What is between brackets or after `=`, without quotes.
    pub(super) value: &'t str,
}

/// Tags that put a value into a field.
const FILLING: &[&str] = &[
    "DEFAULT",
    "SETVALUE",
    "PREFILL",
    "NOW",
    "NOW-SERVER",
    "NOW-UTC",
    "NOW_SERVER",
    "NOW_UTC",
    "TODAY",
    "TODAY-SERVER",
    "TODAY-UTC",
    "TODAY_SERVER",
    "TODAY_UTC",
    "USERNAME",
    "LATITUDE",
    "LONGITUDE",
    "CALCDATE",
];

/// Tags that matter on a screen only, or that allow less than a definition anyway.
const SCREEN: &[&str] = &[
    "PLACEHOLDER",
    "PASSWORDMASK",
    "RICHTEXT",
    "INLINE",
    "INLINE-PREVIEW",
    "HIDEBUTTON",
    "HIDDEN-PDF",
    "CHARLIMIT",
    "WORDLIMIT",
    "FORCE-MINMAX",
    "NOMISSING",
    "DOWNLOAD-COUNT",
    "BARCODE-APP",
    "SYNC-APP",
];

/// The tags of an annotation, and the remarks beside them.
pub(super) fn tags(annotation: &str) -> (Vec<Tag<'_>>, String) {
    let mut tags = Vec::new();
    let mut remarks = String::new();
    let mut rest = annotation;
    while let Some(at) = rest.find('@') {
        let is_begin = !rest[..at].ends_with(char::is_alphanumeric);
        let name = &rest[at + 1..];
        let length = name
            .find(|letter: char| {
                !(letter.is_ascii_uppercase() || letter.is_ascii_digit() || "-_".contains(letter))
            })
            .unwrap_or(name.len());
        if !is_begin || !name.starts_with(|letter: char| letter.is_ascii_uppercase()) {
            remarks.push_str(&rest[..=at]);
            rest = name;
            continue;
        }
        remarks.push_str(&rest[..at]);
        let (value, used) = value(&name[length..]);
        tags.push(Tag { name: &name[..length], value });
        rest = &name[length + used..];
    }
    remarks.push_str(rest);
    (tags, remarks.trim().to_owned())
}

/// The value after the name of a tag, and how many bytes belong to it.
fn value(text: &str) -> (&str, usize) {
    if text.starts_with('(') {
        // Without a closing bracket, everything belongs to the tag.
        let end = closing(text).unwrap_or(text.len());
        return (text.get(1..end).unwrap_or_default().trim(), (end + 1).min(text.len()));
    }
    let Some(after) = text.strip_prefix('=') else { return ("", 0) };
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let end = after[1..].find(quote).map_or(after.len(), |end| end + 1);
            (after.get(1..end).unwrap_or_default(), (end + 2).min(text.len()))
        }
        _ => {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            (&after[..end], end + 1)
        }
    }
}

/// Where the bracket that opens a text is closed. Brackets between quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            (None, _) => {}
        }
    }
    None
}

/// The expression of a calculated text.
pub(super) fn calculated_text(field: &Field) -> Option<&str> {
    if !matches!(field.kind.as_str(), "text" | "notes") {
        return None;
    }
    let (tags, _) = tags(&field.annotation);
    tags.into_iter().find(|tag| tag.name == "CALCTEXT").map(|tag| tag.value)
}

impl<'a> Reader<'a> {
    /// Notes the tags of a field.
    pub(super) fn tags_of(&mut self, field: &'a Field) {
        let (tags, remarks) = tags(&field.annotation);
        let is_score = self.is_score(field);
        for tag in tags {
            // Nobody answers a score, so that it can be hidden.
            let is_no_matter =
                is_score && (tag.name.starts_with("HIDDEN") || tag.name.starts_with("READONLY"));
            if tag.name == "CALCTEXT" && is_score || is_no_matter || SCREEN.contains(&tag.name) {
                continue;
            }
            self.tags.entry(tag.name.to_owned()).or_default().push(field);
        }
        if !remarks.is_empty() {
            self.tags.entry(String::new()).or_default().push(field);
        }
    }

    /// The tags by which a field has a value that nobody gives; `None` if it is answered.
    pub(super) fn filled_by(&self, field: &'a Field) -> Option<String> {
        let (tags, _) = tags(&field.annotation);
        let filling = tags.iter().find(|tag| FILLING.contains(&tag.name))?;
        if filling.name == "CALCDATE" {
            return Some("`@CALCDATE` computes a date".to_owned());
        }
        let closing = tags.iter().find(|tag| matches!(tag.name, "READONLY" | "HIDDEN"))?;
        Some(format!(
            "`@{}` fills it and `@{}` keeps it from being changed",
            filling.name, closing.name
        ))
    }

    /// One finding for each tag.
    pub(super) fn report_tags(&mut self) {
        for (name, fields) in std::mem::take(&mut self.tags) {
            let Some(first) = fields.first() else { continue };
            let place = first.place(Column::Annotation);
            let names = listed(fields.iter().map(|field| field.name.as_str()));
            if name.is_empty() {
                let message = format!("remarks in the annotation are left out: {names}");
                self.report(Kind::Note, "annotation", &place, message);
                continue;
            }
            let meaning = meaning(&name);
            let message = format!("`@{name}` has no counterpart: {meaning}; it is on {names}");
            self.report(Kind::NotUnderstood, "action-tag", &place, message);
        }
    }
}

/// What a tag does, as a clause.
fn meaning(name: &str) -> &'static str {
    match name {
        "DEFAULT" | "SETVALUE" | "PREFILL" => "the field has a value before anybody answers",
        _ if FILLING.contains(&name) => "REDCap fills in the answer",
        "NONEOFTHEABOVE" => "one option removes the others",
        "MAXCHECKED" | "MAXCHOICE" => "REDCap limits the number of choices",
        "HIDECHOICE" | "SHOWCHOICE" => "REDCap hides options",
        "RANDOMORDER" => "REDCap shuffles the options",
        "IF" => "other tags depend on a condition",
        _ if name.starts_with("HIDDEN") => "the field is hidden there, and asked here",
        _ if name.starts_with("READONLY") => "the answer cannot be changed there",
        _ if name.starts_with("LANGUAGE") => "REDCap chooses the language by it",
        _ => "the tag is not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_values() {
        for (annotation, expected, remarks) in [
            ("@HIDDEN", vec![("HIDDEN", "")], ""),
            ("@DEFAULT='a b' @READONLY", vec![("DEFAULT", "a b"), ("READONLY", "")], ""),
            ("see @TODAY, please", vec![("TODAY", "")], "see , please"),
            (
                "@CALCTEXT(if([a]=')', 'x', (1)))@HIDDEN",
                vec![("CALCTEXT", "if([a]=')', 'x', (1))"), ("HIDDEN", "")],
                "",
            ),
            ("@MAXCHECKED=2 x", vec![("MAXCHECKED", "2")], "x"),
            ("@CALCTEXT(if(", vec![("CALCTEXT", "if(")], ""),
            ("@DEFAULT='", vec![("DEFAULT", "")], ""),
            ("mail me@HOME.example or @lower", vec![], "mail me@HOME.example or @lower"),
            ("@DEFAULT=\"ä", vec![("DEFAULT", "ä")], ""),
        ] {
            let (tags, rest) = tags(annotation);
            let tags: Vec<_> = tags.iter().map(|tag| (tag.name, tag.value)).collect();
            assert_eq!((tags, rest.as_str()), (expected, remarks), "{annotation}");
        }
    }
}
