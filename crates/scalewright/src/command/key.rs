//! `scalewright key`.

use scalewright_model::Stop;
use scalewright_project::{Library, templates};

use crate::cli::KeyArgs;
use crate::gates::sound;
use crate::output;
use crate::terminal::Terminal;

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
    output::write_new(args.out.as_deref(), text, "a key", terminal)
}
