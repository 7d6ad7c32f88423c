//! Searches of folders: skipped files and folders are reported.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{root, run};

/// A folder with the given instruments.
fn library(folders: &[&str]) -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    let from = root().join("tests/scoring/steady-ten/instrument.toml");
    for folder in folders {
        let to = at.path().join(folder);
        fs::create_dir_all(&to).expect("the folder can be created");
        fs::copy(&from, to.join("instrument.toml")).expect("it can be copied");
    }
    at
}

const WHOLE: [&[&str]; 4] =
    [&["check"], &["list"], &["fmt", "--check"], &["check", "instruments", "--format", "json"]];

#[test]
fn skipped_folders_are_reported() {
    let at = library(&[
        "instruments/steady-ten",
        "elsewhere/steady-ten",
        "instruments/1/2/3/4/5/6/deep",
        "instruments/.hidden",
        "instruments/steady-ten/within",
    ]);
    symlink("../elsewhere", at.path().join("instruments/linked")).expect("the link can be created");
    symlink("../nowhere", at.path().join("instruments/broken")).expect("the link can be created");
    fs::create_dir(at.path().join("instruments/.git")).expect("the folder can be created");
    for args in WHOLE {
        let done = run(args, at.path());
        assert!(done.code < 2, "{args:?}: {}", done.err);
        for expected in [
            "skipped because it is a link to a folder: `instruments/linked`",
            "skipped because it is a broken link: `instruments/broken`",
            "skipped because it is nested too deeply: `instruments/1/2/3/4/5/6`",
            "skipped because its name begins with a dot: `instruments/.hidden`",
            "because it is inside the folder of an instrument: `instruments/steady-ten/within`",
        ] {
            assert!(done.err.contains(expected), "{args:?}: {expected}: {}", done.err);
        }
        assert!(!done.err.contains(".git"), "{}", done.err);
    }
    // A folder that is named explicitly is searched, wherever it is.
    for named in ["instruments/linked", "instruments/1/2/3/4/5/6", "instruments/.hidden"] {
        assert!(run(&["check", named], at.path()).err.contains("checked 1 instrument"), "{named}");
    }
}

#[test]
fn an_unreadable_file_is_an_error() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 4] = [
        ("two/instrument.toml", |path| symlink("nowhere", path).expect("the link can be created")),
        ("two/instrument.toml", |path| {
            symlink("instrument.toml", path).expect("the link can be created")
        }),
        ("two/instrument.toml", |path| fs::create_dir(path).expect("the folder can be created")),
        ("steady-ten/de.toml", |path| symlink("nowhere", path).expect("the link can be created")),
    ];
    for (name, harm) in harms {
        let at = library(&["instruments/steady-ten"]);
        let path = at.path().join("instruments").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be created");
        harm(&path);
        for args in WHOLE {
            let done = run(args, at.path());
            assert_eq!(done.code, 2, "{args:?}: {}", done.err);
            let expected = format!("cannot read `instruments/{name}`");
            assert_eq!(done.err.matches(&expected).count(), 1, "{args:?}: {}", done.err);
        }
    }
    let at = library(&["instruments/steady-ten"]);
    symlink("nowhere", at.path().join("scalewright.toml")).expect("the link can be created");
    let done = run(&["check"], at.path());
    assert_eq!(done.code, 2);
    assert!(done.err.contains("cannot read `scalewright.toml`"), "{}", done.err);
}

#[test]
fn skipped_forms_are_reported() {
    let at = library(&["instruments/steady-ten"]);
    let forms = at.path().join("forms");
    fs::create_dir_all(forms.join("site-b")).expect("the folder can be created");
    fs::write(forms.join("a.pdf"), "%PDF-").expect("the file is writable");
    fs::write(forms.join("notes.txt"), "x").expect("the file is writable");
    symlink("site-b", forms.join("site-c")).expect("the link can be created");
    let args =
        ["read", "forms", "forms/a.pdf", "forms/../forms/a.pdf", "--instrument", "steady-ten"];
    let done = run(&args, at.path());
    assert_eq!(done.code, 1, "{}", done.err);
    for expected in [
        "because it is a subfolder: `forms/site-b`, `forms/site-c`",
        "because its name does not end in `.pdf`: `forms/notes.txt`",
        "the form cannot be read",
    ] {
        assert!(done.err.contains(expected), "{expected}: {}", done.err);
    }
    symlink("nowhere", forms.join("b.pdf")).expect("the link can be created");
    let done = run(&args, at.path());
    assert_eq!(done.code, 2, "{}", done.err);
    assert!(done.err.contains("cannot read `forms/b.pdf`"), "{}", done.err);
}
