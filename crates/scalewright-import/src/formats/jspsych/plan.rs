//! The literals of a JavaScript plan: texts, numbers, lists and objects, and the constants that hold them.
//!
//! Nothing is run. What is computed is kept as [`Value::Code`].

use std::collections::BTreeMap;

/// How deeply values may be nested.
const DEEPEST: usize = 60;

/// How often a constant may be the name of another one.
const LONGEST_CHAIN: usize = 20;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    Nothing,
    List(Vec<Value>),
    Object(Object),
    /// The name of a constant.
    Name(String),
    /// What is computed, as written in short.
    Code(String),
}

/// An object, with the lines of its entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Object {
    pub(super) line: usize,
    pub(super) entries: Vec<(String, Value, usize)>,
}

impl Object {
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(own, _, _)| own == key).map(|(_, value, _)| value)
    }
}

/// A plan: its constants, and all objects outside of others.
#[derive(Debug, Default)]
pub(super) struct Plan {
    constants: BTreeMap<String, Value>,
    /// The objects, with those inside of them, in the order of the file.
    pub(super) objects: Vec<Object>,
}

impl Plan {
    pub(super) fn of(script: &str) -> Self {
        let tokens = tokens(script);
        let mut reader = Reader { script, tokens: &tokens, at: 0 };
        let mut plan = Self::default();
        while reader.at < tokens.len() {
            if let Some(name) = reader.assigned() {
                let value = reader.value(0);
                collect(&value, &mut plan.objects);
                plan.constants.entry(name).or_insert(value);
            } else if reader.begins_object() {
                let value = reader.value(0);
                collect(&value, &mut plan.objects);
            } else {
                reader.at += 1;
            }
        }
        plan
    }

    /// The value of a name; other values as they are.
    pub(super) fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut value = value;
        for _ in 0..LONGEST_CHAIN {
            match value {
                Value::Name(name) => match self.constants.get(name) {
                    Some(constant) => value = constant,
                    None => return value,
                },
                other => return other,
            }
        }
        value
    }

    /// The value of a key of an object, with constants in place of their names.
    pub(super) fn get<'v>(&'v self, object: &'v Object, key: &str) -> Option<&'v Value> {
        object.get(key).map(|value| self.resolved(value))
    }

    pub(super) fn text<'v>(&'v self, object: &'v Object, key: &str) -> Option<&'v str> {
        match self.get(object, key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn list<'v>(&'v self, object: &'v Object, key: &str) -> Option<&'v [Value]> {
        match self.get(object, key)? {
            Value::List(values) => Some(values),
            _ => None,
        }
    }

    /// The texts of a list, if it has only texts.
    pub(super) fn texts<'v>(&'v self, object: &'v Object, key: &str) -> Option<Vec<&'v str>> {
        let values = self.list(object, key)?.iter().map(|value| self.resolved(value));
        values
            .map(|value| match value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Collects the objects of a value.
fn collect(value: &Value, objects: &mut Vec<Object>) {
    match value {
        Value::Object(object) => {
            objects.push(object.clone());
            object.entries.iter().for_each(|(_, value, _)| collect(value, objects));
        }
        Value::List(values) => values.iter().for_each(|value| collect(value, objects)),
        _ => {}
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Name(String),
    Text(String),
    Number(f64),
    Sign(char),
}

#[derive(Debug, Clone)]
struct Token {
    sign: Piece,
    line: usize,
    start: usize,
    end: usize,
}

fn tokens(script: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = script[at..].chars().next() {
        let rest = &script[at..];
        let (start, starts_at) = (at, line);
        let (length, sign) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), None)
        } else if matches!(first, '"' | '\'' | '`') {
            let (text, length) = quoted(rest, first);
            (length, Some(text.map_or(Piece::Sign('`'), Piece::Text)))
        } else if first.is_ascii_digit() {
            let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
            let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            (length, Some(rest[..length].parse().map_or(Piece::Sign('?'), Piece::Number)))
        } else if first.is_alphabetic() || matches!(first, '_' | '$') {
            let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
            let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            (length, Some(Piece::Name(rest[..length].to_owned())))
        } else {
            let sign = (!first.is_whitespace()).then_some(Piece::Sign(first));
            (first.len_utf8(), sign)
        };
        line += rest[..length].matches('\n').count();
        at += length;
        tokens.extend(sign.map(|sign| Token { sign, line: starts_at, start, end: at }));
    }
    tokens
}

/// A text in quotes, and how many bytes it takes. A template with parts to compute is no text.
fn quoted(rest: &str, quote: char) -> (Option<String>, usize) {
    let mut text = String::new();
    let mut is_text = true;
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, '\n')) | None => {}
                Some((_, other)) => {
                    // Letters by number stay as they are written.
                    if matches!(other, 'u' | 'x') {
                        text.push('\\');
                    }
                    text.push(other);
                }
            },
            letter if letter == quote => {
                return (Some(text).filter(|_| is_text), at + quote.len_utf8());
            }
            // A text in plain quotes ends with its line.
            '\n' if quote != '`' => return (None, at),
            '$' if quote == '`' && letters.peek().is_some_and(|(_, next)| *next == '{') => {
                is_text = false;
            }
            letter => text.push(letter),
        }
    }
    (None, rest.len())
}

