//! `cargo xtask deny`: checks licences, sources and known defects of dependencies with cargo-deny.

use std::process::Command;

use crate::run::{Done, eprint, output, print, root, step};

/// The arguments for checks that need no network.
const OFFLINE: [&str; 4] = ["check", "licenses", "bans", "sources"];

/// Runs all checks. Fails if cargo-deny is not installed.
pub(crate) fn deny() -> Done {
    let needs = "cargo-deny is not installed: `cargo install --locked cargo-deny`";
    output("cargo-deny", &["--version"]).map_err(|_| needs.to_owned())?;
    step("cargo-deny", &OFFLINE, &[])?;
    advisories()
}

/// Does the same as [`deny`], but only prints a warning if cargo-deny is not installed.
pub(crate) fn deny_if_installed() -> Done {
    if output("cargo-deny", &["--version"]).is_err() {
        eprint(
            "xtask: NOT CHECKED: dependencies against deny.toml, because cargo-deny is not installed\n",
        );
        return Ok(());
    }
    deny()
}

/// Checks for known defects. Their database comes from the network; without it, a warning is printed.
fn advisories() -> Done {
    let done = Command::new("cargo-deny")
        .args(["check", "advisories"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("`cargo-deny` cannot be run: {error}"))?;
    let message = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() {
        return print("no advisories except those that deny.toml ignores\n");
    }
    if message.contains("failed to fetch advisory database") || message.contains("failed to get") {
        eprint(
            "xtask: NOT CHECKED: known defects of dependencies, because their database is not available\n",
        );
        return Ok(());
    }
    Err(format!("`cargo-deny check advisories` failed:\n{message}"))
}
