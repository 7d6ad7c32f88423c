//! Plain English: documentation, comments and messages avoid the phrases that `tests/english/words.txt` lists.
//!
//! `tests/english/allowed.txt` names exceptions. In Rust sources, only comments and literals are checked, not names. To check
//! other texts too, add them to `DOCUMENTATION` or `SOURCES`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::circles::literal;
use crate::support::root;

/// The documentation to check: files, and folders with the ending of their files.
const DOCUMENTATION: &[(&str, &str)] = &[
    ("README.md", ""),
    ("CONTRIBUTING.md", ""),
    ("CHANGELOG.md", ""),
    ("crates/README.md", ""),
    ("instruments/README.md", ""),
    ("tests/oracles/README.md", ""),
    ("tests/oracles/redcap/README.md", ""),
    ("docs/src", ".md"),
    ("crates/scalewright-check/src/lints", ".md"),
    ("xtask/templates", ".md"),
];

/// The Rust sources to check.
const SOURCES: &[(&str, &str)] =
    &[("crates", ".rs"), ("xtask", ".rs"), ("tests/suite", ".rs"), ("tests/fuzz/src", ".rs")];

/// Pages that are generated from Rust sources, and files that quote the phrases.
const LEFT_OUT: &[&str] = &[
    "docs/src/lints",
    "docs/src/reference",
    "docs/src/vectors.md",
    "docs/src/glossary.md",
    "tests/suite/english.rs",
];

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

/// The files to check, by their paths from the root.
fn files(places: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, ending) in places {
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
    assert!(files.len() > 50, "only {} files", files.len());
    files
}

/// The lines of a list of `tests/english`.
fn list(name: &str) -> Vec<String> {
    let text =
        fs::read_to_string(root().join("tests/english").join(name)).expect("the list exists");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The words of the prose of a file in lower case, each with its line.
fn words(file: &str, text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    if !file.ends_with(".rs") {
        add_words(text, 1, &mut words);
        return words;
    }
    for (line, piece) in pieces(text) {
        add_words(&piece, line, &mut words);
        // No phrase continues in the next piece.
        words.push((line, "|".to_owned()));
    }
    words
}

/// Adds the words of a text that begins in `line`. Fenced blocks are left out. Code in backticks is the word "`".
fn add_words(text: &str, line: usize, words: &mut Vec<(usize, String)>) {
    let (mut in_block, mut in_code) = (false, false);
    for (index, text) in text.lines().enumerate() {
        if text.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        for (at, piece) in text.split('`').enumerate() {
            in_code = if at > 0 { !in_code } else { in_code && !text.trim().is_empty() };
            if in_code {
                words.push((line + index, "`".to_owned()));
                continue;
            }
            let pieces =
                piece.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-' | ','));
            let pieces = pieces.filter(|word| word.chars().any(char::is_alphanumeric));
            words.extend(pieces.map(|word| (line + index, word.to_lowercase())));
        }
    }
}

/// The comments and literals of a Rust source, each with its first line. Consecutive lines of comments are one piece.
fn pieces(source: &str) -> Vec<(usize, String)> {
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let (mut rest, mut line, mut follows_comment) = (source, 1, false);
    while let Some(first) = rest.chars().next() {
        let size = if rest.starts_with("//") {
            let size = rest.find('\n').unwrap_or(rest.len());
            let text = rest[..size].trim_start_matches(['/', '!']);
            match pieces.last_mut().filter(|_| follows_comment) {
                Some((start, piece)) => {
                    let end = *start + piece.matches('\n').count();
                    piece.push_str(&"\n".repeat(line - end));
                    piece.push_str(text);
                }
                None => pieces.push((line, text.to_owned())),
            }
            follows_comment = true;
            size
        } else if let Some(size) = literal(rest) {
            pieces.push((line, without_placeholders(&rest[..size])));
            follows_comment = false;
            size
        } else {
            follows_comment &= first.is_whitespace();
            first.len_utf8()
        };
        line += rest[..size].matches('\n').count();
        rest = &rest[size..];
    }
    pieces
}

/// A literal without escaped line ends and without names in braces, which are not words of a message.
fn without_placeholders(literal: &str) -> String {
    let text = literal.replace("\\n", " ");
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let named = part.split_once('}').filter(|(name, _)| !name.contains(char::is_whitespace));
        text + " " + named.map_or(part, |(_, rest)| rest)
    })
}

/// The lines of a text in which a phrase occurs.
fn places(words: &[(usize, String)], phrase: &str) -> Vec<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let fits = |window: &[(usize, String)]| {
        let last = window.len() - 1;
        window.iter().zip(&phrase).enumerate().all(|(at, ((_, word), wanted))| {
            word == wanted || (at == last && word.trim_end_matches([',', '\'', '-']) == *wanted)
        })
    };
    words.windows(phrase.len()).filter(|window| fits(window)).map(|window| window[0].0).collect()
}

fn assert_plain(files: &[String]) {
    let (allowed, list) = (list("allowed.txt"), list("words.txt"));
    let mut faults = Vec::new();
    for file in files {
        let text = fs::read_to_string(root().join(file)).expect("valid UTF-8");
        let words = words(file, &text);
        for entry in &list {
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
fn the_documentation_is_in_plain_english() {
    assert_plain(&files(DOCUMENTATION));
}

#[test]
fn comments_and_messages_are_in_plain_english() {
    assert_plain(&files(SOURCES));
}

#[test]
fn phrases_are_found_across_lines_and_outside_code() {
    let text = "This is\ntold, `mend` or not.\n\n```\nmend\n```\nAnd mended.\n";
    let words = words("page.md", text);
    assert_eq!(places(&words, "is told"), [1]);
    assert_eq!(places(&words, "mend"), Vec::<usize>::new());
    assert_eq!(places(&words, "mended"), [7]);
}

#[test]
fn only_comments_and_literals_of_sources_are_prose() {
    let source = "/// Is\n\n/// told, `mend`.\nfn told(mend: &'static str) {\n    tell(\"is mended: {told}\\ntold\", '`', mend);\n}\n// Mend\nlet it = be;\n// had.\n";
    let words = words("source.rs", source);
    assert_eq!(places(&words, "is told"), [1]);
    assert_eq!(places(&words, "told"), [3, 5]);
    assert_eq!(places(&words, "mended"), [5]);
    assert_eq!(places(&words, "mend"), [7]);
    assert_eq!(places(&words, "be had"), Vec::<usize>::new());
}
