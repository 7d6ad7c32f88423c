//! The list of instruments in `instruments/README.md`, generated from `scalewright list --format csv`.

use std::path::Path;

use crate::new::{read, write};

/// The page with the list.
pub const PAGE: &str = "instruments/README.md";

const HEAD: &str = "| id | title | items | key status | words |\n|---|---|---|---|---|\n";

/// Writes the list into the page.
///
/// # Errors
///
/// If the page has no table with these columns, or cannot be read or written.
pub fn write_list(root: &Path, csv: &str) -> Result<(), String> {
    let path = root.join(PAGE);
    write(&path, &with_list(&read(&path)?, csv)?)
}

/// Returns the page with the list replaced by one generated from `csv`.
///
/// # Errors
///
/// The page has no table with these columns.
pub fn with_list(page: &str, csv: &str) -> Result<String, String> {
    let (before, rest) =
        page.split_once(HEAD).ok_or_else(|| format!("{PAGE} has no table that begins\n{HEAD}"))?;
    let after = rest.find("\n\n").map_or("", |end| &rest[end + 1..]);
    let rows: String = csv.lines().skip(1).map(row).collect();
    Ok(format!("{before}{HEAD}{rows}{after}"))
}

/// A row of the list, from a line of CSV with id, version, status, items, scales, key, languages and title.
fn row(line: &str) -> String {
    let cells = cells(line);
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let development = if cell(2) == "development" { "; in development" } else { "" };
    let (id, title) = (cell(0), cell(7).replace('|', "\\|"));
    format!(
        "| [`{id}`]({id}/instrument.toml) | {title}{development} | {} | {} | {} |\n",
        cell(3),
        cell(5),
        cell(6)
    )
}

/// The cells of a line of CSV. Cells contain no line breaks.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match (character, cells.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => cells.push(String::new()),
            (_, Some(cell)) => cell.push(character),
            (_, None) => {}
        }
    }
    cells
}
