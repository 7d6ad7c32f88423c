//! Levels of lints: on the command line, in `scalewright.toml` and in a definition.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run};

/// A folder with a library of one instrument, `total`, which has an item on no scale and an empty section.
fn study() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("scales/total");
    fs::create_dir_all(&at).expect("the folder can be created");
    let from = root().join("tests/reports/library/broken/instrument.toml");
    let text = fs::read_to_string(from).expect("the fixture exists");
    let text =
        text.replace("id = \"broken\"", "id = \"total\"").replace("translations = [\"de\"]\n", "");
    let text = text.replace("id = \"total\"\ntitle = \"Müde\"", "id = \"sum\"\ntitle = \"Müde\"");
    let (text, _) = text.split_once("[[allow]]").expect("it has an `[[allow]]`");
    fs::write(at.join("instrument.toml"), text.replace("from = 3", "from = 2")).expect("written");
    folder
}

fn settings(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("scalewright.toml"), text).expect("the file is writable");
}

fn check(folder: &Path, args: &[&str]) -> Run {
    let mut all = vec!["--library", "scales", "check", "--format", "concise", "--allow", "all"];
    all.extend(args);
    run(&all, folder)
}

#[test]
fn the_last_option_on_the_command_line_applies() {
    let at = study();
    for (args, code, expected) in [
        (&[][..], 0, ""),
        (&["--warn", "item-on-no-scale"], 0, "warning[item-on-no-scale]"),
        (&["--deny", "item-on-no-scale"], 1, "error[item-on-no-scale]"),
        (&["--deny", "keying", "--warn", "item-on-no-scale"], 0, "warning[item-on-no-scale]"),
        (&["--warn", "item-on-no-scale", "--deny", "keying"], 1, "error[item-on-no-scale]"),
        (&["--warn", "item-on-no-scale,unused-section", "--deny", "warnings"], 1, "error[unused"),
        (&["--warn", "keying", "--deny", "warnings", "--warn", "warnings"], 0, "warning[item-on"),
        (&["--warn", "missing data", "--deny", "missing-data"], 0, ""),
        (&["--deny", "all", "--allow", "keying", "--allow", "all"], 0, ""),
        (&["--warn", "item-on-no-scale", "--deny-warnings"], 1, "warning[item-on-no-scale]"),
    ] {
        let result = check(at.path(), args);
        assert_eq!(result.code, code, "{args:?}: {}{}", result.out, result.err);
        assert!(result.out.contains(expected), "{args:?}: {}", result.out);
        assert_eq!(result.out.is_empty(), expected.is_empty(), "{args:?}: {}", result.out);
    }
    let result = check(at.path(), &["--deny", "item-on-no-scal"]);
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("did you mean `item-on-no-scale`?"), "{}", result.err);
    let result = check(at.path(), &["--allow", "unknown-item"]);
    assert_eq!(
        result.code, 2,
        "the level of an error that is not a lint cannot be set: {}",
        result.err
    );
    assert!(result.err.contains("there is no lint or group `unknown-item`"), "{}", result.err);
}

#[test]
fn settings_have_levels_the_library_and_overrides() {
    let at = study();
    let text = "[library]\npath = \"scales\"\n\n[lints]\nall = \"allow\"\nkeying = \"allow\"\n\
                item-on-no-scale = \"deny\"\nunused-section = \"hint\"\n";
    settings(&at, text);
    let check = |args: &[&str]| {
        let mut all = vec!["check", "--format", "concise"];
        all.extend(args);
        run(&all, &at.path().join("scales/total"))
    };
    let result = check(&[]);
    assert_eq!(
        result.code, 1,
        "the settings and the library are found from a subfolder: {}",
        result.err
    );
    assert!(result.out.contains("error[item-on-no-scale]"), "{}", result.out);
    assert!(result.out.contains("hint[unused-section]"), "{}", result.out);
    assert!(result.err.contains("1 error, no warnings, 1 hint"), "{}", result.err);
    // The command line overrides the file.
    assert_eq!(check(&["--warn", "item-on-no-scale"]).code, 0);
    let own = "\n[[overrides]]\npath = \"scales/other\"\nlints = { all = \"deny\" }\n\
               \n[[overrides]]\npath = \"./scales/total\"\nlints = { item-on-no-scale = \"allow\" }\n";
    settings(&at, &format!("{text}{own}"));
    let result = check(&[]);
    assert_eq!(result.code, 0, "{}", result.out);
    assert!(!result.out.contains("item-on-no-scale"), "{}", result.out);
}

