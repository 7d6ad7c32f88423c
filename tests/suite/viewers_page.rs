//! The page of the book about viewers is what `cargo xtask viewers` writes from its results, and the results are complete.

use std::process::Command;

use serde_json::Value;

use crate::support::root;

/// The viewers, each with its engine.
const VIEWERS: [(&str, &str); 7] = [
    ("evince", "poppler"),
    ("atril", "poppler"),
    ("okular", "poppler"),
    ("qpdfview", "poppler"),
    ("mupdf", "MuPDF"),
    ("firefox", "pdf.js"),
    ("chromium", "PDFium"),
];

/// The languages in which each viewer fills in a form.
const LANGUAGES: [&str; 4] = ["en", "ar", "he", "ja"];

#[test]
fn the_page_of_viewers_matches_the_results() {
    let output = Command::new("python3").arg("tests/viewers/page.py").current_dir(root()).output();
    let output = output.expect("python3 can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = std::fs::read_to_string(root().join("docs/src/export/viewers.md"));
    let expected = String::from_utf8(output.stdout).expect("text");
    assert_eq!(
        page.expect("the page exists"),
        expected,
        "run `python3 tests/viewers/page.py --write`"
    );
}

#[test]
fn every_viewer_has_filled_in_a_form_in_every_language() {
    let text = std::fs::read_to_string(root().join("tests/viewers/results.json"));
    let results: Value = serde_json::from_str(&text.expect("the file exists")).expect("JSON");
    for (name, engine) in VIEWERS {
        assert_eq!(results[name]["engine"], engine);
        assert!(results[name]["version"].is_string(), "{name}");
        for language in LANGUAGES {
            let seen = &results[name]["filled"][language];
            assert!(seen["failed"].is_null(), "{name} {language}: {}", seen["failed"]);
            assert!(
                seen["wrong"].is_array() && seen["wrong-twice"].is_array(),
                "{name} {language}"
            );
        }
    }
}
