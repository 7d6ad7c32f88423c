//! Texts of forms in scripts that only additional fonts support, or with markup characters; and the source files
//! embedded in a form.

use std::collections::BTreeMap;
use std::path::Path;

use crate::pdf::{assert_kept, assert_printed, command};
use crate::support::{load, root, run};

/// The folder where Debian installs the fonts of `tests/oracles/setup`.
const FONTS: &str = "/usr/share/fonts/truetype";

fn export(fixture: &str, more: &[&str], out: &Path) -> crate::support::Run {
    let out = out.display().to_string();
    let fixture = format!("tests/fixtures/{fixture}");
    let args =
        [&["export", &fixture, "--to", "pdf", "--set", "pdf.fillable=yes", "--out", &out], more]
            .concat();
    run(&args, &root())
}

#[test]
fn letters_that_no_font_has_are_reported_with_script_and_item() {
    let out = tempfile::tempdir().expect("a temporary folder");
    for (language, letters) in [
        ("he", "no font has the Hebrew letters `א` (U+05D0)"),
        ("th", "no font has the Thai letters `ก` (U+0E01)"),
        ("zh", "no font has the Han letters `不` (U+4E0D)"),
        // The mathematical font has some of these letters, but not joined.
        ("ar", "no font has the Arabic letters `أ` (U+0623)"),
    ] {
        let result = export("scripts", &["--language", language], &out.path().join("out"));
        assert_eq!(result.code, 1, "{language}");
        assert!(result.err.contains(letters), "{language}: {}", result.err);
        assert!(result.err.contains("item `s_1`"), "the location is reported: {}", result.err);
    }
    assert!(!out.path().join("out").exists(), "nothing is written");
}

#[test]
fn a_folder_of_fonts_prints_every_script() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("scripts", &["--language", "all", "--fonts", FONTS], out.path());
    assert_eq!(result.code, 0, "{}\nrun `tests/oracles/setup`", result.err);
    let checked = load(&root().join("tests/fixtures/scripts"));
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let path = |language: &str| out.path().join(format!("scripts.{language}.pdf"));
    for wording in &instrument.wordings {
        // `pdftotext` returns the letters of the other scripts in drawing order, which is not reading order.
        if matches!(wording.language.as_str(), "en" | "el" | "ru" | "zh") {
            assert_printed(&path(&wording.language), wording);
        }
    }
    assert_kept(&instrument.wordings.iter().map(|w| path(&w.language)).collect::<Vec<_>>());
}

/// The horizontal positions of the marks of an option, in points.
fn marks(pdf: &Path, value: &str) -> Vec<f64> {
    let words = command("pdftotext", &["-bbox", &pdf.display().to_string(), "-"]);
    let ending = format!(">{value}</word>");
    let lines = words.lines().filter(|line| line.ends_with(&ending));
    let left = lines.filter_map(|line| line.split('"').nth(1)?.parse().ok()).collect::<Vec<f64>>();
    assert!(!left.is_empty(), "`{value}` is printed");
    left
}

#[test]
fn a_table_has_the_direction_of_its_text() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let args = ["--language", "en,he,ar", "--fonts", FONTS];
    let result = export("scripts", &args, out.path());
    assert_eq!(result.code, 0, "{}\nrun `tests/oracles/setup`", result.err);
    // `0` is printed only in marks. `3` is also the number of an item, on the side where lines begin.
    let last = |language: &str, pick: fn(f64, f64) -> f64| {
        let pdf = out.path().join(format!("scripts.{language}.pdf"));
        (marks(&pdf, "0")[0], marks(&pdf, "3").into_iter().reduce(pick).unwrap_or_default())
    };
    let (first, end) = last("en", f64::max);
    assert!(first < end, "in English 0 is left of 3: {first} {end}");
    for language in ["he", "ar"] {
        let (first, end) = last(language, f64::min);
        assert!(first > end, "in {language} 0 is right of 3: {first} {end}");
    }
}

#[test]
fn texts_like_markup_are_printed_literally() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("injection", &[], out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let pdf = out.path().join("injection.en.pdf");
    let text = command("pdftotext", &["-raw", &pdf.display().to_string(), "-"]);
    let printed: String = text.split_whitespace().collect();
    let checked = load(&root().join("tests/fixtures/injection"));
    let wording = &checked.instrument.as_ref().expect("loaded without error").wordings[0];
    let parts = wording.sections[0].title.iter().chain(&wording.sections[0].lead_in);
    let stems = wording.stems.iter().flat_map(|stem| stem.split_whitespace());
    let labels = wording.responses.iter().flat_map(|response| &response.labels);
    let whole = parts.chain(&wording.instructions).chain(labels).chain([&wording.title]);
    let words = whole.flat_map(|text| text.split_whitespace()).chain(stems);
    for word in words.filter(|word| word.is_ascii()) {
        assert!(printed.contains(word), "`{word}` is not printed literally:\n{text}");
    }
    let fields = std::fs::read(&pdf).expect("the form exists");
    let evil = "evil".encode_utf16().flat_map(u16::to_be_bytes).map(|b| format!("{b:02X}"));
    let evil: String = evil.collect();
    assert!(
        !String::from_utf8_lossy(&fields).contains(&format!("FEFF{evil}")),
        "the text creates no field"
    );
    assert_kept(&[pdf]);
}

