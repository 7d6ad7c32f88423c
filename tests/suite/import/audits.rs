//! `audit`: deployed forms with one mistake each are found, with the respondent for whom the score goes wrong; harmless
//! changes are silent.

use std::fs;
use std::path::Path;

use crate::support::{Run, root, run};

/// A folder with the definition of the worked example, and the source.
fn library(folder: &Path) -> String {
    let source = root().join("tests/fixtures/import/osd/GES4.osd");
    let result = run(&["import", &source.display().to_string()], folder);
    assert_eq!(result.code, 0, "{}", result.err);
    fs::read_to_string(source).expect("readable")
}

fn audited(folder: &Path, form: &str) -> Run {
    fs::write(folder.join("form.osd"), form).expect("writable");
    run(&["audit", "form.osd", "--against", "ges-4"], folder)
}

/// Packs are searched too, and an instrument that both have is named with its pack.
#[test]
fn the_catalogue_lists_instruments_of_packs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = library(folder.path());
    fs::write(folder.path().join("form.osd"), form).expect("writable");
    let made = run(&["pack", "new", "alliance"], folder.path());
    assert_eq!(made.code, 0, "{}", made.err);
    let source = root().join("tests/fixtures/import/osd/GES4.osd").display().to_string();
    for out in ["alliance/instruments", "mine"] {
        let made = run(&["import", &source, "--out", out], folder.path());
        assert_eq!(made.code, 0, "{}", made.err);
    }
    let listed = |args: &[&str]| {
        let args = [&["--packs", "alliance", "audit", "form.osd", "--catalogue"], args].concat();
        let result = run(&args, folder.path());
        assert_eq!(result.code, 0, "{}", result.err);
        result.out
    };
    assert_eq!(listed(&[]), "ges-4 1.0.0: 6 of 6 items\n");
    assert_eq!(
        listed(&["--library", "mine"]),
        "library:ges-4 1.0.0: 6 of 6 items\nalliance:ges-4 1.0.0: 6 of 6 items\n"
    );
}

/// Replaces the only occurrence of a text.
fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replace(old, new)
}

#[test]
fn a_form_that_scores_as_its_definition_is_silent() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = library(folder.path());
    let result = audited(folder.path(), &form);
    assert_eq!(result.code, 0, "{}", result.out);
    assert!(
        result
            .out
            .contains("6 of 6 items of `ges-4`; 2 of 2 scores are equal; no errors, no warnings"),
        "{}",
        result.out
    );
    // Markup, another order of keys, an added field, other spaces.
    let harmless = replaced(&form, "I breathe calmly.", "<i>I  breathe</i> calmly.");
    let harmless = replaced(&harmless, "\"default_required\": false", "\"default_required\": true");
    let harmless = replaced(
        &harmless,
        "\"items\": [\n   {\n    \"id\": \"intro\"",
        "\"items\": [\n   {\"id\": \"extra\", \"type\": \"short\", \"text_key\": \"intro\"},\n   {\n    \"id\": \"intro\"",
    );
    let result = audited(folder.path(), &harmless);
    assert_eq!(result.code, 0, "{}", result.out);
    assert!(result.out.contains("no errors, no warnings"), "{}", result.out);
}

#[test]
fn seeded_mistakes_are_found_with_a_respondent() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = library(folder.path());
    for (old, new, code, said) in [
        (
            "\"GES2\": -1",
            "\"GES2\": 1",
            "score-differs",
            "ges2 = 1 gives 1 in the form and 5 by the definition",
        ),
        (
            "\"method\": \"sum_coded\"",
            "\"method\": \"mean_coded\"",
            "score-differs",
            "in the form and",
        ),
        (
            "\"GES4\": 1",
            "\"GES4\": 0",
            "score-differs",
            "ges4 = 1 gives none in the form and 1 by the definition",
        ),
        (
            "\"min\": 12,",
            "\"min\": 13,",
            "band-differs",
            "a `ease` of 12 is in no band in the form and `at ease` by the definition",
        ),
        ("\"value\": 16", "\"value\": 20", "score-differs", "`ease_transformed` differs"),
        (
            "\"min\": 1,\n   \"max\": 5",
            "\"min\": 0,\n   \"max\": 4",
            "value-differs",
            "options of `ges1` have other values",
        ),
        (
            "\"value\": 0,\n      \"text_key\": \"no\"",
            "\"value\": 2,\n      \"text_key\": \"no\"",
            "value-differs",
            "options of `tools`",
        ),
        (
            "\"operator\": \"equals\"",
            "\"operator\": \"not_equals\"",
            "condition-differs",
            "`often`",
        ),
        (
            "\"id\": \"GES3\",\n    \"type\": \"likert\"",
            "\"id\": \"GES3x\",\n    \"type\": \"short\"",
            "answer-differs",
            "`ges3`",
        ),
        ("\"version\": \"1.0\"", "\"version\": \"2.0.0\"", "stale-version", "2.0.0"),
        ("I look at my watch.", "I never look at my watch and run.", "words-differ", "`ges2`"),
    ] {
        let result = audited(folder.path(), &replaced(&form, old, new));
        assert!(
            result.out.contains(&format!("[{code}]")) && result.out.contains(said),
            "{new}: {}",
            result.out
        );
        let is_error = result.out.contains("error[");
        assert_eq!(result.code, u8::from(is_error), "{}", result.out);
    }
}

