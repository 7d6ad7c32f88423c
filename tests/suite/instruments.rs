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

/// The ids on the page about the therapeutic relationship, each with the status of its key.
fn on_the_page() -> Vec<(String, String)> {
    let page = std::fs::read_to_string(root().join("docs/src/alliance.md")).expect("it exists");
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let pairs = rows.flat_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let ids: Vec<String> = cells[2].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let (key, what) = (cells[3].to_owned(), cells[4]);
        let works = match key.as_str() {
            "unverified" => "forms; scores with a supplied key",
            "recalled" => "scores and forms with `--accept-recalled-keys`",
            _ => "scores and forms",
        };
        assert!(what.starts_with(works), "{row}");
        ids.into_iter().map(move |id| (id, key.clone()))
    });
    let mut pairs: Vec<(String, String)> = pairs.collect();
    pairs.sort();
    pairs
}

#[test]
fn the_page_about_the_relationship_lists_every_instrument_with_its_key() {
    let list = run(&["list", "--format", "json"], &root()).out;
    let list: Vec<serde_json::Value> = serde_json::from_str(&list).expect("a list");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut there: Vec<(String, String)> =
        list.iter().map(|one| (text(&one["id"]), text(&one["key"]))).collect();
    there.sort();
    assert_eq!(on_the_page(), there, "docs/src/alliance.md differs from the library");
}
