//! Printed forms: third-party programs read them, validate them and find every word in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_model::Wording;

use crate::support::{CORPUS_MINIMUM, load, root, run};

/// The folders of all instruments.
fn instruments() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("instruments")).expect("the library exists");
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

pub(crate) fn command(program: &str, args: &[&str]) -> String {
    let output =
        Command::new(program).args(args).current_dir(root()).output().unwrap_or_else(|error| {
            panic!("{program} cannot be run ({error}): run `tests/oracles/setup`")
        });
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}\n{printed}{why}");
    printed
}

/// Removes hyphenation and everything else that line breaks and columns change, so that texts can be compared.
fn letters(text: &str) -> String {
    let soft = text.replace("-\n", "").replace('\u{ad}', "");
    soft.chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(crate) fn assert_printed(pdf: &Path, wording: &Wording) {
    let text = command("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
    let raw = command("pdftotext", &["-raw", &pdf.display().to_string(), "-"]);
    let printed = [letters(&text), letters(&raw)];
    let labels = wording.responses.iter().flat_map(|response| &response.labels);
    let texts = wording.stems.iter().chain(labels).chain([&wording.title]);
    for text in texts {
        let wanted = letters(text);
        assert!(
            printed.iter().any(|printed| printed.contains(&wanted)),
            "{}: `{text}` is not printed completely",
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
fn forms_conform_to_the_standards_for_archiving_and_accessibility() {
    let out = tempfile::tempdir().expect("a temporary folder");
    for folder in instruments() {
        export(&folder, out.path(), "a4");
    }
    let entries = std::fs::read_dir(out.path()).expect("the forms exist");
    let mut pdfs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    pdfs.sort();
    assert_kept(&pdfs);
}

/// Asserts that forms conform to the standards, using third-party validators.
pub(crate) fn assert_kept(pdfs: &[PathBuf]) {
    let python = root().join("target/oracles/venv/bin/python").display().to_string();
    let pdfs: Vec<String> = pdfs.iter().map(|pdf| pdf.display().to_string()).collect();
    let mut args = vec!["tests/oracles/pdf/check.py"];
    args.extend(pdfs.iter().map(String::as_str));
    let output = command(&python, &args);
    assert_eq!(output.lines().count(), pdfs.len(), "one line per form:\n{output}");
}

#[test]
fn a_character_that_no_font_has_is_an_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = std::fs::read_to_string(root().join("tests/scoring/bands/instrument.toml"))
        .expect("the fixture exists")
        .replace("\"First.\"", "\"\u{4f60}\u{597d}\"");
    let path = folder.path().join("bands.toml");
    std::fs::write(&path, definition).expect("the file is writable");
    let out = folder.path().join("out");
    let args =
        ["export", &path.display().to_string(), "--to", "pdf", "--out", &out.display().to_string()];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains('\u{4f60}'), "the character is named: {}", result.err);
    assert!(!out.exists(), "nothing is written");
}

/// Exports every form with fields in one layout, and checks it with `layout.py`.
fn assert_laid_out(targets: &[String], layout: &str, paper: &str) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let (folder, wording) = (out.path().display().to_string(), "tests/fixtures/wording");
    let mut args: Vec<&str> = vec!["export"];
    args.extend(targets.iter().map(String::as_str));
    args.extend([
        "--to",
        "pdf",
        "--language",
        "all",
        "--set",
        "pdf.fillable=yes",
        "--layout",
        layout,
    ]);
    args.extend(["--paper", paper, "--wording", wording, "--out", &folder]);
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    let entries = std::fs::read_dir(out.path()).expect("the forms exist");
    let pdfs: Vec<String> =
        entries.flatten().map(|entry| entry.path().display().to_string()).collect();
    assert!(pdfs.len() >= targets.len(), "a form for each target");
    let python = root().join("target/oracles/venv/bin/python").display().to_string();
    let mut args = vec!["tests/oracles/pdf/layout.py"];
    args.extend(pdfs.iter().map(String::as_str));
    let output = command(&python, &args);
    assert_eq!(output.lines().count(), pdfs.len(), "one line per form:\n{output}");
}

#[test]
fn fillable_forms_have_no_layout_faults_and_can_be_filled_in() {
    let targets: Vec<String> =
        instruments().iter().map(|folder| folder.display().to_string()).collect();
    for (layout, paper) in
        [("compact", "us-letter"), ("comfortable", "a4"), ("large-print", "us-letter")]
    {
        assert_laid_out(&targets, layout, paper);
    }
}

/// A definition with the given numbers of options and items, and of words per label.
fn stress(options: usize, items: usize, words: usize) -> String {
    const WORDS: [&str; 10] = [
        "immer",
        "Arbeitsunfähigkeitsbescheinigung",
        "selten",
        "und",
        "gelegentlich",
        "oder",
        "Selbstwirksamkeitserwartung",
        "nie",
        "überwiegend",
        "manchmal",
    ];
    let label = |at: usize| {
        let words = (0..words).map(|word| WORDS[(at * 3 + word) % WORDS.len()]);
        words.collect::<Vec<_>>().join(" ")
    };
    let mut text = format!(
        "format = 1\nid = \"stress-{options}-{items}-{words}\"\ntitle = \"Stress\"\nversion = \"1.0.0\"\n\
         status = \"development\"\nlanguage = \"de\"\n\n[rights]\nholder = \"scalewright authors\"\n\
         licence = \"CC0-1.0\"\nwording = \"included\"\n\n[administration]\nrespondent = \"self\"\n\n\
         [response-scales.s]\noptions = [\n"
    );
    for at in 0..options {
        text += &format!("  {{ value = {at}, label = \"{at} {}\" }},\n", label(at));
    }
    text += "]\n";
    for item in 1..=items {
        let stem = format!("{} {}", label(item), "#panic() *nicht* $x$ <b>");
        text += &format!("\n[[items]]\nid = \"s_{item}\"\nstem = \"{stem}\"\nresponse = \"s\"\n");
    }
    let ids: Vec<String> = (1..=items).map(|item| format!("\"s_{item}\"")).collect();
    text += &format!(
        "\n[[scales]]\nid = \"all\"\ntitle = \"All\"\nscore = \"sum\"\nmissing = \"no-score\"\nitems = [{}]\n",
        ids.join(", ")
    );
    text
}

#[test]
fn forms_with_many_options_items_and_long_labels_are_laid_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sizes =
        [(2, 1, 1), (4, 300, 1), (5, 12, 10), (7, 12, 1), (9, 8, 2), (11, 6, 1), (11, 6, 10)];
    let targets = sizes.map(|(options, items, words)| {
        let path = folder.path().join(format!("stress-{options}-{items}-{words}.toml"));
        std::fs::write(&path, stress(options, items, words)).expect("the file is writable");
        path.display().to_string()
    });
    for layout in ["compact", "comfortable", "large-print"] {
        assert_laid_out(&targets, layout, "a4");
    }
}
