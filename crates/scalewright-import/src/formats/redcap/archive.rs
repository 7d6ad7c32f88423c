//! Instrument archives: `instrument.csv`, and perhaps the words of further languages beside it.

use std::io::{Cursor, Read};

use scalewright_model::Stop;
use zip::ZipArchive;

use super::notes::{assumed_encoding, listed};
use super::project::{Project, Record};
use super::table;
use crate::encoding::decode;
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::source::MOST_BYTES;

/// The most files of an archive.
const MOST_FILES: usize = 200;

/// The table of an archive, in its top folder or in a folder of the same name.
const TABLE: &str = "instrument.csv";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Whether the bytes are an archive with an instrument.
pub(super) fn recognises(bytes: &[u8]) -> bool {
    open(bytes).is_some_and(|archive| table_name(&archive).is_some())
}

/// The archive; `None` if the bytes are not one, or if it has very many files.
fn open(bytes: &[u8]) -> Option<Archive<'_>> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (archive.len() <= MOST_FILES).then_some(archive)
}

fn table_name(archive: &Archive<'_>) -> Option<String> {
    let mut names = archive.file_names().filter(|name| !name.starts_with("__MACOSX"));
    names.find(|name| name.rsplit('/').next() == Some(TABLE)).map(str::to_owned)
}

/// Reads an archive.
///
/// # Errors
///
/// Returns a stop if the archive has no readable table.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Project, Stop> {
    let wrong = |what: &str| Stop::wrong(format!("{file}: {what}"));
    let mut archive = open(bytes).ok_or_else(|| wrong("the archive cannot be opened"))?;
    let name = table_name(&archive).ok_or_else(|| wrong("the archive has no `instrument.csv`"))?;
    let content = content(&mut archive, &name).ok_or_else(|| {
        wrong(&format!("`{name}` cannot be read, or is larger than {} MiB", MOST_BYTES >> 20))
    })?;
    let inner = format!("{file}/{name}");
    let (text, assumed) =
        decode(&content).ok_or_else(|| wrong(&format!("`{name}` is not a text")))?;
    let mut project = table::read(&inner, &text)?;
    project.title = "a REDCap instrument".to_owned();
    project.record = Record::None;
    if let Some(encoding) = assumed {
        project.findings.push(assumed_encoding(&inner, encoding));
    }
    project.findings.extend(others(file, &archive, &name));
    Ok(project)
}

/// The content of a file. Its size is limited while it is expanded, because the size that an archive states can be wrong.
fn content(archive: &mut Archive<'_>, name: &str) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    archive.by_name(name).ok()?.take(most + 1).read_to_end(&mut content).ok()?;
    (content.len() <= MOST_BYTES).then_some(content)
}

/// A finding about the files that are not read.
fn others(file: &str, archive: &Archive<'_>, table: &str) -> Option<Finding> {
    // These say where the instrument comes from.
    let is_known = |name: &str| {
        let last = name.rsplit('/').next().unwrap_or_default();
        name == table
            || name.ends_with('/')
            || name.starts_with("__MACOSX")
            || matches!(last, "OriginID.txt" | "AuthorID.txt" | "InstrumentID.txt")
    };
    let mut names: Vec<&str> = archive.file_names().filter(|name| !is_known(name)).collect();
    names.sort_unstable();
    let count = names.len();
    (count > 0).then(|| {
        let message =
            format!("these files of the archive are left out: {}", listed(names.into_iter()));
        Finding::new(Kind::NotUnderstood, "attachments", &Place::new(file, ""), message)
    })
}
