//! Plain English: the documentation avoids the phrases that `tests/english/words.txt` lists, with better ones.
//!
//! `tests/english/allowed.txt` names exceptions. To look at other texts too, such as Rust sources, add them to `PLACES`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// What is looked at: a file, or a folder with the ending of its files.
const PLACES: &[(&str, &str)] = &[
    ("README.md", ""),
    ("CONTRIBUTING.md", ""),
    ("CHANGELOG.md", ""),
    ("crates/README.md", ""),
    ("instruments/README.md", ""),
    ("tests/oracles/README.md", ""),
    ("docs/src", ".md"),
    ("crates/scalewright-check/src/lints", ".md"),
];

/// Pages that are generated from Rust sources, and the page that lists the phrases.
const LEFT_OUT: &[&str] =
    &["docs/src/lints", "docs/src/reference", "docs/src/vectors.md", "docs/src/glossary.md"];

fn below(path: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// The files to look at, by their paths from the root.
fn files() -> Vec<String> {
    let mut found = Vec::new();
    for (place, ending) in PLACES {
        let path = root().join(place);
        if path.is_file() {
            found.push(path);
        } else {
            below(&path, ending, &mut found);
        }
    }
    let named = found.iter().map(|path| path.strip_prefix(root()).unwrap_or(path));
    let named = named.map(|path| path.display().to_string().replace('\\', "/"));
    let mut files: Vec<String> =
        named.filter(|file| !LEFT_OUT.iter().any(|left_out| file.starts_with(left_out))).collect();
    files.sort();
    assert!(files.len() > 50, "the documentation is there");
    files
}

/// The lines of a list of `tests/english`.
fn list(name: &str) -> Vec<String> {
    let text =
        fs::read_to_string(root().join("tests/english").join(name)).expect("the list exists");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The prose of a text in lower case, each word with its line. Blocks and code of Markdown are left out; signs of comments are
/// no words.
fn words(file: &str, text: &str) -> Vec<(usize, String)> {
    let markdown = file.ends_with(".md");
    let mut words = Vec::new();
    let (mut in_block, mut in_code) = (false, false);
    for (index, line) in text.lines().enumerate() {
        if markdown && line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        for (at, piece) in line.split('`').enumerate() {
            in_code = if at > 0 { !in_code } else { in_code && !line.trim().is_empty() };
            if markdown && in_code {
                words.push((index + 1, "`".to_owned()));
                continue;
            }
            let pieces =
                piece.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-' | ','));
            let pieces = pieces.filter(|word| word.chars().any(char::is_alphanumeric));
            words.extend(pieces.map(|word| (index + 1, word.to_lowercase())));
        }
    }
    words
}

/// The lines of a text in which a phrase stands.
fn places(words: &[(usize, String)], phrase: &str) -> Vec<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let ends = |word: &str| word.trim_end_matches([',', '\'', '-']).to_owned();
    let fits = |window: &[(usize, String)]| {
        let last = window.len() - 1;
        let pairs = window.iter().zip(&phrase).enumerate();
        pairs.into_iter().all(|(at, ((_, word), wanted))| {
            word == wanted || (at == last && ends(word) == **wanted)
        })
    };
    words.windows(phrase.len()).filter(|window| fits(window)).map(|window| window[0].0).collect()
}

#[test]
fn the_documentation_is_in_plain_english() {
    let allowed = list("allowed.txt");
    let mut faults = Vec::new();
    let files = files();
    for file in &files {
        let text = fs::read_to_string(root().join(file)).expect("valid UTF-8");
        let words = words(file, &text);
        for entry in list("words.txt") {
            let (phrase, better) = entry.split_once(" -> ").expect("a phrase, and a better one");
            if allowed.contains(&format!("{file}: {phrase}")) {
                continue;
            }
            let places = places(&words, phrase);
            faults.extend(places.iter().map(|line| format!("{file}:{line}: {phrase}: {better}")));
        }
    }
    assert!(faults.is_empty(), "write instead:\n{}", faults.join("\n"));
}

#[test]
fn phrases_are_found_across_lines_and_outside_code() {
    let text = "This is\ntold, `mend` or not.\n\n```\nmend\n```\nAnd mended.\n";
    let words = words("page.md", text);
    assert_eq!(places(&words, "is told"), [1]);
    assert_eq!(places(&words, "mend"), Vec::<usize>::new());
    assert_eq!(places(&words, "mended"), [7]);
}
