//! `scalewright wording from`.

use std::path::Path;

use scalewright_check::Source;
use scalewright_import::audit::Names;
use scalewright_import::taken::{Taken, Verbatim, report, taken};
use scalewright_import::{Options, names_of};
use scalewright_model::{Instrument, Stop, text};
use scalewright_project::Library;

use super::{is_new, is_tag};
use crate::cli::{ImportReport, WordingFromArgs};
use crate::exit_code::{OK, WRONG};
use crate::gates::sound;
use crate::output::Outputs;
use crate::output::is_free;
use crate::plugins::{Importers, Plugins};
use crate::render::Printable;
use crate::sources::{report_form, with_sources};
use crate::terminal::Terminal;

/// What to do with a plug-in that makes definitions.
const NOT_A_FORM: &str = "import the file: the definition or its wording file has the words";

/// Takes the words of a form, prints the report, and writes the wording file if everything is certain.
pub(super) fn run(
    args: &WordingFromArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    args.language.as_deref().map_or(Ok(()), is_tag)?;
    let form = report_form(args.report.as_deref(), terminal)?;
    is_free(args.out.as_deref(), "wording", terminal)?;
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = match &checked.instrument {
        Some(instrument) => instrument,
        None => sound(&checked, terminal)?,
    };
    let taken = read(args, instrument, (library, config_dir), terminal)?;
    is_new(instrument, &taken.file.language)?;
    let name = text::line(&args.file.display().to_string());
    let toml = report::toml(&taken, instrument, &name);
    let supplied = Source { name: "words.toml".to_owned(), bytes: toml.as_bytes().to_vec() };
    let verbatim = Verbatim::of(&taken, &library.check(&found, &[supplied])?);
    let kept = form.map(|form| written(form, &taken, &verbatim, &name));
    let is_short = !taken.lacking.is_empty() || matches!(verbatim, Verbatim::Altered(_));
    let fails = !taken.refusals.is_empty() || args.strict && is_short;
    let shown = written(args.format, &taken, &verbatim, &name);
    match (&args.out, fails) {
        (None, false) => terminal.eprint(Printable::page(&shown)),
        _ => terminal.write(shown.as_bytes()),
    }
    let mut outputs = Outputs::new(terminal.cwd).reading([&args.file]);
    if let (Some(path), Some(kept)) = (&args.report, kept) {
        outputs.add(path, kept.into_bytes())?;
    }
    if let Some(path) = args.out.as_ref().filter(|_| !fails) {
        outputs.add(path, toml.clone().into_bytes())?;
    }
    outputs.commit(terminal)?;
    match (&args.out, fails) {
        (_, true) => terminal.eprint("nothing was written\n"),
        (Some(path), false) => terminal.eprint(&format!("wrote {}\n", path.display())),
        (None, false) => terminal.write(toml.as_bytes()),
    }
    Ok(if fails { WRONG } else { OK })
}

fn read(
    args: &WordingFromArgs,
    instrument: &Instrument,
    (library, config_dir): (&Library<'_>, Option<&Path>),
    terminal: &Terminal<'_>,
) -> Result<Taken, Stop> {
    let options = Options {
        language: args.language.clone(),
        columns: args.column.iter().map(|pair| Options::column(pair)).collect::<Result<_, _>>()?,
        ..Options::default()
    };
    let names = match &args.names {
        Some(path) => Names { of: with_sources(path, terminal.cwd, names_of)? },
        None => Names::default(),
    };
    let plugins = Plugins::of(library, config_dir, &args.reader.plugins, terminal.cwd);
    let mut importers = Importers::new(plugins, &args.reader.set);
    let from = args.reader.from.as_deref();
    let done = with_sources(&args.file, terminal.cwd, |sources| {
        importers.with_form(sources, from, NOT_A_FORM, |sources, from, outside| {
            let mut taken = taken(sources, from, &options, &names, instrument)?;
            if let Some(outside) = outside {
                taken.format = outside.title(&taken.format.1);
            }
            Ok(taken)
        })
    })?;
    importers.close()?;
    Ok(done)
}

fn written(form: ImportReport, taken: &Taken, verbatim: &Verbatim, file: &str) -> String {
    match form {
        ImportReport::Text => report::text(taken, verbatim, file),
        ImportReport::Json => report::json(taken, verbatim, file),
        ImportReport::Sarif => report::sarif(taken, verbatim, file),
    }
}
