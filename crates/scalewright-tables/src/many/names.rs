//! Where the scores of each table are written: at the path of the table below the common folder, with an ending of the
//! format of the scores.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use crate::ScoresFormat;
use crate::endings::FileFormat;
use crate::scores::SCORE_FORMATS;

/// Returns `path` from the root of the file system, without `.` and `..`. Links are not followed, because the result
/// only names files.
pub(super) fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in cwd.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            other => whole.push(other),
        }
    }
    whole
}

/// Returns the folder that all `folders` are in. Below the working folder it ends before the first partition, such as
/// `year=2025`, because readers of the scores find the values of these columns in the paths.
pub(super) fn root<'a>(cwd: &Path, folders: impl Iterator<Item = &'a Path>) -> PathBuf {
    let shared = |one: PathBuf, other: &Path| {
        one.components()
            .zip(other.components())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect()
    };
    let mut common: Option<PathBuf> = None;
    for folder in folders {
        common = Some(match common {
            Some(common) => shared(common, folder),
            None => folder.to_path_buf(),
        });
    }
    let common = common.unwrap_or_default();
    let own = if common.starts_with(cwd) { cwd.components().count() } else { 0 };
    let is_partition = |part: &Component<'_>| part.as_os_str().to_string_lossy().contains('=');
    let parts = common.components().enumerate();
    parts.take_while(|(at, part)| *at < own || !is_partition(part)).map(|(_, part)| part).collect()
}

/// Returns the name and the format of the scores of the table `path`: in the `stated` format, else in that which the
/// ending names, else in CSV. An ending that names another format is replaced, and an unknown one stays before the new
/// one, because it may distinguish two files.
pub(super) fn output(path: &Path, stated: Option<ScoresFormat>) -> (PathBuf, ScoresFormat) {
    let unpacked = match ending(path).as_str() {
        "gz" | "zst" => path.with_extension(""),
        _ => path.to_path_buf(),
    };
    let own = ending(&unpacked);
    let known = SCORE_FORMATS.iter().find(|format| format.endings.contains(&own.as_str()));
    let meant = stated.or(known.map(|known| known.format)).unwrap_or(ScoresFormat::Csv);
    let format = SCORE_FORMATS.iter().find(|format| format.format == meant);
    let Some(format) = format.filter(|format| !suits(format, &own)) else {
        return (unpacked, meant);
    };
    let new = format.endings.iter().chain(format.suits).next().unwrap_or(&"csv");
    let named = match known {
        Some(_) => unpacked.with_extension(new),
        None => {
            let mut name = unpacked.file_name().unwrap_or_default().to_os_string();
            name.push(OsStr::new("."));
            name.push(OsStr::new(new));
            unpacked.with_file_name(name)
        }
    };
    (named, meant)
}

fn suits(format: &FileFormat<ScoresFormat>, ending: &str) -> bool {
    format.endings.contains(&ending) || format.suits.contains(&ending)
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{absolute, output, root};
    use crate::ScoresFormat;

    #[test]
    fn endings_follow_the_format() {
        let parquet = Some(ScoresFormat::Parquet);
        for (path, stated, expected) in [
            ("y=1/a.csv", None, "y=1/a.csv"),
            ("a.tab", None, "a.tab"),
            ("a.CSV.gz", None, "a.CSV"),
            ("a.csv.zst", None, "a.csv"),
            ("a.c000.snappy.parquet", None, "a.c000.snappy.parquet"),
            ("part.0", None, "part.0.csv"),
            ("part-0", parquet, "part-0.parquet"),
            ("a.csv", parquet, "a.parquet"),
            ("a.pq", parquet, "a.pq"),
            ("a.v1.jsonl.gz", parquet, "a.v1.parquet"),
            ("a.csv", Some(ScoresFormat::Fhir), "a.json"),
            ("a.ndjson", Some(ScoresFormat::FhirNdjson), "a.ndjson"),
            ("a.feather", Some(ScoresFormat::ArrowStream), "a.arrows"),
        ] {
            assert_eq!(output(Path::new(path), stated).0, Path::new(expected), "{path}");
        }
    }

    #[test]
    fn the_root_is_above_the_first_partition() {
        let cwd = Path::new("/d/run=1");
        let of = |paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(|path| absolute(cwd, Path::new(path))).collect();
            root(cwd, paths.iter().map(|path| path.as_path()))
        };
        assert_eq!(of(&["a/b", "a/./c/../b/d"]), Path::new("/d/run=1/a/b"));
        assert_eq!(of(&["a/y=1/s=2"]), Path::new("/d/run=1/a"));
        assert_eq!(of(&["a", "../x"]), Path::new("/d"));
        assert_eq!(of(&["/e/y=1", "/e/y=1/f"]), Path::new("/e"));
    }
}
