//! `cargo xtask fuzz`: coverage-guided fuzzing of everything that reads input.
//!
//! The engine is libFuzzer. It needs a C++ compiler and the stable toolchain: the pass `sancov-module` of the compiler
//! counts which code is reached.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Done, cargo, eprint, output, print, root};

/// The targets, with the folders of their seed inputs, in addition to their own in `tests/fuzz/corpus/`.
const TARGETS: [(&str, &[&str]); 6] = [
    ("document", &["tests/malformed/syntax"]),
    ("shape", &["tests/malformed/shape", "tests/lints"]),
    ("resolve", &["tests/malformed/resolve", "tests/scoring", "tests/diff"]),
    ("expression", &[]),
    ("wording", &["tests/malformed/wording", "instruments/side-by-side"]),
    ("cases", &["tests/malformed/cases", "instruments/who-5"]),
];

/// The compiler flags that instrument the code.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";
/// The packages whose arithmetic overflows are reported as defects.
const CHECKED: [&str; 3] = ["scalewright-check", "scalewright-model", "scalewright-scoring"];
/// How many inputs of each target `--keep` stores, the shortest first.
const KEPT: usize = 80;

/// The options of the command: the total time, the target, the seed, and whether to store new inputs in the repository.
struct FuzzOptions {
    seconds: u64,
    target: Option<String>,
    seed: String,
    keep: bool,
}

/// Fuzzes every target, or one of them. The targets share the seconds.
pub(crate) fn fuzz(args: &[&str]) -> Done {
    let options = options(args)?;
    let engine = build()?;
    let chosen: Vec<&(&str, &[&str])> = TARGETS
        .iter()
        .filter(|(name, _)| options.target.as_deref().is_none_or(|t| t == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        return Err(format!("unknown target; the targets are {}", names.join(", ")));
    }
    // For libFuzzer, 0 means that there is no limit.
    let seconds = (options.seconds / chosen.len() as u64).max(1);
    let mut failed = Vec::new();
    for (name, seeds) in chosen {
        if !one(&engine, name, seeds, seconds, &options)? {
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("defects found in {}: see tests/fuzz/crashes/", failed.join(", ")))
}

fn options(args: &[&str]) -> Result<FuzzOptions, String> {
    let mut options = FuzzOptions { seconds: 60, target: None, seed: "1".to_owned(), keep: false };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().copied().ok_or(format!("`{arg}` needs a value"));
        match *arg {
            "--seconds" => {
                options.seconds =
                    value()?.parse().map_err(|_| "`--seconds` takes a number".to_owned())?;
            }
            "--target" => options.target = Some(value()?.to_owned()),
            "--seed" => options.seed = value()?.to_owned(),
            "--keep" => options.keep = true,
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(options)
}

/// Builds the engine with instrumented code, in a target folder of its own. Returns its path.
fn build() -> Result<PathBuf, String> {
    let about = output("rustc", &["-vV"])?;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("`rustc -vV` names no host")?.to_owned();
    let mut args: Vec<String> =
        ["build", "-p", "scalewright-fuzz", "--features", "engine", "--release"]
            .map(str::to_owned)
            .to_vec();
    // With a target, cargo does not pass the flags to build scripts and macros, which are not linked with the engine.
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

/// Fuzzes one target. Returns whether it found no defect.
fn one(
    engine: &Path,
    name: &str,
    seeds: &[&str],
    seconds: u64,
    options: &FuzzOptions,
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
        .arg(format!("-seed={}", options.seed))
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
    print(&format!(
        "{name}: {} inputs in {seconds} s, {} of them new; {}\n",
        number("stat::number_of_executed_units:"),
        number("stat::new_units_added:"),
        if status { "no defect found" } else { "defect found" }
    ))?;
    if !status {
        shorten(engine, name, &text)?;
    }
    if options.keep {
        keep(engine, name, &[&kept, &found])?;
    }
    Ok(status)
}

fn folder(path: &str) -> Result<PathBuf, String> {
    let folder = root().join(path);
    fs::create_dir_all(&folder).map_err(|error| format!("{path}: {error}"))?;
    Ok(folder)
}

/// Runs the engine with its output in `log`. Returns whether it succeeded.
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

/// Shortens the input of a defect for up to a minute.
fn shorten(engine: &Path, name: &str, log: &str) -> Done {
    let written = log.lines().find_map(|line| line.split("Test unit written to ").nth(1));
    let Some(written) = written else {
        return print_errors(name, log);
    };
    print_errors(name, log)?;
    let short = root().join(format!("tests/fuzz/crashes/{name}-short"));
    let mut command = Command::new(engine);
    command
        .args(["-minimize_crash=1", "-max_total_time=60", "-timeout=20", "-rss_limit_mb=1024"])
        .arg(format!("-exact_artifact_path={}", short.display()))
        .arg(written.trim());
    run(command, name, &root().join(format!("target/fuzz/{name}-short.log")))?;
    print(&format!("{name}: {} and, shortened, {}\n", written.trim(), short.display()))
}

/// Prints the lines of the log that report errors.
fn print_errors(name: &str, log: &str) -> Done {
    for line in log.lines().filter(|line| line.contains("panicked") || line.contains("ERROR:")) {
        eprint(&format!("{name}: {line}\n"));
    }
    Ok(())
}

/// Stores the shortest inputs that together reach the same code as all inputs.
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
    print(&format!("{name}: {} of {} inputs are stored\n", inputs.len().min(KEPT), inputs.len()))
}
