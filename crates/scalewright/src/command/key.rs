//! `scalewright key`.

use std::path::Path;

use scalewright_model::Stop;
use scalewright_project::{Library, templates};
use scalewright_tables::{FileFormat, Named};

use crate::cli::KeyArgs;
use crate::exit_code::OK;
use crate::gates::sound;
use crate::output::{self, Outputs};
use crate::terminal::Terminal;

/// A key file is always TOML.
const FORMS: &[FileFormat<()>] =
    &[FileFormat { name: "", format: (), endings: &["toml"], suits: &[] }];

/// Prints a key file to fill in, with every scale that needs a key.
pub(crate) fn run(
    args: &KeyArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    let Some(text) = templates::key(&checked, instrument) else {
        let message = format!("the definition of `{}` has its key", instrument.id);
        return Err(Stop::usage(message).help(
            "a key can be supplied for scales whose `key-status` is `unverified` or `recalled`",
        ));
    };
    let named = Named { option: "--out", path: args.out.as_deref() };
    terminal.with_notes(|notes| named.format(None, FORMS, notes))?;
    match &args.out {
        Some(path) if exists(&terminal.cwd.join(path)) => {
            return Err(Stop::usage(format!("`{}` already exists", path.display()))
                .help("choose another name: a key is never overwritten"));
        }
        Some(path) => {
            output::write_one(Outputs::new(terminal.cwd), path, text.into_bytes(), terminal)?;
            terminal.print(&path.display().to_string());
        }
        None => terminal.write(text.as_bytes()),
    }
    Ok(OK)
}

/// Whether a file or a folder exists at `path`. A device does not count: it can be written to.
fn exists(path: &Path) -> bool {
    path.is_file() || path.is_dir()
}
