//! Realistic errors, seeded one at a time into a valid instrument with twelve items in two languages: each is found at
//! its line and column, and nothing else is reported.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{root, run};

/// The lint to ignore. Some seeds have no cases, which would report the same error a second time.
const APART: &str = "no-cases";

#[test]
fn each_seeded_error_is_found_at_its_location_and_nothing_else() {
    let mut wrong = Vec::new();
    let seeds = seeds();
    for seed in &seeds {
        let expected = fs::read_to_string(seed.join("expect.txt")).expect("expectations are there");
        let expected: BTreeSet<String> = expected.lines().map(str::to_owned).collect();
        let found = found(&run(&["check", "night-rest"], seed).out);
        if found != expected {
            let name = seed.file_name().unwrap_or_default().to_string_lossy().into_owned();
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(seeds.len() >= 36, "twelve kinds with three forms each, found {}", seeds.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The folders of the seeds, sorted.
fn seeds() -> Vec<PathBuf> {
    let folder: &Path = &root().join("tests/seeded");
    let entries = fs::read_dir(folder).expect("the seeds exist").flatten();
    let mut seeds: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|p| p.is_dir()).collect();
    seeds.sort();
    seeds
}

/// The errors and warnings, as `code file:line:column`.
fn found(out: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut code = None;
    for line in out.lines() {
        if let Some((severity, rest)) =
            line.split_once('[').filter(|(before, _)| !before.contains(' '))
        {
            let name = rest.split(']').next().unwrap_or_default();
            code = (severity != "hint" && name != APART).then(|| name.to_owned());
        } else if let (Some(name), Some((_, place))) = (&code, line.split_once("--> ")) {
            let place = place.strip_prefix("night-rest/").unwrap_or(place);
            found.insert(format!("{name} {place}"));
            code = None;
        }
    }
    found
}
