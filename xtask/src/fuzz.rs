//! Fuzzing: the readers of everything that comes from outside, guided by which code they reach.
//!
//! The engine is libFuzzer, which needs a C++ compiler and no other toolchain than the stable one: the compiler counts
//! what is reached where `sancov-module` tells it to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Done, cargo, output, root, say, tell};

/// The targets, with the folders of what they begin with, beside their own in `tests/fuzz/corpus/`.
const TARGETS: [(&str, &[&str]); 6] = [
    ("document", &["tests/malformed/syntax"]),
    ("shape", &["tests/malformed/shape", "tests/lints"]),
    ("resolve", &["tests/malformed/resolve", "tests/scoring", "tests/diff"]),
    ("expression", &[]),
    ("wording", &["tests/malformed/wording", "instruments/side-by-side"]),
    ("cases", &["tests/malformed/cases", "instruments/who-5"]),
];

/// What makes the compiler count.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";
/// Sums that run over are defects here.
const CHECKED: [&str; 3] = ["scalewright-check", "scalewright-model", "scalewright-scoring"];
/// So many inputs of each target are kept, the shortest.
const KEPT: usize = 80;

/// How long, on what, and whether what was found is kept.
struct Plan {
    seconds: u64,
    target: Option<String>,
    seed: String,
    keep: bool,
}

