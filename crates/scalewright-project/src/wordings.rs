//! Wording files that the command line names, for instruments that it does not.

use std::path::PathBuf;

use scalewright_check::Source;
use scalewright_model::Stop;

use crate::library::{Found, Library};

/// A wording file that is given by name and belongs to none of `targets` is a mistake that would otherwise pass in
/// silence. A folder may hold wording for others too.
///
/// # Errors
///
/// The first such file.
pub fn all_are_used(
    given: &[PathBuf],
    supplied: &[Source],
    targets: &[Found],
    library: &Library<'_>,
) -> Result<(), Stop> {
    let by_name =
        |source: &&Source| given.iter().any(|path| path.display().to_string() == source.name);
    let mut ids: Option<Vec<Option<String>>> = None;
    for source in supplied.iter().filter(by_name) {
        let Some(meant) = scalewright_check::instrument_of(&source.bytes) else { continue };
        let ids = ids.get_or_insert_with(|| targets.iter().map(|t| library.id(t)).collect());
        if !ids.iter().any(|id| id.as_ref().is_none_or(|id| *id == meant)) {
            let message = format!("`{}` is wording for `{meant}`, which is not named", source.name);
            return Err(Stop::usage(message).help("name the instrument too, or leave the file out"));
        }
    }
    Ok(())
}
