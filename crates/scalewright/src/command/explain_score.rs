//! `scalewright explain-score`.

mod text;

use scalewright_model::{Instrument, Scale, ScaleIx, Stop, did_you_mean};
use scalewright_project::Library;
use scalewright_scoring::{Account, Tongue};

use crate::cli::{ExplainFormat, ExplainScoreArgs};
use crate::exit_code::OK;
use crate::render::Printable;
use crate::terminal::Terminal;
use crate::{accounts, gates};

/// Explains how an instrument is scored.
pub(crate) fn run(
    args: &ExplainScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let found = library.one(&args.instrument)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let checked = library.check(&found, &[])?;
    let instrument = gates::sound(&checked, terminal)?;
    gates::supplied_key(&checked, terminal);
    let tongue = Tongue::english(instrument);
    let account = |scale| Account::of(instrument, &checked.program, &checked.ranges, scale, tongue);
    let accounts: Vec<Account> =
        chosen(instrument, &args.scale)?.into_iter().map(account).collect();
    match args.format {
        ExplainFormat::Text => terminal.print(Printable::page(&text::whole(instrument, &accounts))),
        ExplainFormat::Json => terminal.write(accounts::json(instrument, &accounts).as_bytes()),
    }
    Ok(OK)
}

/// Returns the scores to explain, in the order of the definition.
fn chosen(instrument: &Instrument, names: &[String]) -> Result<Vec<ScaleIx>, Stop> {
    let scales = &instrument.scales;
    for name in names {
        if scales.iter().all(|scale| scale.id != *name) {
            let stop = Stop::usage(format!("`{}` has no scale `{name}`", instrument.id));
            let near = did_you_mean(name, scales.iter().map(|scale| scale.id.as_str()));
            return Err(match near {
                Some(help) => stop.help(help),
                None => {
                    stop.help(format!("`scalewright explain-score {}` lists them", instrument.id))
                }
            });
        }
    }
    let wanted = |scale: &Scale| names.is_empty() || names.contains(&scale.id);
    Ok((0..scales.len()).filter(|&index| wanted(&scales[index])).map(ScaleIx).collect())
}
