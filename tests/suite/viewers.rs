//! Forms filled in by the engines of viewers, saved twice, are read back exactly, and other engines show each answer. A
//! keyboard goes through the fields in the order of reading.
//!
//! `cargo xtask test` fills in the form with an item of every kind, in seven languages, and two forms of the library.
//! `VIEWERS_ALL=1` fills in the forms of all instruments, which takes minutes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_model::{ItemIx, ResponseKind};
use serde_json::{Value, json};

use crate::support::{load, root, run};

/// The engines, as `viewers.py` names them: those of MuPDF, of Chromium, of Evince and of Firefox, and libraries.
const ENGINES: [&str; 7] = ["mupdf", "pdfium", "poppler", "pdfjs", "pypdf", "pikepdf", "pdflib"];

/// What is typed into forms of a language, in its own letters, and into all others.
const TYPED: [(&str, &str); 6] = [
    ("ar", "نعم، قرأت 12 كتابًا؟"),
    ("he", "קראתי 12 ספרים, כן"),
    ("ja", "本を12冊読んだ、腕ｱＡ。"),
    ("el", "Διάβασα 12 βιβλία ἀεὶ"),
    ("uk", "Їжак і ґанок №12"),
    ("", "Grün (gyj) Їж Ωά Łő −"),
];

/// What is typed with engines that can write few letters, whatever font a form has: those of the code page of Windows, and
/// those of ASCII.
const LIMITED: [(&str, &str); 2] = [("pdflib", "Grün (gyj)"), ("pikepdf", "Gruen (gyj)")];

/// What is typed, before it is known by which engine and in which language.
const SOMETHING: &str = "(a text)";

/// Engines that draw typed text with the font of the form: it keeps the standards, and hardly grows.
const FAITHFUL: [&str; 4] = ["pdfium", "poppler", "pdfjs", "pypdf"];

/// How much a form may grow when it is filled in by one of these, in bytes. A viewer that finds no letters in the font of
/// the form adds a whole font of the system, of a megabyte.
const GROWTH: u64 = 100_000;

/// The text that is typed with an engine into the form in a file.
fn typed(engine: &str, form: &str) -> &'static str {
    let limited = LIMITED.iter().find(|(limited, _)| *limited == engine);
    let of_language = || {
        let is_of = |language: &str| form.contains(&format!(".{language}."));
        TYPED.iter().find(|(language, _)| language.is_empty() || is_of(language))
    };
    limited.or_else(of_language).expect("the last entry is for all other languages").1
}

/// Instruments whose forms are filled in at every run.
const USUAL: [&str; 2] = ["side-by-side", "who-5"];

fn export(source: &Path, out: &Path) {
    let (source, out) = (source.display().to_string(), out.display().to_string());
    let options = ["--set", "pdf.fillable=yes", "--language", "all", "--fonts", "/usr/share/fonts"];
    let fixed = ["export", &source, "--to", "pdf", "-q", "--wording", "tests/fixtures/wording"];
    let result = run(&[&fixed[..], &options, &["--out", &out]].concat(), &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}

/// Fills in forms, and returns what is wrong with how they look.
fn fill(jobs: &[Value], folder: &Path) -> String {
    let path = folder.join("jobs.json");
    std::fs::write(&path, json!(jobs).to_string()).expect("the file is writable");
    let output = Command::new(root().join("target/oracles/venv/bin/python"))
        .arg("tests/oracles/pdf/viewers.py")
        .arg(path)
        .current_dir(root())
        .output()
        .expect("python can be run: `tests/oracles/setup` installs it");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr);
    let ending = format!("{} forms filled in\n", jobs.len());
    let seen = printed.strip_suffix(&ending);
    seen.unwrap_or_else(|| panic!("{printed}{why}")).to_owned()
}

