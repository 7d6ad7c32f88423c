//! `scalewright diff KEY KEY --for ID`: whether two key files score alike.

use std::path::Path;

use scalewright_check::compare::{Bump, compare};
use scalewright_check::{Checked, check_at};
use scalewright_model::Stop;
use scalewright_project::{Found, Library};

use super::compared::{Compared, Comparisons};
use crate::cli::DiffArgs;
use crate::exit_code::{OK, WRONG};
use crate::gates;
use crate::terminal::Terminal;

/// Compares the definition with one key with the same definition with the other. Fails if a score differs.
pub(super) fn run(
    args: &DiffArgs,
    instrument: &Path,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let [one, other] = args.what.as_slice() else {
        return Err(Stop::usage("`--for` compares two key files")
            .help("name both: `scalewright diff one.toml other.toml --for ID`"));
    };
    let found = library.one(instrument)?;
    let old = with_key(library, &found, one, terminal)?;
    let new = with_key(library, &found, other, terminal)?;
    let Some(mut comparison) = compare(&old, &new) else {
        return Err(Stop::wrong("a key has errors, so nothing is compared"));
    };
    // The definition is the same, so no version number has to change.
    (comparison.finding, comparison.demands) = (None, Bump::None);
    let differing = comparison.of_scores();
    let id = library.id(&found).unwrap_or_default();
    let compared = Compared { id, old, new, comparison };
    let comparisons = Comparisons { compared: vec![compared], ..Comparisons::default() };
    super::print(args.format, &comparisons, terminal);
    let count = match differing {
        0 => "the keys score alike".to_owned(),
        1 => "the keys differ in 1 place".to_owned(),
        count => format!("the keys differ in {count} places"),
    };
    terminal.eprint(&format!("{count}\n"));
    Ok(if differing > 0 { WRONG } else { OK })
}

/// Checks the definition with a key, and prints the errors of the key.
fn with_key(
    library: &Library<'_>,
    found: &Found,
    key: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<Checked, Stop> {
    let (mut input, levels) = library.to_check(found, &[])?;
    input.key = Some(library.read(key)?);
    let checked = check_at(input, &levels);
    gates::sound(&checked, terminal)?;
    Ok(checked)
}