/// Extracts the files attached to a form. Returns their names and texts.
fn attached(pdf: &Path, folder: &Path) -> BTreeMap<String, String> {
    std::fs::create_dir(folder).expect("a temporary folder");
    command(
        "pdfdetach",
        &["-saveall", "-o", &folder.display().to_string(), &pdf.display().to_string()],
    );
    let entries = std::fs::read_dir(folder).expect("the folder exists").flatten();
    let files = entries.map(|entry| {
        let text = std::fs::read_to_string(entry.path()).expect("an attachment is text");
        (entry.file_name().to_string_lossy().into_owned(), text)
    });
    files.collect()
}

#[test]
fn a_form_contains_its_definition_and_questionnaire_if_rights_allow() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().display().to_string();
    let wording = "tests/fixtures/wording";
    let base = ["export", "side-by-side", "who-5", "--wording", wording, "--out", &folder];
    let filled = ["--to", "pdf,fhir", "--set", "pdf.fillable=yes", "--set", "pdf.attachments=yes"];
    let all = [&base[..], &filled].concat();
    assert_eq!(run(&all, &root()).code, 0);
    let free = attached(&out.path().join("side-by-side.en.pdf"), &out.path().join("free"));
    let definition = root().join("instruments/side-by-side/instrument.toml");
    let definition = std::fs::read_to_string(definition).expect("the definition exists");
    assert_eq!(free.get("instrument.toml"), Some(&definition), "byte for byte");
    let (name, text) = free.iter().find(|(name, _)| name.ends_with(".json")).expect("it has one");
    let beside = std::fs::read_to_string(out.path().join(name)).expect("the export exists");
    assert_eq!(*text, beside, "the Questionnaire equals the output of `--to fhir`");
    let withheld = attached(&out.path().join("who-5.en.pdf"), &out.path().join("withheld"));
    let names: Vec<&String> = withheld.keys().collect();
    assert_eq!(names, ["instrument.toml"], "no file contains withheld wording");
    // Viewers show attached files to the respondent, so forms to fill in have none unless asked.
    for set in ["pdf.attachments=no", "pdf.fillable=yes"] {
        let none = [&base[..], &["--to", "pdf", "--set", set]].concat();
        assert_eq!(run(&none, &root()).code, 0);
        let none = attached(&out.path().join("side-by-side.en.pdf"), &out.path().join(set));
        assert!(none.is_empty(), "{set}: nothing is attached: {:?}", none.keys());
    }
}

#[test]
fn a_scoring_sheet_explains_scoring_by_hand() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().display().to_string();
    let args =
        ["export", "side-by-side", "--to", "pdf", "--set", "pdf.with=scoring", "--out", &folder];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    let sheet = out.path().join("side-by-side.en.scoring.pdf");
    let text = command("pdftotext", &["-layout", &sheet.display().to_string(), "-"]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Agreement on tasks",
        "the sum of 4 items; the item marked − is reversed",
        "4 − sbs_4: 6 − answer",
        "a score is given if at least 3 of 4 items are answered",
    ] {
        assert!(words.contains(expected), "the sheet lacks `{expected}`:\n{text}");
    }
    let german = [&args[..], &["--language", "de"]].concat();
    let result = run(&german, &root());
    assert_eq!((result.code, result.err.contains("English")), (0, false), "{}", result.err);
    let in_german = out.path().join("side-by-side.de.scoring.pdf");
    let text = command("pdftotext", &["-layout", &in_german.display().to_string(), "-"]);
    for expected in ["Auswertung:", "die Summe aus 4 Items", "6 − Antwort", "Zählt als"] {
        assert!(text.contains(expected), "the sheet lacks `{expected}`:\n{text}");
    }
    assert_kept(&[sheet, in_german]);
    let without =
        ["export", "side-by-side", "--to", "fhir", "--set", "pdf.with=scoring", "--out", &folder];
    assert_eq!(run(&without, &root()).code, 2, "`pdf.with` needs a PDF");
    let wording = "tests/fixtures/wording";
    let args = [&args[..1], &["wai-36", "--wording", wording], &args[2..]].concat();
    let recalled = run(&args, &root());
    assert_eq!(recalled.code, 1, "a recalled key needs an option");
}

#[test]
fn conditions_are_printed_in_words_or_reported() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("conditions", &[], out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let pdf = out.path().join("conditions.en.pdf");
    let text = command("pdftotext", &["-raw", &pdf.display().to_string(), "-"]);
    let printed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Only if no. 1 was answered: Yes Work went well.",
        "Only if no. 3 was answered: at least 50. Only if no. 3 was answered: at most 70.5 Rest did me good.",
        "Only if no. 2 was answered: Never, Always I knew why.",
        "Only if no. 1 was answered: Yes. Only if no. 2 was answered: Often, Always I could rest",
        "Only if no. 1 was answered: Yes; or no. 2 was answered: Often, Always I made plans.",
        "Only if no. 1 was answered: Yes. Only if no. 2 was answered: Often, Always; or no. 3 was answered: at most 50. \
         Only if no. 2 was not answered; or no. 3 was answered I asked for help.",
        "Only if at least 2 of these apply: no. 1 was answered: Yes; no. 2 was answered: Often, Always; \
         no. 3 was answered: at least 50 I took a day off.",
        "Only if the answers to no. 1, 2 add up to at least 2 I thought of leaving.",
    ] {
        assert!(printed.contains(expected), "the form lacks `{expected}`:\n{printed}");
    }
    assert!(!result.err.contains("is not exported"), "{}", result.err);
}
