//! Mutants: what the cases of a definition notice, and what not.

use crate::support::{root, run};

fn concise(name: &str, more: &[&str]) -> crate::support::Run {
    let path = format!("tests/mutants/{name}");
    let mut args = vec!["check", "--mutants", "--format", "concise", &path];
    args.extend(more);
    run(&args, &root())
}

#[test]
fn cases_that_notice_everything_are_told_so() {
    let result = concise("noticed", &["--deny-warnings"]);
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
    // That `high` takes in 4.5 changes nothing: `low` has it first.
    let summary = "noticed: 11 mutants, 11 noticed, 0 not; 1 equivalent, not counted\n";
    assert!(result.err.contains(summary), "{}", result.err);
}

#[test]
fn a_reversed_item_that_no_case_answers_is_named_where_it_is_keyed() {
    let result = concise("unreversed", &[]);
    assert_eq!(result.code, 0, "warnings are no errors: {}", result.err);
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
fn an_example_of_responses_comes_with_each_mutant() {
    let result = run(&["check", "--mutants", "tests/mutants/unreversed"], &root());
    assert!(result.out.contains("`responses = { m1 = "), "{}", result.out);
    assert!(result.out.contains("an answer to `m2` that is not the middle one"), "{}", result.out);
}

#[test]
fn without_cases_nothing_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("noticed");
    std::fs::create_dir(&at).expect("it can be made");
    let definition = root().join("tests/mutants/noticed/instrument.toml");
    std::fs::copy(definition, at.join("instrument.toml")).expect("it can be copied");
    let result = run(&["check", "--mutants", "noticed", "--deny-warnings"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    let summary =
        "noticed: 11 mutants, 0 noticed, 11 not; 1 equivalent, not counted; there are no cases";
    assert!(result.err.contains(summary), "{}", result.err);
}
