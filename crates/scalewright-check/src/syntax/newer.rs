//! Syntax of TOML 1.1, which our parser accepts and most other tools do not: line breaks, comments and a last comma
//! between braces, the escapes `\e` and `\x`, and times without seconds.

use std::ops::Range;

/// A part of a text that only TOML 1.1 allows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Newer {
    pub(super) span: Range<usize>,
    pub(super) what: What,
}

/// What only TOML 1.1 allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A line break between braces.
    Break,
    /// A comment between braces.
    Comment,
    /// A comma before a closing brace.
    Comma,
    /// The escape `\e` or `\x`.
    Escape,
    /// A time without seconds.
    Time,
}

impl What {
    /// What is wrong, and what to do.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Break => (
                "a table in braces goes over several lines",
                "write it on one line, as `scalewright fmt` does: most tools read TOML 1.0, which allows no line break between braces",
            ),
            Self::Comment => (
                "there is a comment between braces",
                "move it to the end of the line, or above it: most tools read TOML 1.0, which allows no comment between braces",
            ),
            Self::Comma => (
                "a comma precedes the closing brace",
                "remove it, as `scalewright fmt` does: most tools read TOML 1.0, which allows no comma there",
            ),
            Self::Escape => (
                "this escape is new in TOML 1.1",
                "write `\\u` and four digits: most tools read TOML 1.0, which has neither `\\e` nor `\\x`",
            ),
            Self::Time => (
                "a time has no seconds",
                "put it in quotes: most tools read TOML 1.0, which requires seconds, such as `23:15:00`",
            ),
        }
    }

    /// Whether `scalewright fmt` writes it in TOML 1.0.
    pub(super) fn is_layout(self) -> bool {
        matches!(self, Self::Break | Self::Comma)
    }
}

/// Returns the parts of a text without syntax errors that only TOML 1.1 allows; of each table in braces only the first.
pub(super) fn find(text: &str) -> Vec<Newer> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, open: Vec::new(), found: Vec::new() };
    while scan.at < scan.bytes.len() {
        scan.step();
    }
    scan.found
}

/// A bracket or brace that is open.
struct Open {
    brace: bool,
    /// Whether something in it was reported.
    reported: bool,
    /// The position of the last comma, if only space follows it.
    comma: Option<usize>,
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    open: Vec<Open>,
    found: Vec<Newer>,
}

impl Scan<'_> {
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        match byte {
            b'#' => {
                let end = self.end_of_line();
                self.report(What::Comment, self.at..end);
                self.at = end;
                return;
            }
            b'\n' => self.report(What::Break, self.at..self.at),
            b'"' | b'\'' => return self.string(byte),
            b'[' | b'{' => {
                self.open.push(Open { brace: byte == b'{', reported: false, comma: None })
            }
            b']' | b'}' => self.close(),
            b',' => {
                let at = self.at;
                self.open.iter_mut().last().into_iter().for_each(|open| open.comma = Some(at));
            }
            b'0'..=b'9' => return self.number(),
            _ => {}
        }
        if !matches!(byte, b',' | b' ' | b'\t' | b'\r' | b'\n') {
            self.value();
        }
        self.at += 1;
    }

    /// Notes that something other than space follows the last comma.
    fn value(&mut self) {
        self.open.iter_mut().last().into_iter().for_each(|open| open.comma = None);
    }

    fn close(&mut self) {
        if let Some(comma) = self.open.last().and_then(|open| open.comma) {
            self.report(What::Comma, comma..comma + 1);
        }
        self.open.pop();
    }

    /// Reports something that is not allowed between braces, if these are innermost.
    fn report(&mut self, what: What, span: Range<usize>) {
        let Some(open) = self.open.last_mut().filter(|open| open.brace) else { return };
        // `fmt` corrects line breaks, so a comment is reported although a line break was.
        if !std::mem::replace(&mut open.reported, true) || what == What::Comment {
            self.found.push(Newer { span, what });
        }
    }

    fn end_of_line(&self) -> usize {
        let rest = &self.bytes[self.at..];
        rest.iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| self.at + end)
    }

    /// Passes a text, and reports its escapes.
    fn string(&mut self, quote: u8) {
        self.value();
        let long = self.bytes[self.at..].starts_with(&[quote; 3]);
        let close = if long { 3 } else { 1 };
        self.at += close;
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            if quote == b'"' && rest[0] == b'\\' {
                if matches!(rest.get(1), Some(b'e' | b'x')) {
                    self.found.push(Newer { span: self.at..self.at + 2, what: What::Escape });
                }
                self.at += 2;
            } else if rest.starts_with(&[quote; 3][..close]) {
                self.at += close;
                // A text of several lines may end with quotes of its own: up to five in a row.
                while long && self.bytes.get(self.at) == Some(&quote) {
                    self.at += 1;
                }
                return;
            } else {
                self.at += 1;
            }
        }
    }

    /// Passes a number, a date or a bare key that begins with a digit, and reports a time without seconds.
    fn number(&mut self) {
        self.value();
        let start = self.at;
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.+".contains(byte);
        let length = self.bytes[start..].iter().position(|byte| !part(byte));
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        let text = &self.bytes[start..self.at];
        // Only the seconds have a second colon; that of an offset such as `+02:00` follows a sign.
        let clock = text.iter().position(|byte| *byte == b':').map(|colon| &text[colon + 1..]);
        if clock.is_some_and(|clock| clock.get(2) != Some(&b':')) {
            self.found.push(Newer { span: start..self.at, what: What::Time });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{What, find};

    #[test]
    fn only_what_version_1_1_adds_is_found() {
        for text in [
            "a = { b = 1, c = [\n1,\n2,\n] }",
            "a = [\n  { b = 1 }, # x\n  { b = 2 },\n]",
            "a = \"\"\"x\\\\e\"\"\"\"\"\nb = 'C:\\exit'\n",
            "a = { b = \"\"\"x\ny\"\"\" }",
            "a = 07:32:00\nb = 1979-05-27T07:32:00+02:00\n[x.10]\n# 10:20\n",
            "\"a,}\" = { b = \"}\" }",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
        for (text, what) in [
            ("a = {\n  b = 1 }", vec![What::Break]),
            ("a = { b = 1,\n}", vec![What::Break]),
            ("a = { b = 1, }", vec![What::Comma]),
            ("a = [{ b = 1, }, { b = 2 , }]", vec![What::Comma, What::Comma]),
            ("a = { b = 1, # x\n c = 2 }", vec![What::Comment]),
            ("a = {\nb = 1, # x\n c = 2 }", vec![What::Break, What::Comment]),
            (r#"a = "\e" "#, vec![What::Escape]),
            (r#"a = "\x41" "#, vec![What::Escape]),
            ("a = 07:32", vec![What::Time]),
            ("a = 1979-05-27T07:32Z", vec![What::Time]),
        ] {
            let found: Vec<What> = find(text).into_iter().map(|newer| newer.what).collect();
            assert_eq!(found, what, "{text}");
        }
    }
}
