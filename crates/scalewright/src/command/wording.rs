//! `scalewright wording`.

mod from;

use std::path::Path;

use scalewright_check::wording_digest;
use scalewright_model::{Instrument, Stop};
use scalewright_project::{Found, Library, templates};

use crate::cli::{WordingAction, WordingArgs, WordingCommand};
use crate::exit_code::OK;
use crate::gates::sound;
use crate::output;
use crate::terminal::Terminal;
use crate::words;

/// Runs the command that was given: the arguments or the subcommand are there.
pub(crate) fn run(
    command: &WordingCommand,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    match (&command.action, &command.args) {
        (Some(WordingAction::From(args)), _) => from::run(args, library, config_dir, terminal),
        (None, Some(args)) => print(args, library, terminal),
        (None, None) => Err(Stop::usage("no instrument is named")
            .help("`scalewright wording ID --language TAG` prints a wording file to fill in")),
    }
}

/// Prints a wording file with an empty text for every key, or the digest of a wording.
fn print(
    args: &WordingArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    is_tag(&args.language)?;
    let found = library.one(&args.instrument)?;
    if args.digest {
        return digest(args, &found, library, terminal);
    }
    let checked = library.check(&found, &[])?;
    // A missing translation that the definition promises is an error, but this command is used to write it.
    let instrument = match &checked.instrument {
        Some(instrument) => instrument,
        None => sound(&checked, terminal)?,
    };
    is_new(instrument, &args.language)?;
    if let Some(stop) = words::unfinished(&checked, &args.language) {
        return Err(stop);
    }
    let text = templates::wording(instrument, &args.language);
    output::write_new(args.out.as_deref(), text, "wording", terminal)
}

/// Stops if the instrument has words in the language.
fn is_new(instrument: &Instrument, language: &str) -> Result<(), Stop> {
    match instrument.wording(language) {
        None => Ok(()),
        Some(existing) => {
            let (id, language) = (&instrument.id, &existing.language);
            Err(Stop::usage(format!("`{id}` already has words in `{language}`")))
        }
    }
}

/// Prints the digest of the existing words.
fn digest(
    args: &WordingArgs,
    found: &Found,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let checked = library.check(found, &library.wordings(&args.wording)?)?;
    let instrument = match &checked.instrument {
        Some(instrument) => instrument,
        None => sound(&checked, terminal)?,
    };
    if let Some(stop) = words::unfinished(&checked, &args.language) {
        return Err(stop);
    }
    let Some(wording) = instrument.wording(&args.language) else {
        let message = format!("`{}` has no words in `{}`", instrument.id, args.language);
        return Err(Stop::usage(message).help("name the file that contains them: `--wording FILE`"));
    };
    terminal.write(format!("{}\n", wording_digest(instrument, wording)).as_bytes());
    Ok(OK)
}

fn is_tag(tag: &str) -> Result<(), Stop> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let letters =
        (2..=8).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if letters && rest && tag.len() <= 35 {
        return Ok(());
    }
    Err(Stop::usage(format!("`{tag}` is not a language tag"))
        .help("write a BCP 47 tag, such as `de`, `pt-BR` or `zh-Hant`"))
}
