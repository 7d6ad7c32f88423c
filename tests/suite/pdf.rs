//! Printed forms: other people's programs read them, check them, and find every word in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_model::Wording;

use crate::support::{CORPUS_MINIMUM, load, root, run};

/// Every instrument, with stand-in wording where its own is withheld.
fn instruments() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("instruments")).expect("the library is there");
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("instrument.toml").is_file());
    folders.sort();
    assert!(folders.len() >= CORPUS_MINIMUM, "the library is there");
    folders
}

fn export(folder: &Path, out: &Path, paper: &str) {
    let wording = root().join("tests/fixtures/wording");
    let result = run(
        &[
            "export",
            &folder.display().to_string(),
            "--to",
            "pdf",
            "--language",
            "all",
            "--paper",
            paper,
            "--wording",
            &wording.display().to_string(),
            "--out",
            &out.display().to_string(),
        ],
        &root(),
    );
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}

fn command(program: &str, args: &[&str]) -> String {
    let output =
        Command::new(program).args(args).current_dir(root()).output().unwrap_or_else(|error| {
            panic!("{program} cannot be run ({error}): run `tests/oracles/setup`")
        });
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}\n{said}{why}");
    said
}

/// Words alone: what a line break, a hyphen at its end or a column did to them is of no matter.
fn letters(text: &str) -> String {
    let soft = text.replace("-\n", "").replace('\u{ad}', "");
    soft.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn assert_printed(pdf: &Path, wording: &Wording) {
    let text = command("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
    let raw = command("pdftotext", &["-raw", &pdf.display().to_string(), "-"]);
    let printed = [letters(&text), letters(&raw)];
    let labels = wording.responses.iter().flat_map(|response| &response.labels);
    let texts = wording.stems.iter().chain(labels).chain([&wording.title]);
    for text in texts {
        let wanted = letters(text);
        assert!(
            printed.iter().any(|printed| printed.contains(&wanted)),
            "{}: `{text}` is not printed whole",
            pdf.display()
        );
    }
}

#[test]
fn every_word_is_printed_on_a4_and_letter() {
    for paper in ["a4", "us-letter"] {
        let out = tempfile::tempdir().expect("a temporary folder");
        for folder in instruments() {
            export(&folder, out.path(), paper);
            let checked = load(&folder);
            let instrument = checked.instrument.as_ref().expect("loaded without error");
            for wording in &instrument.wordings {
                let name = format!("{}.{}.pdf", instrument.id, wording.language);
                assert_printed(&out.path().join(name), wording);
            }
        }
    }
}

#[test]
fn forms_keep_the_standards_for_archiving_and_accessibility() {
    let out = tempfile::tempdir().expect("a temporary folder");
    for folder in instruments() {
        export(&folder, out.path(), "a4");
    }
    let entries = std::fs::read_dir(out.path()).expect("the forms are there");
    let mut pdfs: Vec<String> =
        entries.flatten().map(|entry| entry.path().display().to_string()).collect();
    pdfs.sort();
    let python = root().join("target/oracles/venv/bin/python").display().to_string();
    let mut args = vec!["tests/oracles/pdf/check.py"];
    args.extend(pdfs.iter().map(String::as_str));
    let said = command(&python, &args);
    assert_eq!(said.lines().count(), pdfs.len(), "a line a form:\n{said}");
}

#[test]
fn a_character_the_fonts_lack_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = std::fs::read_to_string(root().join("tests/scoring/bands/instrument.toml"))
        .expect("the fixture is there")
        .replace("\"First.\"", "\"\u{4f60}\u{597d}\"");
    let path = folder.path().join("bands.toml");
    std::fs::write(&path, definition).expect("it can be written to");
    let out = folder.path().join("out");
    let args =
        ["export", &path.display().to_string(), "--to", "pdf", "--out", &out.display().to_string()];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains('\u{4f60}'), "the character is named: {}", result.err);
    assert!(!out.exists(), "nothing is written");
}
