//! The `scalewright` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = anstream::stdout().lock();
    let mut err = anstream::stderr().lock();
    let cwd = std::env::current_dir().unwrap_or_default();
    scalewright::run(std::env::args_os(), &cwd, &mut out, &mut err).into()
}
