//! Packs: found by the path and by the settings, named `pack:id`, checked and created. Wrong packs are data in
//! `tests/packs`.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tempfile::TempDir;

use crate::support::{Run, root, run};

/// A folder with a new pack `alliance`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = run(&["pack", "new", "alliance"], folder.path());
    assert_eq!(made.code, 0, "{}", made.err);
    folder
}

/// Runs the program with the packs that `path` names.
fn with(path: &str, args: &[&str], at: &Path) -> Run {
    run(&[&["--packs", path], args].concat(), at)
}

/// Adds an instrument to the library.
fn add_to_library(id: &str, at: &Path) {
    fs::create_dir_all(at.join("instruments")).expect("the folder is writable");
    let made = run(&["new", id], at);
    assert_eq!(made.code, 0, "{}", made.err);
}

#[derive(Deserialize)]
struct Wrong {
    cases: Vec<WrongPack>,
}

#[derive(Deserialize)]
struct WrongPack {
    pack: String,
    expected: Vec<String>,
}

#[test]
fn mistakes_in_the_description_of_a_pack_are_reported_at_their_place() {
    let text = fs::read_to_string(root().join("tests/packs/wrong.toml")).expect("it exists");
    let wrong: Wrong = toml::from_str(&text).expect("the cases are valid");
    for case in wrong.cases {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("pack.toml"), &case.pack).expect("writable");
        let checked = run(&["pack", "check", "--format", "concise"], folder.path());
        assert_eq!(checked.code, 1, "{}{}", case.pack, checked.err);
        for expected in &case.expected {
            assert!(checked.out.contains(expected), "{expected}\n{}", checked.out);
        }
        // A pack with errors is never used.
        let used = with(".", &["list"], folder.path());
        assert_eq!(used.code, 2, "{}{}", case.pack, used.out);
        assert!(used.err.contains("cannot be used"), "{}", used.err);
    }
}

#[test]
fn a_new_pack_has_no_findings_and_is_never_overwritten() {
    let folder = folder();
    let checked = run(&["pack", "check", "alliance", "--deny-warnings"], folder.path());
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    let again = run(&["pack", "new", "alliance"], folder.path());
    assert_eq!(again.code, 2, "{}", again.err);
    assert!(again.err.contains("already exists"), "{}", again.err);
    for name in ["../x", "library", "A", "a/b", ""] {
        assert_eq!(run(&["pack", "new", name], folder.path()).code, 2, "{name}");
    }
}

#[test]
fn instruments_of_packs_are_found_by_id() {
    let folder = folder();
    let at = folder.path();
    for path in ["alliance", "."] {
        for args in
            [&["check", "alliance-example"][..], &["explain-score", "alliance:alliance-example"]]
        {
            let done = with(path, args, at);
            assert_eq!(done.code, 0, "{path} {args:?}: {}", done.err);
        }
    }
    let list = with("alliance", &["list", "--format", "csv"], at);
    assert!(
        list.out.starts_with("id,version,status,items,scales,key,languages,title,pack\n"),
        "{}",
        list.out
    );
    assert!(list.out.contains("An example,alliance\n"), "{}", list.out);
    fs::write(at.join("scalewright.toml"), "[packs]\npaths = [\"alliance\"]\n").expect("writable");
    // The same folder in the settings and on the path counts once.
    let listed = with("alliance", &["pack", "list"], at);
    assert_eq!(listed.out.lines().count(), 1, "{}{}", listed.out, listed.err);
}

#[test]
fn an_id_in_two_places_must_be_qualified() {
    let folder = folder();
    let at = folder.path();
    add_to_library("alliance-example", at);
    let refused = with("alliance", &["check", "alliance-example"], at);
    assert_eq!(refused.code, 2, "{}", refused.err);
    for name in ["library:alliance-example", "alliance:alliance-example"] {
        assert!(refused.err.contains(name), "{}", refused.err);
        assert_eq!(with("alliance", &["check", name], at).code, 0, "{name}");
        let list = with("alliance", &["list"], at);
        assert!(list.out.contains(name), "{}", list.out);
    }
    for name in ["alliance:nothing", "alliance:../alliance-example", "nobody:alliance-example"] {
        assert_eq!(with("alliance", &["check", name], at).code, 2, "{name}");
    }
    // Without a path, only the library is checked.
    let all = with("alliance", &["check"], at);
    assert!(all.err.contains("checked 1 instrument:"), "{}", all.err);
}

