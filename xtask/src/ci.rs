//! The checks of continuous integration.

use std::fs;

use crate::run::{Done, cargo, root, step};

/// Installs the requirements of the tests, runs all tests, and fills in one form in a browser.
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

/// Formats the folders of platforms: they are declared by a macro, so `cargo fmt` does not find them.
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

/// Runs all checks: format, lints, dependencies, tests (including that generated files are up to date), a minute of
/// fuzzing, documentation and the book.
pub(crate) fn all() -> Done {
    let cargo = cargo();
    step(&cargo, &["fmt", "--all", "--check"], &[])?;
    fmt_platforms()?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step(&cargo, &lints, &[])?;
    let without_pdf =
        ["clippy", "-p", "scalewright", "--no-default-features", "--", "-D", "warnings"];
    step(&cargo, &without_pdf, &[])?;
    crate::deny::deny_if_there()?;
    test()?;
    crate::fuzz::fuzz(&["--seconds", "60"])?;
    let docs = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    step(&cargo, &docs, &[("RUSTDOCFLAGS", "-D warnings")])?;
    crate::book::build()
}
