//! Mutants: which changes of a definition its cases notice.

use crate::support::{root, run};

fn concise(name: &str, more: &[&str]) -> crate::support::Run {
    let path = format!("tests/mutants/{name}");
    let mut args = vec!["check", "--mutants", "--format", "concise", &path];
    args.extend(more);
    run(&args, &root())
}

#[test]
fn cases_that_notice_every_mutant_give_no_findings() {
    let result = concise("noticed", &["--deny-warnings"]);
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
    // One mutant is equivalent: if `high` includes 4.5 too, `low` comes first and still has it.
    let summary = "noticed: 11 mutants, 11 noticed, 0 not; 1 equivalent, not counted\n";
    assert!(result.err.contains(summary), "{}", result.err);
}

#[test]
fn a_reversal_that_no_case_tests_is_reported_at_its_key() {
    let result = concise("unreversed", &[]);
    assert_eq!(result.code, 0, "warnings are not errors: {}", result.err);
    let lines: Vec<&str> = result.out.lines().collect();
    let text = "tests/mutants/unreversed/instrument.toml:43:16: warning[unnoticed-mutant]: \
        no case notices when `m2` on `mut` is keyed the other way";
    assert!(lines.contains(&text), "{}", result.out);
    assert!(lines.iter().all(|line| !line.contains("`m1` on")), "{}", result.out);
    let denied = concise("unreversed", &["--deny-warnings"]);
    assert_eq!(denied.code, 1, "{}", denied.err);
    assert_eq!(denied.out, result.out, "the same on every run");
}

#[test]
fn each_unnoticed_mutant_has_example_responses() {
    let result = run(&["check", "--mutants", "tests/mutants/unreversed"], &root());
    assert!(result.out.contains("`responses = { m1 = "), "{}", result.out);
    assert!(result.out.contains("an answer to `m2` that is not the middle one"), "{}", result.out);
}

#[test]
fn without_cases_nothing_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("noticed");
    std::fs::create_dir(&at).expect("the folder can be created");
    let definition = root().join("tests/mutants/noticed/instrument.toml");
    std::fs::copy(definition, at.join("instrument.toml")).expect("it can be copied");
    let result = run(&["check", "--mutants", "noticed", "--deny-warnings"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    let summary =
        "noticed: 11 mutants, 0 noticed, 11 not; 1 equivalent, not counted; there are no cases";
    assert!(result.err.contains(summary), "{}", result.err);
}