#[test]
fn without_packs_the_list_is_unchanged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    add_to_library("mine", folder.path());
    let list = run(&["list", "--format", "csv"], folder.path());
    assert!(
        list.out.starts_with("id,version,status,items,scales,key,languages,title\n"),
        "{}",
        list.out
    );
}

#[test]
fn entries_without_a_pack_are_errors() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("empty")).expect("writable");
    let many = vec!["alliance"; 10_000].join(if cfg!(windows) { ";" } else { ":" });
    for (path, expected) in [
        ("nowhere", "in `SCALEWRIGHT_PATH`: the folder `nowhere` does not exist"),
        ("empty", "in `SCALEWRIGHT_PATH`: there is no pack in `empty`"),
        (many.as_str(), "names more than 100 folders"),
    ] {
        let done = with(path, &["list"], at);
        assert_eq!(done.code, 2, "{}", done.out);
        assert!(done.err.contains(expected), "{}", done.err);
    }
    fs::write(at.join("scalewright.toml"), "[packs]\npaths = [\"nowhere\"]\n").expect("writable");
    let done = run(&["list"], at);
    assert_eq!(done.code, 2, "{}", done.out);
    assert!(done.err.contains("scalewright.toml:2:10"), "{}", done.err);
}

#[test]
fn two_packs_with_one_name_are_refused() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("other")).expect("writable");
    fs::copy(at.join("alliance/pack.toml"), at.join("other/pack.toml")).expect("writable");
    let done = with(".", &["list"], at);
    assert_eq!(done.code, 2, "{}", done.out);
    assert!(done.err.contains("`./alliance` and `./other`"), "{}", done.err);
}

#[test]
fn wordings_of_a_pack_are_supplied() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("alliance/wordings")).expect("writable");
    let wording =
        run(&["--packs", "alliance", "wording", "alliance-example", "--language", "de"], at);
    assert_eq!(wording.code, 0, "{}", wording.err);
    let text = wording.out.replace("\"\"", "\"Wort\"");
    fs::write(at.join("alliance/wordings/de.toml"), text).expect("writable");
    let list = with("alliance", &["list", "--format", "csv"], at);
    assert!(list.out.contains(",en de,"), "{}{}", list.out, list.err);
    let withheld = fs::read_to_string(at.join("alliance/pack.toml")).expect("it exists");
    let withheld = withheld.replace("wording = \"included\"", "wording = \"withheld\"");
    fs::write(at.join("alliance/pack.toml"), withheld).expect("writable");
    let checked = run(&["pack", "check", "alliance", "--format", "concise"], at);
    assert_eq!(checked.out.matches("error[pack-rights]").count(), 2, "{}", checked.out);
}

#[test]
fn nothing_in_a_pack_is_ignored() {
    let folder = folder();
    let at = folder.path();
    let pack = at.join("alliance");
    fs::write(pack.join("stray.txt"), "").expect("writable");
    fs::create_dir_all(pack.join("templates/page")).expect("writable");
    fs::create_dir_all(pack.join("instruments/nothing")).expect("writable");
    fs::create_dir_all(pack.join("inner")).expect("writable");
    fs::copy(pack.join("pack.toml"), pack.join("inner/pack.toml")).expect("writable");
    let checked = run(&["pack", "check", "alliance", "--format", "concise"], at);
    assert_eq!(checked.code, 1, "{}", checked.err);
    for expected in ["`stray.txt`", "`templates/page`", "`instruments/nothing`", "`inner`"] {
        assert!(checked.out.contains(expected), "{expected}: {}", checked.out);
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_a_pack_are_refused() {
    let folder = folder();
    let at = folder.path();
    let definition = at.join("alliance/instruments/alliance-example/instrument.toml");
    fs::rename(&definition, at.join("outside.toml")).expect("writable");
    std::os::unix::fs::symlink(at.join("outside.toml"), &definition).expect("writable");
    let used = with("alliance", &["check", "alliance-example"], at);
    assert_eq!(used.code, 2, "{}", used.err);
    assert!(used.err.contains("leads out of the pack"), "{}", used.err);
    let checked = run(&["pack", "check", "alliance", "--format", "concise"], at);
    assert!(checked.out.contains("error[outside-pack]"), "{}", checked.out);
}

#[test]
fn huge_and_deep_descriptions_are_refused() {
    let folder = folder();
    let at = folder.path();
    for text in ["#".repeat(3 << 20), format!("a = {}", "[".repeat(100_000))] {
        fs::write(at.join("alliance/pack.toml"), text).expect("writable");
        assert_eq!(run(&["pack", "check", "alliance"], at).code, 1);
        assert_eq!(with("alliance", &["list"], at).code, 2);
    }
}
