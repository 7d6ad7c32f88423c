//! The files that are imported or audited, with those beside them, and the forms of the reports about them.

use std::path::{Path, PathBuf};

use scalewright_import::{MOST_BYTES, Sources, main_files, of_items};
use scalewright_model::Stop;
use scalewright_model::text::{self, plain};
#[cfg(feature = "pdf")]
use scalewright_pdf::Unreadable;
use scalewright_tables::{FileFormat, Named};

use crate::cli::ImportReport;
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

/// The form of the report that is written to a file.
pub(crate) fn report_form(
    path: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<Option<ImportReport>, Stop> {
    let Some(path) = path else { return Ok(None) };
    let named = Named { option: "--report", path: Some(path) };
    terminal.with_notes(|notes| named.format(None, FORMS, notes)).map(Some)
}

/// The files that a path means: itself, or the activities of a folder with several of them.
pub(crate) fn files_of(path: &Path, cwd: &Path) -> Result<Vec<PathBuf>, Stop> {
    let whole = cwd.join(path);
    if !whole.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let files = main_files(&names(&whole)?, &|name| bounded(&whole.join(name)).ok());
    match &files[..] {
        [] | [_] => Ok(vec![path.to_path_buf()]),
        files => Ok(files.iter().map(|name| path.join(name)).collect()),
    }
}

/// What is read of a folder: its first activity or only file, or an activity of all its items.
enum Main {
    File(PathBuf),
    Made(Vec<u8>),
}

impl Main {
    fn of(path: &Path, whole: &Path) -> Result<Self, Stop> {
        let read = |name: &str| bounded(&whole.join(name)).ok();
        let mut all = names(whole)?;
        if let Some(first) = main_files(&all, &read).first() {
            return Ok(Self::File(path.join(first)));
        }
        let items = whole.join("items");
        if items.is_dir() {
            all.extend(names(&items)?.iter().map(|name| format!("items/{name}")));
        }
        let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
        let made = of_items(&name.unwrap_or_default(), &all, &read);
        made.map(Self::Made).ok_or_else(|| {
            Stop::wrong(format!(
                "{}: the folder contains no file that can be imported",
                path.display()
            ))
        })
    }
}

/// Reads a file, or the main file of a folder, for `work`.
pub(crate) fn with_sources<T>(
    path: &Path,
    cwd: &Path,
    work: impl FnOnce(&Sources<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let whole = cwd.join(path);
    let main = match whole.is_dir() {
        false => Main::File(path.to_path_buf()),
        true => Main::of(path, &whole)?,
    };
    let shown = match &main {
        Main::File(path) => path.as_path(),
        // Without a stroke at its end, because its last part is the name of the source.
        Main::Made(_) => path.components().as_path(),
    };
    let name = text::line(&shown.display().to_string());
    let (bytes, folder) = match main {
        Main::Made(bytes) => (bytes, whole),
        Main::File(path) => {
            let whole = cwd.join(&path);
            let bytes = bounded(&whole)
                .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
            (bytes, whole.parent().map(Path::to_path_buf).unwrap_or_default())
        }
    };
    let beside = |path: &str| below(&folder, path).and_then(|path| bounded(&path).ok());
    let attached = attached(&name, &bytes)?;
    work(&Sources { file: &name, bytes: &bytes, beside: &beside, attached: &attached })
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
