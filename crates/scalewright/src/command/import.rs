//! `scalewright import`.

use std::path::{Path, PathBuf};

use scalewright_import::report::{self, Counts};
use scalewright_import::{Import, MOST_BYTES, Options, Sources, import, main_file};
use scalewright_model::Stop;
use scalewright_model::text::{self, plain};
#[cfg(feature = "pdf")]
use scalewright_pdf::Unreadable;
use scalewright_project::Library;
use scalewright_tables::{FileFormat, Named};

use crate::cli::{ImportArgs, ImportReport};
use crate::exit_code::{OK, WRONG};
use crate::output::Outputs;
use crate::terminal::Terminal;

/// The formats of a report and the file endings that select them.
const FORMS: &[FileFormat<ImportReport>] = &[
    FileFormat { name: "text", format: ImportReport::Text, endings: &["txt", "log"], suits: &[] },
    FileFormat { name: "JSON", format: ImportReport::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "SARIF",
        format: ImportReport::Sarif,
        endings: &["sarif"],
        suits: &["json"],
    },
];

/// Imports files, prints the report, and writes the definitions: all or none.
pub(crate) fn run(
    args: &ImportArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let form = report_form(args, terminal)?;
    let options = options(args);
    let mut done = Vec::new();
    for file in &args.files {
        done.push((file, read(file, args, &options, terminal.cwd)?));
    }
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

/// The form of the report that is written to a file.
fn report_form(
    args: &ImportArgs,
    terminal: &mut Terminal<'_>,
) -> Result<Option<ImportReport>, Stop> {
    let Some(path) = &args.report else { return Ok(None) };
    let named = Named { option: "--report", path: Some(path) };
    terminal.with_notes(|notes| named.format(None, FORMS, notes)).map(Some)
}

fn options(args: &ImportArgs) -> Options {
    Options {
        language: args.language.clone(),
        licence: args.licence.clone(),
        holder: args.holder.clone(),
        respondent: args.respondent,
        non_response: args.non_response.clone(),
        id: args.id.clone(),
        date: None,
    }
}

/// Reads a file, or the main file of a folder.
fn read(path: &Path, args: &ImportArgs, options: &Options, cwd: &Path) -> Result<Import, Stop> {
    let whole = cwd.join(path);
    let path = if whole.is_dir() {
        path.join(main_file(&names(&whole)?).ok_or_else(|| {
            Stop::wrong(format!(
                "{}: the folder contains no file that can be imported",
                path.display()
            ))
        })?)
    } else {
        path.to_path_buf()
    };
    let name = text::line(&path.display().to_string());
    let bytes = bounded(&cwd.join(&path))
        .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    let folder = cwd.join(&path).parent().map(Path::to_path_buf).unwrap_or_default();
    let beside = |path: &str| below(&folder, path).and_then(|path| bounded(&path).ok());
    let attached = attached(&name, &bytes)?;
    let sources = Sources { file: &name, bytes: &bytes, beside: &beside, attached: &attached };
    import(&sources, args.from.as_deref(), options)
}

/// The files attached to a PDF; none for other files.
#[cfg(feature = "pdf")]
fn attached(name: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    if !bytes.starts_with(b"%PDF-") {
        return Ok(Vec::new());
    }
    scalewright_pdf::attached(bytes).map_err(|reason| match reason {
        Unreadable::Encrypted => {
            Stop::wrong(format!("{name}: the PDF is encrypted")).help("save it without a password")
        }
        Unreadable::TooLarge => Stop::wrong(format!("{name}: the PDF is larger than any form")),
        _ => Stop::wrong(format!("{name}: the PDF is damaged")),
    })
}

#[cfg(not(feature = "pdf"))]
fn attached(name: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    if bytes.starts_with(b"%PDF-") {
        return Err(Stop::usage(format!("{name}: this program was built without PDF")));
    }
    Ok(Vec::new())
}

/// The names of the files of a folder, sorted.
fn names(folder: &Path) -> Result<Vec<String>, Stop> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Stop::usage(format!("cannot read `{}`: {}", folder.display(), plain(&error)))
    })?;
    let files = entries.filter_map(Result::ok).filter(|entry| entry.path().is_file());
    let mut names: Vec<String> =
        files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// Reads a file of at most [`MOST_BYTES`]. One more byte is read of a longer file, which is then refused.
fn bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path of a file that a source refers to. Nothing outside of the folder above is read.
fn below(folder: &Path, relative: &str) -> Option<PathBuf> {
    let root = folder.parent().unwrap_or(folder).canonicalize().ok()?;
    let path = folder.join(relative).canonicalize().ok()?;
    (path.starts_with(&root) && path.is_file()).then_some(path)
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
    let is_incomplete = counts.differs + counts.not_understood > 0 || report::has_gaps(import);
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
