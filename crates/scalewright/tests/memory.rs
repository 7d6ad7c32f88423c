//! Tables with very many errors, and long forms: the program stays within a memory limit.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const DEFINITION: &str = r#"
format = 1
id = "wide"
title = "Wide"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "us"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.rating]
options = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]
"#;

/// The number of items.
const ITEMS: usize = 200;

/// Returns the peak memory of the program in kilobytes, its exit code, and standard error.
fn run(at: &Path, args: &[&str]) -> (u64, Option<i32>, String) {
    let stderr = File::create(at.join("stderr")).expect("it can be written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_scalewright"))
        .args(args)
        .current_dir(at)
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    let code = loop {
        // The kernel's high-water mark. It is no longer available once the program has ended.
        let seen = fs::read_to_string(&status).unwrap_or_default();
        let peak = seen.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(peak.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            break status.code();
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    (most, code, fs::read_to_string(at.join("stderr")).expect("it was written"))
}

fn folder() -> tempfile::TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    let items = (1..=ITEMS).map(|item| {
        format!("[[items]]\nid = \"w_{item}\"\nstem = \"Item {item}.\"\nresponse = \"rating\"\n")
    });
    let ids: Vec<String> = (1..=ITEMS).map(|item| format!("\"w_{item}\"")).collect();
    let scale = format!(
        "[[scales]]\nid = \"wide\"\ntitle = \"Wide\"\nitems = [{}]\nscore = \"sum\"\nmissing = \"no-score\"\n",
        ids.join(", ")
    );
    let definition = format!("{DEFINITION}{}{scale}", items.collect::<String>());
    fs::write(at.path().join("wide.toml"), definition).expect("it can be written");
    at
}

/// Returns tables in every text format, with wrong answers in 60,000 cells of respondents with long names.
fn faulty() -> Vec<(&'static str, String)> {
    let names: Vec<String> = (1..=ITEMS).map(|item| format!("w_{item}")).collect();
    let long = "n".repeat(20_000);
    let rows = 0..300;
    let csv = rows.clone().map(|row| format!("{row}{long}{}\n", ",77".repeat(ITEMS)));
    let cells: Vec<String> = names.iter().map(|name| format!("\"{name}\":77")).collect();
    let cells = cells.join(",");
    let objects: Vec<String> =
        rows.map(|row| format!("{{\"id\":\"{row}{long}\",{cells}}}")).collect();
    vec![
        ("a.csv", format!("id,{}\n{}", names.join(","), csv.collect::<String>())),
        ("a.json", format!("[{}]", objects.join(",\n"))),
        ("a.jsonl", objects.join("\n")),
    ]
}

#[test]
fn no_table_takes_more_than_300_megabytes() {
    let at = folder();
    for (name, text) in faulty() {
        fs::write(at.path().join(name), text).expect("it can be written");
        for more in [&[][..], &["--on-error", "skip"]] {
            let args = [&["score", "wide.toml", name], more].concat();
            let (most, code, stderr) = run(at.path(), &args);
            assert_eq!(code, Some(i32::from(more.is_empty())), "{name}: {stderr}");
            assert!(stderr.contains("and 59950 more"), "{name}: {stderr}");
            assert!((1..300_000).contains(&most), "{name} {more:?}: {most} kB");
        }
    }
}

/// A form of more places than are typeset together is divided into parts.
#[cfg(feature = "pdf")]
#[test]
fn no_form_takes_more_than_300_megabytes() {
    let at = tempfile::tempdir().expect("a temporary folder");
    let options = "options = [{ value = 0, label = \"No\" }, { value = 1, label = \"Yes\" }]";
    let more: Vec<String> =
        (0..5).map(|n| format!("{{ value = {n}, label = \"Option {n}\" }}")).collect();
    let definition = DEFINITION.replace(options, &format!("options = [{}]", more.join(", ")));
    let items = (1..=1_000).map(|item| {
        format!("[[items]]\nid = \"w_{item}\"\nstem = \"Item {item}.\"\nresponse = \"rating\"\n")
    });
    let definition = format!("{definition}{}", items.collect::<String>());
    fs::write(at.path().join("wide.toml"), definition).expect("it can be written");
    let (most, code, stderr) =
        run(at.path(), &["export", "wide.toml", "--to", "pdf", "--out", "out"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!((1..300_000).contains(&most), "{most} kB");
}