/// Fuzzes every target, or one; the seconds are shared between them.
pub(crate) fn fuzz(args: &[&str]) -> Done {
    let plan = plan(args)?;
    let engine = build()?;
    let chosen: Vec<&(&str, &[&str])> = TARGETS
        .iter()
        .filter(|(name, _)| plan.target.as_deref().is_none_or(|t| t == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no such target: there are {}", names.join(", ")));
    }
    let seconds = (plan.seconds / chosen.len() as u64).max(1);
    let mut failed = Vec::new();
    for (name, seeds) in chosen {
        if !one(&engine, name, seeds, seconds, &plan)? {
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("found something: see tests/fuzz/crashes/ for {}", failed.join(", ")))
}

fn plan(args: &[&str]) -> Result<Plan, String> {
    let mut plan = Plan { seconds: 60, target: None, seed: "1".to_owned(), keep: false };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().copied().ok_or(format!("`{arg}` needs a value"));
        match *arg {
            "--seconds" => {
                plan.seconds =
                    value()?.parse().map_err(|_| "`--seconds` takes a number".to_owned())?;
            }
            "--target" => plan.target = Some(value()?.to_owned()),
            "--seed" => plan.seed = value()?.to_owned(),
            "--keep" => plan.keep = true,
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(plan)
}

/// Builds the engine with everything that it reaches counted, beside the other builds.
fn build() -> Result<PathBuf, String> {
    let about = output("rustc", &["-vV"])?;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("`rustc -vV` names no host")?.to_owned();
    let mut args: Vec<String> =
        ["build", "-p", "scalewright-fuzz", "--features", "engine", "--release"]
            .map(str::to_owned)
            .to_vec();
    args.extend(["--target".to_owned(), host.clone()]);
    args.extend(["--target-dir".to_owned(), "target/fuzz".to_owned()]);
    for package in CHECKED {
        for setting in ["opt-level=2", "overflow-checks=true", "debug-assertions=true"] {
            args.push("--config".to_owned());
            args.push(format!("profile.release.package.{package}.{setting}"));
        }
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    crate::run::step(&cargo(), &args, &[("RUSTFLAGS", FLAGS)])?;
    Ok(root().join("target/fuzz").join(host).join("release/fuzz"))
}

/// Fuzzes one target; whether nothing was found.
fn one(
    engine: &Path,
    name: &str,
    seeds: &[&str],
    seconds: u64,
    plan: &Plan,
) -> Result<bool, String> {
    let found = folder(&format!("target/fuzz/corpus/{name}"))?;
    let kept = folder(&format!("tests/fuzz/corpus/{name}"))?;
    let crashes = folder("tests/fuzz/crashes")?;
    let log = root().join(format!("target/fuzz/{name}.log"));
    let longest = if name == "expression" { 1_500 } else { 8_000 };
    let mut command = Command::new(engine);
    command
        .arg(&found)
        .arg(&kept)
        .args(seeds.iter().map(|seeds| root().join(seeds)))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-seed={}", plan.seed))
        .arg(format!("-max_len={longest}"))
        .arg(format!("-artifact_prefix={}/{name}-", crashes.display()))
        .args(["-timeout=20", "-rss_limit_mb=1024", "-malloc_limit_mb=512", "-reload=0"])
        .args(["-print_final_stats=1", "-verbosity=1"]);
    let status = run(command, name, &log)?;
    let text = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    let number = |what: &str| {
        let line = text.lines().rev().find_map(|line| line.strip_prefix(what));
        line.map_or("?".to_owned(), |number| number.trim().to_owned())
    };
    say(&format!(
        "{name}: {} inputs in {seconds} s, {} of them new; {}\n",
        number("stat::number_of_executed_units:"),
        number("stat::new_units_added:"),
        if status { "nothing found" } else { "found something" }
    ))?;
    if !status {
        shorten(engine, name, &text)?;
    }
    if plan.keep {
        keep(engine, name, &[&kept, &found])?;
    }
    Ok(status)
}

fn folder(path: &str) -> Result<PathBuf, String> {
    let folder = root().join(path);
    fs::create_dir_all(&folder).map_err(|error| format!("{path}: {error}"))?;
    Ok(folder)
}

/// Runs the engine with what it says in `log`; whether it came to its end.
fn run(mut command: Command, target: &str, log: &Path) -> Result<bool, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", log.display());
    let file = fs::File::create(log).map_err(failed)?;
    let status = command
        .env("SCALEWRIGHT_FUZZ", target)
        .current_dir(root())
        .stdout(file.try_clone().map_err(failed)?)
        .stderr(file)
        .status();
    Ok(status.map_err(|error| format!("the engine cannot be run: {error}"))?.success())
}

/// Makes the input that something was found with as short as it can be made in a minute.
fn shorten(engine: &Path, name: &str, log: &str) -> Done {
    let written = log.lines().find_map(|line| line.split("Test unit written to ").nth(1));
    let Some(written) = written else {
        return tell_log(name, log);
    };
    tell_log(name, log)?;
    let short = root().join(format!("tests/fuzz/crashes/{name}-short"));
    let mut command = Command::new(engine);
    command
        .args(["-minimize_crash=1", "-max_total_time=60", "-timeout=20", "-rss_limit_mb=1024"])
        .arg(format!("-exact_artifact_path={}", short.display()))
        .arg(written.trim());
    run(command, name, &root().join(format!("target/fuzz/{name}-short.log")))?;
    say(&format!("{name}: {} and, shortened, {}\n", written.trim(), short.display()))
}

/// The lines of the log that say what went wrong.
fn tell_log(name: &str, log: &str) -> Done {
    for line in log.lines().filter(|line| line.contains("panicked") || line.contains("ERROR:")) {
        tell(&format!("{name}: {line}\n"));
    }
    Ok(())
}

/// Keeps the inputs that reach something of their own, the shortest.
fn keep(engine: &Path, name: &str, from: &[&Path]) -> Done {
    let merged = folder(&format!("target/fuzz/merged/{name}"))?;
    let mut command = Command::new(engine);
    command.args(["-merge=1", "-timeout=20"]).arg(&merged).args(from);
    run(command, name, &root().join(format!("target/fuzz/{name}-merge.log")))?;
    let entries = fs::read_dir(&merged).map_err(|error| error.to_string())?;
    let mut inputs: Vec<(u64, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.path())))
        .collect();
    inputs.sort();
    let kept = folder(&format!("tests/fuzz/corpus/{name}"))?;
    for (_, path) in inputs.iter().take(KEPT) {
        let file = path.file_name().ok_or("an input has no name")?;
        fs::copy(path, kept.join(file)).map_err(|error| error.to_string())?;
    }
    say(&format!("{name}: {} of {} inputs are kept\n", inputs.len().min(KEPT), inputs.len()))
}
