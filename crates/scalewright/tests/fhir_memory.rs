//! The memory use of the program on FHIR input: it does not grow with the length of the input.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_scalewright");

/// A Python script that runs a program and prints its peak memory, in KiB.
const MEASURE: &str = "
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
sys.stderr.buffer.write(done.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
";

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository exists")
}

/// Returns the exit code, standard error, and the peak memory in MiB.
fn measured(args: &[&str]) -> (Option<i32>, String, u64) {
    let python = root().join("target/oracles/venv/bin/python");
    let mut command = Command::new(python);
    command.arg("-c").arg(MEASURE).arg(PROGRAM).args(args).current_dir(root());
    let output = command.output().expect("python can be run: `tests/oracles/setup` installs it");
    let most = String::from_utf8_lossy(&output.stdout).trim().parse::<u64>();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), stderr, most.expect("a number") / 1024)
}

/// Appends a response of about 800 bytes.
fn response(text: &mut String, number: usize) {
    let form = "urn:scalewright:instrument:quiet-week|1.0.0";
    let filler = "x".repeat(400);
    write!(
        text,
        "{{\"fullUrl\": \"urn:uuid:{number}\", \"resource\": {{\"resourceType\": \"QuestionnaireResponse\", \
         \"id\": \"r{number}\", \"questionnaire\": \"{form}\", \"status\": \"completed\", \"note\": \"{filler}\", \
         \"item\": [{{\"linkId\": \"quiet_1\", \"answer\": [{{\"valueCoding\": {{\"code\": \"3\"}}}}]}}, \
         {{\"linkId\": \"quiet_2\", \"answer\": [{{\"valueInteger\": 1}}]}}]}}}}"
    )
    .expect("writing to a string cannot fail");
}

#[test]
fn a_bundle_of_any_length_takes_little_memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bundle.json");
    let mut text = "{\"type\": \"collection\", \"entry\": [".to_owned();
    for number in 0..15_000 {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        response(&mut text, number);
    }
    text.push_str("], \"resourceType\": \"Bundle\"}");
    assert!(text.len() > 8 << 20, "{}", text.len());
    std::fs::write(&path, &text).expect("it can be written");
    let path = path.display().to_string();
    let args = ["score", "tests/fixtures/quiet-week/instrument.toml", &path, "--from", "fhir"];
    let (code, stderr, most) = measured(&args);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(most < 90, "{most} MiB");
}

#[test]
fn an_endless_resource_is_refused_in_little_memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("responses.ndjson");
    for text in ["[[1,".repeat(20 << 20), format!("{{\"id\": \"{}", "x".repeat(60 << 20))] {
        std::fs::write(&path, &text).expect("it can be written");
        let path = path.display().to_string();
        let args = ["score", "tests/fixtures/quiet-week/instrument.toml", &path, "--from", "fhir"];
        let (code, stderr, most) = measured(&args);
        assert_eq!(code, Some(1), "{stderr}");
        assert!(stderr.contains("line 1") && stderr.contains("longer than 16 MiB"), "{stderr}");
        assert!(most < 200, "{most} MiB");
    }
}