struct Reader<'t> {
    script: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn sign(&self, ahead: usize) -> Option<&Piece> {
        self.tokens.get(self.at + ahead).map(|token| &token.sign)
    }

    fn is(&self, ahead: usize, sign: char) -> bool {
        self.sign(ahead) == Some(&Piece::Sign(sign))
    }

    /// The name of a constant or variable whose value follows.
    fn assigned(&mut self) -> Option<String> {
        let Some(Piece::Name(word)) = self.sign(0) else { return None };
        let skip = usize::from(matches!(word.as_str(), "const" | "let" | "var"));
        let Some(Piece::Name(name)) = self.sign(skip) else { return None };
        let is_value = self.is(skip + 1, '=') && !self.is(skip + 2, '=') && !self.is(skip + 2, '>');
        // Not a part of something else: `a.b = 1`.
        let is_part = self.at > 0
            && self.tokens.get(self.at - 1).is_some_and(|token| token.sign == Piece::Sign('.'));
        let name = Some(name.clone()).filter(|_| is_value && !is_part)?;
        self.at += skip + 2;
        Some(name)
    }

    /// Whether an object with entries begins here, and not a block of statements.
    fn begins_object(&self) -> bool {
        let is_key = matches!(self.sign(1), Some(Piece::Name(_) | Piece::Text(_)));
        self.is(0, '{') && is_key && self.is(2, ':')
    }

    /// A value up to the sign that ends it.
    fn value(&mut self, depth: usize) -> Value {
        let first = self.at;
        let value = if depth > DEEPEST { None } else { self.literal(depth) };
        let ends = |reader: &Self| match reader.sign(0) {
            None | Some(Piece::Sign(',' | ']' | '}' | ')' | ';')) => true,
            // A statement can end with its line.
            Some(_) if depth == 0 => {
                let line = |at: usize| reader.tokens.get(at).map(|token| token.line);
                reader.at > first
                    && line(reader.at) != line(reader.at - 1)
                    && !matches!(
                        reader.sign(0),
                        Some(Piece::Sign('+' | '.' | '(' | '?' | '-' | '*' | '['))
                    )
            }
            Some(_) => false,
        };
        if let Some(value) = value.filter(|_| ends(self)) {
            return value;
        }
        self.skip();
        let range = self.tokens.get(first).zip(self.tokens.get(self.at.max(first + 1) - 1));
        let text =
            range.and_then(|(from, to)| self.script.get(from.start..to.end)).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        Value::Code(words.join(" ").chars().take(200).collect())
    }

    fn literal(&mut self, depth: usize) -> Option<Value> {
        let sign = self.sign(0)?.clone();
        let value = match sign {
            Piece::Text(text) => {
                self.at += 1;
                Value::Text(self.joined(text))
            }
            Piece::Number(number) => {
                self.at += 1;
                Value::Number(number)
            }
            Piece::Sign('-') => match self.sign(1) {
                Some(Piece::Number(number)) => {
                    let number = -number;
                    self.at += 2;
                    Value::Number(number)
                }
                _ => return None,
            },
            Piece::Sign('[') => {
                self.at += 1;
                self.list(depth)
            }
            Piece::Sign('{') => Value::Object(self.object(depth)),
            Piece::Name(name) => {
                if matches!(name.as_str(), "function" | "async" | "new" | "class") {
                    return None;
                }
                self.at += 1;
                match name.as_str() {
                    "true" => Value::Truth(true),
                    "false" => Value::Truth(false),
                    "null" | "undefined" => Value::Nothing,
                    _ => Value::Name(name),
                }
            }
            Piece::Sign(_) => return None,
        };
        Some(value)
    }

    /// A text with the texts that are added to it.
    fn joined(&mut self, mut text: String) -> String {
        while let (true, Some(Piece::Text(more))) = (self.is(0, '+'), self.sign(1)) {
            text.push_str(more);
            self.at += 2;
        }
        text
    }

    fn list(&mut self, depth: usize) -> Value {
        let mut values = Vec::new();
        loop {
            match self.sign(0) {
                None => return Value::List(values),
                Some(Piece::Sign(']')) => {
                    self.at += 1;
                    return Value::List(values);
                }
                Some(Piece::Sign(',' | '}' | ')' | ';')) => self.at += 1,
                Some(_) => values.push(self.value(depth + 1)),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Object {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        self.at += 1;
        let mut object = Object { line, entries: Vec::new() };
        loop {
            let line = self.tokens.get(self.at).map_or(0, |token| token.line);
            match self.sign(0).cloned() {
                None => return object,
                Some(Piece::Sign('}')) => {
                    self.at += 1;
                    return object;
                }
                Some(Piece::Name(key) | Piece::Text(key)) if self.is(1, ':') => {
                    self.at += 2;
                    let value = self.value(depth + 1);
                    object.entries.push((key, value, line));
                }
                Some(Piece::Number(key)) if self.is(1, ':') => {
                    self.at += 2;
                    let value = self.value(depth + 1);
                    object.entries.push((key.to_string(), value, line));
                }
                // A name that is its own value.
                Some(Piece::Name(key)) if self.is(1, ',') || self.is(1, '}') => {
                    self.at += 1;
                    object.entries.push((key.clone(), Value::Name(key), line));
                }
                Some(Piece::Name(key)) => {
                    let value = self.value(DEEPEST + 1);
                    object.entries.push((key, value, line));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// Skips to the sign that ends a value, over brackets; at least one sign.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(sign) = self.sign(0) {
            match sign {
                Piece::Sign('(' | '[' | '{') => depth += 1,
                Piece::Sign(')' | ']' | '}') if depth == 0 => return,
                Piece::Sign(')' | ']' | '}') => depth -= 1,
                Piece::Sign(',' | ';') if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_constants_are_read() {
        let plan = Plan::of(
            "const scale = ['a', \"b\" + \"c\"]; // remark\nlet n = -1.5\nvar t = {type: X, labels: scale, f: function (d) { d.x = {y: 1}; }, on: (a, b) => a + b, m() { return 1; }, req: true,};\ntimeline.push({type: 'y', prompt: `one\ntwo`, other: `a ${b}`, n})",
        );
        assert_eq!(plan.objects.len(), 2, "{plan:?}");
        let object = &plan.objects[0];
        assert_eq!(plan.texts(object, "labels"), Some(vec!["a", "bc"]));
        assert_eq!(
            object.get("f"),
            Some(&Value::Code("function (d) { d.x = {y: 1}; }".to_owned()))
        );
        assert_eq!(object.get("on"), Some(&Value::Code("(a, b) => a + b".to_owned())));
        assert_eq!(object.get("m"), Some(&Value::Code("m() { return 1; }".to_owned())));
        assert_eq!(object.get("req"), Some(&Value::Truth(true)));
        let object = &plan.objects[1];
        assert_eq!((object.line, plan.text(object, "prompt")), (4, Some("one\ntwo")));
        assert!(matches!(object.get("other"), Some(Value::Code(_))));
        assert_eq!(plan.get(object, "n"), Some(&Value::Number(-1.5)));
    }

    #[test]
    fn no_plan_stops_the_reader() {
        for script in [
            "",
            "{",
            "a = ",
            "x = {a:",
            "x = [[[",
            "\"open",
            "`${",
            "var a = a;",
            "{a: )}",
            "é = {é: 1",
        ] {
            let plan = Plan::of(script);
            let _ = plan.resolved(&Value::Name("a".to_owned()));
        }
        assert_eq!(Plan::of(&"{a:".repeat(5000)).objects.len(), 61);
    }
}
