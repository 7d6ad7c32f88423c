//! Fields as items of a project, and their choices as code lists.

use crate::form::box_name;
use crate::redcap::field::Field;
use crate::xml::Xml;

/// Returns the identifiers of a field's items: one for each code of a checkbox, one for any other field.
pub(super) fn oids(field: &Field) -> Vec<String> {
    if field.kind != "checkbox" {
        return vec![field.name.clone()];
    }
    // REDCap names the column of a code in lower case, with an underscore for a minus sign.
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let plain = |code: &str| code.chars().map(plain).collect::<String>();
    let codes = field.options().into_iter();
    codes.map(|(code, _)| box_name(&field.name, &plain(code))).collect()
}

/// Returns the identifier of a group of items: its form and its first item.
pub(super) fn group(form: &str, fields: &[Field]) -> String {
    let first = fields.iter().flat_map(oids).next().unwrap_or_default();
    format!("{form}.{first}")
}

/// Returns ODM's data type of a field, the maximum length of an answer, and REDCap's field type.
fn kinds(field: &Field) -> (&'static str, usize, &'static str) {
    let longest = || field.options().iter().map(|(code, _)| code.len()).max().unwrap_or(1);
    // Project files use other names for some field types than data dictionaries: `select` and `textarea`.
    match (field.kind, field.validation.as_str()) {
        ("radio", _) => ("text", longest(), "radio"),
        ("dropdown", _) => ("text", longest(), "select"),
        ("checkbox", _) => ("boolean", 1, "checkbox"),
        ("notes", _) => ("text", 999, "textarea"),
        ("calc", _) => ("float", 999, "calc"),
        ("slider", _) => ("integer", 999, "slider"),
        ("text", "integer") => ("integer", 999, "text"),
        ("text", "date_ymd") => ("date", 999, "text"),
        ("text", "time") => ("partialTime", 999, "text"),
        ("text", number) if number.starts_with("number") => ("float", 999, "text"),
        (kind, _) => ("text", 999, kind),
    }
}

/// Returns the name of a text validation in a project file, which differs from that in a data dictionary.
fn validation(field: &Field) -> &str {
    match field.validation.as_str() {
        "integer" => "int",
        "number" => "float",
        other => other,
    }
}

/// Writes an item: a field, or one code of a checkbox.
pub(super) fn item(xml: &mut Xml, field: &Field, oid: &str) {
    let (data, length, kind) = kinds(field);
    let length = length.to_string();
    let mut attributes =
        vec![("OID", oid), ("Name", oid), ("DataType", data), ("Length", length.as_str())];
    if field.validation == "number" {
        attributes.push(("SignificantDigits", "1"));
    }
    attributes.extend([("redcap:Variable", field.name.as_str()), ("redcap:FieldType", kind)]);
    let of_kind = |kind: &str| if field.kind == kind { field.choices.as_str() } else { "" };
    let rest = [
        ("redcap:TextValidationType", validation(field)),
        ("redcap:SliderLabels", of_kind("slider")),
        ("redcap:FieldNote", &field.note),
        ("redcap:SectionHeader", &field.section),
        ("redcap:BranchingLogic", &field.branching),
        ("redcap:RequiredField", if field.required { "y" } else { "" }),
        ("redcap:QuestionNumber", &field.number),
        ("redcap:MatrixGroupName", &field.matrix),
        ("redcap:FieldAnnotation", &field.annotation),
        ("redcap:Calculation", of_kind("calc")),
    ];
    attributes.extend(rest.into_iter().filter(|(_, value)| !value.is_empty()));
    xml.open("ItemDef", &attributes);
    question(xml, &field.label);
    limits(xml, field);
    match field.kind {
        "radio" | "checkbox" | "dropdown" => {
            xml.empty("CodeListRef", &[("CodeListOID", &format!("{oid}.choices"))]);
        }
        _ => {}
    }
    xml.close();
}

/// Writes the label as plain text, and also as HTML if it contains line breaks.
fn question(xml: &mut Xml, label: &str) {
    let plain = label.replace("<br>", "\n");
    let mut texts = vec![("TranslatedText", plain.as_str())];
    if plain != label {
        texts.push(("redcap:FormattedTranslatedText", label));
    }
    xml.nested(&["Question"], &[], &texts);
}

fn limits(xml: &mut Xml, field: &Field) {
    for (comparator, value) in [("GE", &field.min), ("LE", &field.max)] {
        if !value.is_empty() {
            // Soft, because REDCap accepts numbers outside the limits after a warning.
            xml.open("RangeCheck", &[("Comparator", comparator), ("SoftHard", "Soft")]);
            xml.text("CheckValue", value);
            xml.close();
        }
    }
}

/// Writes the code list of a field's choices.
pub(super) fn choices(xml: &mut Xml, field: &Field) {
    let (oid, name) = (format!("{}.choices", field.name), field.name.as_str());
    xml.open(
        "CodeList",
        &[("OID", &oid), ("Name", name), ("DataType", "text"), ("redcap:Variable", name)],
    );
    field.options().into_iter().for_each(|(code, label)| choice(xml, code, label));
    xml.close();
}

/// Writes the code list of one checkbox code: checked or unchecked.
pub(super) fn ticks(xml: &mut Xml, field: &Field, oid: &str) {
    let choices = field.choices.replace(" | ", "|");
    xml.open(
        "CodeList",
        &[
            ("OID", &format!("{oid}.choices")),
            ("Name", oid),
            ("DataType", "boolean"),
            ("redcap:Variable", &field.name),
            ("redcap:CheckboxChoices", &choices),
        ],
    );
    choice(xml, "1", "Checked");
    choice(xml, "0", "Unchecked");
    xml.close();
}

fn choice(xml: &mut Xml, code: &str, label: &str) {
    let around = ["CodeListItem", "Decode"];
    xml.nested(&around, &[("CodedValue", code)], &[("TranslatedText", label)]);
}