#[test]
fn a_translation_turned_round_is_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = library(folder.path());
    let turned = replaced(&form, "\"Nie\"", "\"—\"")
        .replace("\"Immer\"", "\"Nie\"")
        .replace("\"—\"", "\"Immer\"");
    let result = audited(folder.path(), &turned);
    assert_eq!(result.code, 1, "{}", result.out);
    assert!(
        result
            .out
            .contains("error[labels-turned]: the labels of `ges1` in `de` stand at other values"),
        "{}",
        result.out
    );
}

#[test]
fn a_file_without_the_items_is_refused_and_the_catalogue_lists_what_it_holds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = library(folder.path());
    fs::write(folder.path().join("form.osd"), form).expect("writable");
    let shown = folder.path().join("form.osd").display().to_string();
    let result = run(&["audit", &shown, "--against", "side-by-side"], &root());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("the file has no item of `side-by-side`"), "{}", result.err);
    let result = run(&["audit", "form.osd", "--catalogue", "--library", "."], folder.path());
    assert_eq!(
        (result.code, result.out.as_str()),
        (0, "ges-4 1.0.0: 6 of 6 items\n"),
        "{}",
        result.err
    );
}

/// The dictionary of a hand-made REDCap form of PHQ-9 with names of its own, with replacements, compared with `phq-9`.
fn with_other_names(edits: &[(&str, &str)]) -> Run {
    let source = root().join("tests/fixtures/audit/other-names.csv");
    let mut form = fs::read_to_string(source).expect("readable");
    for (old, new) in edits {
        form = replaced(&form, old, new);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("form.csv");
    fs::write(&path, form).expect("writable");
    let path = path.display().to_string();
    let words = ["--wording", "tests/fixtures/wording"];
    let catalogue = run(&[&["audit", &path, "--catalogue"], &words[..]].concat(), &root());
    assert!(
        catalogue.out.contains("phq-9 0.1.0: 10 of 10 items"),
        "{}{}",
        catalogue.out,
        catalogue.err
    );
    run(&[&["audit", &path, "--against", "phq-9"], &words[..]].concat(), &root())
}

/// What makes the form right: the ninth item in the sum, and the band from 15.
const RIGHT: [(&str, &str); 2] = [("[phq_8])", "[phq_8],[phq_9])"), (">=14", ">=15")];

#[test]
fn scores_and_bands_with_other_names_are_compared() {
    let compared = "`phq9_total` is compared with `phq_sum` of the form";
    let right = with_other_names(&RIGHT);
    assert!(right.out.contains(compared), "{}", right.out);
    assert!(!right.out.contains("error[score-differs]"), "{}", right.out);
    assert!(!right.out.contains("band-differs"), "{}", right.out);
    let short = with_other_names(&RIGHT[1..]);
    assert!(short.out.contains(compared), "{}", short.out);
    let differs = "phq9_9 = 1 gives 0 in the form and";
    assert!(short.out.contains(differs), "{}", short.out);
    let band = with_other_names(&RIGHT[..1]);
    let differs = "a `phq9_total` of 14 is in `moderately severe` in the form (`phq_sev` is 3) and in `moderate` by the definition";
    assert!(band.out.contains(differs), "{}", band.out);
    assert_eq!((short.code, band.code), (1, 1));
}

/// A field that only the form has is no score of the definition.
#[test]
fn a_score_of_the_form_alone_is_not_taken_for_another() {
    let row = "\"phq_sev\",";
    let mean = "\"phq_mean\",\"phq\",\"\",\"calc\",\"Mean\",\"mean([phq_1],[phq_2],[phq_3],[phq_4],[phq_5],[phq_6],[phq_7],[phq_8],[phq_9])\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n";
    let two = "\"phq_two\",\"phq\",\"\",\"calc\",\"PHQ-2\",\"[phq_1]+[phq_2]\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n";
    let added = format!("{mean}{two}{row}");
    let result = with_other_names(&[RIGHT[0], RIGHT[1], (row, &added)]);
    let expected =
        "not compared, because no score of the definition is like them: `phq_mean`, `phq_two`";
    assert!(result.out.contains(expected), "{}", result.out);
    assert_eq!(result.out.matches("is compared with").count(), 1, "{}", result.out);
}
