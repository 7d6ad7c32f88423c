//! Workbooks in the format of 2007 and later: `.xlsx` and `.xlsm`.

use std::collections::BTreeMap;

use crate::Stop;
use crate::responses::archive::Archive;

use super::book::Book;
use super::choose::choose;
use super::facts::Facts;
use super::feed::Feed;
use super::parts::{Parts, parts};
use super::sheet_scan::{scan, stated_texts};

/// The most bytes of a sheet. The largest possible sheet with 40 columns of answers has about 2 GiB.
const MOST_OF_SHEET: u64 = 4 << 30;
/// The most bytes of all texts and formats, which are kept in memory.
const MOST_OF_TEXTS: u64 = 512 << 20;

/// Opens a workbook.
///
/// # Errors
///
/// When it is damaged or too large, or does not tell which sheet has the answers.
pub(super) fn open(mut archive: Archive, wanted: Option<&str>) -> Result<Book, Stop> {
    let name = archive.name.clone();
    if archive.find("xl/workbook.bin").is_some() {
        return Err(Stop::wrong(format!(
            "{name}: this is a binary workbook (.xlsb), which cannot be read as a table"
        ))
        .help("save it as an Excel workbook (.xlsx)"));
    }
    let has_macros = archive.names().any(|part| part.ends_with("vbaProject.bin"));
    let Parts { folder, sheets, paths } = parts(&mut archive)?;
    measure(&mut archive, &folder)?;
    let mut scanned: BTreeMap<usize, Facts> = BTreeMap::new();
    let (at, mut notes) = choose(&name, &sheets, wanted, |at| {
        let facts = scan_sheet(&mut archive, &paths[at])?;
        let is_empty = facts.is_empty();
        scanned.insert(at, facts);
        Ok(is_empty)
    })?;
    let facts = match scanned.remove(&at) {
        Some(facts) => facts,
        None => scan_sheet(&mut archive, &paths[at])?,
    };
    if has_macros {
        notes.push(format!("{name}: the workbook has macros, which are not run"));
    }
    let sheet = sheets[at].name.clone();
    let rows = Box::new(Feed::new(&name, archive.into_file(), &sheet));
    Ok(Book { name, facts, notes, rows })
}

fn scan_sheet(archive: &mut Archive, path: &str) -> Result<Facts, Stop> {
    let scanned = scan(archive.markup(path, MOST_OF_SHEET)?);
    scanned.map_err(|error| archive.failed(&error, path))
}

/// Measures the parts that the library keeps in memory. They are in the folder of the workbook itself.
fn measure(archive: &mut Archive, folder: &str) -> Result<(), Stop> {
    let folder = folder.to_lowercase();
    let is_kept = |part: &&str| {
        let part = part.replace('\\', "/").to_lowercase();
        let rest = part.strip_prefix(&folder).unwrap_or("/");
        part.ends_with(".rels")
            || part.ends_with("ml") && (!rest.contains('/') || rest.contains("theme/"))
    };
    let kept: Vec<String> = archive.names().filter(is_kept).map(str::to_owned).collect();
    let mut left = MOST_OF_TEXTS;
    for part in &kept {
        let size = archive.measure(part, left)?;
        left = left.saturating_sub(size);
        // The library reserves memory for as many texts as the part states.
        if stated_texts(archive.markup(part, size.saturating_add(1))?)
            .is_some_and(|texts| texts > size)
        {
            return Err(archive.damaged(part));
        }
    }
    Ok(())
}
