//! Gives the files of a run their names: all of them, or none.

use std::fs;
use std::io;
use std::path::Path;

use scalewright_model::Stop;

use super::destination::{Destination, DestinationKind};
use super::unnamed::{CompleteFile, TempSibling, hidden};
use super::{PendingOutput, unwritable};

/// A written file, with what is needed to undo the writing.
struct WrittenFile<'a> {
    destination: &'a Destination,
    /// The file that was there before, under another name.
    before: Option<TempSibling>,
}

/// Gives all files their names.
pub(super) fn all(files: &[PendingOutput]) -> Result<(), Stop> {
    // All files are first completed. A full disk, for instance, fails here, before any name has changed.
    let mut ready = Vec::new();
    for PendingOutput { destination, content } in files {
        let Some(content) = content else { continue };
        let complete = content.complete(destination);
        let complete = complete.map_err(|error| unwritable(&destination.shown, &error))?;
        ready.push((destination, complete));
    }
    // Nothing can fail after the last file, so it needs no backup.
    let last = ready.len().saturating_sub(1);
    let mut done: Vec<WrittenFile<'_>> = Vec::new();
    for (index, (destination, complete)) in ready.into_iter().enumerate() {
        match named(destination, complete, index < last) {
            Ok(one) => done.push(one),
            Err(error) => {
                let stop = unwritable(&destination.shown, &error);
                return Err(undone(done).map_or(stop, |lost| lost));
            }
        }
    }
    Ok(())
}

fn named<'a>(
    destination: &'a Destination,
    complete: CompleteFile<'_>,
    keep: bool,
) -> io::Result<WrittenFile<'a>> {
    let now = Destination::find(Path::new(""), &destination.whole)?;
    if !matches!(now.kind, DestinationKind::Absent | DestinationKind::File)
        || now.whole != destination.whole
    {
        return Err(io::Error::other("another program changed it in the meantime"));
    }
    let before = match now.kind == DestinationKind::File && keep {
        true => Some(backup(destination)?),
        false => None,
    };
    match complete {
        CompleteFile::Unnamed(file) => file.name(&destination.whole)?,
        CompleteFile::Beside(beside) => {
            beside.persist(&destination.whole).map_err(|error| error.error)?;
        }
    }
    Ok(WrittenFile { destination, before })
}

/// Gives the file at `destination` a second name, or copies it where the file system has no hard links.
fn backup(destination: &Destination) -> io::Result<TempSibling> {
    let folder = destination.whole.parent().unwrap_or(&destination.whole);
    let linked = hidden().make_in(folder, |path| fs::hard_link(&destination.whole, path));
    linked.or_else(|_| {
        hidden().make_in(folder, |path| fs::copy(&destination.whole, path).map(|_| ()))
    })
}

/// Restores the former files. Returns an error if one of them could not be restored.
fn undone(done: Vec<WrittenFile<'_>>) -> Option<Stop> {
    let mut lost = None;
    for WrittenFile { destination, before } in done.into_iter().rev() {
        let back = match before {
            Some(before) => before.persist(&destination.whole).map_err(|error| error.error),
            None => fs::remove_file(&destination.whole),
        };
        if back.is_err() {
            let message = format!(
                "some files were written and others could not be: `{}` was written",
                destination.shown
            );
            lost = Some(Stop::usage(message).help("remove it, and run the command again"));
        }
    }
    lost
}
