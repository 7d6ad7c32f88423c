//! The rows of the tables for people: CSV and the sheet `variables` of the workbook.

use super::table::{Codebook, Note, Part, Variable, listed};

/// The names of the columns.
pub(super) const HEADER: [&str; 14] = [
    "instrument",
    "name",
    "role",
    "label",
    "question",
    "section",
    "type",
    "unit",
    "minimum",
    "maximum",
    "values",
    "missing_codes",
    "computed_from",
    "notes",
];

/// The rows of a codebook: for each instrument a row for itself, then a row for each variable.
pub(super) fn rows(book: &Codebook) -> Vec<[String; 14]> {
    let rows = book.parts.iter().flat_map(|part| {
        let variables = part.variables().map(|variable| row(part, variable));
        std::iter::once(about(part)).chain(variables)
    });
    rows.collect()
}

fn about(part: &Part) -> [String; 14] {
    let mut row: [String; 14] = Default::default();
    row[0].clone_from(&part.id);
    row[2] = "instrument".to_owned();
    row[3].clone_from(&part.title);
    row[4] = part.instructions.clone().unwrap_or_default();
    let notice: Note = ("rights notice", part.notice.clone());
    let banner = part.banner.clone().map(|text| ("note", text));
    let notes = banner.iter().chain([&notice]).chain(&part.facts);
    let mut lines: Vec<String> = notes.map(|(name, text)| format!("{name}: {text}")).collect();
    lines.extend(part.references.iter().map(|(id, text)| format!("{id}: {text}")));
    row[13] = lines.join("\n");
    row
}

fn row(part: &Part, variable: &Variable) -> [String; 14] {
    let number =
        |value: Option<f64>| value.map(scalewright_scoring::emit::digits).unwrap_or_default();
    let section = &variable.section;
    let words = [&section.title, &section.instructions].into_iter().flatten();
    [
        part.id.clone(),
        variable.name.clone(),
        variable.role.name().to_owned(),
        variable.label.clone(),
        if section.lead_in.is_some() { variable.question() } else { String::new() },
        words.cloned().collect::<Vec<_>>().join("\n"),
        variable.kind.name().to_owned(),
        variable.unit.clone().unwrap_or_default(),
        number(variable.min),
        number(variable.max),
        listed(variable.valid(), "\n"),
        listed(variable.missing(), "\n"),
        variable.inputs.join(" "),
        variable.explained(),
    ]
}
