//! Realistic mistakes, seeded one at a time into one clean definition with 22 items: each is found, by the definition
//! alone wherever it shows the mistake. Clean variants of the same definition have no findings.
//!
//! The mistakes are data in `tests/mistakes` of the workspace, one file a group. `ONLY=name` runs one of them and prints
//! its findings.

#![expect(clippy::print_stdout, reason = "the table by group is for the reader of the run")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::{Finding, Input, Source, check};
use serde::Deserialize;

/// The files of a definition, by name.
type Files = BTreeMap<String, String>;

/// A change of one text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// The file, relative to the base.
    file: String,
    /// A text that occurs once in the file; empty for a new file.
    find: String,
    /// What takes its place.
    replace: String,
}

/// A mistake that somebody may make.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    name: String,
    edits: Vec<Edit>,
    /// The code of a finding that the base does not have.
    expect: String,
    /// A text in the line that the finding points to.
    line: Option<String>,
    /// Whether only the cases can show it.
    #[serde(default)]
    cases: bool,
    /// The definition to check if it is not the base. The base is its long form.
    check: Option<String>,
}

/// A change after which the definition is still right.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variant {
    name: String,
    edits: Vec<Edit>,
    check: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(default)]
    mistakes: Vec<Mistake>,
    #[serde(default)]
    variants: Vec<Variant>,
}

#[test]
fn seeded_mistakes_are_found() {
    let base = base();
    let mut missed = Vec::new();
    for (name, group) in groups() {
        let mistakes = group.mistakes.iter().filter(|mistake| wanted(&mistake.name));
        let (mut all, mut found) = (0, 0);
        for mistake in mistakes {
            all += 1;
            match judge(&base, mistake) {
                Ok(()) => found += 1,
                Err(why) => missed.push(format!("{name}: {}: {why}", mistake.name)),
            }
        }
        if all > 0 {
            println!("{name:20} {found:4} of {all:4}");
        }
    }
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn clean_variants_have_no_findings() {
    let base = base();
    let mut wrong = Vec::new();
    for (_, group) in groups() {
        for variant in group.variants.iter().filter(|variant| wanted(&variant.name)) {
            match edited(&base, &variant.edits) {
                Ok(files) => {
                    let found = findings(&files, variant.check.as_deref(), true);
                    let said = found.iter().map(|(line, finding)| shown(line, finding));
                    wrong.extend(said.map(|said| format!("{}: {said}", variant.name)));
                }
                Err(why) => wrong.push(format!("{}: {why}", variant.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_has_no_findings() {
    let found = findings(&base(), None, true);
    assert!(found.is_empty(), "{found:?}");
}

/// Says why a mistake counts as missed.
fn judge(base: &Files, mistake: &Mistake) -> Result<(), String> {
    let files = edited(base, &mistake.edits)?;
    let cases = mistake.cases || mistake.edits.iter().any(|edit| edit.file == "cases.toml");
    let before = findings(base, None, cases);
    let mut found = findings(&files, mistake.check.as_deref(), cases);
    found.retain(|(_, finding)| {
        before.iter().all(|(_, old)| (&old.code, &old.message) != (&finding.code, &finding.message))
    });
    if only().is_some() {
        found.iter().for_each(|(line, finding)| println!("{}", shown(line, finding)));
    }
    let on_line = |line: &str| mistake.line.as_ref().is_none_or(|text| line.contains(text));
    if found.iter().any(|(line, finding)| finding.code == mistake.expect && on_line(line)) {
        return Ok(());
    }
    let others: Vec<String> = found.iter().map(|(line, finding)| shown(line, finding)).collect();
    Err(format!("expected {}, found {others:?}", mistake.expect))
}

/// Returns the findings with the text of the line that each of them points to.
fn findings(files: &Files, definition: Option<&str>, cases: bool) -> Vec<(String, Finding)> {
    let definition = definition.unwrap_or("instrument.toml");
    let mut input = Input::alone(source(definition, &files[definition]));
    let own = definition == "instrument.toml";
    if !own {
        input.long_form = Some(source("instrument.toml", &files["instrument.toml"]));
    }
    for (name, text) in files {
        let is_wording = text.contains("\ninstrument = ") && !text.contains("[[cases]]");
        let of_definition = text.lines().any(|line| {
            line.strip_prefix("instrument = ").is_some_and(|id| {
                files[definition].lines().any(|line| line == format!("id = {id}"))
            })
        });
        if is_wording && of_definition {
            input.beside.push(source(name, text));
        }
    }
    if own && cases {
        input.cases = files.get("cases.toml").map(|text| source("cases.toml", text));
    }
    let checked = check(input);
    let line_of = |finding: &Finding| {
        let Some(mark) = finding.marks.first() else { return String::new() };
        let text = &checked.documents[mark.document].text;
        let start = text[..mark.span.start].rfind('\n').map_or(0, |at| at + 1);
        text[start..].lines().next().unwrap_or_default().to_owned()
    };
    // Without the file of cases, its absence is no news.
    let news = checked
        .findings
        .iter()
        .filter(|finding| cases || !finding.code.ends_with("case") && finding.code != "no-cases");
    news.map(|finding| (line_of(finding), finding.clone())).collect()
}

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn shown(line: &str, finding: &Finding) -> String {
    format!("{:?}[{}] {} at `{}`", finding.severity, finding.code, finding.message, line.trim())
}

/// Applies edits to the base.
fn edited(base: &Files, edits: &[Edit]) -> Result<Files, String> {
    let mut files = base.clone();
    for Edit { file, find, replace } in edits {
        if find.is_empty() {
            files.insert(file.clone(), replace.clone());
            continue;
        }
        let text = files.get_mut(file).ok_or_else(|| format!("no file {file}"))?;
        let count = text.matches(find.as_str()).count();
        if count != 1 {
            return Err(format!("{find:?} occurs {count} times in {file}"));
        }
        *text = text.replacen(find.as_str(), replace, 1);
    }
    Ok(files)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mistakes")
}

/// The clean definition with its translation and cases.
fn base() -> Files {
    let entries = fs::read_dir(folder().join("base")).expect("the base exists").flatten();
    let read = |path: &Path| fs::read_to_string(path).expect("a readable file");
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    entries.map(|entry| entry.path()).map(|path| (name(&path), read(&path))).collect()
}

/// The groups of mistakes and variants, sorted by name.
fn groups() -> BTreeMap<String, Group> {
    let entries = fs::read_dir(folder()).expect("the mistakes exist").flatten();
    let files =
        entries.map(|e| e.path()).filter(|path| path.extension().is_some_and(|e| e == "toml"));
    files
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a readable file");
            let group = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, group)
        })
        .collect()
}

fn only() -> Option<String> {
    std::env::var("ONLY").ok()
}

fn wanted(name: &str) -> bool {
    only().is_none_or(|only| only == name)
}
