//! The one list of what must hold.

use crate::run::{Done, cargo, step};

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

/// Format, lints, dependencies, tests (drift of generated files among them), a minute of fuzzing, documentation.
pub(crate) fn all() -> Done {
    let cargo = cargo();
    step(&cargo, &["fmt", "--all", "--check"], &[])?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step(&cargo, &lints, &[])?;
    let without_pdf =
        ["clippy", "-p", "scalewright", "--no-default-features", "--", "-D", "warnings"];
    step(&cargo, &without_pdf, &[])?;
    crate::deny::deny_if_there()?;
    test()?;
    crate::fuzz::fuzz(&["--seconds", "60"])?;
    let docs = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    step(&cargo, &docs, &[("RUSTDOCFLAGS", "-D warnings")])
}
