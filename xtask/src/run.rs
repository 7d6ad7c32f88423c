//! Running other programs, and speaking.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What went well, or why not.
pub(crate) type Done = Result<(), String>;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Writes to standard output.
pub(crate) fn say(text: &str) -> Done {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
}

/// Writes to standard error; there is nowhere to tell that this failed.
pub(crate) fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Runs a step from the root, with its time.
pub(crate) fn step(program: &str, args: &[&str], environment: &[(&str, &str)]) -> Done {
    let shown = format!("{program} {}", args.join(" "));
    tell(&format!("xtask: {shown}\n"));
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .envs(environment.iter().copied())
        .current_dir(root())
        .status()
        .map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("`{shown}` failed after {seconds:.0} s"));
    }
    tell(&format!("xtask: done in {seconds:.0} s: {shown}\n"));
    Ok(())
}

/// What a program prints, run from the root.
pub(crate) fn output(program: &str, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new(program)
        .args(args)
        .current_dir(root())
        .output()
        .map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{program} {}` failed:\n{why}", args.join(" ")))
}

/// The cargo that runs us.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// What `scalewright` prints, run from the root.
pub(crate) fn scalewright(args: &[&str]) -> Result<String, String> {
    let run = ["run", "--quiet", "-p", "scalewright", "--"];
    let printed = output(&cargo(), &[&run, args].concat())?;
    String::from_utf8(printed).map_err(|error| error.to_string())
}
