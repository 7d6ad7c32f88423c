//! The library: every instrument checks clean, cases and all.

use crate::support::{CORPUS_MINIMUM, root, run};

#[test]
fn every_instrument_checks_clean() {
    let result = run(&["check", "instruments", "--deny-warnings"], &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
    let count: usize = result
        .err
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .expect("the summary counts the instruments");
    assert!(count >= CORPUS_MINIMUM, "{}", result.err);
}

#[test]
fn every_scoring_fixture_scores_as_worked_out_by_hand() {
    let result = run(&["check", "tests/scoring", "--deny-warnings"], &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
}

#[test]
fn stand_in_wordings_fit_the_instruments_that_withhold_theirs() {
    let args = ["check", "instruments", "--wording", "tests/fixtures/wording", "--deny-warnings"];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}
