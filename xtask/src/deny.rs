//! `cargo xtask deny`: licences, sources and known defects of dependencies, by cargo-deny.

use std::process::Command;

use crate::run::{Done, output, root, say, step, tell};

/// What can be judged without anything from outside.
const OFFLINE: [&str; 4] = ["check", "licenses", "bans", "sources"];

/// Demands cargo-deny.
pub(crate) fn deny() -> Done {
    let needs = "cargo-deny is not installed: `cargo install --locked cargo-deny`";
    output("cargo-deny", &["--version"]).map_err(|_| needs.to_owned())?;
    step("cargo-deny", &OFFLINE, &[])?;
    advisories()
}

/// As [`deny`], but says loudly what it could not do where something is missing.
pub(crate) fn deny_if_there() -> Done {
    if output("cargo-deny", &["--version"]).is_err() {
        tell(
            "xtask: NOT CHECKED: dependencies against deny.toml, because cargo-deny is not installed\n",
        );
        return Ok(());
    }
    deny()
}

/// Known defects; their database comes from the network, and without it there is no verdict.
fn advisories() -> Done {
    let done = Command::new("cargo-deny")
        .args(["check", "advisories"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("`cargo-deny` cannot be run: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() {
        return say("no advisory that deny.toml does not name\n");
    }
    if said.contains("failed to fetch advisory database") || said.contains("failed to get") {
        tell(
            "xtask: NOT CHECKED: known defects of dependencies, because their database cannot be had\n",
        );
        return Ok(());
    }
    Err(format!("`cargo-deny check advisories` failed:\n{said}"))
}
