//! The command line: files, terminal, exit codes.
//!
//! Invariant: the only place that prints or writes.

mod cli;
mod command;
mod config;
mod difference;
mod endings;
mod explain;
mod kinds;
mod library;
mod output;
mod render;
mod report;
mod responses;
mod scores;
mod templates;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;

use clap::Parser;
use clap::error::ErrorKind;

pub use cli::Cli;

/// All is well.
pub(crate) const OK: u8 = 0;
/// A definition, its cases or the responses are wrong.
pub(crate) const WRONG: u8 = 1;
/// The command could not be carried out: wrong arguments, or a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;

/// Why a command stopped before it could do its work, for the user.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) code: u8,
}

impl Stop {
    /// The command cannot be carried out as given.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, code: USAGE }
    }

    /// The data are wrong.
    pub(crate) fn wrong(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, code: WRONG }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Where a command runs and speaks.
pub(crate) struct Terminal<'a> {
    pub(crate) cwd: &'a Path,
    /// Standard input, until a command takes it.
    pub(crate) input: Option<Box<dyn Read>>,
    pub(crate) out: &'a mut dyn Write,
    pub(crate) err: &'a mut dyn Write,
}

impl Terminal<'_> {
    /// Writes to standard output. A reader that has gone away is no error of ours.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
    }

    /// Writes to standard error.
    pub(crate) fn tell(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }
}

/// Runs the program with `args` (the first is the program's own name) in the folder `cwd`.
///
/// What it prints holds terminal styles; the writers strip them where they are not wanted. The answer is
/// the exit code: 0 when all is well, 1 when a definition or responses are wrong, 2 when the
/// command could not be carried out.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    cwd: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_with_input(args, cwd, Box::new(std::io::stdin()), out, err)
}

/// [`run`], with something else as standard input.
pub fn run_with_input(
    args: impl IntoIterator<Item = OsString>,
    cwd: &Path,
    input: Box<dyn Read>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let mut terminal = Terminal { cwd, input: Some(input), out, err };
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, &mut terminal),
    };
    match command::run(cli, &mut terminal) {
        Ok(code) => code,
        Err(stop) => {
            terminal.tell(&render::stop(&stop));
            stop.code
        }
    }
}

/// What clap has to say: help and version are wanted, everything else is wrong usage.
fn refuse(error: &clap::Error, terminal: &mut Terminal<'_>) -> u8 {
    let text = error.render().ansi().to_string();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        terminal.say(&text);
        return OK;
    }
    terminal.tell(&text);
    USAGE
}
