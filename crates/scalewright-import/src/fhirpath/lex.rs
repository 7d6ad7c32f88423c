//! The tokens of FHIRPath.

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A name, or a word that is an operator.
    Name(String),
    /// A name in quotes, which is never an operator.
    Quoted(String),
    /// `%name`
    Variable(String),
    /// `$this`
    Special(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

const SIGNS: [&str; 24] = [
    "<=", ">=", "!=", "!~", "(", ")", "[", "]", "{", "}", ".", ",", "+", "-", "*", "/", "&", "|",
    "<", ">", "=", "~", ";", ":",
];

/// Returns the tokens of a text, or why there are none, as a clause.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = without_comments(
            rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}'),
        )?;
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (token, length) = match first {
            '0'..='9' => number(rest)?,
            '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length))?,
            '`' | '"' => quoted(rest, first).map(|(text, length)| (Token::Quoted(text), length))?,
            '%' => external(rest)?,
            '$' => {
                let length = name_length(&rest[1..]);
                (Token::Special(rest[1..=length].to_owned()), length + 1)
            }
            '@' => return Err("it has a date or a time".to_owned()),
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let length = name_length(rest);
                (Token::Name(rest[..length].to_owned()), length)
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => return Err(format!("it has the character `{first}`")),
            },
        };
        tokens.push(token);
        rest = &rest[length..];
    }
}

fn without_comments(mut rest: &str) -> Result<&str, String> {
    loop {
        let after = if let Some(line) = rest.strip_prefix("//") {
            line.find('\n').map_or("", |end| &line[end..])
        } else if let Some(block) = rest.strip_prefix("/*") {
            let end = block.find("*/").ok_or("it has a comment without an end")?;
            &block[end + 2..]
        } else {
            return Ok(rest);
        };
        rest = after.trim_start();
    }
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn number(text: &str) -> Result<(Token, usize), String> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if text[length..].starts_with('.') {
        let decimals = digits(&text[length + 1..]);
        // `1.exists()` is a number and a step.
        if decimals > 0 {
            length += 1 + decimals;
        }
    }
    let number = text[..length].parse::<f64>();
    match number.ok().filter(|number| number.is_finite()) {
        Some(number) => Ok((Token::Number(number), length)),
        None => Err("it has a number that is too great".to_owned()),
    }
}

/// A text in quotes, without them, and its length with them.
fn quoted(text: &str, quote: char) -> Result<(String, usize), String> {
    let mut out = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next().map(|(_, letter)| letter) {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some('f') => out.push('\u{c}'),
                Some('u') => {
                    let code: String = letters.by_ref().take(4).map(|(_, letter)| letter).collect();
                    let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                    out.push(code.ok_or("it has an escape that is no character")?);
                }
                Some(letter) => out.push(letter),
                None => break,
            },
            _ if letter == quote => return Ok((out, at + 1)),
            _ => out.push(letter),
        }
    }
    Err("it has a text without a closing quote".to_owned())
}

fn external(text: &str) -> Result<(Token, usize), String> {
    match text[1..].chars().next() {
        Some(quote @ ('`' | '"' | '\'')) => {
            let (name, length) = quoted(&text[1..], quote)?;
            Ok((Token::Variable(name), length + 1))
        }
        _ => {
            // Hyphens are not allowed without quotes, yet some forms have them; `%a-b` stays a difference.
            let length = name_length(&text[1..]);
            match length {
                0 => Err("it has a `%` without a name".to_owned()),
                _ => Ok((Token::Variable(text[1..=length].to_owned()), length + 1)),
            }
        }
    }
}
