//! The library: every instrument checks clean, cases and all.

use crate::support::{CORPUS_MINIMUM, root, run};

#[test]
fn every_instrument_checks_clean() {
    // Keys that could only be recalled are marked so, and told as hints.
    let args = ["check", "instruments", "--deny-warnings", "--allow", "recalled-key"];
    let result = run(&args, &root());
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
    // They are about scoring alone: not about sources, rights and platforms, nor about how much their cases touch.
    let silent = ["cases", "rights", "provenance", "portability"].map(|group| ["--allow", group]);
    let args = ["check", "tests/scoring", "--deny-warnings"];
    let result = run(&[&args[..], silent.as_flattened()].concat(), &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
}

#[test]
fn stand_in_wordings_fit_the_instruments_that_withhold_theirs() {
    let args = ["check", "instruments", "--wording", "tests/fixtures/wording", "--deny-warnings"];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}
