//! The library: every instrument and its cases are checked without findings.

use crate::support::{CORPUS_MINIMUM, root, run};

#[test]
fn every_instrument_has_no_findings() {
    // Recalled keys are marked as such, which gives a hint.
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
fn every_scoring_fixture_has_the_scores_calculated_by_hand() {
    // The fixtures test scoring only: not sources, rights, portability or the coverage of their cases.
    let silent = ["cases", "rights", "provenance", "portability"].map(|group| ["--allow", group]);
    let args = ["check", "tests/scoring", "--deny-warnings"];
    let result = run(&[&args[..], silent.as_flattened()].concat(), &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
}

#[test]
fn substitute_wordings_fit_the_instruments_with_withheld_wording() {
    let args = ["check", "instruments", "--wording", "tests/fixtures/wording", "--deny-warnings"];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}
