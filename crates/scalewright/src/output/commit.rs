//! Gives the files of a run their names: all of them, or none.

use std::fs;
use std::io;
use std::path::Path;

use scalewright_model::Stop;

use super::nameless::{Beside, hidden};
use super::place::{Kind, Place};
use super::{Waiting, unwritable};

/// A written file, with what is needed to undo the writing.
struct Done<'a> {
    place: &'a Place,
    /// The file that was there before, under another name.
    before: Option<Beside>,
}

/// Gives all files their names.
pub(super) fn all(files: &[Waiting]) -> Result<(), Stop> {
    let mut ready = Vec::new();
    for Waiting { place, content } in files {
        let beside = content.beside(&place.whole, place.there.as_ref());
        ready.push((place, beside.map_err(|error| unwritable(&place.shown, &error))?));
    }
    // Nothing can fail after the last file, so it needs no backup.
    let last = ready.len().saturating_sub(1);
    let mut done: Vec<Done<'_>> = Vec::new();
    for (index, (place, beside)) in ready.into_iter().enumerate() {
        match named(place, beside, index < last) {
            Ok(one) => done.push(one),
            Err(error) => {
                let stop = unwritable(&place.shown, &error);
                return Err(undone(done).map_or(stop, |lost| lost));
            }
        }
    }
    Ok(())
}

fn named<'a>(place: &'a Place, beside: Beside, keep: bool) -> io::Result<Done<'a>> {
    let now = Place::find(Path::new(""), &place.whole)?;
    if !matches!(now.kind, Kind::Absent | Kind::File) || now.whole != place.whole {
        return Err(io::Error::other("another program changed it in the meantime"));
    }
    let before = match now.kind == Kind::File && keep {
        true => Some(backup(place)?),
        false => None,
    };
    beside.persist(&place.whole).map_err(|error| error.error)?;
    Ok(Done { place, before })
}

/// Gives the file at `place` a second name, or copies it where the file system has no hard links.
fn backup(place: &Place) -> io::Result<Beside> {
    let folder = place.whole.parent().unwrap_or(&place.whole);
    let linked = hidden().make_in(folder, |path| fs::hard_link(&place.whole, path));
    linked.or_else(|_| hidden().make_in(folder, |path| fs::copy(&place.whole, path).map(|_| ())))
}

/// Restores the former files. Returns an error if one of them could not be restored.
fn undone(done: Vec<Done<'_>>) -> Option<Stop> {
    let mut lost = None;
    for Done { place, before } in done.into_iter().rev() {
        let back = match before {
            Some(before) => before.persist(&place.whole).map_err(|error| error.error),
            None => fs::remove_file(&place.whole),
        };
        if back.is_err() {
            let message =
                format!("some files were written and others could not be: `{}` was", place.shown);
            lost = Some(Stop::usage(message).help("remove it, and run the command again"));
        }
    }
    lost
}
