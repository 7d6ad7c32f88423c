//! The first gate: what is not TOML, in our words.

use std::collections::BTreeSet;
use std::ops::Range;

use scalewright_model::Severity;

use crate::finding::{Finding, Mark};

/// The findings of a text's syntax errors: of several on one line the first, for the rest mostly follow
/// from it.
pub(crate) fn findings(document: usize, text: &str, errors: &[toml::de::Error]) -> Vec<Finding> {
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    let mut spans: Vec<(Range<usize>, &str)> =
        errors.iter().map(|error| (span(text, error), error.message())).collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut findings = Vec::new();
    for (span, said) in spans {
        let line = text[..span.start].matches('\n').count();
        if lines.insert(line) {
            findings.push(finding(document, text, span, said));
        }
    }
    findings
}

fn span(text: &str, error: &toml::de::Error) -> Range<usize> {
    let span = error.span().unwrap_or(0..0);
    let start = floor(text, span.start);
    start..floor(text, span.end).max(start)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn finding(document: usize, text: &str, span: Range<usize>, said: &str) -> Finding {
    let marked = text.get(span.clone()).unwrap_or_default();
    let (message, help) = words(said, marked);
    Finding {
        code: "syntax",
        severity: Severity::Error,
        message: message.to_owned(),
        marks: vec![Mark { document, span, text: String::new() }],
        help: vec![help.to_owned()],
    }
}

/// What the parser says, by a sign in it, and what we say: what is wrong, and what to do. Earlier
/// entries go before later ones.
const WORDS: [(&str, &str, &str); 34] = [
    (
        "duplicate key",
        "a key or table is given twice",
        "keep one of the two; a list of tables has its name in double brackets: `[[items]]`",
    ),
    ("recurs", "values are nested too deep", "no definition needs this: flatten it"),
    ("string values must be quoted", "a text is not in quotes", "put it in quotes: `\"…\"`"),
    (
        "invalid basic string",
        "a text is not closed on its line",
        "close it with `\"`; for a text of several lines use `\"\"\"`",
    ),
    (
        "invalid literal string",
        "a text is not closed on its line",
        "close it with `'`; for a text of several lines use `'''`",
    ),
    (
        "invalid multi-line",
        "a text of several lines is never closed",
        "close it with the three quotes it was opened with",
    ),
    (
        "keys cannot be multi-line",
        "a key cannot be a text of several lines",
        "write the key bare, or in single quotes",
    ),
    ("missing opening quote", "a text is closed but was never opened", "open it with a quote"),
    (
        "missing escaped value",
        "a backslash stands alone",
        "write `\\\\` for a backslash, or put the text in single quotes",
    ),
    (
        "unicode value",
        "an escaped character lacks digits",
        "write four hexadecimal digits after `\\u`, or the character itself",
    ),
    ("unclosed array table", "the name of a list of tables is never closed", "close it with `]]`"),
    ("unclosed array", "a list is never closed", "close it with `]`"),
    ("unclosed inline table", "a table in braces is never closed", "close it with `}`"),
    ("unclosed table", "the name of a table is never closed", "close it with `]`"),
    (
        "missing array opening",
        "a list is closed but was never opened",
        "remove the `]`, or open the list with `[`",
    ),
    (
        "missing inline table opening",
        "a table is closed but was never opened",
        "remove the `}`, or open the table with `{`",
    ),
    (
        "missing table open",
        "the name of a table is closed but was never opened",
        "open it with `[`",
    ),
    ("extra comma", "there is a comma too many", "remove it"),
    ("missing comma", "a comma is missing", "separate the entries with commas"),
    (
        "unexpected `=` in array",
        "there is a `=` in a list",
        "close the list with `]` before the next key, or put the pair in braces",
    ),
    ("extra `=`", "there is a `=` too many", "write one `=` between key and value"),
    ("extra assignment", "there is a `=` too many", "write one `=` between key and value"),
    (
        "missing assignment",
        "a key has no `=`",
        "write `=` and the value after the key, or put a text in quotes",
    ),
    ("missing value", "a key has no value", "write the value after `=`"),
    ("key with no value", "a key has no value", "write `=` and the value after the key"),
    ("missing key", "a value has no key", "write a key and `=` before the value"),
    (
        "unquoted key",
        "this cannot be a key",
        "keys are letters, digits, `_` and `-`; put any other in quotes",
    ),
    ("invalid key-value pair", "this is not a key with its value", "write `key = value`"),
    (
        "inline table element",
        "this is not a key with its value",
        "in braces, write `key = value`, separated by commas",
    ),
    (
        "carriage return",
        "a line ends in a way that is none",
        "save the file with ordinary line ends",
    ),
    ("comment", "a comment holds a character that no text may hold", "remove it"),
    ("radix", "a number is written in a form that is none", "write it in decimal digits"),
    (
        "leading zero",
        "a number begins with a zero too many",
        "remove the zero; put codes such as `007` in quotes",
    ),
    ("between digits", "an underscore stands in a number", "write the digits alone"),
];

fn words(said: &str, marked: &str) -> (&'static str, &'static str) {
    let known = WORDS.iter().find(|(sign, _, _)| said.contains(sign));
    if let Some((_, message, help)) = known {
        return (message, help);
    }
    match marked.chars().next() {
        Some(first) if first.is_ascii_digit() || matches!(first, '+' | '-' | '.') => (
            "this is neither a number nor a date",
            "write a number as `3` or `2.5`; put dates and codes in quotes",
        ),
        Some(first) if first.is_control() && !first.is_whitespace() => {
            ("a text holds a character that no text may hold", "remove it")
        }
        _ => (
            "this is not TOML",
            "texts go in quotes, lists in brackets, tables in braces; the syntax is at https://toml.io",
        ),
    }
}