/// An answer to each item, as it is typed or marked, and as it is read.
fn answers(source: &Path) -> Vec<(String, Value, String)> {
    let checked = load(source);
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let items = instrument.items.iter().enumerate();
    let answer = |(at, item): (usize, &scalewright_model::Item)| {
        let (marked, read) = match &instrument.response(ItemIx(at)).kind {
            ResponseKind::Coded { options } => {
                let value = options[at % options.len()].value.to_string();
                (json!({ &item.id: value }), value)
            }
            ResponseKind::YesNo => (json!({ &item.id: "1" }), "1".to_owned()),
            ResponseKind::SeveralChoice { options } => {
                let ends = [&options[0], &options[options.len() - 1]].map(|o| o.value.to_string());
                let boxes: BTreeMap<String, &String> =
                    ends.iter().map(|value| (format!("{}___{value}", item.id), value)).collect();
                (json!(boxes), ends.join(";"))
            }
            ResponseKind::Numeric { max, decimals, .. } if *decimals > 0 => {
                let most = max.unwrap_or(1.0) - 0.5;
                (json!({ &item.id: most.to_string().replace('.', ",") }), most.to_string())
            }
            ResponseKind::Numeric { max, .. } => {
                let most = max.unwrap_or(1.0).to_string();
                (json!({ &item.id: most }), most)
            }
            ResponseKind::VisualAnalogue { max, .. } => {
                (json!({ &item.id: max.to_string() }), max.to_string())
            }
            ResponseKind::Text { .. } => (json!({ &item.id: SOMETHING }), SOMETHING.to_owned()),
            ResponseKind::Date => (json!({ &item.id: "2026-11-29" }), "2026-11-29".to_owned()),
            ResponseKind::Time => (json!({ &item.id: "21:05" }), "21:05".to_owned()),
        };
        (item.id.clone(), marked, read)
    };
    items.map(answer).collect()
}

/// The instruments, by folder.
fn sources() -> Vec<PathBuf> {
    let all = std::env::var_os("VIEWERS_ALL").is_some();
    let library = root().join("instruments");
    let entries = std::fs::read_dir(&library).expect("the library exists").flatten();
    let mut sources: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    sources.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.join("instrument.toml").is_file() && (all || USUAL.contains(&name.as_str()))
    });
    sources.sort();
    sources.push(root().join("tests/fixtures/viewers/evening-notes"));
    sources
}

#[test]
fn forms_filled_in_by_viewers_are_read_back_and_look_filled_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut jobs, mut expected, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources() {
        let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (forms, back) = (folder.path().join(&name), folder.path().join(format!("{name}-back")));
        std::fs::create_dir_all(&back).expect("the folder can be created");
        export(&source, &forms);
        let answers = answers(&source);
        let mut fields = serde_json::Map::new();
        fields.insert("scalewright-respondent".to_owned(), json!("Müller 7"));
        for (_, marked, _) in &answers {
            fields.extend(marked.as_object().expect("an object").clone());
        }
        for form in pdfs(&forms) {
            let file = form.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for engine in ENGINES {
                let out = back.join(file.replace(".pdf", &format!(".{engine}.pdf")));
                let fields = with_text(&fields, typed(engine, &file));
                jobs.push(json!({
                    "engine": engine, "form": form, "out": out, "answers": fields,
                    // What pikepdf draws has one byte a letter, whatever the font.
                    "look": engine != "pikepdf", "keep": FAITHFUL.contains(&engine),
                }));
                if FAITHFUL.contains(&engine) {
                    outputs.push((form.clone(), out));
                }
            }
        }
        expected.push((source, back, answers));
    }
    assert_eq!(fill(&jobs, folder.path()), "");
    let size = |path: &Path| std::fs::metadata(path).expect("the file exists").len();
    for (form, out) in &outputs {
        assert!(size(out) < size(form) + GROWTH, "{}: {}", out.display(), size(out));
    }
    for (source, back, answers) in expected {
        assert_read(&source, &back, &answers);
    }
}

/// The same answers, with a text in place of [`SOMETHING`].
fn with_text(
    fields: &serde_json::Map<String, Value>,
    typed: &str,
) -> serde_json::Map<String, Value> {
    let with = |value: &Value| if value == SOMETHING { json!(typed) } else { value.clone() };
    fields.iter().map(|(name, value)| (name.clone(), with(value))).collect()
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder exists").flatten();
    let mut forms: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    forms.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    forms.sort();
    forms
}

