//! `scalewright audit`.

use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_export::exporter;
use scalewright_import::audit::{Against, Audit, Names, audit, catalogue, report};
use scalewright_import::{Options, names_of};
use scalewright_model::file::LIBRARY_NAME;
use scalewright_model::{Instrument, Severity, Stop, text};
use scalewright_project::Library;

use crate::cli::{AuditArgs, ExportArgs, ImportReport};
use crate::exit_code::{OK, WRONG};
use crate::gates::sound;
use crate::output::Outputs;
use crate::plugins::{Importers, Plugins};
use crate::sources::{report_form, with_sources};
use crate::terminal::Terminal;

/// What to do with a plug-in whose answers cannot be compared with a definition.
const NOT_A_FORM: &str = "import the file, and compare the definitions: `scalewright diff`";

/// Compares a form with its definition, prints what differs, and writes the corrected form with `--fix`.
pub(crate) fn run(
    args: &AuditArgs,
    (library, config_dir): (&Library<'_>, Option<&Path>),
    export: impl FnOnce(&ExportArgs, &mut Terminal<'_>) -> Result<u8, Stop>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let options = Options { language: args.language.clone(), ..Options::default() };
    let plugins = Plugins::of(library, config_dir, &args.reader.plugins, terminal.cwd);
    let mut importers = Importers::new(plugins, &args.reader.set);
    let Some(given) = &args.against else {
        return list(args, library, &options, &mut importers, terminal);
    };
    let form = report_form(args.report.as_deref(), terminal)?;
    let names = names(args, terminal.cwd)?;
    let found = library.one(given)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let checked = library.check(&found, &library.wordings(&args.wording)?)?;
    let instrument = sound(&checked, terminal)?;
    let text = &checked.documents[0].text;
    let against = Against { instrument, program: &checked.program, text };
    let from = args.reader.from.as_deref();
    let result = with_sources(&args.file, terminal.cwd, |sources| {
        importers.with_form(sources, from, NOT_A_FORM, |sources, from, outside| {
            let result = audit(sources, from, &options, &names, &against)?;
            let format = outside.map(|outside| outside.title(&result.format.1));
            Ok(Audit { format: format.unwrap_or(result.format.clone()), ..result })
        })
    })?;
    importers.close()?;
    let name = text::line(&args.file.display().to_string());
    terminal.write(written(args.format, &result, &name).as_bytes());
    if let (Some(path), Some(form)) = (&args.report, form) {
        let mut outputs = Outputs::new(terminal.cwd).reading([&args.file]);
        outputs.add(path, written(form, &result, &name).into_bytes())?;
        outputs.commit(terminal)?;
    }
    if args.fix {
        fix(args, given, &result, export, terminal)?;
    }
    let worst = if args.strict { Severity::Warning } else { Severity::Error };
    let fails = result.findings.iter().any(|finding| finding.severity >= worst);
    Ok(if fails { WRONG } else { OK })
}

fn written(form: ImportReport, result: &Audit, file: &str) -> String {
    match form {
        ImportReport::Text => report::text(result, file),
        ImportReport::Json => report::json(result, file),
        ImportReport::Sarif => report::sarif(result, file),
    }
}

/// The names in the form: those of `--score`, then those of the table.
fn names(args: &AuditArgs, cwd: &Path) -> Result<Names, Stop> {
    let mut of = Vec::new();
    for pair in &args.score {
        let (id, name) = pair
            .split_once('=')
            .filter(|(id, name)| !id.is_empty() && !name.is_empty())
            .ok_or_else(|| {
                Stop::usage(format!("`--score {pair}` is not an id and a name"))
                    .help("write `--score ID=NAME`")
            })?;
        of.push((id.to_owned(), name.to_owned()));
    }
    if let Some(path) = &args.names {
        of.extend(with_sources(path, cwd, names_of)?);
    }
    Ok(Names { of })
}

/// Exports the definition to the platform of the file, into a new folder beside it.
fn fix(
    args: &AuditArgs,
    given: &Path,
    result: &Audit,
    export: impl FnOnce(&ExportArgs, &mut Terminal<'_>) -> Result<u8, Stop>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let target = &*result.format.0;
    if exporter(target).is_none() {
        return Err(Stop::usage(format!("no target makes {}", result.format.1))
            .help("correct the form by hand; the report names each place"));
    }
    let mut name = args.file.clone().into_os_string();
    name.push(".corrected");
    let folder = PathBuf::from(name);
    if terminal.cwd.join(&folder).exists() {
        return Err(Stop::usage(format!("`{}` already exists", folder.display()))
            .help("remove it, or move it away"));
    }
    let args = ExportArgs {
        wording: args.wording.clone(),
        ..ExportArgs::of(given.to_path_buf(), target, folder)
    };
    export(&args, terminal).map(|_| ())
}

/// Lists the instruments of the library and of packs of which a file has at least half of the items.
fn list(
    args: &AuditArgs,
    library: &Library<'_>,
    options: &Options,
    importers: &mut Importers<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let mut all = Vec::new();
    let wordings = library.wordings(&args.wording)?;
    for listed in library.listed()? {
        match library.check(&listed.found, &wordings) {
            Ok(checked) if checked.sound().is_some() => all.push((listed, checked)),
            Ok(_) => {}
            Err(stop) => library.could_not_read(stop),
        }
    }
    let against: Vec<Against<'_>> = all.iter().filter_map(|(_, of)| against(of)).collect();
    let from = args.reader.from.as_deref();
    let held = with_sources(&args.file, terminal.cwd, |sources| {
        importers.with_form(sources, from, NOT_A_FORM, |sources, from, _| {
            catalogue(sources, from, options, &against)
        })
    })?;
    for (index, items, of) in &held {
        let (listed, checked) = &all[*index];
        let Some(Instrument { id, version, .. }) = checked.sound() else { continue };
        let pack = match &listed.pack {
            None if listed.collides => format!("{LIBRARY_NAME}:"),
            Some(pack) if listed.collides => format!("{pack}:"),
            _ => String::new(),
        };
        terminal.print(&format!("{pack}{id} {version}: {items} of {of} items"));
    }
    if held.is_empty() {
        terminal.eprint("the file has no instrument of the library or of a pack\n");
    }
    Ok(OK)
}

/// A definition as a form is compared with it; `None` if it has errors.
fn against(checked: &Checked) -> Option<Against<'_>> {
    let text = &checked.documents[0].text;
    Some(Against { instrument: checked.sound()?, program: &checked.program, text })
}
