//! `scalewright import`.

use std::path::{Path, PathBuf};

use scalewright_import::report::{self, Counts};
use scalewright_import::{Import, Options, OutsideForm, Sources, import};
use scalewright_model::text;
use scalewright_model::{ScoreKind, Stop};
use scalewright_plugins::answer::ImportAnswer;
use scalewright_project::Library;

use crate::cli::{ImportArgs, ImportReport, ImportScore};
use crate::exit_code::{OK, WRONG};
use crate::output::Outputs;
use crate::plugins::{Importers, Plugins, Reader};
use crate::sources::{report_form, with_sources};
use crate::terminal::Terminal;

/// Imports files, prints the report, and writes the definitions: all or none.
pub(crate) fn run(
    args: &ImportArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let form = report_form(args.report.as_deref(), terminal)?;
    let mut options = options(args)?;
    for path in &args.translation {
        let language =
            |sources: &Sources<'_>| Ok((sources.file.to_owned(), sources.bytes.to_vec()));
        options.translations.push(with_sources(path, terminal.cwd, language)?);
    }
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let mut importers = Importers::new(plugins, &args.set);
    let mut done = Vec::new();
    for file in &args.files {
        let read = |sources: &Sources<'_>| read(sources, args, &options, &mut importers);
        done.push((file, with_sources(file, terminal.cwd, read)?));
    }
    importers.close()?;
    let mut kept = String::new();
    for (file, import) in &done {
        let name = text::line(&file.display().to_string());
        terminal.write(written(args.format, import, &name).as_bytes());
        kept.push_str(&form.map(|form| written(form, import, &name)).unwrap_or_default());
    }
    let has_failed = done.iter().any(|(_, import)| is_failure(import, args.strict));
    let is_refused = args.strict && has_failed;
    let mut outputs = Outputs::new(terminal.cwd).reading(&args.files);
    if let Some(path) = &args.report {
        outputs.add(path, kept.into_bytes())?;
    }
    let mut paths = Vec::new();
    if !args.dry_run && !is_refused {
        let base = args.out.clone().or_else(|| library.folder().map(Path::to_path_buf));
        paths = add_all(&done, &base.unwrap_or_default(), &mut outputs, terminal.cwd)?;
    }
    outputs.commit(terminal)?;
    paths.iter().for_each(|path| terminal.eprint(&format!("wrote {}\n", path.display())));
    if is_refused {
        terminal.eprint("nothing was written, because of `--strict`\n");
    }
    Ok(if has_failed { WRONG } else { OK })
}

/// Imports a file by ourselves, or what a plug-in makes of it.
fn read(
    sources: &Sources<'_>,
    args: &ImportArgs,
    options: &Options,
    importers: &mut Importers<'_>,
) -> Result<Import, Stop> {
    let from = args.from.as_deref();
    match importers.reader(sources, from)? {
        Reader::Ours(skipped) => import(sources, from, options)
            .map_err(|stop| skipped.into_iter().fold(stop, Stop::help)),
        Reader::Outside(outside, ImportAnswer::Form((name, bytes))) => {
            outside.form(&OutsideForm { name, bytes }, sources.bytes, options)
        }
        Reader::Outside(outside, ImportAnswer::Definition(files)) => {
            outside.definition(files, sources.bytes, options)
        }
    }
}

fn options(args: &ImportArgs) -> Result<Options, Stop> {
    Ok(Options {
        columns: args.column.iter().map(|pair| Options::column(pair)).collect::<Result<_, _>>()?,
        score: args.score.map(|score| match score {
            ImportScore::Sum => ScoreKind::Sum,
            ImportScore::Mean => ScoreKind::Mean,
        }),
        formr_scales: args.formr_scales,
        language: args.language.clone(),
        licence: args.licence.clone(),
        holder: args.holder.clone(),
        respondent: args.respondent,
        non_response: args.non_response.clone(),
        id: args.id.clone(),
        min: args.min,
        max: args.max,
        ..Options::default()
    })
}

fn written(form: ImportReport, import: &Import, file: &str) -> String {
    match form {
        ImportReport::Text => report::text(import, file),
        ImportReport::Json => report::json(import, file),
        ImportReport::Sarif => report::sarif(import, file),
    }
}

/// Whether an import fails: a definition has errors, or, if it must be complete, a score is not equal.
fn is_failure(import: &Import, strict: bool) -> bool {
    let counts = Counts::of(import);
    let is_incomplete =
        counts.differs + counts.not_understood + counts.not_proved > 0 || report::has_gaps(import);
    counts.errors > 0 || strict && is_incomplete
}

/// Adds the files of all instruments, each in a new folder.
fn add_all(
    done: &[(&PathBuf, Import)],
    base: &Path,
    outputs: &mut Outputs<'_>,
    cwd: &Path,
) -> Result<Vec<PathBuf>, Stop> {
    let mut paths = Vec::new();
    for one in done.iter().flat_map(|(_, import)| &import.instruments) {
        let folder = base.join(&one.id);
        if cwd.join(&folder).exists() {
            return Err(Stop::usage(format!("`{}` already exists", folder.display()))
                .help("choose another folder with `--out`, or another id with `--id`"));
        }
        for (name, bytes) in &one.files {
            let path = folder.join(name);
            outputs.add(&path, bytes.clone())?;
            paths.push(path);
        }
    }
    Ok(paths)
}
