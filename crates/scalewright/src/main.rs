//! The `scalewright` program.

use std::io::{self, BufWriter};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use scalewright::Stream;

fn main() -> ExitCode {
    let cwd = std::env::current_dir().unwrap_or_default();
    let styled = AutoStream::auto(io::stdout()).current_choice() == ColorChoice::AlwaysAnsi;
    let mut out = BufWriter::with_capacity(1 << 16, standard_output());
    let out = Stream { to: &mut out, styled };
    let styled = AutoStream::auto(io::stderr()).current_choice() == ColorChoice::AlwaysAnsi;
    let mut err = io::stderr().lock();
    let err = Stream { to: &mut err, styled };
    scalewright::run_on(std::env::args_os(), &cwd, Box::new(io::stdin()), [out, err]).into()
}

/// Returns standard output as a file, because [`io::Stdout`] ignores some errors.
#[cfg(unix)]
fn standard_output() -> Box<dyn io::Write> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(descriptor) => Box::new(std::fs::File::from(descriptor)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// Returns standard output. On a Windows console, [`io::Stdout`] converts the encoding.
#[cfg(not(unix))]
fn standard_output() -> Box<dyn io::Write> {
    Box::new(io::stdout())
}
