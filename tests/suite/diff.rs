//! Comparison of two versions: the report of each kind of change, and the version that it requires.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::compare::{Bump, Kind};
use tempfile::TempDir;

use crate::support::{Run, root, run};

/// The pairs of versions: folders with `old` and `new`.
fn pairs() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/diff")).expect("the fixtures exist");
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 50, "only {} fixtures", folders.len());
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a folder has a name").to_string_lossy().into_owned()
}

fn json(folder: &Path) -> serde_json::Value {
    let result = run(&["diff", "old", "new", "--format", "json"], folder);
    serde_json::from_str(&result.out).expect("valid JSON")
}

#[test]
fn changes_are_reported() {
    for folder in pairs() {
        let result = run(&["diff", "old", "new"], &folder);
        let text = format!("{}{}exit code {}\n", result.out, result.err, result.code);
        assert_eq!(result.code, u8::from(text.contains("error[")), "{}:\n{text}", name(&folder));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/diff"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name(&folder), text));
    }
}

#[test]
fn every_kind_of_change_has_a_fixture() {
    let mut shown = BTreeSet::new();
    for folder in pairs() {
        for one in json(&folder)["instruments"].as_array().expect("an array") {
            let changes = one["changes"].as_array().expect("an array");
            shown.extend(changes.iter().filter_map(|c| c["kind"].as_str()).map(str::to_owned));
            let demands = |of: &serde_json::Value| -> Bump {
                let named = |bump: &Bump| Some(bump.name()) == of["demands"].as_str();
                let all = [Bump::None, Bump::Patch, Bump::Minor, Bump::Major];
                all.into_iter().find(named).expect("a part of a version")
            };
            let most = changes.iter().map(demands).max().unwrap_or(Bump::None);
            assert_eq!(demands(one), most, "{}", name(&folder));
        }
    }
    let lacking: Vec<&str> =
        Kind::ALL.iter().map(|kind| kind.name()).filter(|kind| !shown.contains(*kind)).collect();
    assert!(lacking.is_empty(), "add a pair to tests/diff for {lacking:?}");
}

/// Undoing a change is a change of the same parts.
#[test]
fn old_and_new_can_be_exchanged() {
    for folder in pairs() {
        let there = run(&["diff", "old", "new", "--format", "json"], &folder).out;
        let back = run(&["diff", "new", "old", "--format", "json"], &folder).out;
        let changed = |text: &str| {
            let value: serde_json::Value = serde_json::from_str(text).expect("valid JSON");
            let none = |one: &serde_json::Value| {
                one["changes"].as_array().is_some_and(|changes| !changes.is_empty())
            };
            value["instruments"].as_array().expect("an array").iter().map(none).collect::<Vec<_>>()
        };
        assert_eq!(changed(&there), changed(&back), "{}", name(&folder));
    }
}

#[test]
fn identical_versions_have_no_changes() {
    let result = run(&["diff", "instruments", "instruments"], &root());
    assert_eq!(result.code, 0, "{}", result.out);
    assert!(result.err.ends_with(" instruments: 0 changes\n"), "{}", result.err);
    for fixture in fs::read_dir(root().join("tests/scoring")).expect("the fixtures").flatten() {
        let path = fixture.path().display().to_string();
        let result = run(&["diff", &path, &path], &root());
        assert!(result.err.contains("1 instrument: 0 changes"), "{path}: {}", result.err);
    }
}

#[test]
fn the_documented_table_matches_the_program() {
    let page =
        fs::read_to_string(root().join("docs/src/version-numbers.md")).expect("the page exists");
    for kind in Kind::ALL {
        let (category, bump) = (kind.category().name(), kind.bump().name());
        let row = format!("| {category} | {} | {bump} |", kind.summary());
        assert!(page.contains(&row), "docs/src/version-numbers.md lacks:\n{row}");
    }
    let rows = page.lines().filter(|line| line.ends_with(" |") && line.starts_with("| ")).count();
    assert!(rows >= Kind::ALL.len(), "{rows} rows");
}

#[test]
fn texts_are_escaped_in_markdown() {
    let folder = root().join("tests/diff/hostile-words");
    let text = run(&["diff", "old", "new", "--format", "markdown"], &folder).out;
    let row = r"| wording | major | the stem of `d1` | the lamp was bright. | the lamp \| &lt;b>&#64;all&lt;/b> \[x\](y) \`z\` \*was\* bright. |";
    assert!(text.lines().any(|line| line == row), "{text}");
}

fn write(folder: &Path, path: &str, text: &str) {
    let whole = folder.join(path);
    fs::create_dir_all(whole.parent().expect("a folder")).expect("the folder can be created");
    fs::write(whole, text).expect("the file is writable");
}

