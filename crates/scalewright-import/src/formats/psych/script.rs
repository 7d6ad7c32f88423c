//! The parts of an R script that are data: calls, names, texts, numbers and lists of them.
//!
//! Nothing is run. What is not data is kept as [`Value::Other`].

/// How deeply values may be nested.
const DEEPEST: usize = 60;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    /// A name, such as `d`.
    Name(String),
    /// A call, with the names of its arguments.
    Call(String, Vec<(Option<String>, Value)>),
    /// Something with a minus sign.
    Minus(Box<Value>),
    /// The numbers from one to another.
    Range(Box<Value>, Box<Value>),
    /// What is no data.
    Other,
}

/// A statement of a script.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The name to which the value is assigned.
    pub(super) name: Option<String>,
    pub(super) value: Value,
    /// The line, from 1.
    pub(super) line: usize,
    /// The statement as written, in short.
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Name(String),
    Text(String),
    Number(f64),
    /// Any other sign.
    Sign(&'static str),
    /// The end of a line.
    Line,
    Unknown,
}

/// A sign with its place: the line, and the bytes that it takes.
#[derive(Debug, Clone)]
struct Token {
    sign: Piece,
    line: usize,
    start: usize,
    end: usize,
}

const SIGNS: &[&str] = &[
    "<<-", "<-", "->", "::", "==", "!=", "<=", ">=", "%>%", "|>", "(", ")", "[", "]", "{", "}",
    ",", "=", ":", "$", "@", "~", "+", "-", "*", "/", "^", "<", ">", "!", "&", "|", ";", "?", "%",
];

/// The statements of a script outside of functions.
pub(super) fn statements(script: &str) -> Vec<Statement> {
    let tokens = tokens(script);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut statements = Vec::new();
    while reader.at < tokens.len() {
        let first = reader.at;
        if matches!(reader.sign(), Some(Piece::Line | Piece::Sign(";"))) {
            reader.at += 1;
            continue;
        }
        let name = reader.assigned();
        let value = reader.value(0);
        let value = reader.rest_of_statement(value);
        let Some((from, to)) = tokens.get(first).zip(tokens.get(reader.at.max(first + 1) - 1))
        else {
            break;
        };
        let text: String =
            script.get(from.start..to.end).unwrap_or_default().chars().take(60).collect();
        statements.push(Statement { name, value, line: from.line, text });
    }
    statements
}

fn tokens(script: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = script[at..].chars().next() {
        let start = at;
        let starts_at = line;
        let rest = &script[at..];
        let sign = match first {
            '\n' => {
                at += 1;
                line += 1;
                Some(Piece::Line)
            }
            '#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                None
            }
            '"' | '\'' | '`' => {
                let (text, length) = quoted(rest, first);
                at += length;
                line += rest[..length].matches('\n').count();
                Some(if first == '`' { Piece::Name(text) } else { Piece::Text(text) })
            }
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                None
            }
            _ if first.is_ascii_digit()
                || first == '.' && rest[1..].starts_with(|next: char| next.is_ascii_digit()) =>
            {
                let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
                let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
                at += length;
                let number = rest[..length].trim_end_matches('L').parse().ok();
                Some(number.map_or(Piece::Unknown, Piece::Number))
            }
            _ if first.is_alphabetic() || matches!(first, '.' | '_') => {
                let is_part =
                    |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_');
                let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
                at += length;
                Some(Piece::Name(rest[..length].to_owned()))
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => {
                    at += sign.len();
                    Some(Piece::Sign(sign))
                }
                None => {
                    at += first.len_utf8();
                    Some(Piece::Unknown)
                }
            },
        };
        if let Some(sign) = sign {
            tokens.push(Token { sign, line: starts_at, start, end: at });
        }
    }
    tokens
}

