//! Baselines: a library with old findings adopts the check, and only new findings fail.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, run};

const HEAD: &str = r#"format = 1
id = "ID"
title = "Demo"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.often]
options = [
  { value = 0, label = "Never" },
  { value = 1, label = "Often" },
]
"#;

/// Returns a definition with these items, of which only those called `d…` are on a scale, and with an unused response
/// scale.
fn definition(id: &str, items: &[&str]) -> String {
    let mut text = HEAD.replace("ID", id);
    text.push_str("\n[response-scales.idle]\noptions = [{ value = 0, label = \"A\" }, { value = 1, label = \"B\" }]\n");
    for item in items {
        text.push_str(&format!(
            "\n[[items]]\nid = \"{item}\"\nstem = \"About {item}.\"\nresponse = \"often\"\n"
        ));
    }
    let keyed = items.iter().filter(|item| item.starts_with('d'));
    let keyed: Vec<String> = keyed.map(|item| format!("\"{item}\"")).collect();
    text.push_str(&format!(
        "\n[[scales]]\nid = \"total\"\ntitle = \"Total\"\nitems = [{}]\nscore = \"sum\"\nmissing = \"no-score\"\n",
        keyed.join(", ")
    ));
    text
}

fn put(at: &Path, id: &str, text: &str) {
    let folder = at.join("instruments").join(id);
    fs::create_dir_all(&folder).expect("it can be created");
    fs::write(folder.join("instrument.toml"), text).expect("it can be written");
}

