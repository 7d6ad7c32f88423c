//! The first gate: reports what is not TOML, in our own words.

use std::borrow::Cow;
use std::ops::Range;

use scalewright_model::{MOST_FINDINGS, Severity};

use crate::finding::{Finding, Mark};

/// Returns findings for the syntax errors of a text. Of several errors on one line, only the first is reported, because
/// the others mostly follow from it.
pub(crate) fn findings(document: usize, text: &str, errors: &[toml::de::Error]) -> Vec<Finding> {
    // The parser would report errors about many lines, none of which states the mistake.
    if text.trim_start().starts_with('{') {
        let at = text.len() - text.trim_start().len();
        let help =
            "a definition has lines such as `key = value`; `scalewright new my-scale` creates one";
        return vec![finding(document, at..at + 1, "this is JSON, not TOML".into(), help.into())];
    }
    let mut errors: Vec<SyntaxError<'_>> =
        errors.iter().map(|error| SyntaxError::new(text, error)).collect();
    errors.sort_by_key(|error| error.span.start);
    let unclosed = errors.iter().any(SyntaxError::is_unclosed);
    let mut findings = Vec::new();
    let mut next_line = 0;
    let mut repeated_table = false;
    for error in errors {
        if error.span.start < next_line {
            continue;
        }
        let line = line(text, error.span.start);
        next_line = line.end + 1;
        let header = text[line.clone()].trim_start().starts_with('[');
        let duplicate = error.message.contains("duplicate key");
        // If a table is given twice, so are all its keys: the table alone is reported.
        if repeated_table && duplicate && !header {
            continue;
        }
        repeated_table = duplicate && header;
        // After an unclosed list or table, the parser takes the rest of the file for its entries.
        if unclosed && let Some((message, help)) = never_closed(&error, &text[line.clone()]) {
            findings.push(finding(document, error.span, message.into(), help.into()));
            break;
        }
        let (message, help) = words(&error, text, &text[line]);
        findings.push(finding(document, error.span, message, help));
        // One more than is shown, so that `shorten` notes that some are left out.
        if findings.len() > MOST_FINDINGS {
            break;
        }
    }
    findings
}

/// An error of the parser.
struct SyntaxError<'a> {
    span: Range<usize>,
    /// The bytes from the beginning of the line.
    column: usize,
    /// The message of the parser.
    message: &'a str,
    /// The text in `span`.
    marked: &'a str,
}

impl<'a> SyntaxError<'a> {
    fn new(text: &'a str, error: &'a toml::de::Error) -> Self {
        let message = error.message();
        let span = error.span().unwrap_or_else(|| dotted(text));
        // The ranges of the parser are bytes; slicing inside a character would panic.
        let start = floor(text, span.start);
        let span = start..floor(text, span.end).max(start);
        let span = better_place(text, &span, message).unwrap_or(span);
        let column = span.start - line(text, span.start).start;
        Self { marked: &text[span.clone()], span, column, message }
    }

    fn is_unclosed(&self) -> bool {
        self.message.starts_with("unclosed array,")
            || self.message.starts_with("unclosed inline table")
    }
}

/// Finds a key with very many parts, which the parser refuses without a position.
fn dotted(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // The parser accepts at most 80 parts in a key.
        if line.bytes().filter(|&byte| byte == b'.').count() > 70 {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

/// Returns the range of an error, if it is not where the parser noticed it.
fn better_place(text: &str, span: &Range<usize>, message: &str) -> Option<Range<usize>> {
    let line = line(text, span.start);
    if is_conflict(&text[line.clone()]) {
        // Only the sign is marked, which has seven characters.
        return Some(line.start..line.start + 7);
    }
    if message.starts_with("invalid multi-line") && span.start == text.len() {
        let opened = text.rfind("\"\"\"").max(text.rfind("'''"))?;
        return Some(opened..opened + 3);
    }
    None
}

/// Whether a line is a conflict marker of version control.
fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|sign| line.starts_with(sign))
}

/// Returns the nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the range of the line that contains `at`, without its line break.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

fn finding(
    document: usize,
    span: Range<usize>,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
) -> Finding {
    Finding {
        code: "syntax".into(),
        severity: Severity::Error,
        message: message.into_owned(),
        marks: vec![Mark::at(document, span)],
        help: vec![help.into_owned()],
        fix: None,
    }
}

