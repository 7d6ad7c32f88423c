//! Forms filled in by the engines of viewers, saved twice, are read back exactly, and other engines show each answer.
//!
//! `cargo xtask test` fills in the form with an item of every kind, in seven languages, and two forms of the library.
//! `VIEWERS_ALL=1` fills in the forms of all instruments, which takes minutes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_model::{ItemIx, ResponseKind};
use serde_json::{Value, json};

use crate::support::{load, root, run};

/// The engines, as `viewers.py` names them: those of MuPDF, of Chromium, of Evince, of Firefox, and a library.
const ENGINES: [&str; 5] = ["mupdf", "pdfium", "poppler", "pdfjs", "pdflib"];

/// The engine that can write no letters outside of the code page of Windows, whatever font a form has.
const LATIN: &str = "pdflib";

/// What is typed as text, and what the other engines get besides.
const TYPED: [&str; 2] = ["Grün (gyj)", " Їж Ωά Łő −"];

/// How much a form may grow when it is filled in, in bytes. A viewer that finds no letters in the font of the form adds a
/// whole font of the system, of a megabyte.
const GROWTH: u64 = 200_000;

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
            ResponseKind::Text { .. } => (json!({ &item.id: TYPED[0] }), TYPED[0].to_owned()),
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
            let file = form.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for engine in ENGINES {
                let out = back.join(format!("{file}-{engine}.pdf"));
                let fields = if engine == LATIN { fields.clone() } else { with_letters(&fields) };
                jobs.push(json!({
                    "engine": engine, "form": form, "out": out, "answers": fields, "look": true,
                }));
                outputs.push((form.clone(), out));
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

/// The same answers, but with letters of other scripts in the texts.
fn with_letters(fields: &serde_json::Map<String, Value>) -> serde_json::Map<String, Value> {
    let with = |value: &Value| match value.as_str() {
        Some(text) if text == TYPED[0] => json!(TYPED.concat()),
        _ => value.clone(),
    };
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
            let is_latin = row["form"].as_str().is_some_and(|form| form.contains(LATIN));
            let expected = match read == TYPED[0] && !is_latin {
                true => TYPED.concat(),
                false => read.clone(),
            };
            assert_eq!(found, expected, "{id} in {}", row["form"]);
        }
    }
}
