//! Writes a data dictionary byte for byte as REDCap writes its downloads.
//!
//! The file is UTF-8, with a byte order mark only if it contains a character beyond ASCII. Lines end with a line feed.
//! A cell is quoted only if it contains a comma, quote, backslash, space, tab or line break. Quotes are doubled, except
//! after a backslash.

use super::field::Field;

const HEADER: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// Returns the data dictionary of `fields`.
pub(super) fn dictionary<'a>(fields: impl Iterator<Item = &'a Field>) -> Vec<u8> {
    let mut text = row(&HEADER);
    for field in fields {
        text.push_str(&row(&cells(field)));
    }
    let mark = if text.is_ascii() { "" } else { "\u{feff}" };
    format!("{mark}{text}").into_bytes()
}

fn cells(field: &Field) -> [&str; 18] {
    let Field {
        name,
        form,
        section,
        kind,
        label,
        choices,
        note,
        validation,
        min,
        max,
        branching,
        required,
        number,
        matrix,
        annotation,
        about: _,
    } = field;
    let required = if *required { "y" } else { "" };
    [
        name, form, section, kind, label, choices, note, validation, min, max, "", branching,
        required, "", number, matrix, "", annotation,
    ]
}

/// Returns one line of a table.
pub(super) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    if !cell.contains([',', '"', '\\', ' ', '\t', '\r', '\n']) {
        return cell.to_owned();
    }
    let mut text = String::from("\"");
    let mut escaped = false;
    for character in cell.chars() {
        // REDCap writes its files with PHP, for which a backslash escapes the quote after it.
        if character == '"' && !escaped {
            text.push('"');
        }
        text.push(character);
        escaped = character == '\\';
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_like_redcap_downloads() {
        for (cell, bytes) in [
            ("plain", "plain"),
            ("two words", "\"two words\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("back\\\"slash", "\"back\\\"slash\""),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), bytes);
        }
    }
}