/// A text in quotes, and how many bytes it takes.
fn quoted(rest: &str, quote: char) -> (String, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, other)) => text.push(other),
                None => {}
            },
            letter if letter == quote => return (text, at + quote.len_utf8()),
            letter => text.push(letter),
        }
    }
    (text, rest.len())
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn sign(&self) -> Option<&Piece> {
        self.tokens.get(self.at).map(|token| &token.sign)
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.sign(), Some(Piece::Sign(own)) if *own == sign)
    }

    /// Skips line breaks, which do not end a statement inside brackets.
    fn lines(&mut self) {
        while self.sign() == Some(&Piece::Line) {
            self.at += 1;
        }
    }

    /// The name to which a value is assigned.
    fn assigned(&mut self) -> Option<String> {
        let Some(Piece::Name(name)) = self.sign() else { return None };
        let next = self.tokens.get(self.at + 1).map(|token| &token.sign)?;
        let is_assigned = matches!(next, Piece::Sign("<-" | "=" | "<<-"));
        let name = Some(name.clone()).filter(|_| is_assigned);
        if is_assigned {
            self.at += 2;
            self.lines();
        }
        name
    }

    /// A value.
    fn value(&mut self, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Other;
        }
        let value = if self.is("-") {
            self.at += 1;
            match self.part(depth + 1) {
                Value::Number(number) => Value::Number(-number),
                other => Value::Minus(Box::new(other)),
            }
        } else {
            self.part(depth + 1)
        };
        if self.is(":") {
            self.at += 1;
            let to = self.value(depth + 1);
            return Value::Range(Box::new(value), Box::new(to));
        }
        value
    }

    /// A value without signs before or after it.
    fn part(&mut self, depth: usize) -> Value {
        let sign = self.sign().cloned();
        match sign {
            Some(Piece::Text(text)) => {
                self.at += 1;
                Value::Text(text)
            }
            Some(Piece::Number(number)) => {
                self.at += 1;
                Value::Number(number)
            }
            Some(Piece::Name(name)) => {
                self.at += 1;
                self.named(name, depth)
            }
            Some(Piece::Sign("(")) => {
                self.at += 1;
                self.lines();
                let value = self.value(depth + 1);
                self.lines();
                if self.is(")") {
                    self.at += 1;
                    value
                } else {
                    Value::Other
                }
            }
            _ => Value::Other,
        }
    }

    /// A name, or a call of the function with that name. The package before `::` does not matter.
    fn named(&mut self, mut name: String, depth: usize) -> Value {
        while self.is("::") {
            self.at += 1;
            if let Some(Piece::Name(own)) = self.sign() {
                name = own.clone();
                self.at += 1;
            }
        }
        if self.is("(") && name != "function" {
            self.at += 1;
            return Value::Call(name, self.arguments(depth + 1));
        }
        match name.as_str() {
            "TRUE" | "T" => Value::Truth(true),
            "FALSE" | "F" => Value::Truth(false),
            "function" | "if" | "for" | "while" | "repeat" => Value::Other,
            _ => Value::Name(name),
        }
    }

    /// The arguments of a call, after its bracket.
    fn arguments(&mut self, depth: usize) -> Vec<(Option<String>, Value)> {
        let mut arguments = Vec::new();
        loop {
            self.lines();
            match self.sign() {
                None => return arguments,
                Some(Piece::Sign(")")) => {
                    self.at += 1;
                    return arguments;
                }
                Some(Piece::Sign(",")) => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let name = self.label();
            let value = self.value(depth);
            self.lines();
            let is_whole = self.is(",") || self.is(")");
            if !is_whole {
                self.skip(&[",", ")"]);
            }
            arguments.push((name, if is_whole { value } else { Value::Other }));
        }
    }

    /// The name of an argument.
    fn label(&mut self) -> Option<String> {
        let next = self.tokens.get(self.at + 1).map(|token| &token.sign);
        let (Some(Piece::Name(name) | Piece::Text(name)), Some(Piece::Sign("="))) =
            (self.sign(), next)
        else {
            return None;
        };
        let name = name.clone();
        self.at += 2;
        self.lines();
        Some(name)
    }

    /// Skips to one of these signs outside of inner brackets, or to the end.
    fn skip(&mut self, ends: &[&str]) {
        let mut depth = 0_usize;
        while let Some(sign) = self.sign() {
            match sign {
                Piece::Sign(sign) if depth == 0 && ends.contains(sign) => return,
                Piece::Line if depth == 0 && ends.contains(&"\n") => return,
                Piece::Sign("(" | "[" | "{") => depth += 1,
                Piece::Sign(")" | "]" | "}") => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The value of a statement, which is no data if more follows on its line.
    fn rest_of_statement(&mut self, value: Value) -> Value {
        if matches!(self.sign(), None | Some(Piece::Line | Piece::Sign(";"))) {
            return value;
        }
        let before = self.at;
        self.skip(&[";", "\n"]);
        if self.at == before {
            self.at += 1;
        }
        // Part of what a call returns: `scoreItems(…)$scores`.
        let is_part = matches!(
            self.tokens.get(before).map(|token| &token.sign),
            Some(Piece::Sign("$" | "[" | "@"))
        );
        if is_part && matches!(value, Value::Call(..)) { value } else { Value::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_a_script_are_read() {
        let script = "library(psych)\nk <- list(a = c(\"x\", -2, 3:5), # remark\n  b = -1)\ns = psych::scoreItems(k, d[, 1:3], min = 1)$scores\nf <- function(x) { x + 1 }\n";
        let read = statements(script);
        let names: Vec<_> = read.iter().map(|one| (one.name.as_deref(), one.line)).collect();
        assert_eq!(names, [(None, 1), (Some("k"), 2), (Some("s"), 4), (Some("f"), 5)]);
        let Value::Call(name, arguments) = &read[1].value else { panic!("{:?}", read[1]) };
        assert_eq!(name, "list");
        assert_eq!(arguments[1], (Some("b".to_owned()), Value::Number(-1.0)));
        let Value::Call(name, arguments) = &read[2].value else { panic!("{:?}", read[2]) };
        assert_eq!(name, "scoreItems");
        assert_eq!(arguments[1], (None, Value::Other));
        assert_eq!(arguments[2], (Some("min".to_owned()), Value::Number(1.0)));
    }

    #[test]
    fn no_script_stops_the_reader() {
        for script in
            ["", "(", "a <- ", "list(((((", "c(1,,)", "\"open", "x[[1]] <- 2", "é←", ") ) ]"]
        {
            let _ = statements(script);
        }
        let deep = "list(".repeat(5000);
        assert_eq!(statements(&deep).len(), 1);
    }
}
