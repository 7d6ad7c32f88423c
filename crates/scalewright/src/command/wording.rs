//! `scalewright wording`.

use scalewright_check::wording_digest;
use scalewright_model::Stop;
use scalewright_project::{Found, Library, templates};

use crate::cli::WordingArgs;
use crate::exit_code::OK;
use crate::gates::sound;
use crate::output;
use crate::terminal::Terminal;

/// Prints a wording file with an empty text for every key, or the digest of a wording.
pub(crate) fn run(
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
    if let Some(existing) = instrument.wording(&args.language) {
        let message = format!("`{}` already has words in `{}`", instrument.id, existing.language);
        return Err(Stop::usage(message));
    }
    let text = templates::wording(instrument, &args.language);
    output::write_new(args.out.as_deref(), text, "wording", terminal)
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
