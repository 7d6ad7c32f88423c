//! Takes a table out of a ZIP archive: its only table, or the member that `--member` names.

use std::fs::File;
use std::io::{Read, Seek};

use scalewright_model::text::{line, plain};
use scalewright_model::{Note, did_you_mean};
use zip::ZipArchive;

use super::format::is_table_name;
use super::input::Input;
use crate::Stop;

/// The most bytes of a table in an archive, unpacked. It is written to a temporary file.
const LONGEST: u64 = 4 << 30;
/// The most members of an archive.
const MEMBERS: usize = 10_000;
/// At most this many members are named in a message.
const NAMED: usize = 12;
/// Endings of tables that are found by their first bytes.
const OTHER_TABLES: [&str; 9] = ["xml", "txt", "tab", "xlsx", "ods", "sav", "zsav", "dta", "omv"];

/// The member of an archive: its input and its name.
pub(super) struct Member {
    pub(super) input: Input,
    pub(super) name: String,
}

/// Takes the only table out of the archive `name`, or the member `wanted`.
///
/// # Errors
///
/// When the archive is damaged, has no such member or several tables, or the table is too long.
pub(super) fn member(
    name: &str,
    file: File,
    wanted: Option<&str>,
    notes: &mut Vec<Note>,
) -> Result<Member, Stop> {
    let mut archive = ZipArchive::new(file).map_err(|_| damaged(name))?;
    if archive.len() > MEMBERS {
        return Err(Stop::wrong(format!("{name}: the archive has more than {MEMBERS} files"))
            .help("unpack it, and use the table inside"));
    }
    let files: Vec<String> =
        archive.file_names().filter(|name| is_file(name)).map(str::to_owned).collect();
    let chosen = match wanted {
        Some(wanted) => named(name, &files, wanted)?,
        None => only(name, &files, notes)?,
    };
    let input = unpacked(name, &mut archive, &chosen)?;
    Ok(Member { input, name: chosen })
}

/// Whether an entry is a file that its owner put there.
fn is_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    !last.is_empty() && !last.starts_with('.') && !name.starts_with("__MACOSX/")
}

fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    is_table_name(name) || ending.is_some_and(|ending| OTHER_TABLES.contains(&ending.as_str()))
}

/// The member with a name: its whole path, or its last part if only one member has it.
fn named(archive: &str, files: &[String], wanted: &str) -> Result<String, Stop> {
    let is_last = |file: &&String| file.rsplit('/').next() == Some(wanted);
    if files.iter().any(|file| file == wanted) {
        return Ok(wanted.to_owned());
    }
    if let [only] = files.iter().filter(is_last).collect::<Vec<_>>()[..] {
        return Ok(only.clone());
    }
    let stop = Stop::wrong(format!("{archive}: the archive has no file `{}`", line(wanted)));
    let help = did_you_mean(wanted, files.iter().map(String::as_str));
    Err(stop.help(help.unwrap_or_else(|| format!("it has {}", list(files.iter())))))
}

/// The only table, or the only file.
fn only(archive: &str, files: &[String], notes: &mut Vec<Note>) -> Result<String, Stop> {
    let tables: Vec<&String> = files.iter().filter(|file| is_table(file)).collect();
    match (tables.as_slice(), files) {
        ([table], _) => {
            let others = match files.len() - 1 {
                0 => String::new(),
                1 => ", and 1 file that is no table is not read".to_owned(),
                more => format!(", and {more} files that are no tables are not read"),
            };
            notes.push(Note::info(format!(
                "`{}`: `{}` is the table in the archive{others}",
                line(archive),
                line(table)
            )));
            Ok((*table).clone())
        }
        ([], [file]) => Ok(file.clone()),
        ([], []) => Err(Stop::wrong(format!("{archive}: the archive is empty"))
            .help("give an archive with a table in it")),
        ([], _) => Err(Stop::wrong(format!(
            "{archive}: no file in the archive has the name of a table: {}",
            list(files.iter())
        ))
        .help("name the file with the answers: `--member NAME`")),
        (several, _) => Err(Stop::wrong(format!(
            "{archive}: the archive has {} tables: {}",
            several.len(),
            list(several.iter().copied())
        ))
        .help("name the one with the answers: `--member NAME`")),
    }
}

fn list<'f>(files: impl ExactSizeIterator<Item = &'f String>) -> String {
    let more = files.len().saturating_sub(NAMED);
    let shown: Vec<String> = files.take(NAMED).map(|file| format!("`{}`", line(file))).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Writes a member to an unnamed temporary file.
fn unpacked(archive_name: &str, archive: &mut ZipArchive<File>, name: &str) -> Result<Input, Stop> {
    let place = format!("{archive_name}: `{}` in the archive", line(name));
    let entry = archive.by_name(name).map_err(|error| {
        let locked = error.to_string().to_lowercase().contains("password");
        let why = if locked { "has a password" } else { "is damaged, or packed in an unusual way" };
        Stop::wrong(format!("{place} {why}")).help("unpack it, and use the table inside")
    })?;
    let too_long = || {
        Stop::wrong(format!("{place} has more than 4 GiB"))
            .help("unpack it, and use the table inside")
    };
    if entry.size() > LONGEST {
        return Err(too_long());
    }
    // The stated size may be wrong.
    let copy = || -> std::io::Result<(File, u64)> {
        let mut file = tempfile::tempfile()?;
        let length = std::io::copy(&mut entry.take(LONGEST + 1), &mut file)?;
        file.rewind()?;
        Ok((file, length))
    };
    let (file, length) =
        copy().map_err(|error| Stop::wrong(format!("{place}: {}", plain(&error))))?;
    if length > LONGEST {
        return Err(too_long());
    }
    Ok(Input::File(file))
}

fn damaged(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the ZIP archive is damaged or incomplete"))
        .help("download it again, or unpack it and use the table inside")
}
