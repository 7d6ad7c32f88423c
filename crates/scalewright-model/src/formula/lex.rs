//! Splits the text of a formula into tokens: names, numbers, words in quotes, and signs.

use std::ops::Range;

/// A part of a formula, in bytes.
pub(super) type Span = Range<usize>;

/// An error at a place in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormulaFault {
    /// The place, in bytes of the formula.
    pub(super) span: Range<usize>,
    /// The kind of finding.
    pub(super) code: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: Option<String>,
}

impl FormulaFault {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, code: "formula-syntax", message: message.into(), help: None }
    }

    pub(super) fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A token of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Word(String),
    Name(String),
    Sign(&'static str),
    End,
}

impl Token {
    /// Returns the token as messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Number(number) => format!("`{number}`"),
            Self::Word(word) => format!("`\"{word}\"`"),
            Self::Name(name) => format!("`{name}`"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end of the formula".to_owned(),
        }
    }
}

/// The signs, with each before its own prefixes, because the first match is used. `==` and `&` are here only to be
/// refused with advice.
const SIGNS: [&str; 20] = [
    "..", "<=", ">=", "!=", "==", "<", ">", "=", "+", "-", "*", "/", "^", "(", ")", ",", ";", ":",
    "%", "&",
];

/// Splits `text` into tokens with their places. The last one is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, FormulaFault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], at)?;
        tokens.push((token, at..at + length));
        at += length;
    }
    tokens.push((Token::End, text.len()..text.len()));
    Ok(tokens)
}

fn token(rest: &str, at: usize) -> Result<(Token, usize), FormulaFault> {
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return number(rest, at);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        return Ok((Token::Name(rest[..length].to_owned()), length));
    }
    if first == '"' || first == '\'' {
        return word(rest, at, first);
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(&"&") | None => Err(unknown(first, at)),
        Some(&"==") => Err(FormulaFault::new(at..at + 2, "`==` has no meaning in a formula")
            .help("write `=` for equality: `a = b`")),
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
    }
}

fn unknown(first: char, at: usize) -> FormulaFault {
    let fault = FormulaFault::new(
        at..at + first.len_utf8(),
        // Escaped, because an invisible character would show as nothing between the backticks.
        format!("`{}` has no meaning in a formula", first.escape_debug()),
    );
    match first {
        '&' => fault.help("write `and`"),
        '|' => fault.help("write `or`"),
        '!' => fault.help("write `not`, or `!=` for unequal"),
        '[' | ']' => fault.help("write names of items without brackets: `phq_1`"),
        '−' | '–' | '—' => fault.help("write `-` for minus; to reverse an item, write `reverse(a)`"),
        '≥' => fault.help("write `>=`"),
        '≤' => fault.help("write `<=`"),
        '≠' => fault.help("write `!=`"),
        '×' | '·' => fault.help("write `*`"),
        '“' | '”' | '„' | '‘' | '’' => fault.help("write words in straight quotes: `\"female\"`"),
        '{' | '}' => fault.help("group with round brackets: `(a + b) * 2`"),
        '.' => fault.help("write a digit before the point: `0.5`; write a range as `phq_1..phq_9`"),
        '?' => fault.help("write `if … then … else …`"),
        '÷' => fault.help("write `/`"),
        '²' | '³' => fault.help("write `^2` or `^3`"),
        '#' => fault.help("write comments outside of the formula, after its closing quote"),
        letter if letter.is_alphabetic() => {
            fault.help("names contain only the letters a to z, digits and `_`")
        }
        _ => fault.help("a formula contains names, numbers, words in quotes, `+ - * / ^`, `< <= = != >= >` and brackets"),
    }
}

/// Reads digits, and possibly a point with digits after it. `1..3` is the number 1, followed by the sign `..`.
fn number(rest: &str, at: usize) -> Result<(Token, usize), FormulaFault> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut length = digits(rest);
    if let Some(fraction) = rest[length..].strip_prefix('.') {
        let decimals = digits(fraction);
        // A point that is followed by another one belongs to the sign `..` of a range.
        if decimals > 0 {
            length += 1 + decimals;
        } else if !fraction.starts_with('.') {
            return Err(FormulaFault::new(at..at + length + 1, "a number ends in a point")
                .help("write a digit after it, or remove the point"));
        }
    }
    if rest[length..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        let end = rest[length..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .map_or(rest.len(), |offset| length + offset);
        let message = format!("`{}` is neither a number nor a name", &rest[..end]);
        return Err(FormulaFault::new(at..at + end, message)
            .help("names begin with a letter; numbers have no exponent or unit"));
    }
    // Hundreds of digits are read as infinity, which the bound refuses too.
    let value: f64 = rest[..length].parse().unwrap_or(f64::INFINITY);
    if value > 1e12 {
        return Err(FormulaFault::new(at..at + length, "the number is too large")
            .help("keep numbers below 1,000,000,000,000"));
    }
    Ok((Token::Number(value), length))
}

fn word(rest: &str, at: usize, quote: char) -> Result<(Token, usize), FormulaFault> {
    match rest[1..].find(quote) {
        Some(end) => Ok((Token::Word(rest[1..=end].to_owned()), end + 2)),
        None => Err(FormulaFault::new(at..at + rest.len(), "a word has no closing quote")
            .help(format!("add `{quote}` after it"))),
    }
}
