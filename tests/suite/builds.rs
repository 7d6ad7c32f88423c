//! The profiles of Cargo, the patched crates and the ignored advisories.

use std::collections::BTreeMap;
use std::fs;

use toml::{Table, Value};

use crate::support::root;

fn manifest() -> Table {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest exists");
    text.parse().expect("valid TOML")
}

/// The names and versions in `Cargo.lock`, each with whether the package comes from a registry.
fn locked() -> Vec<(String, String, bool)> {
    let text = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file exists");
    let lock: Table = text.parse().expect("valid TOML");
    let packages = lock["package"].as_array().expect("packages exist").iter();
    let name = |package: &Value, key: &str| package[key].as_str().expect("a string").to_owned();
    packages
        .map(|package| {
            let foreign = package.get("source").is_some();
            (name(package, "name"), name(package, "version"), foreign)
        })
        .collect()
}

/// The rank of an optimisation level. Levels for size rank below those for speed.
fn rank(level: &Value) -> u8 {
    match (level.as_integer(), level.as_str()) {
        (Some(0), _) => 0,
        (Some(1), _) => 1,
        (_, Some("s" | "z")) => 2,
        (Some(2), _) => 3,
        (Some(3), _) => 4,
        _ => panic!("there is no level {level:?}"),
    }
}

/// The level of a profile and those of the packages that it names, including inherited ones.
fn levels(profiles: &Table, name: &str) -> (Value, BTreeMap<String, Value>) {
    let profile = profiles.get(name).and_then(Value::as_table).cloned().unwrap_or_default();
    let (mut level, mut packages) = match profile.get("inherits").and_then(Value::as_str) {
        Some(parent) => levels(profiles, parent),
        None => (Value::Integer(if name == "release" { 3 } else { 0 }), BTreeMap::new()),
    };
    if let Some(own) = profile.get("opt-level") {
        level = own.clone();
    }
    for (package, settings) in
        profile.get("package").and_then(Value::as_table).into_iter().flatten()
    {
        if let Some(own) = settings.get("opt-level") {
            packages.insert(package.clone(), own.clone());
        }
    }
    (level, packages)
}

/// Every package that a profile names exists, and in the profile of releases none has a lower level than the profile. Other
/// profiles name few packages with a lower level, so that a new dependency is optimised.
#[test]
fn packages_have_the_level_of_their_profile_or_are_named() {
    let manifest = manifest();
    let profiles = manifest["profile"].as_table().expect("profiles exist");
    let locked = locked();
    for name in profiles.keys() {
        let (level, packages) = levels(profiles, name);
        let (lower, higher): (Vec<_>, Vec<_>) =
            packages.iter().partition(|(_, own)| rank(own) < rank(&level));
        assert!(lower.len().max(higher.len()) <= 24, "{name}: a list is too long to maintain");
        assert!(lower.is_empty() || name == "release", "{name}: {lower:?}, others {level:?}");
        for package in packages.keys() {
            let exists = package == "*" || locked.iter().any(|(known, _, _)| known == package);
            assert!(exists, "{name}: there is no package `{package}`");
        }
    }
    for name in ["release", "dist"] {
        assert!(rank(&levels(profiles, name).0) > 0, "{name} optimises");
    }
}

/// Panics of third-party libraries are caught when files are read, so they must unwind.
#[test]
fn panics_unwind_in_every_profile() {
    let manifest = manifest();
    for (name, profile) in manifest["profile"].as_table().expect("profiles exist") {
        let panic = profile.get("panic").and_then(Value::as_str).unwrap_or("unwind");
        assert_eq!(panic, "unwind", "{name}");
    }
}

/// Cargo ignores a patch whose version no package requires.
#[test]
fn every_patched_crate_is_used() {
    let manifest = manifest();
    let patches = manifest["patch"]["crates-io"].as_table().expect("patches exist");
    let locked = locked();
    for (name, patch) in patches {
        let folder = root().join(patch["path"].as_str().expect("a folder"));
        let text = fs::read_to_string(folder.join("Cargo.toml")).expect("it has a manifest");
        let own: Table = text.parse().expect("valid TOML");
        let version = own["package"]["version"].as_str().expect("a version");
        let found: Vec<_> = locked.iter().filter(|(known, _, _)| known == name).collect();
        assert_eq!(
            found,
            [&(name.clone(), version.to_owned(), false)],
            "see crates/scalewright-pdf/patches/README.md"
        );
    }
    let folders = fs::read_dir(root().join("crates/scalewright-pdf/patches"))
        .expect("patches exist")
        .flatten();
    let folders = folders.filter(|entry| entry.path().is_dir()).count();
    assert_eq!(folders, patches.len(), "each patch is named in Cargo.toml");
}

/// Every ignored advisory has a reason that begins with the name of a locked package.
#[test]
fn every_ignored_advisory_has_a_reason() {
    let text = fs::read_to_string(root().join("deny.toml")).expect("the rules exist");
    let rules: Table = text.parse().expect("valid TOML");
    let locked = locked();
    for entry in rules["advisories"]["ignore"].as_array().expect("an array") {
        let (id, reason) = (entry["id"].as_str(), entry["reason"].as_str());
        assert!(id.is_some_and(|id| id.starts_with("RUSTSEC-")), "{entry:?}");
        let package = reason.and_then(|reason| reason.split(',').next()).unwrap_or_default();
        assert!(locked.iter().any(|(known, _, _)| known == package), "{entry:?}: name the package");
    }
}
