//! The definitions of OpenScales, whose files are not part of this repository: all are imported, and those with reversed
//! keys are exported to REDCap, whose calculations give the scores of the definition.
//!
//! `SCALEWRIGHT_OPENSCALES=FOLDER cargo test -p scalewright-tests -- import::openscales` takes the folder `scales` of a
//! copy of <https://github.com/stmueller/OpenScales>, and writes what it finds to `openscales.txt` in `target`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_export::TARGETS;
use scalewright_import::prove::{Outcome, Subject};
use scalewright_import::{Import, Imported, Options, Sources, import};

use crate::oracles::redcap_differences;
use crate::support::root;

/// The folders of definitions by hand, and of those that were generated from PhenX.
const FOLDERS: [&[&str]; 2] = [&["openscales", "restricted"], &["phenx"]];

/// How many definitions of each kind must be imported without an error, and how many scores must be equal.
const LEAST: [(usize, usize); 2] = [(193, 720), (400, 0)];

/// All files with an ending below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "osd") {
            found.push(path);
        }
    }
    found.sort();
}

fn imported(path: &Path, bytes: &[u8]) -> Result<Import, String> {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let sources = Sources { file: name, bytes, beside: &|_| None, attached: &[] };
    let options = Options {
        language: Some("en".to_owned()),
        date: Some("2026-01-01".to_owned()),
        ..Options::default()
    };
    import(&sources, Some("osd"), &options).map_err(|stop| stop.message)
}

/// A definition with its words, checked as for an export.
fn checked(one: &Imported) -> Checked {
    let source = |(name, bytes): &(String, Vec<u8>)| Source {
        name: name.rsplit('/').next().unwrap_or(name).to_owned(),
        bytes: bytes.clone(),
    };
    let is_wording = |name: &str| name.ends_with(".toml") && !name.contains('/');
    let beside = one.files.iter().skip(1).filter(|(name, _)| is_wording(name));
    let supplied = one.files.iter().filter(|(name, _)| name.starts_with("private/"));
    check(Input {
        beside: beside.map(source).collect(),
        supplied: supplied.map(source).collect(),
        targets: TARGETS,
        ..Input::alone(source(&one.files[0]))
    })
}

/// Whether a score of a definition reverses an item.
fn has_reversed_keys(text: &str) -> bool {
    let Ok(file) = toml::from_str::<toml::Table>(text) else { return false };
    let scales = file.get("scales").and_then(toml::Value::as_array).into_iter().flatten();
    let items = scales.filter_map(|scale| scale.get("items")?.as_array()).flatten();
    let mut keys = items.filter_map(toml::Value::as_str);
    keys.any(|key| key.starts_with('-')) || text.contains("reverse(")
}

#[test]
fn openscales_are_imported_and_score_right_in_redcap() {
    let Ok(folder) = std::env::var("SCALEWRIGHT_OPENSCALES") else { return };
    let mut report = String::new();
    for (names, (least, equal)) in FOLDERS.iter().zip(LEAST) {
        let mut paths = Vec::new();
        names.iter().for_each(|name| files(&Path::new(&folder).join(name), &mut paths));
        let (passed, scores) = all(&paths, &mut report);
        writeln!(
            report,
            "{}: {passed} of {} pass; scores {scores:?}",
            names.join(" and "),
            paths.len()
        )
        .expect("a text");
        assert!(passed >= least && scores[0] >= equal, "{report}");
    }
    fs::write(root().join("target/openscales.txt"), report).expect("writable");
}

/// Imports files, and scores those with reversed keys in REDCap. Returns how many pass, and how many scores are equal,
/// differ, and were not understood.
fn all(paths: &[PathBuf], report: &mut String) -> (usize, [usize; 3]) {
    let (mut passed, mut scores) = (0, [0; 3]);
    let mut reversed = Vec::new();
    for path in paths {
        let bytes = fs::read(path).expect("readable");
        let shown = path.display();
        let import = match imported(path, &bytes) {
            Ok(import) => import,
            Err(reason) => {
                writeln!(report, "{shown}: {reason}").expect("a text");
                continue;
            }
        };
        let one = &import.instruments[0];
        passed += usize::from(one.errors.is_empty());
        for error in &one.errors {
            writeln!(report, "{shown}: {error}").expect("a text");
        }
        for proof in one.proofs.iter().filter(|proof| proof.subject == Subject::Score) {
            match &proof.outcome {
                Outcome::Equal(_) => scores[0] += 1,
                other => {
                    scores[1 + usize::from(matches!(other, Outcome::NotUnderstood(_)))] += 1;
                    writeln!(report, "{shown}: `{}`: {other:?}", proof.id).expect("a text");
                }
            }
        }
        let text = String::from_utf8_lossy(&one.files[0].1).into_owned();
        if has_reversed_keys(&text) {
            reversed.push((shown.to_string(), checked(one)));
        }
    }
    let count = reversed.len();
    let wrong = redcap_differences(reversed);
    for line in &wrong {
        writeln!(report, "REDCap: {line}").expect("a text");
    }
    writeln!(report, "{count} with reversed keys; differences in REDCap: {}", wrong.len())
        .expect("a text");
    assert!(wrong.is_empty(), "{report}");
    (passed, scores)
}
