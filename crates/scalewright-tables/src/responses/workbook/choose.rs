//! Chooses the sheet with the answers.

use scalewright_model::did_you_mean;
use scalewright_model::text::quote;

use crate::Stop;

/// A sheet of a workbook.
#[derive(Debug, Clone)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) is_visible: bool,
}

/// Returns the sheet that `wanted` names, else the only visible one that is not empty; and notes on the others.
///
/// # Errors
///
/// When there is no such sheet, or several.
pub(super) fn choose(
    table: &str,
    sheets: &[SheetEntry],
    wanted: Option<&str>,
    mut is_empty: impl FnMut(usize) -> Result<bool, Stop>,
) -> Result<(usize, Vec<String>), Stop> {
    if let Some(wanted) = wanted {
        let found = sheets.iter().position(|sheet| sheet.name == wanted);
        let at = found.ok_or_else(|| no_sheet(table, sheets, wanted))?;
        return Ok((at, notes(table, sheets, at)));
    }
    let mut filled = Vec::new();
    for (at, _) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.is_visible) {
        if !is_empty(at)? {
            filled.push(at);
        }
    }
    match filled[..] {
        [only] => Ok((only, notes(table, sheets, only))),
        [] => Err(all_empty(table, sheets)),
        [first, ..] => {
            let names = list(filled.iter().map(|at| &sheets[*at]));
            Err(Stop::wrong(format!("{table}: several sheets have content: {names}")).help(
                format!(
                    "name the one with the answers, such as `--sheet '{}'`",
                    quote(&sheets[first].name)
                ),
            ))
        }
    }
}

fn no_sheet(table: &str, sheets: &[SheetEntry], wanted: &str) -> Stop {
    let stop = Stop::usage(format!("{table}: there is no sheet `{}`", quote(wanted)));
    match did_you_mean(wanted, sheets.iter().map(|sheet| sheet.name.as_str())) {
        Some(help) => stop.help(help),
        None => stop.help(format!("the sheets are {}", list(sheets.iter()))),
    }
}

fn all_empty(table: &str, sheets: &[SheetEntry]) -> Stop {
    let hidden = list(sheets.iter().filter(|sheet| !sheet.is_visible));
    match hidden.is_empty() {
        true => Stop::wrong(format!("{table}: the workbook has no sheet with content")),
        false => Stop::wrong(format!("{table}: no visible sheet has content"))
            .help(format!("hidden sheets are read with `--sheet NAME`: {hidden}")),
    }
}

/// The sheets that are not read, so that none is ignored silently.
fn notes(table: &str, sheets: &[SheetEntry], read: usize) -> Vec<String> {
    let others = |is_visible: bool| {
        let others = sheets.iter().enumerate().filter(move |(at, _)| *at != read);
        others.map(|(_, sheet)| sheet).filter(move |sheet| sheet.is_visible == is_visible)
    };
    let mut notes = Vec::new();
    for (what, names) in [
        ("sheets that are not read", list(others(true))),
        ("hidden sheets that are not read", list(others(false))),
    ] {
        if !names.is_empty() {
            notes.push(format!("{table}: {what}: {names}"));
        }
    }
    if !sheets[read].is_visible {
        notes.push(format!("{table}: the sheet `{}` is hidden", quote(&sheets[read].name)));
    }
    notes
}

/// At most this many names are shown.
const SHOWN: usize = 8;

fn list<'s>(sheets: impl Iterator<Item = &'s SheetEntry>) -> String {
    let names: Vec<String> = sheets.map(|sheet| format!("`{}`", quote(&sheet.name))).collect();
    match names.len() {
        0..=SHOWN => names.join(", "),
        count => format!("{} and {} more", names[..SHOWN].join(", "), count - SHOWN),
    }
}