#[test]
fn a_denied_lint_does_not_prevent_scoring() {
    let at = study();
    settings(&at, "library = { path = \"scales\" }\nlints = { all = \"deny\" }\n");
    fs::write(at.path().join("a.csv"), "a1,a2,a3\n1,2,0\n").expect("the file is writable");
    assert_eq!(run(&["check", "total"], at.path()).code, 1);
    let result = run(&["score", "total", "a.csv"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    // Mutants are tested all the same.
    let result = run(&["check", "--mutants", "total", "--format", "concise"], at.path());
    assert!(result.err.contains("mutants, 0 noticed"), "{}", result.err);
    assert!(result.out.contains("unnoticed-mutant"), "{}", result.out);
}

#[test]
fn an_error_that_is_not_a_lint_stays_an_error() {
    let at = study();
    let path = at.path().join("scales/total/instrument.toml");
    let text = fs::read_to_string(&path).expect("it exists");
    fs::write(&path, text.replace("\"-a2\"", "\"-a9\"")).expect("the file is writable");
    let result = check(at.path(), &["--allow", "all", "--allow", "warnings"]);
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.out.contains("error[unknown-item]"), "{}", result.out);
}

#[test]
fn an_allow_of_a_disabled_lint_is_not_stale() {
    let at = study();
    let path = at.path().join("scales/total/instrument.toml");
    let text = fs::read_to_string(&path).expect("it exists");
    let allow = "\n[[allow]]\nlint = \"item-on-no-scale\"\nat = \"a1\"\nreason = \"for a test\"\n";
    fs::write(&path, format!("{text}{allow}")).expect("the file is writable");
    let result = check(at.path(), &[]);
    assert_eq!((result.code, result.out.as_str()), (0, ""), "{}", result.err);
    let result = check(at.path(), &["--warn", "item-on-no-scale"]);
    assert!(result.out.contains("warning[stale-allow]"), "{}", result.out);
    // This warning is not a lint, but `--deny warnings` applies to it.
    let result = check(at.path(), &["--warn", "item-on-no-scale", "--deny", "warnings"]);
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.out.contains("error[stale-allow]"), "{}", result.out);
}

#[test]
fn wrong_settings_are_reported_with_their_location() {
    let at = study();
    for (text, expected) in [
        ("[lints]\nband-gab = \"deny\"\n", "scalewright.toml:2:1"),
        ("[lints]\nband-gab = \"deny\"\n", "did you mean `band-gap`?"),
        ("[lints]\nunknown-item = \"allow\"\n", "there is no lint or group `unknown-item`"),
        ("[lints]\nband-gap = \"denied\"\n", "it can be `allow`, `hint`, `warn`, `deny`"),
        ("[lint]\nband-gap = \"deny\"\n", "did you mean `lints`?"),
        ("[study]\nlogo = \"x\"\n", "unknown key `logo`"),
        ("[project]\nlogo = \"x\"\n", "unknown key `project`"),
        ("[library]\npth = \"x\"\n", "did you mean `path`?"),
        ("[[overrides]]\nlints = { band-gap = \"deny\" }\n", "the key `path` is missing"),
        ("[[overrides]]\npath = \"x\"\nlints = { no-lint = \"deny\" }\n", "scalewright.toml:3:11"),
        ("format = 2\n", "does not know this format"),
        ("[lints\n", "the name of a table is never closed"),
    ] {
        settings(&at, text);
        let result = run(&["--library", "scales", "check"], at.path());
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{text}: {}", result.err);
        assert!(result.err.contains(expected), "{text}: {}", result.err);
        assert!(
            result.err.contains("the settings in `scalewright.toml` are wrong"),
            "{}",
            result.err
        );
        // Commands that need no settings still work.
        assert_eq!(run(&["schema", "config"], at.path()).code, 0);
        assert_eq!(run(&["explain"], at.path()).code, 0);
    }
}

#[test]
fn a_library_elsewhere_has_its_own_settings() {
    let (at, elsewhere) = (study(), tempfile::tempdir().expect("a temporary folder"));
    settings(&at, "[lints]\nall = \"allow\"\nitem-on-no-scale = \"deny\"\n");
    let library = at.path().join("scales").display().to_string();
    let args = ["--library", library.as_str(), "check", "--format", "concise"];
    let result = run(&args, elsewhere.path());
    assert_eq!(result.code, 1, "{}", result.out);
    assert_eq!(result.out.lines().count(), 1, "{}", result.out);
}
