//! Every lint has two fixtures: `fires` must give its finding, `quiet` must not. Other findings are in the snapshots
//! for the reader.

use std::path::Path;

use scalewright_check::lints::LINTS;

use crate::support::{root, run};

fn check(root: &Path, lint: &str, fixture: &str) -> String {
    let folder = root.join("tests/lints").join(lint);
    // The fixture of a lint about translations or cases is a folder of files, otherwise a file.
    let alone = format!("{fixture}.toml");
    let given = if folder.join(&alone).is_file() { &alone } else { fixture };
    run(&["check", given], &folder).out
}

/// Returns the output of `check` for the two fixtures of a lint in the workspace `root`, or an error if one of them is
/// wrong.
pub(crate) fn findings(root: &Path, lint: &str) -> Result<[String; 2], String> {
    let sign = format!("[{lint}]");
    let [fires, quiet] = ["fires", "quiet"].map(|fixture| check(root, lint, fixture));
    if !fires.contains(&sign) {
        return Err(format!(
            "`{lint}` finds nothing in tests/lints/{lint}/fires.toml: write the rule in \
             crates/scalewright-check/src/lints/{}.rs, and the defect into that file:\n{fires}",
            lint.replace('-', "_")
        ));
    }
    if quiet.contains(&sign) {
        return Err(format!("`{lint}` finds a defect in tests/lints/{lint}/quiet.toml:\n{quiet}"));
    }
    Ok([fires, quiet])
}

#[test]
fn each_lint_fires_on_one_fixture_and_not_on_the_other() {
    for lint in LINTS {
        let [fires, quiet] = findings(&root(), lint.name).unwrap_or_else(|why| panic!("{why}"));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/lints").join(lint.name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("fires", fires);
            insta::assert_snapshot!("quiet", quiet);
        });
    }
}

#[test]
fn a_lint_can_be_allowed_in_the_file_and_an_error_cannot() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fires = root().join("tests/lints/item-on-no-scale/fires.toml");
    let text = std::fs::read_to_string(fires).expect("the fixture exists");
    let allow = "\n[[allow]]\nlint = \"item-on-no-scale\"\nat = \"a2\"\nreason = \"asked for its own sake\"\n";
    std::fs::write(folder.path().join("a.toml"), format!("{text}{allow}")).expect("written");
    let result = run(&["check", "a.toml"], folder.path());
    assert!(!result.out.contains("[item-on-no-scale]"), "{}", result.out);
    assert!(!result.out.contains("[stale-allow]"), "{}", result.out);
    let gate = allow.replace("item-on-no-scale", "unknown-item");
    let broken = text.replace("\"a1\"]", "\"a9\"]");
    std::fs::write(folder.path().join("a.toml"), format!("{broken}{gate}")).expect("written");
    let result = run(&["check", "a.toml"], folder.path());
    assert!(result.out.contains("error[unknown-item]"), "{}", result.out);
}
