//! `cargo xtask deny`: checks licences, sources and advisories of dependencies with cargo-deny.

use std::process::Command;

use crate::run::{Done, eprint, output, print, root, step};

/// The checks that need no network.
const OFFLINE: [&str; 4] = ["check", "licenses", "bans", "sources"];

/// Runs all checks. An error if cargo-deny is not installed.
pub(crate) fn deny() -> Done {
    let needs = "cargo-deny is not installed: `cargo install --locked cargo-deny`";
    output("cargo-deny", &["--version"]).map_err(|_| needs.to_owned())?;
    step("cargo-deny", &OFFLINE, &[])?;
    advisories()
}

/// Like [`deny`], but if cargo-deny is missing, only prints a warning.
pub(crate) fn deny_if_there() -> Done {
    if output("cargo-deny", &["--version"]).is_err() {
        eprint(
            "xtask: NOT CHECKED: dependencies against deny.toml, because cargo-deny is not installed\n",
        );
        return Ok(());
    }
    deny()
}

/// Checks advisories. Their database comes from the network; if it is not available, only prints a warning.
fn advisories() -> Done {
    let done = Command::new("cargo-deny")
        .args(["check", "advisories"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("`cargo-deny` cannot be run: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() {
        return print("no advisory that deny.toml does not name\n");
    }
    if said.contains("failed to fetch advisory database") || said.contains("failed to get") {
        eprint(
            "xtask: NOT CHECKED: advisories on dependencies, because their database is not available\n",
        );
        return Ok(());
    }
    Err(format!("`cargo-deny check advisories` failed:\n{said}"))
}