/// Describes a list or table in braces that was not closed above an error, or returns `None`. That is so if the line of
/// the error begins something new; all later errors follow from it.
fn never_closed(error: &SyntaxError<'_>, line: &str) -> Option<(&'static str, &'static str)> {
    let line = line.trim_start();
    let key = line.split_once('=').map_or("", |(key, _)| key.trim_end());
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let begins_key = !key.is_empty() && key.chars().all(is_bare);
    if error.message.starts_with("missing comma between array")
        && (line.starts_with('[') || begins_key)
    {
        return Some(("a list is not closed before this line", "close it above with `]`"));
    }
    let in_braces =
        error.message.contains("inline table") || error.message.contains("key-value pairs");
    if in_braces && line.starts_with(['[', ']', '{']) {
        let message = "a table in braces is not closed before this line";
        return Some((message, "close it above with `}`"));
    }
    None
}

type Words = (Cow<'static, str>, Cow<'static, str>);

fn words(error: &SyntaxError<'_>, text: &str, line: &str) -> Words {
    if error.message.contains("duplicate key") {
        return duplicate(error.marked, line);
    }
    let from_text = by_text(error, &text[error.span.start..], line);
    let known = || {
        let known = WORDS.iter().find(|(sign, _, _)| error.message.contains(sign));
        known.map(|&(_, message, help)| (message, help))
    };
    let digit = || error.marked.starts_with(|c: char| c.is_ascii_digit()).then_some(NUMBER);
    let (message, help) = from_text.or_else(known).or_else(digit).unwrap_or((
        "this is not TOML",
        "put texts in quotes, lists in brackets, and tables in braces; https://toml.io has the syntax",
    ));
    (message.into(), help.into())
}

fn duplicate(name: &str, line: &str) -> Words {
    const LISTS: [&str; 8] =
        ["items", "notes", "scales", "sections", "references", "allow", "evidence", "cases"];
    let line = line.trim_start();
    let (what, help) = if line.starts_with("[[") {
        ("table", format!("above, it is a single table: write `[[{name}]]` there too"))
    } else if line.starts_with('[') && LISTS.contains(&name) {
        ("table", format!("for a list of tables, write double brackets each time: `[[{name}]]`"))
    } else if line.starts_with('[') {
        ("table", "merge the two tables".to_owned())
    } else {
        let header =
            "if this begins a new entry of a list, its header is missing, such as `[[items]]`";
        ("key", format!("keep one of the two; {header}"))
    };
    (format!("the {what} `{name}` is given twice").into(), help.into())
}

/// Describes errors that the text shows more clearly than the message of the parser.
fn by_text(
    error: &SyntaxError<'_>,
    rest: &str,
    line: &str,
) -> Option<(&'static str, &'static str)> {
    if is_conflict(line) {
        let help = "keep one of the two sides, and remove the lines of `<`, `=` and `>`";
        return Some(("a merge conflict is not resolved", help));
    }
    match rest.chars().next().unwrap_or('\n') {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' => {
            Some((
                "a text is in typographic quotes",
                "use the straight quote of the keyboard: `\"…\"`",
            ))
        }
        '\u{200b}' | '\u{2060}' | '\u{feff}' => {
            Some(("there is an invisible character here", "remove it"))
        }
        other if other.is_whitespace() && !other.is_ascii() => {
            Some(("there is a special space character here", "replace it with an ordinary space"))
        }
        '\r' if error.message.contains("string") && !rest.starts_with("\r\n") => Some((
            "a line ends with a carriage return only",
            "save the file with ordinary line endings",
        )),
        _ if error.message.starts_with("key with no value") && is_key(rest) => Some((
            "a key is more than one word",
            "join its words with hyphens, as in `recall-period`",
        )),
        ',' if error.message.starts_with("unexpected key or value") => Some((
            "a comma follows the value",
            "remove it; decimals are written with a point, as `1.5`",
        )),
        _ if error.message.starts_with("key with no value") && follows_colon(error, line) => {
            Some(("a key is followed by `:`", "write `=` between key and value"))
        }
        ':' => Some(("a key is followed by `:`", "write `=` between key and value")),
        // These are control characters that texts may contain, so they come before the others.
        '\n' | '\r' | '\t' => word(error),
        other if other.is_control() => {
            Some(("there is a control character here", "remove it: no text may contain one"))
        }
        _ => word(error),
    }
}

/// Whether an error is directly after a `:`.
fn follows_colon(error: &SyntaxError<'_>, line: &str) -> bool {
    line.get(..error.column).is_some_and(|before| before.trim_end().ends_with(':'))
}

/// Whether `rest` begins with words and then a `=`.
fn is_key(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let words = line.split_once('=').map_or("", |(words, _)| words.trim());
    !words.is_empty() && words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
}

