//! Starts programs, and words for messages about them.

use scalewright_model::Stop;
use scalewright_model::text::line;
use scalewright_plugins::Failure;
use scalewright_plugins::process::{Program, Session};

/// Starts a program and reads its description.
pub(crate) fn start(program: Program) -> Result<Session<'static>, Stop> {
    // A session refers to its program. A run has few of them, and keeps them to its end.
    Session::start(Box::leak(Box::new(program))).map_err(stopped)
}

/// Returns the failure of a plug-in as the reason for the stop.
pub(crate) fn stopped(failure: Failure) -> Stop {
    let Failure { message, help, stderr } = failure;
    let stop = help.into_iter().fold(Stop::usage(message), Stop::help);
    // A line each, because a message is one line.
    let lines = stderr.lines().map(|line| format!("it wrote: {line}"));
    lines.fold(stop, Stop::help)
}

/// Returns a command for messages.
pub(crate) fn command_text(program: &Program) -> String {
    let parts = program.command.iter().map(|part| {
        let part = part.to_string_lossy();
        match part.contains(char::is_whitespace) || part.is_empty() {
            true => format!("{part:?}"),
            false => part.into_owned(),
        }
    });
    line(&parts.collect::<Vec<_>>().join(" "))
}
