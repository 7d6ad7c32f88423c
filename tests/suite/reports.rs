//! The findings of a check in each output format.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Run, root, run};

const FORMATS: [&str; 7] = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"];

fn check(format: &str, paths: &[&str], cwd: &Path) -> Run {
    let mut args = vec!["check", "--format", format];
    args.extend(paths);
    run(&args, cwd)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the report is JSON")
}

/// A library of two instruments: one has an error, a warning, a hint and an allowed lint, in two files; the other has
/// no findings.
fn library() -> std::path::PathBuf {
    root().join("tests/reports")
}

#[test]
fn each_format_has_the_same_findings() {
    for format in FORMATS {
        let result = check(format, &[], &library());
        assert_eq!(result.code, 1, "{format}: {}", result.err);
        let summary = "checked 2 instruments: 2 errors, 1 warning, 1 hint\n\
                       1 can be fixed with `--fix` (preview: `--diff`)\n";
        assert_eq!(result.err, summary, "{format}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(library());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let text = match format {
            "sarif" => without_pages(&result.out),
            _ => result.out,
        };
        settings.bind(|| insta::assert_snapshot!(format, text));
    }
}

/// Removes the pages of lints from a SARIF report: they are tested as documentation.
fn without_pages(sarif: &str) -> String {
    let mut report = json(sarif);
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("rules");
    for rule in rules {
        for key in ["text", "markdown"] {
            if let Some(text) = rule["help"].get_mut(key) {
                assert!(text.as_str().is_some_and(|text| text.len() > 50), "a page: {text}");
                *text = Value::from("…");
            }
        }
    }
    format!("{report:#}")
}

/// The paths of files with findings of every lint and of every other kind.
fn everything() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["tests/lints", "tests/malformed", "tests/reports", "tests/mutants"] {
        gather(&root().join(folder), &mut paths);
    }
    let mut paths: Vec<String> =
        paths.iter().map(|path| path.strip_prefix(root()).unwrap_or(path)).map(shown).collect();
    paths.sort();
    assert!(paths.len() > 50, "the fixtures are there");
    paths
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn gather(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
}

fn faults(schema: &Value, report: &Value) -> Vec<String> {
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(schema).expect("the schema is valid");
    let faults = validator.iter_errors(report);
    faults.map(|fault| format!("{}: {fault}", fault.instance_path())).take(5).collect()
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let path = root().join("target/oracles/sarif/package/lib/schemas/sarif-2.1.0-rtm.5.json");
    let mut schema = json(&fs::read_to_string(path).expect("run tests/oracles/setup"));
    // The schema's pattern for languages has a superfluous bracket, which the validator rejects. Reports have no
    // language.
    for part in ["run", "toolComponent", "translationMetadata"] {
        let keys = schema["definitions"][part]["properties"].as_object_mut().expect("keys");
        keys.remove("language");
    }
    let paths = everything();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let report = json(&check("sarif", &paths, &root()).out);
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = report["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() > 100 && rules.len() > 40, "{} of {}", results.len(), rules.len());
    assert_eq!(faults(&schema, &report), Vec::<String>::new());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number"));
        assert_eq!(rules[index.expect("a small one")]["id"], result["ruleId"]);
    }
    let mut prints: Vec<&str> = results
        .iter()
        .filter_map(|result| result["partialFingerprints"]["scalewright/v1"].as_str())
        .collect();
    assert_eq!(prints.len(), results.len(), "each result has a fingerprint");
    prints.sort_unstable();
    let count = prints.len();
    prints.dedup();
    assert_eq!(prints.len(), count, "all fingerprints differ");
}

#[test]
fn json_is_valid_against_the_printed_schema() {
    let schema = json(&run(&["schema", "report"], &root()).out);
    let paths = everything();
    let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    paths.push("--mutants");
    let report = json(&check("json", &paths, &root()).out);
    assert!(report["findings"].as_array().is_some_and(|all| all.len() > 100));
    assert_eq!(faults(&schema, &report), Vec::<String>::new());
}

#[test]
fn locations_match_the_text() {
    let report = json(&check("json", &[], &library()).out);
    for finding in report["findings"].as_array().expect("findings") {
        let place = &finding["place"];
        let file = library().join(place["file"].as_str().expect("a file"));
        let text = fs::read_to_string(file).expect("its path is relative to this folder");
        let number = |end: &str, key: &str| {
            let number = place[end][key].as_u64().expect("a number");
            usize::try_from(number).expect("a small one")
        };
        let line = text.lines().nth(number("start", "line") - 1).expect("a line");
        let columns = number("end", "column") - number("start", "column");
        let marked: String =
            line.chars().skip(number("start", "column") - 1).take(columns).collect();
        assert_eq!(marked, text[number("start", "byte")..number("end", "byte")]);
        assert!(!marked.is_empty());
    }
}

/// The code and the fingerprint of each finding.
fn prints(cwd: &Path) -> Vec<(String, String)> {
    let report = json(&check("json", &["broken"], cwd).out);
    let findings = report["findings"].as_array().expect("findings").iter();
    let mut prints: Vec<(String, String)> = findings
        .map(|finding| (finding["code"].to_string(), finding["fingerprint"].to_string()))
        .collect();
    prints.sort();
    prints
}