fn assert_read(source: &Path, back: &Path, answers: &[(String, Value, String)]) {
    let (source, back) = (source.display().to_string(), back.display().to_string());
    let fixed = ["read", "--instrument", &source, "--wording", "tests/fixtures/wording"];
    let result = run(&[&fixed[..], &["-q", &back, "--format", "jsonl"]].concat(), &root());
    assert_eq!(result.code, 0, "{source}: {}", result.err);
    for line in result.out.lines() {
        let row: Value = serde_json::from_str(line).expect("a line of JSON");
        assert_eq!(row["respondent"], "Müller 7", "{line}");
        for (id, _, read) in answers {
            let found = match &row[id] {
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            let form = row["form"].as_str().expect("a file");
            let engine = form.trim_end_matches(".pdf").rsplit('.').next().expect("an engine");
            let expected = match read == SOMETHING {
                true => typed(engine, form),
                false => read,
            };
            assert_eq!(found, expected, "{id} in {}", row["form"]);
        }
    }
}

/// The forms of the instrument with an item of every kind, in all its languages.
fn evening_notes(folder: &Path) -> Vec<PathBuf> {
    export(&root().join("tests/fixtures/viewers/evening-notes"), folder);
    pdfs(folder)
}

#[test]
fn marks_stay_where_a_letter_has_no_font_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = root().join("tests/fixtures/viewers/evening-notes");
    let forms = evening_notes(&folder.path().join("forms"));
    let form = forms.iter().find(|form| form.to_string_lossy().contains(".en.")).expect("a form");
    let out = |name: &str| folder.path().join(name);
    let marks = json!({ "en_1": "1", "en_3": "0", "en_5___2": "2", "en_5___3": "3", "en_4": "中" });
    let jobs = [
        // pdf.js leaves the drawing of such a letter, and with it that of all fields, to the next viewer.
        json!({
            "engine": "pdfjs", "form": form, "out": out("pdfjs.pdf"), "answers": marks, "look": "marks",
        }),
        json!({
            "engine": "pdfium", "form": form, "out": out("pdfium.pdf"), "answers": marks,
            "back": ["en_5___2"],
        }),
    ];
    assert_eq!(fill(&jobs, folder.path()), "");
    for (name, ticked) in [("pdfjs.pdf", "2;3"), ("pdfium.pdf", "3")] {
        let (source, file) = (source.display().to_string(), out(name).display().to_string());
        let result =
            run(&["read", "--instrument", &source, "-q", &file, "--format", "jsonl"], &root());
        assert_eq!(result.code, 0, "{name}: {}", result.err);
        let row: Value = serde_json::from_str(result.out.trim()).expect("a line of JSON");
        assert_eq!(row["en_5"], ticked, "{name}");
        assert_eq!((&row["en_1"], &row["en_4"]), (&json!(1), &json!("中")), "{name}");
    }
}

#[test]
fn a_keyboard_goes_through_the_fields_in_the_order_of_reading() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let forms = evening_notes(folder.path());
    let output = Command::new(root().join("target/oracles/venv/bin/python"))
        .arg("tests/oracles/pdf/order.py")
        .args(&forms)
        .current_dir(root())
        .output()
        .expect("python can be run: `tests/oracles/setup` installs it");
    let why = String::from_utf8_lossy(&output.stderr);
    let orders: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {why}"));
    assert_eq!(orders.len(), forms.len());
    let items = load(&root().join("tests/fixtures/viewers/evening-notes"));
    let items = items.instrument.as_ref().expect("loaded without error").items.iter();
    let items: Vec<&str> = items.map(|item| item.id.as_str()).collect();
    for (form, engines) in orders {
        assert_eq!(engines.len(), 4, "{form}");
        for (engine, order) in engines {
            let own = |name: &&String| name.starts_with("scalewright-");
            assert_eq!(
                order[..2],
                ["scalewright-respondent", "scalewright-date"],
                "{form}, {engine}"
            );
            let others: Vec<&str> =
                order.iter().filter(|name| !own(name)).map(String::as_str).collect();
            assert_eq!(others, items, "{form}, {engine}");
            // The respondent comes first on every later page.
            assert!(!own(&order.last().expect("fields")), "{form}, {engine}");
        }
    }
}

#[test]
fn nothing_is_printed_under_the_fields_to_type_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sources = sources();
    for source in &sources {
        let name = source.file_name().unwrap_or_default();
        export(source, &folder.path().join(name));
    }
    let forms: Vec<PathBuf> = sources
        .iter()
        .flat_map(|s| pdfs(&folder.path().join(s.file_name().unwrap_or_default())))
        .collect();
    let output = Command::new(root().join("target/oracles/venv/bin/python"))
        .arg("tests/oracles/pdf/ink.py")
        .args(&forms)
        .current_dir(root())
        .output()
        .expect("python can be run: `tests/oracles/setup` installs it");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed.lines().count(), forms.len());
}
