//! The conformance kit finds what is wrong with a plug-in, and nothing is wrong with a correct one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use scalewright_plugins::kit::{ProgramSubject, Report, check_exporter, check_linter};
use scalewright_plugins::process::{Program, Session, locate};
use scalewright_wire::Kind;

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plugins/kit")
}

fn program(kind: Kind, name: &str, file: &str) -> Program {
    let python = locate("python3", None).expect("Python 3 is installed");
    let mut program = Program::new(kind, name, &python);
    program.command.push(plugins().canonicalize().expect("the folder exists").join(file).into());
    // A plug-in that waits without a request does so for all of this time.
    program.limits.time = Duration::from_secs(if name == "waits" { 1 } else { 20 });
    program
}

fn exporter(name: &str) -> Report {
    let program = program(Kind::Export, name, &format!("{name}.py"));
    let session = Session::start(&program).expect("it describes itself");
    let mut subject = ProgramSubject::new(&program, session);
    check_exporter(&mut subject, &program.limits).expect("the kit is sound")
}

fn rules(report: &Report) -> Vec<&'static str> {
    let mut rules: Vec<&str> = report.problems.iter().map(|problem| problem.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn a_correct_exporter_passes() {
    let report = exporter("correct");
    assert!(report.passes(), "{:#?}", report.problems);
    assert!(report.requests > 40 && report.respondents > 300, "{report:?}");
}

#[test]
fn a_correct_lint_passes() {
    let program = program(Kind::Lint, "house", "house.py");
    let session = Session::start(&program).expect("it describes itself");
    let report =
        check_linter(&mut ProgramSubject::new(&program, session)).expect("the kit is sound");
    assert!(report.passes(), "{:#?}", report.problems);
}

#[test]
fn each_mistake_is_found_by_its_rule_alone() {
    let expected: &[(&str, &[&str])] = &[
        ("not-deterministic", &["not-deterministic"]),
        ("remembers", &["serve-differs"]),
        ("wrong-escape", &["wrong-escape"]),
        ("uneven-rows", &["malformed-file"]),
        ("recalled-score", &["recalled-score"]),
        ("undeclared-loss", &["undeclared-loss"]),
        ("unreported-loss", &["unreported-loss"]),
        ("missing-place", &["missing-place"]),
        ("long-name", &["long-name"]),
        ("undeclared-file", &["undeclared-file"]),
        ("wrong-score", &["wrong-score"]),
        ("extra-output", &["nothing-answered", "extra-output"]),
        ("unknown-key", &["unknown-key"]),
        ("idle-option", &["idle-option"]),
        ("waits", &["no-request"]),
        ("swallows-errors", &["no-request"]),
    ];
    let mut wrong = Vec::new();
    for (name, expected) in expected {
        let report = exporter(name);
        if rules(&report) != *expected {
            wrong.push(format!("{name}: {:#?}", report.problems));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
