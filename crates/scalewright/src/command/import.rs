//! `scalewright import`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_import::report::{self, Counts, ImportedFile};
use scalewright_import::{Import, Options, OutsideForm, Sources, import};
use scalewright_model::text;
use scalewright_model::{ScoreKind, Stop};
use scalewright_plugins::answer::ImportAnswer;
use scalewright_project::Library;

use crate::cli::{ImportArgs, ImportReport, ImportScore};
use crate::exit_code::{OK, WRONG};
use crate::output::Outputs;
use crate::plugins::{Importers, Plugins, Reader};
use crate::render;
use crate::sources::{files_of, report_form, with_sources};
use crate::terminal::Terminal;

/// Imports files, prints the report, and writes the definitions: all or none of a file. A file that cannot be imported does
/// not keep others from it.
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
    let plugins = Plugins::of(library, config_dir, &args.reader.plugins, terminal.cwd);
    let mut importers = Importers::new(plugins, &args.reader.set);
    let mut folders = NewFolders::new(args, library, terminal.cwd);
    let mut done = Vec::new();
    for given in &args.files {
        for file in files_of(given, terminal.cwd)? {
            let read = |sources: &Sources<'_>| read(sources, args, &options, &mut importers);
            let import = with_sources(&file, terminal.cwd, read);
            let name = text::line(&file.display().to_string());
            done.push(ImportedFile { name, import: import.and_then(|one| folders.take(one)) });
        }
    }
    importers.close()?;
    if let [ImportedFile { import: Err(stop), .. }] = &done[..] {
        return Err(stop.clone());
    }
    report_all(args.format, &done, terminal);
    let has_failed = done.iter().any(|file| is_failure(file, args.strict));
    let is_refused = args.strict && has_failed;
    let mut outputs = Outputs::new(terminal.cwd).reading(&args.files);
    if let (Some(path), Some(form)) = (&args.report, form) {
        outputs.add(path, written(form, &done).into_bytes())?;
    }
    let mut paths = Vec::new();
    if !args.dry_run && !is_refused {
        paths = add_all(&done, &folders.base, &mut outputs)?;
    }
    outputs.commit(terminal)?;
    paths.iter().for_each(|path| terminal.eprint(&format!("wrote {}\n", path.display())));
    if is_refused {
        terminal.eprint("nothing was written, because of `--strict`\n");
    }
    Ok(if has_failed { WRONG } else { OK })
}

/// The folders that this run makes, one for each instrument.
struct NewFolders<'a> {
    base: PathBuf,
    cwd: &'a Path,
    is_dry: bool,
    taken: BTreeSet<String>,
}

impl<'a> NewFolders<'a> {
    fn new(args: &ImportArgs, library: &Library<'_>, cwd: &'a Path) -> Self {
        let base = args.out.clone().or_else(|| library.folder().map(Path::to_path_buf));
        let base = base.unwrap_or_default();
        Self { base, cwd, is_dry: args.dry_run, taken: BTreeSet::new() }
    }

    /// Takes the folders of an import, unless one of them exists or belongs to a file before.
    fn take(&mut self, import: Import) -> Result<Import, Stop> {
        let ids: Vec<&String> = import.instruments.iter().map(|one| &one.id).collect();
        for id in &ids {
            let folder = self.base.join(id);
            let message = if self.taken.contains(*id) {
                format!("another file of this run is imported to `{}`", folder.display())
            } else if !self.is_dry && self.cwd.join(&folder).exists() {
                format!("`{}` already exists", folder.display())
            } else {
                continue;
            };
            return Err(Stop::usage(message)
                .help("choose another folder with `--out`, or another id with `--id`"));
        }
        self.taken.extend(ids.into_iter().cloned());
        Ok(import)
    }
}

/// Prints the report, and the reasons of files that were not imported.
fn report_all(form: ImportReport, done: &[ImportedFile], terminal: &mut Terminal<'_>) {
    terminal.write(written(form, done).as_bytes());
    for file in done {
        if let Err(stop) = &file.import {
            let message = format!("{}: {}", file.name, file.reason(stop));
            let stop =
                stop.help.iter().fold(Stop::wrong(message), |stop, help| stop.help(help.clone()));
            terminal.eprint(render::stop(&stop));
        }
    }
}

/// Imports a file by ourselves, or what a plug-in makes of it.
fn read(
    sources: &Sources<'_>,
    args: &ImportArgs,
    options: &Options,
    importers: &mut Importers<'_>,
) -> Result<Import, Stop> {
    let from = args.reader.from.as_deref();
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

fn written(form: ImportReport, files: &[ImportedFile]) -> String {
    match form {
        ImportReport::Text => report::text(files),
        ImportReport::Json => report::json(files),
        ImportReport::Sarif => report::sarif(files),
    }
}

/// Whether an import fails: there is none, a definition has errors, or, if it must be complete, a score is not equal.
fn is_failure(file: &ImportedFile, strict: bool) -> bool {
    let Ok(import) = &file.import else { return true };
    let counts = Counts::of(import);
    let is_incomplete =
        counts.differs + counts.not_understood + counts.not_proved > 0 || report::has_gaps(import);
    counts.errors > 0 || strict && is_incomplete
}

/// Adds the files of all instruments, each in a new folder.
fn add_all(
    done: &[ImportedFile],
    base: &Path,
    outputs: &mut Outputs<'_>,
) -> Result<Vec<PathBuf>, Stop> {
    let mut paths = Vec::new();
    let imports = done.iter().filter_map(|file| file.import.as_ref().ok());
    for one in imports.flat_map(|import| &import.instruments) {
        for (name, bytes) in &one.files {
            let path = base.join(&one.id).join(name);
            outputs.add(&path, bytes.clone())?;
            paths.push(path);
        }
    }
    Ok(paths)
}
