//! Refuses wording and key files on the command line whose instrument is not on it.

use std::path::PathBuf;

use scalewright_check::Source;
use scalewright_model::Stop;

use crate::library::{Found, Library};

/// Checks that each wording file and each key file given by name belongs to one of `targets`; otherwise it would be ignored silently. A
/// folder may contain wording for other instruments too.
///
/// # Errors
///
/// The first file that belongs to none of them.
pub fn all_are_used(
    given: &[PathBuf],
    supplied: &[Source],
    targets: &[Found],
    library: &Library<'_>,
) -> Result<(), Stop> {
    // `Library::read` names a source by its path, so that the two texts can be compared.
    let by_name =
        |source: &&Source| given.iter().any(|path| path.display().to_string() == source.name);
    let mut ids: Option<Vec<Option<String>>> = None;
    for source in supplied.iter().filter(by_name) {
        // A file without a readable id goes to the check of every target, which reports it.
        let Some(meant) = scalewright_check::instrument_of(&source.bytes) else { continue };
        // Only when needed, because it reads the definition of every target.
        let ids = ids.get_or_insert_with(|| targets.iter().map(|t| library.id(t)).collect());
        // A target without a readable id may be the one that is meant. Its own error is reported later.
        if !ids.iter().any(|id| id.as_ref().is_none_or(|id| *id == meant)) {
            let message = format!("`{}` is wording for `{meant}`, which is not named", source.name);
            return Err(Stop::usage(message).help("name the instrument too, or leave the file out"));
        }
    }
    library.keys_are_used(targets)
}
