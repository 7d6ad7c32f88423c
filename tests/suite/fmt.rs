//! Formatting: canonical files, tricky comments, and no loss of content. Safe fixes.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use scalewright_check::{SchemaKind, Source, kind_of, layout};

use crate::support::{root, run};

/// Formats a text. Returns `None` if it has syntax errors.
fn laid_out(text: &str, kind: SchemaKind) -> Option<String> {
    let source = Source { name: "a.toml".to_owned(), bytes: text.as_bytes().to_vec() };
    let layout = layout(source, Some(kind));
    let ours = layout.findings.iter().any(|finding| finding.code == "internal");
    assert!(!ours, "formatting changed the meaning of:\n{text}");
    layout.text
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder exists");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is in the repository")
}

#[test]
fn the_library_and_the_fixtures_are_canonical() {
    let result = run(&["fmt", "--check", "instruments", "tests/bench", "tests/scoring"], &root());
    assert_eq!(result.out, "");
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.starts_with("0 files would change"), "{}", result.err);
}

#[test]
fn generated_files_are_canonical() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("instruments")).expect("created");
    assert_eq!(run(&["new", "my-scale"], folder.path()).code, 0);
    let result = run(&["fmt", "--check"], folder.path());
    assert_eq!((result.code, result.out.as_str()), (0, ""));
    for id in ["side-by-side", "wai-sr", "who-5"] {
        let wording = run(&["wording", id, "--language", "fr"], &root()).out;
        assert_eq!(laid_out(&wording, SchemaKind::Wording), Some(wording));
    }
}

#[test]
fn tricky_files_are_formatted_correctly_and_stay_unchanged() {
    let folders = folders(&root().join("tests/fmt"));
    assert!(folders.len() >= 2);
    for folder in folders {
        let (before, after) = (read(&folder.join("in.toml")), read(&folder.join("out.toml")));
        let kind = kind_of(before.as_bytes());
        assert_eq!(laid_out(&before, kind).as_ref(), Some(&after), "{}", folder.display());
        assert_eq!(laid_out(&after, kind), Some(after));
        let windows = format!("\u{feff}{}", before.replace('\n', "\r\n"));
        assert_eq!(laid_out(&windows, kind), laid_out(&before, kind));
    }
}

#[test]
fn a_file_with_a_syntax_error_is_unchanged_and_others_are_formatted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("bad.toml"), "id = \n").expect("written");
    std::fs::write(folder.path().join("good.toml"), "id='a'\n").expect("written");
    let result = run(&["fmt", "bad.toml", "good.toml"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert_eq!(read(&folder.path().join("bad.toml")), "id = \n");
    assert_eq!(read(&folder.path().join("good.toml")), "id = \"a\"\n");
}

/// Real files with lines moved, dropped, doubled and broken. If the result is still TOML, formatting keeps its meaning
/// and all comments, and formatting again changes nothing.
#[test]
fn mangled_files_keep_meaning_and_comments() {
    let names = ["side-by-side/instrument.toml", "phq-9/cases.toml", "side-by-side/de.toml"];
    let texts: Vec<String> =
        names.iter().map(|name| read(&root().join("instruments").join(name))).collect();
    let inserted =
        ["", "# free", "  # in", "x = [1, # one\n2]", "y = {b=1,a=2} # t", "[z]", "[[q]]"];
    let changes =
        proptest::collection::vec((any::<prop::sample::Index>(), 0..inserted.len()), 0..12);
    let strategy = (0..texts.len(), changes);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
    let ran = std::cell::Cell::new(0);
    let result = TestRunner::new_with_rng(config, rng).run(&strategy, |(which, changes)| {
        let mut lines: Vec<&str> = texts[which].lines().collect();
        for (at, what) in changes {
            let at = at.index(lines.len());
            lines.insert(at, inserted[what]);
        }
        let text = lines.join("\n");
        let kind = kind_of(text.as_bytes());
        if let Some(once) = laid_out(&text, kind) {
            ran.set(ran.get() + 1);
            prop_assert_eq!(laid_out(&once, kind), Some(once.clone()));
            prop_assert_eq!(text.matches('#').count(), once.matches('#').count());
        }
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
    assert!(ran.get() > 20, "only {} of the mangled files were TOML", ran.get());
}

#[test]
fn fixes_change_only_what_they_report() {
    for fixture in folders(&root().join("tests/fixes")) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.toml");
        let (before, after) =
            (read(&fixture.join("before.toml")), read(&fixture.join("after.toml")));
        std::fs::write(&path, &before).expect("written");
        let shown = run(&["check", "--diff", "a.toml"], folder.path());
        assert!(shown.out.starts_with("--- a/a.toml\n+++ b/a.toml\n"), "{}", shown.out);
        assert_eq!(read(&path), before, "`--diff` writes nothing");
        let fixed = run(&["check", "--fix", "a.toml"], folder.path());
        assert_eq!(fixed.code, 0, "{}", fixed.err);
        assert_eq!(read(&path), after);
        let again = run(&["check", "--fix", "a.toml"], folder.path());
        assert!(!again.err.contains("fixed"), "{}", again.err);
    }
}

/// What is removed takes its translations with it; otherwise these would be errors, and the fix would not be safe.
#[test]
fn fixes_remove_the_words_of_what_they_remove() {
    let fixture = root().join("tests/fixes_words");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = folder.path().join("demo");
    std::fs::create_dir(&demo).expect("created");
    let files = ["instrument.toml", "de.toml"];
    for name in files {
        std::fs::write(demo.join(name), read(&fixture.join("before").join(name))).expect("written");
    }
    let fixed = run(&["check", "--fix", "demo"], folder.path());
    assert_eq!(fixed.code, 0, "{}", fixed.err);
    for name in files {
        assert_eq!(read(&demo.join(name)), read(&fixture.join("after").join(name)), "{name}");
    }
}
