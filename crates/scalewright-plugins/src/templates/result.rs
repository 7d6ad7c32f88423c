//! Checks finished files as their readers will read them: a mistake that the templates do not show ends here.

use scalewright_model::text::{is_run_by_spreadsheets, quote};
use scalewright_wire as wire;

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
            let line = cells(text, |_| {}).err()?;
            let message =
                format!("`{name}` has a quotation mark in the middle of a cell in line {line}");
            let help = "print whole cells, with a comma or a line break between them";
            Some(Mistake::new("invalid-output", 0..0, message, help))
        }
        _ => None,
    }
}

/// Returns a warning if a spreadsheet program would run cells of a table as formulas.
pub(super) fn formulas(kind: Escape, name: &str, text: &str) -> Option<wire::Finding> {
    if kind != Escape::Csv {
        return None;
    }
    let mut risky = Vec::new();
    let _ = cells(text, |cell| {
        if is_run_by_spreadsheets(cell) {
            risky.push(quote(cell));
        }
    });
    let first = risky.first()?;
    let cells = match risky.len() {
        1 => format!("1 cell (`{first}`)"),
        more => format!("{more} cells (`{first}` and others)"),
    };
    let name = quote(name);
    Some(wire::Finding {
        code: "spreadsheet-formula".to_owned(),
        severity: Some(wire::Severity::Warning),
        message: format!("`{name}`: {cells} would be run as a formula by a spreadsheet"),
        help: vec!["open the file with all columns imported as text".to_owned()],
        ..wire::Finding::default()
    })
}

/// Calls `visit` for each cell of a table, without its quotation marks. Returns the line with a quotation mark that
/// neither opens nor closes a cell.
fn cells(text: &str, mut visit: impl FnMut(&str)) -> Result<(), usize> {
    let edge = |c: char| matches!(c, ',' | ';' | '\t' | '|' | '\n' | '\r');
    let (mut line, mut quoted, mut previous, mut cell) = (1, false, '\n', String::new());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or('\n');
        match (character, quoted) {
            ('"', true) if next == '"' => {
                characters.next();
                cell.push('"');
            }
            ('"', true) if edge(next) => quoted = false,
            ('"', false) if edge(previous) => quoted = true,
            ('"', _) => return Err(line),
            (c, false) if edge(c) => visit(&std::mem::take(&mut cell)),
            (c, _) => cell.push(c),
        }
        line += usize::from(character == '\n');
        previous = character;
    }
    visit(&cell);
    if quoted { Err(line) } else { Ok(()) }
}
