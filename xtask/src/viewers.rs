//! `cargo xtask viewers`: fills in forms with the programs that people have, on a virtual screen, and writes the page of the book
//! about them.

use crate::run::{Done, cargo, root, step};

/// Fills in forms with every viewer, or with the named ones.
pub(crate) fn viewers(names: &[&str]) -> Done {
    step("bash", &["tests/viewers/setup"], &[])?;
    step(&cargo(), &["build", "-p", "scalewright"], &[])?;
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let program = root().join(target).join("debug/scalewright").display().to_string();
    let fixed = ["tests/viewers/run.py", &program];
    step("target/oracles/venv/bin/python", &[&fixed[..], names].concat(), &[])
}
