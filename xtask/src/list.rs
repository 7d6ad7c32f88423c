//! The list of instruments in `instruments/README.md`, written from what `scalewright list --format csv` prints.

use std::path::Path;

use crate::new::{read, write};

/// The page that has the list.
pub const PAGE: &str = "instruments/README.md";

const HEAD: &str = "| id | title | items | key status | words |\n|---|---|---|---|---|\n";

/// Writes the list into the page.
///
/// # Errors
///
/// The page has no table with these columns, or it cannot be read or written.
pub fn write_list(root: &Path, csv: &str) -> Result<(), String> {
    let path = root.join(PAGE);
    write(&path, &with_list(&read(&path)?, csv)?)
}

/// The page with the list that a table of the library makes.
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

/// A row of the list: of id, version, status, items, scales, key, languages and title.
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

/// The cells of a line of CSV that ends where the line does.
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