fn git(folder: &Path, args: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git can be run");
    assert!(status.status.success(), "{args:?}: {}", String::from_utf8_lossy(&status.stderr));
}

fn fixture(path: &str) -> String {
    fs::read_to_string(root().join("tests/diff").join(path)).expect("the fixture exists")
}

/// A repository with two commits: the first, tagged `v1`, has two instruments; the second rekeys one and removes the
/// other.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let old = fixture("keying/old/instrument.toml");
    write(at, "instruments/demo/instrument.toml", &old);
    write(at, "instruments/other/instrument.toml", &old.replace("id = \"demo\"", "id = \"other\""));
    write(at, "notes.toml", "this is = no definition\n");
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "first"]);
    git(at, &["tag", "v1"]);
    write(at, "instruments/demo/instrument.toml", &fixture("keying/new/instrument.toml"));
    fs::remove_dir_all(at.join("instruments/other")).expect("it can be removed");
    git(at, &["commit", "--quiet", "--all", "--message", "second"]);
    folder
}

fn assert_reports(result: &Run, code: u8, expected: &[&str]) {
    let text = format!("{}{}", result.out, result.err);
    assert_eq!(result.code, code, "{text}");
    for expected in expected {
        assert!(text.contains(expected), "no `{expected}` in\n{text}");
    }
}

#[test]
fn revisions_are_compared_with_each_other_and_with_the_files() {
    let folder = repository();
    let at = folder.path();
    let keying = "the keying of `d2` on `light`";
    let place = "--> v1..:instruments";
    let all = ["demo: 1.2.0 -> 1.2.1", keying, "other: gone", "[version-not-bumped]"];
    for args in [
        &["diff", "v1..HEAD"][..],
        &["diff", "HEAD~1..HEAD", "."],
        &["diff", "--git", "v1.."],
        &["diff", "v1"],
        &["diff", "--git", "HEAD~1", "instruments"],
    ] {
        let result = run(args, at);
        assert_reports(&result, 1, &all);
        assert!(!result.out.contains(place), "{}", result.out);
    }
    for args in [
        &["diff", "HEAD~1", "demo"][..],
        &["diff", "v1..main", "instruments/demo"],
        &["diff", "v1", "instruments/demo/instrument.toml"],
    ] {
        let result = run(args, at);
        assert_reports(&result, 1, &["demo: 1.2.0 -> 1.2.1", keying, "instrument.toml:72:16"]);
        assert!(!result.out.contains("other"), "{}", result.out);
    }
    // Files of a revision are named as Git names them, not by the temporary folder they are read from.
    let result = run(&["diff", "v1..main", "demo"], at);
    assert!(
        result.out.contains("--> main:instruments/demo/instrument.toml:72:16"),
        "{}",
        result.out
    );
    assert_reports(&run(&["diff", "HEAD"], at), 0, &["demo: 1.2.1, no change"]);
    // From a folder inside the repository.
    let inside = at.join("instruments/demo");
    assert_reports(&run(&["diff", "v1", "."], &inside), 1, &[keying]);
    assert_reports(&run(&["diff", "v1..main", "demo"], &inside), 1, &[keying]);
    // Uncommitted changes are compared too.
    let bumped = fixture("keying/new/instrument.toml").replace("1.2.1", "2.0.0");
    write(at, "instruments/demo/instrument.toml", &bumped);
    assert_reports(&run(&["diff", "v1", "demo"], at), 0, &["demo: 1.2.0 -> 2.0.0", keying]);
    assert_reports(&run(&["diff", "v1..HEAD", "demo"], at), 1, &["[version-not-bumped]"]);
    // A broken old version is named by its revision.
    write(at, "instruments/demo/instrument.toml", "format = 2\n");
    git(at, &["commit", "--quiet", "--all", "--message", "third"]);
    write(at, "instruments/demo/instrument.toml", &bumped);
    let expected =
        ["the old version of `demo` has errors", "HEAD:instruments/demo/instrument.toml:1:10"];
    assert_reports(&run(&["diff", "HEAD", "demo"], at), 1, &expected);
}

