//! Checks finished files as their readers will read them: a mistake that the templates do not show ends here.

use scalewright_model::text::quote;

use crate::templates::file::Escape;
use crate::templates::rules::Mistake;

/// Returns why a file is not a valid file of its kind, if that can be decided.
pub(super) fn wrong(kind: Escape, name: &str, text: &str) -> Option<Mistake> {
    let name = quote(name);
    match kind {
        Escape::Json => {
            let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
            let (line, column) = (error.line(), error.column());
            let message = format!("`{name}` is not valid JSON at line {line}, column {column}");
            let help =
                "check commas and brackets of the template; the last entry of a list has no comma";
            Some(Mistake::new("invalid-output", 0..0, message, help))
        }
        Escape::Csv => {
            let line = broken_cell(text)?;
            let message =
                format!("`{name}` has a quotation mark in the middle of a cell in line {line}");
            let help = "print whole cells, with a comma or a line break between them";
            Some(Mistake::new("invalid-output", 0..0, message, help))
        }
        _ => None,
    }
}

/// The line with a quotation mark that neither opens nor closes a cell.
fn broken_cell(text: &str) -> Option<usize> {
    let edge = |c: char| matches!(c, ',' | ';' | '\t' | '|' | '\n' | '\r');
    let (mut line, mut quoted, mut previous) = (1, false, '\n');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or('\n');
        match (character, quoted) {
            ('"', true) if next == '"' => {
                characters.next();
            }
            ('"', true) if edge(next) => quoted = false,
            ('"', false) if edge(previous) => quoted = true,
            ('"', _) => return Some(line),
            ('\n', _) => line += 1,
            _ => {}
        }
        previous = character;
    }
    quoted.then_some(line)
}
