//! The tokens of an expression.

use super::grammar::Grammar;

/// The greatest number of tokens.
const MOST_TOKENS: usize = 20_000;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A name that the language marks as one, with an option in brackets.
    Name(String, Option<String>),
    Word(String),
    Symbol(&'static str),
}

/// What only one language has, read at the beginning of a text: the token and its length in bytes; `None` if the text
/// begins with something else.
pub(super) type Special = Option<Result<(Token, usize), String>>;

/// Splits an expression into tokens with their positions, in characters from 1.
pub(super) fn tokens(
    grammar: &Grammar,
    text: &str,
    is_name: &dyn Fn(&str) -> bool,
) -> Result<Vec<(Token, usize)>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    // Counted along, because counting from the beginning for each token would be quadratic.
    let mut at = 1;
    loop {
        let trimmed = rest.trim_start();
        at += rest[..rest.len() - trimmed.len()].chars().count();
        rest = trimmed;
        if rest.is_empty() {
            return Ok(tokens);
        }
        if tokens.len() == MOST_TOKENS {
            return Err(format!("the expression is longer than {MOST_TOKENS} tokens"));
        }
        let (token, length) = token(grammar, rest, is_name, at)?;
        tokens.push((token, at));
        at += rest[..length].chars().count();
        rest = &rest[length..];
    }
}

/// The token at the beginning of a text, and its length in bytes.
fn token(
    grammar: &Grammar,
    text: &str,
    is_name: &dyn Fn(&str) -> bool,
    at: usize,
) -> Result<(Token, usize), String> {
    if let Some(read) = (grammar.special)(text) {
        return read.map_err(|reason| format!("{reason} (character {at})"));
    }
    let first = text.chars().next().unwrap_or(' ');
    if first == '"' || first == '\'' {
        return quoted(grammar, text, first)
            .ok_or_else(|| format!("the text that begins at character {at} has no end"));
    }
    let is_decimal = first == '.' && text[1..].starts_with(|next: char| next.is_ascii_digit());
    if first.is_ascii_digit() || is_decimal {
        return number(text)
            .ok_or_else(|| format!("the number at character {at} is not understood"));
    }
    if first.is_alphabetic() || first == '_' {
        let length = word_length(grammar, text, is_name);
        return Ok((Token::Word(text[..length].to_owned()), length));
    }
    match grammar.symbols.iter().find(|symbol| text.starts_with(**symbol)) {
        Some(symbol) => Ok((Token::Symbol(symbol), symbol.len())),
        None => Err(format!("`{first}` at character {at} is not understood")),
    }
}

/// A text between quotes.
fn quoted(grammar: &Grammar, text: &str, quote: char) -> Option<(Token, usize)> {
    let mut out = String::new();
    let mut is_escaped = false;
    let mut code = Code::default();
    for (at, letter) in text.char_indices().skip(1) {
        if code.takes(letter, &mut out) {
            continue;
        }
        if is_escaped {
            is_escaped = false;
            if letter == 'u' && code.begins(&text[at + 1..]) {
                continue;
            }
            out.push(letter);
        } else if grammar.has_escapes && letter == '\\' {
            is_escaped = true;
        } else if letter == quote {
            return Some((Token::Text(out), at + 1));
        } else {
            out.push(letter);
        }
    }
    None
}

/// The digits of an escape such as `\u00e9`. Letters beyond `\uffff` are two escapes.
#[derive(Default)]
struct Code {
    left: usize,
    unit: u16,
    high: Option<u16>,
}

impl Code {
    /// Begins an escape if four digits follow.
    fn begins(&mut self, rest: &str) -> bool {
        let digits = rest.bytes().take(4).filter(u8::is_ascii_hexdigit).count();
        (self.left, self.unit) = if digits == 4 { (4, 0) } else { (0, 0) };
        digits == 4
    }

    /// Takes a digit. Returns whether one was expected.
    fn takes(&mut self, letter: char, out: &mut String) -> bool {
        let Some(digit) = letter.to_digit(16).filter(|_| self.left > 0) else { return false };
        self.left -= 1;
        self.unit = self.unit << 4 | u16::try_from(digit).unwrap_or(0);
        if self.left == 0 {
            let units = self.high.take().into_iter().chain([self.unit]).collect::<Vec<_>>();
            match char::decode_utf16(units.iter().copied()).next() {
                Some(Ok(letter)) => out.push(letter),
                _ => self.high = Some(self.unit),
            }
        }
        true
    }
}

/// A number without sign: `3`, `0.5`, `.5`, `1e3`.
fn number(text: &str) -> Option<(Token, usize)> {
    let digits = |from: usize| from + text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    if text[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    let number: f64 = text[..end].parse().ok()?;
    let joins_a_word = text[end..].starts_with(|next: char| next.is_alphabetic() || next == '_');
    (number.is_finite() && !joins_a_word).then_some((Token::Number(number), end))
}

/// The length of a word in bytes.
fn word_length(grammar: &Grammar, text: &str, is_name: &dyn Fn(&str) -> bool) -> usize {
    let run = |with_hyphens: bool| {
        text.find(|letter: char| {
            let is_part =
                letter.is_alphanumeric() || letter == '_' || grammar.word_signs.contains(letter);
            !(is_part || with_hyphens && letter == '-')
        })
        .unwrap_or(text.len())
    };
    let plain = run(false);
    if !grammar.has_hyphens {
        return plain;
    }
    // `a-b` is a difference unless there is a question of this name. Few hyphens, so that this is not quadratic.
    let longest = run(true);
    let ends: Vec<_> = text[..longest].match_indices('-').map(|(at, _)| at).take(10).collect();
    let mut ends = ends.into_iter().chain([longest]).rev();
    ends.find(|end| *end > plain && is_name(&text[..*end])).unwrap_or(plain)
}