#[test]
fn impossible_comparisons_fail_with_a_reason() {
    let folder = repository();
    let at = folder.path();
    let (outside, nothing) =
        (tempfile::tempdir().expect("one"), "there is no file, folder, instrument");
    write(outside.path(), "a.toml", &fixture("keying/old/instrument.toml"));
    for (cwd, args, expected) in [
        (at, &["diff", "v9"][..], nothing),
        (at, &["diff", "v9..v1"], "there is no git revision `v9`"),
        (at, &["diff", "--git", "v9"], "there is no git revision `v9`"),
        (at, &["diff", "--git=--output=x"], "not the name of a git revision"),
        (at, &["diff", "--git=-p..HEAD"], "not the name of a git revision"),
        (at, &["diff", "--git", "HEAD:instruments"], "not the name of a git revision"),
        (at, &["diff", "v1...main"], "three dots"),
        (at, &["diff", "demo"], "no second version to compare with"),
        (at, &["diff", "demo", "dmeo"], "did you mean `demo`?"),
        (at, &["diff", "v1", "nowhere"], "there is no file, folder or instrument `nowhere`"),
        (at, &["diff", "demo", "demo", "demo"], "more than two versions are named"),
        (outside.path(), &["diff", "--git", "HEAD", "a.toml"], "not in a git repository"),
        (outside.path(), &["diff", "a.toml", "b.toml"], "there is no file"),
        (outside.path(), &["diff", "HEAD~1", "a.toml"], nothing),
    ] {
        let result = run(args, cwd);
        assert_reports(&result, 2, &[expected]);
        assert!(result.err.contains("help"), "{args:?}: {}", result.err);
        assert_eq!(result.out, "", "{args:?}");
    }
    assert_eq!(run(&["diff"], at).code, 2);
}

/// A change that breaks cases is reported all the same.
#[test]
fn failing_cases_do_not_prevent_a_comparison() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = root().join("instruments/side-by-side");
    for version in ["old", "new"] {
        for file in ["instrument.toml", "cases.toml", "de.toml", "es.toml"] {
            let text = fs::read_to_string(library.join(file)).expect("the library exists");
            let text =
                if version == "new" { text.replace("\"-sbs_4\"", "\"sbs_4\"") } else { text };
            write(folder.path(), &format!("{version}/{file}"), &text);
        }
    }
    let expected = [
        "the keying of `sbs_4` on `sbs_tasks`",
        "error[case-not-reproduced]",
        "`version = \"0.2.0\"`",
    ];
    assert_reports(&run(&["diff", "old", "new"], folder.path()), 1, &expected);
    let back = run(&["diff", "new", "old"], folder.path());
    assert!(!back.err.contains("case-not-reproduced"), "the old version's: {}", back.err);
}

/// A revision may contain links out of the repository, broken files and files of any size.
#[cfg(unix)]
#[test]
fn a_revision_may_contain_anything() {
    let folder = repository();
    let at = folder.path();
    let broken = at.join("instruments/broken");
    fs::create_dir_all(&broken).expect("the folder can be created");
    std::os::unix::fs::symlink("/etc/passwd", broken.join("instrument.toml")).expect("a link");
    write(at, "instruments/huge/instrument.toml", &"x".repeat(5 << 20));
    write(at, "instruments/binary/instrument.toml", "\0\u{1}");
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "third"]);
    let result = run(&["diff", "HEAD..HEAD"], at);
    assert_reports(
        &result,
        1,
        &["the file is larger than 2 MiB", "HEAD:instruments/binary", "1 instrument: 0"],
    );
    assert!(!result.err.contains("root:"), "no link is followed: {}", result.err);
}

/// Comparing a long instrument in which every item is changed is fast, and its report is limited.
#[test]
fn long_instruments_are_compared_quickly() {
    let definition = |stem: &str, turned: bool| {
        let head = fixture("keying/old/instrument.toml");
        let head = head.split("[[items]]").next().expect("a head").replace("1.2.0", "2.0.0");
        let mut order: Vec<usize> = (0..3_000).collect();
        if turned {
            order.reverse();
        }
        let items = order.iter().map(|n| {
            format!("[[items]]\nid = \"i{n}\"\nstem = \"{stem} {n}.\"\nresponse = \"often\"\nsection = \"week\"\n")
        });
        let scales = (0..40).map(|scale| {
            let sign = |n: usize| if turned && (n + scale).is_multiple_of(7) { "-" } else { "" };
            let items: Vec<String> =
                (0..3_000).map(|n| format!("\"{}i{n}\"", sign(n))).collect();
            format!(
                "[[scales]]\nid = \"s{scale}\"\ntitle = \"S\"\nitems = [{}]\nscore = \"mean\"\nmissing = \"no-score\"\n",
                items.join(", ")
            )
        });
        format!("{head}{}{}", items.collect::<String>(), scales.collect::<String>())
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "old.toml", &definition("A", false));
    write(folder.path(), "new.toml", &definition("B", true));
    let start = std::time::Instant::now();
    let result = run(&["diff", "old.toml", "new.toml"], folder.path());
    let took = start.elapsed();
    assert_reports(&result, 1, &["more changes", "s39: not comparable"]);
    assert!(result.out.len() < 200_000, "the report has {} bytes", result.out.len());
    assert!(took.as_secs() < 60, "{took:?}");
}