#[test]
fn a_fingerprint_does_not_depend_on_line_numbers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("broken");
    fs::create_dir(&at).expect("the folder can be created");
    for file in ["instrument.toml", "de.toml"] {
        let from = library().join("library/broken").join(file);
        fs::copy(from, at.join(file)).expect("it can be copied");
    }
    let before = prints(folder.path());
    assert!(before.len() >= 4, "{before:?}");
    let text = fs::read_to_string(at.join("instrument.toml")).expect("it exists");
    let moved = format!("# One.\n\n# Two: ä.\n{}", text.replace("[[items]]", "\n[[items]]"));
    fs::write(at.join("instrument.toml"), moved).expect("the file is writable");
    assert_eq!(prints(folder.path()), before);
    let changed = text.replace("from = 3, to = 4", "from = 4, to = 4");
    fs::write(at.join("instrument.toml"), changed).expect("the file is writable");
    assert_ne!(prints(folder.path()), before, "a finding in another text has another fingerprint");
}

#[test]
fn a_report_file_is_written_completely_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("deep/report");
    let out = file.display().to_string();
    for format in FORMATS {
        let result = check(format, &["--out", &out], &library());
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{format}: {}", result.err);
        let written = fs::read_to_string(&file).expect("the report is written");
        assert_eq!(written, check(format, &[], &library()).out, "{format}");
    }
    let result = check("json", &["--out", &out, "no-such-instrument"], &library());
    assert_eq!(result.code, 2, "{}", result.err);
    let written = fs::read_to_string(&file).expect("the earlier report is kept");
    assert!(written.starts_with("<?xml"), "{written}");
    let result = check("json", &["--out", "/dev/null/x"], &library());
    assert_eq!(result.code, 2, "{}", result.err);
}

/// A text that would be markup, a command or another line if it were not escaped.
const HOSTILE: &str = "x,line=1::error file=y%0A]]>&amp;<b>\\\"'\u{e9}";

#[test]
fn names_and_texts_are_escaped_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = format!("{}\n::error::z.toml", HOSTILE.replace('/', ""));
    let key = "\"]]></failure>\\u001b[31m\\u202e::error::%0A\\n::set-output name=x::y\"";
    let text = format!("format = 1\n{key} = 1\nid = \"\u{202e}{{0}}\"\n");
    fs::write(folder.path().join(&name), text).expect("such a file name is possible");
    let count = json(&check("json", &[&name], folder.path()).out)["findings"]
        .as_array()
        .expect("findings")
        .len();
    assert!(count > 2, "{count}");
    for format in FORMATS {
        let result = check(format, &[&name], folder.path());
        assert_eq!(result.code, 1, "{format}: {}", result.err);
        let turning = result.out.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(turning, None, "{format}: {}", result.out);
    }
    let commands = check("github", &[&name], folder.path()).out;
    assert_eq!(commands.lines().count(), count, "one command per finding: {commands}");
    for line in commands.lines() {
        let rest = line.strip_prefix("::error file=").expect("an error");
        let (properties, _) = rest.split_once("::").expect("a string");
        let keys: Vec<&str> =
            properties.split(',').skip(1).filter_map(|one| Some(one.split_once('=')?.0)).collect();
        assert!(["line", "endLine"].iter().all(|key| keys.contains(key)), "{line}");
        assert!(keys.len() <= 5, "{line}");
    }
    let sarif = json(&check("sarif", &[&name], folder.path()).out);
    let result = &sarif["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = uri.as_str().expect("a string");
    assert!(uri.starts_with("x%2Cline%3D1%3A%3Aerror%20file%3Dy%250A"), "{uri}");
    assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
    assert_is_xml(&check("junit", &[&name], folder.path()).out, 1);
}

/// Asserts that a third-party parser can read the XML.
fn assert_is_xml(text: &str, cases: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("report.xml");
    fs::write(&file, text).expect("the file is writable");
    let program = "import sys, xml.etree.ElementTree as E\n\
                   root = E.parse(sys.argv[1]).getroot()\n\
                   print(len(root.findall('./testsuite/testcase')))";
    let python = root().join("target/oracles/venv/bin/python");
    let done = Command::new(python).args(["-c", program]).arg(&file).output();
    let done = done.expect("run tests/oracles/setup");
    assert!(done.status.success(), "{}\n{text}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), cases.to_string());
}

#[test]
fn junit_counts_failures() {
    let strict = check("junit", &["--deny-warnings", "--allow", "band-gap"], &library());
    assert_is_xml(&strict.out, 2);
    assert!(strict.out.contains("tests=\"2\" failures=\"1\" errors=\"0\""), "{}", strict.out);
    let quiet = check("junit", &["sound"], &library());
    assert_is_xml(&quiet.out, 1);
    assert!(quiet.out.contains("failures=\"0\""), "{}", quiet.out);
}

#[test]
fn a_check_without_findings_is_reported_in_each_format() {
    for (format, out) in [("text", ""), ("concise", ""), ("github", ""), ("gitlab", "[]\n")] {
        let result = check(format, &["sound"], &library());
        assert_eq!((result.code, result.out.as_str()), (0, out), "{format}");
    }
    let sarif = json(&check("sarif", &["sound"], &library()).out);
    assert_eq!(sarif["runs"][0]["results"], Value::Array(Vec::new()));
    let report = json(&check("json", &["sound"], &library()).out);
    assert_eq!(report["summary"]["failed"], false);
}

#[test]
fn mutants_are_in_every_format() {
    for format in FORMATS {
        let args = ["check", "--mutants", "--format", format, "tests/mutants/unreversed"];
        let result = run(&args, &root());
        assert!(result.out.contains("unnoticed-mutant"), "{format}: {}", result.out);
        assert!(result.err.contains("mutants, "), "{format}: {}", result.err);
    }
}
