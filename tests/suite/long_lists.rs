//! Response scales with 300 options and ids of 100 characters, through every target: exported, or refused with the reason and
//! the place. Whether the scores are equal is tested with those of the other fixtures.

use std::collections::BTreeSet;

use scalewright_export::exporters;

use crate::support::{Run, root, run};

/// Exports a fixture to a target, into an empty folder.
fn exported(fixture: &str, target: &str) -> (Run, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out").display().to_string();
    let path = format!("tests/scoring/{fixture}");
    let ran = run(&["export", &path, "--to", target, "--out", &out], &root());
    let entries = std::fs::read_dir(&out).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
    (ran, texts.collect())
}

#[test]
fn every_target_takes_them_or_refuses_them_with_the_place() {
    for fixture in ["many-options", "long-ids"] {
        let mut refused = BTreeSet::new();
        for (_, target) in exporters() {
            let (ran, texts) = exported(fixture, target.name);
            let name = target.name;
            match ran.code {
                0 => assert!(!texts.is_empty() || is_packed(name), "{fixture} to {name}: nothing"),
                _ => {
                    assert!(ran.err.contains("error["), "{fixture} to {name}: {}", ran.err);
                    assert!(
                        ran.err.contains("instrument.toml:"),
                        "{fixture} to {name}: {}",
                        ran.err
                    );
                    assert!(texts.is_empty(), "{fixture} to {name}: half written");
                    refused.insert(name);
                }
            }
        }
        let expected: &[&str] = if fixture == "long-ids" { &["spss", "stata"] } else { &[] };
        assert_eq!(refused, expected.iter().copied().collect(), "{fixture}");
    }
}

/// Whether the files of a target are no texts.
fn is_packed(target: &str) -> bool {
    ["pdf", "docx", "excel", "xlsform"].contains(&target)
}