/// Describes errors in values that are not TOML.
fn word(error: &SyntaxError<'_>) -> Option<(&'static str, &'static str)> {
    let signs = ["string values must be quoted", "invalid boolean", "invalid float"];
    if !signs.iter().any(|sign| error.message.starts_with(sign)) {
        return None;
    }
    let marked = error.marked.trim();
    let numeral = marked.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let letter = marked.starts_with(char::is_alphabetic);
    Some(match marked.to_ascii_lowercase().as_str() {
        "" => ("a key has no value", "write the value after `=`"),
        "true" | "false" | "yes" | "no" | "on" | "off" => {
            ("a truth value is `true` or `false`", "write one of these; put a text in quotes")
        }
        "null" | "nil" | "none" | "na" => {
            ("there is no such value in TOML", "leave the key out if it has no value")
        }
        _ if marked.chars().any(|c| c.is_control() && !c.is_whitespace()) => {
            ("there is a control character in this value", "remove it: no text may contain one")
        }
        several if numeral && several.contains(char::is_whitespace) => {
            ("this is more than one value", "separate the entries with commas")
        }
        _ if letter => ("a text is not in quotes", "put it in quotes: `\"…\"`"),
        _ if numeral => NUMBER,
        _ => return None,
    })
}

const NUMBER: (&str, &str) = (
    "this is neither a number nor a date",
    "write a number such as `3` or `2.5`; put dates and codes in quotes",
);

/// Words in the message of the parser, and our words for it: what is wrong, and what to do. The first matching entry
/// applies.
const WORDS: &[(&str, &str, &str)] = &[
    ("recurs", "values are nested too deeply", "no definition needs this: flatten it"),
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
        "close it with the same three quotes that opened it",
    ),
    (
        "keys cannot be multi-line",
        "a key cannot be a text of several lines",
        "write the key bare, or in single quotes",
    ),
    ("missing opening quote", "a text is closed but was never opened", "open it with a quote"),
    (
        "missing escaped value",
        "a backslash does not begin a known escape",
        "write `\\\\` for a backslash, or put the text in single quotes",
    ),
    (
        "unicode value",
        "`\\u` is not followed by the number of a character",
        "for a backslash write `\\\\`, or put the text in single quotes; for a character write four digits after `\\u`",
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
    ("extra comma", "there is an extra comma", "remove it"),
    ("missing comma", "a comma is missing", "separate the entries with commas"),
    (
        "unexpected `=` in array",
        "there is a `=` in a list",
        "close the list with `]` before the next key, or put the pair in braces",
    ),
    ("extra `=`", "there is an extra `=`", "write one `=` between key and value"),
    ("extra assignment", "there is an extra `=`", "write one `=` between key and value"),
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
        "keys consist of letters, digits, `_` and `-`; put any other key in quotes",
    ),
    ("invalid key-value pair", "this is not a key with its value", "write `key = value`"),
    (
        "inline table element",
        "this is not a key with its value",
        "in braces, write `key = value`, separated by commas",
    ),
    (
        "carriage return",
        "a line ends with a carriage return only",
        "save the file with ordinary line endings",
    ),
    (
        "unexpected key or value",
        "there is more on this line than a key and its value",
        "begin a new line for the next key; put a text that contains its own quote in the other kind of quotes",
    ),
    (
        "cannot extend value",
        "a key that has a value cannot have keys below it",
        "rename the keys below it, or remove the value",
    ),
    ("keys cannot be empty", "a key is empty", "write its name"),
    ("expected unicode", "there is no character with this number", "write the character itself"),
    ("invalid hexadecimal", NUMBER.0, NUMBER.1),
    ("invalid octal", NUMBER.0, NUMBER.1),
    ("invalid binary", NUMBER.0, NUMBER.1),
    ("invalid float", NUMBER.0, NUMBER.1),
    ("invalid mantissa", NUMBER.0, NUMBER.1),
    ("invalid fraction", NUMBER.0, NUMBER.1),
    ("invalid exponent", NUMBER.0, NUMBER.1),
    ("redundant", NUMBER.0, NUMBER.1),
    ("invalid date", NUMBER.0, NUMBER.1),
    ("invalid time", NUMBER.0, NUMBER.1),
    ("comment", "a comment contains a character that is not allowed", "remove it"),
    ("radix", "a number is not written as TOML requires", "write it in decimal digits"),
    (
        "leading zero",
        "a number begins with an extra zero",
        "remove the zero; put codes such as `007` in quotes",
    ),
    ("between digits", "an underscore in a number is not between digits", "write only the digits"),
];
