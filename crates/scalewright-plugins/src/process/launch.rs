//! Starts the program of a plug-in: its environment, its folder and its limits.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use scalewright_model::text::plain;

use super::program::Program;
use super::reachable;
use super::sandbox::{self, Allowed, Sandbox};
use crate::Failure;

/// Starts the program in `folder`. Its three standard streams are pipes.
pub(super) fn start(program: &Program, folder: &Path) -> Result<(Child, Sandbox), Failure> {
    let arguments = program.arguments();
    let Some((first, rest)) = arguments.split_first() else {
        return Err(Failure::new(format!("{} has an empty command", program.shown()))
            .help("name its program in the settings"));
    };
    let mut command = Command::new(first);
    command.args(rest).current_dir(folder).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    environment(&mut command, program, folder);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let read = reachable::paths(program, &arguments);
    let started = restricted(command, Allowed { folder: folder.to_owned(), read });
    let (child, sandbox) = started.map_err(|error| not_started(program, first, &error))?;
    limit(&child, program);
    Ok((child, sandbox))
}

/// Starts the command in a thread that restricts itself first: Landlock restricts a thread and what it starts, and our other threads
/// must stay free.
fn restricted(mut command: Command, allowed: Allowed) -> io::Result<(Child, Sandbox)> {
    let thread = std::thread::Builder::new().name("plug-in".to_owned()).spawn(move || {
        let sandbox = sandbox::restrict(&allowed);
        command.spawn().map(|child| (child, sandbox))
    })?;
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that starts it failed")))
}

/// Clears the environment except for what every program needs and what the settings pass on.
fn environment(command: &mut Command, program: &Program, folder: &Path) {
    command.env_clear().env("LANG", "C.UTF-8");
    command.env("PATH", env::var_os("PATH").unwrap_or_default());
    let passed = program.pass_env.iter().map(String::as_str);
    let system = cfg!(windows).then_some("SYSTEMROOT");
    for name in passed.chain(system).filter(|name| is_variable(name)) {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    command.envs(program.set_env.iter().map(|(name, value)| (name, value)));
    // Last, so that no setting replaces them. `TMPDIR` also marks the processes of the plug-in.
    let temporary: &[&str] = if cfg!(windows) {
        &["HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"]
    } else {
        &["HOME", "TMPDIR"]
    };
    for name in temporary {
        command.env(name, folder);
    }
}

/// Whether a name can be that of an environment variable.
fn is_variable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

/// Limits the memory, the size of files and core dumps. The program has just been started, so that it is limited before it
/// can use much.
#[cfg(target_os = "linux")]
fn limit(child: &Child, program: &Program) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = Pid::from_child(child);
    // `RLIMIT_DATA` counts writable memory only. `RLIMIT_AS` would count the gigabytes of addresses that Node and Java
    // reserve and never use.
    for (resource, most) in [
        (Resource::Core, 0),
        (Resource::Fsize, program.limits.output),
        (Resource::Data, program.limits.memory),
    ] {
        // It fails if the program has ended already.
        let _ = prlimit(Some(pid), resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child, _: &Program) {}

fn not_started(program: &Program, first: &OsString, error: &io::Error) -> Failure {
    let path = first.to_string_lossy();
    let message = format!("{} cannot be started: `{path}`: {}", program.shown(), plain(error));
    Failure::new(message).help(match error.kind() {
        io::ErrorKind::NotFound => "install the program, or the interpreter in its first line",
        io::ErrorKind::PermissionDenied => "make the file executable: `chmod +x`",
        _ => "check that the file is a program, or a script with `#!` in its first line",
    })
}