/// A library of two instruments with three old findings, and its baseline.
fn library() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings =
        "[lints]\nall = \"allow\"\nitem-on-no-scale = \"warn\"\nunused-response-scale = \"warn\"\n";
    fs::write(folder.path().join("scalewright.toml"), settings).expect("it can be written");
    put(folder.path(), "one", &definition("one", &["d1", "x1", "d2"]));
    put(folder.path(), "two", &definition("two", &["d1", "d2"]));
    let written = check(folder.path(), &["--write-baseline", "known.toml"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
    assert!(written.err.contains("`known.toml` knows 3 findings"), "{}", written.err);
    folder
}

fn check(at: &Path, more: &[&str]) -> Run {
    let mut args = vec!["check", "--deny-warnings", "--format", "concise"];
    args.extend(more);
    run(&args, at)
}

fn compared(at: &Path) -> Run {
    check(at, &["--baseline", "known.toml"])
}

fn baseline(at: &Path) -> String {
    fs::read_to_string(at.join("known.toml")).expect("the baseline exists")
}

#[test]
fn known_findings_pass() {
    let at = library();
    let result = compared(at.path());
    assert_eq!((result.code, result.out.as_str()), (0, ""), "{}", result.err);
    let summary =
        "checked 2 instruments: no errors, no warnings; 3 known findings in the baseline\n";
    assert_eq!(result.err, summary);
    assert_eq!(check(at.path(), &[]).code, 1, "without the baseline they fail");
    let text = baseline(at.path());
    let entry = "\n[[known]]\ninstrument = \"one\"\nfile = \"instrument.toml\"\nlint = \"item-on-no-scale\"\n\
                 at = \"/items/x1";
    assert!(text.contains(entry), "{text}");
    check(at.path(), &["--write-baseline", "known.toml"]);
    assert_eq!(baseline(at.path()), text, "the same findings give the same file");
}

#[test]
fn moved_lines_and_edits_elsewhere_make_no_finding_new() {
    let at = library();
    let text = definition("one", &["d0", "d3", "d1", "x1", "d2"]);
    put(at.path(), "one", &format!("# A comment.\n\n{}", text.replace("About d1.", "On d1.")));
    let result = compared(at.path());
    assert_eq!((result.code, result.out.as_str()), (0, ""), "{}", result.err);
}

#[test]
fn the_same_kind_of_finding_on_another_item_is_new() {
    let at = library();
    put(at.path(), "one", &definition("one", &["x2", "d1", "x1", "d2"]));
    let result = compared(at.path());
    assert_eq!(result.code, 1, "{}", result.err);
    let lines: Vec<&str> = result.out.lines().collect();
    assert!(matches!(lines[..], [only] if only.contains("`x2`")), "{}", result.out);
    // Another instrument with the same fault.
    let at = library();
    put(at.path(), "three", &definition("three", &["d1", "x1", "d2"]));
    let result = compared(at.path());
    assert_eq!(result.out.lines().count(), 2, "{}", result.out);
    assert!(
        result.out.lines().all(|line| line.starts_with("instruments/three/")),
        "{}",
        result.out
    );
}

#[test]
fn entries_that_are_no_longer_found_are_hints() {
    let at = library();
    put(at.path(), "one", &definition("one", &["d1", "d2"]));
    let result = compared(at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.out.starts_with("known.toml:"), "{}", result.out);
    let hint = "hint[stale-baseline]: `item-on-no-scale` in `one` is no longer found";
    assert!(result.out.contains(hint), "{}", result.out);
    assert_eq!(result.out.lines().count(), 1, "{}", result.out);
    // A lint that is off, a part of the library, or a definition with an error, decides nothing.
    let off = check(at.path(), &["--baseline", "known.toml", "--allow", "item-on-no-scale"]);
    assert_eq!(off.out, "", "{}", off.err);
    assert_eq!(check(at.path(), &["--baseline", "known.toml", "two"]).out, "");
    put(
        at.path(),
        "one",
        &definition("one", &["d1", "d2"]).replace("response = \"often\"", "response = \"no\""),
    );
    let broken = compared(at.path());
    assert_eq!(broken.code, 1, "{}", broken.err);
    assert!(!broken.out.contains("stale-baseline"), "{}", broken.out);
    // An instrument that is gone.
    fs::remove_dir_all(at.path().join("instruments/one")).expect("it can be removed");
    assert_eq!(compared(at.path()).out.matches("stale-baseline").count(), 2);
    check(at.path(), &["--write-baseline", "known.toml"]);
    assert!(!baseline(at.path()).contains("\"one\""), "{}", baseline(at.path()));
}

#[test]
fn a_part_of_the_library_leaves_the_other_entries_as_they_are() {
    let at = library();
    let before = baseline(at.path());
    put(at.path(), "two", &definition("two", &["d1", "d2", "x9"]));
    let result = check(at.path(), &["--write-baseline", "known.toml", "two"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let after = baseline(at.path());
    assert!(
        after.starts_with(before.split("instrument = \"two\"").next().expect("a part")),
        "{after}"
    );
    assert!(after.contains("/items/x9"), "{after}");
}

#[test]
fn errors_that_are_not_lints_are_never_known() {
    let at = library();
    put(at.path(), "two", &definition("two", &["d1", "d2"]).replace("[\"d1\"", "[\"d7\""));
    let result = check(at.path(), &["--write-baseline", "known.toml"]);
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.out.contains("unknown-item"), "{}", result.out);
    assert!(result.err.contains("it does not know the errors above"), "{}", result.err);
    assert!(!baseline(at.path()).contains("unknown-item"), "{}", baseline(at.path()));
    let known = "\n[[known]]\ninstrument = \"two\"\nfile = \"instrument.toml\"\nlint = \"unknown-item\"\n\
                 at = \"/scales/total/items/d7\"\nmessage = \"there is no item `d7`\"\n";
    fs::write(at.path().join("known.toml"), baseline(at.path()) + known).expect("written");
    assert_eq!(compared(at.path()).code, 1, "not even by hand");
}

#[test]
fn a_missing_or_broken_baseline_is_an_error_with_a_place() {
    let at = library();
    let result = check(at.path(), &["--baseline", "none.toml"]);
    assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
    assert!(
        result.err.contains("none.toml") && result.err.contains("--write-baseline"),
        "{}",
        result.err
    );
    let broken = baseline(at.path()).replacen("message", "massage", 1);
    fs::write(at.path().join("known.toml"), &broken).expect("it can be written");
    for option in ["--baseline", "--write-baseline"] {
        let result = check(at.path(), &[option, "known.toml"]);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
        assert!(result.err.contains("did you mean `message`?"), "{}", result.err);
        assert!(result.err.contains("--> known.toml:"), "{}", result.err);
        assert_eq!(baseline(at.path()), broken, "it is left as it is");
    }
}

#[test]
fn reports_tell_new_from_known_findings() {
    let at = library();
    put(at.path(), "one", &definition("one", &["x2", "d1", "x1", "d2"]));
    let report = |format: &str| {
        run(&["check", "--baseline", "known.toml", "--format", format], at.path()).out
    };
    let json: Value = serde_json::from_str(&report("json")).expect("JSON");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["known"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        (&json["summary"]["known"], &json["summary"]["stale"]),
        (&Value::from(3), &Value::from(0))
    );
    let sarif: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let states: Vec<&str> =
        results.iter().filter_map(|one| one["baselineState"].as_str()).collect();
    assert_eq!(states, ["new", "unchanged", "unchanged", "unchanged"]);
    for format in ["github", "gitlab", "junit", "text"] {
        let text = report(format);
        assert!(text.contains("x2") && !text.contains("x1"), "{format}: {text}");
    }
}

#[test]
fn fixes_work_beside_a_baseline() {
    let at = library();
    let result = check(at.path(), &["--baseline", "known.toml", "--fix"]);
    assert_eq!(result.code, 0, "{}", result.err);
    // The unused response scales were removed, so their entries are stale.
    let stale = result.out.matches("stale-baseline").count();
    let fixed = result.err.matches("fixed instruments/").count();
    assert_eq!(stale, fixed, "{}{}", result.out, result.err);
    assert!(fixed > 0, "{}", result.err);
}
