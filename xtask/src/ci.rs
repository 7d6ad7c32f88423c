//! The one list of what must hold.

use std::fs;

use crate::run::{Done, cargo, root, step};

/// Installs what the tests need, then runs them all, and has one form filled in in a browser.
pub(crate) fn test() -> Done {
    step("bash", &["tests/oracles/setup"], &[])?;
    step(&cargo(), &["test", "--workspace"], &[])?;
    render("2", &["side-by-side"])
}

/// Fills in so many responses to the form of each instrument, or of those named, in renderers written by others.
pub(crate) fn render(count: &str, instruments: &[&str]) -> Done {
    step("bash", &["tests/oracles/fhir/render/setup"], &[])?;
    let test = ["test", "-p", "scalewright-tests", "--", "renderers::", "--nocapture"];
    step(&cargo(), &test, &[("RENDERERS", count), ("RENDERED", &instruments.join(" "))])
}

/// The folders of platforms are declared by a macro, into which `cargo fmt` does not look.
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

/// Format, lints, dependencies, tests (drift of generated files among them), a minute of fuzzing, documentation, the book.
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
