//! The checks that must pass before a merge.

use std::fs;

use crate::run::{Done, cargo, root, step};

/// Installs what the tests need, then runs all tests, and fills in one form in a browser.
pub(crate) fn test() -> Done {
    step("bash", &["tests/oracles/setup"], &[])?;
    step(&cargo(), &["test", "--workspace"], &[])?;
    render("2", &["side-by-side"])
}

/// Fills in `count` responses to the form of each instrument, or of the named ones, in third-party renderers.
pub(crate) fn render(count: &str, instruments: &[&str]) -> Done {
    step("bash", &["tests/oracles/fhir/render/setup"], &[])?;
    let test = ["test", "-p", "scalewright-tests", "--", "renderers::", "--nocapture"];
    step(&cargo(), &test, &[("RENDERERS", count), ("RENDERED", &instruments.join(" "))])
}

/// Checks the format of the platforms. `cargo fmt` does not see their modules, because a macro declares them.
fn fmt_platforms() -> Done {
    let folders = fs::read_dir(root().join("crates/scalewright-export/src"));
    let folders = folders.map_err(|error| error.to_string())?.flatten();
    let mut modules: Vec<String> = folders
        .map(|folder| folder.path().join("mod.rs"))
        .filter(|module| module.is_file())
        .map(|module| module.display().to_string())
        .collect();
    modules.sort();
    let mut args = vec!["--check", "--edition", "2024", "--config-path", "rustfmt.toml"];
    args.extend(modules.iter().map(String::as_str));
    step("rustfmt", &args, &[])
}

/// Checks format, lints and dependencies, runs the tests (which find outdated generated files), fuzzes for a minute,
/// and builds the documentation and the book.
pub(crate) fn all() -> Done {
    let cargo = cargo();
    step(&cargo, &["fmt", "--all", "--check"], &[])?;
    fmt_platforms()?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step(&cargo, &lints, &[])?;
    let without_pdf =
        ["clippy", "-p", "scalewright", "--no-default-features", "--", "-D", "warnings"];
    step(&cargo, &without_pdf, &[])?;
    crate::deny::deny_if_installed()?;
    test()?;
    crate::fuzz::fuzz(&["--seconds", "60"])?;
    let docs = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    step(&cargo, &docs, &[("RUSTDOCFLAGS", "-D warnings")])?;
    crate::book::build()
}
