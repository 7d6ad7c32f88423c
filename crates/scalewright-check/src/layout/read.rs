//! Reads a TOML text as its author wrote it: tables, keys, values, and the comments and blank lines between them.
//!
//! The text must have no syntax errors, so tokens are not checked again. The parser limits nesting to 80 levels, so
//! recursion is safe.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// A file: the keys before the first header, the tables in their order, and the lines after the last key.
pub(crate) struct File<'t> {
    pub(crate) root: Vec<Entry<'t>>,
    pub(crate) blocks: Vec<Block<'t>>,
    pub(crate) tail: Vec<Lead<'t>>,
    /// The comments and blank lines at the beginning of the file, which stay there.
    pub(crate) head: Vec<Lead<'t>>,
}

/// A header and the keys below it.
pub(crate) struct Block<'t> {
    pub(crate) lead: Vec<Lead<'t>>,
    pub(crate) header: String,
    pub(crate) path: Vec<Cow<'t, str>>,
    pub(crate) note: Option<Note<'t>>,
    pub(crate) entries: Vec<Entry<'t>>,
    /// The bytes from the first of the comments directly above the header to the end of the last key's line.
    pub(crate) span: Range<usize>,
}

/// A key with its value.
pub(crate) struct Entry<'t> {
    pub(crate) lead: Vec<Lead<'t>>,
    pub(crate) key: String,
    pub(crate) path: Vec<Cow<'t, str>>,
    pub(crate) value: Value<'t>,
    pub(crate) note: Option<Note<'t>>,
}

/// A line that is neither a key nor a header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead<'t> {
    Comment(&'t str),
    Blank,
}

/// A comment at the end of a line, with its column, from 0. The column is `None` after a tab, which has no fixed width.
#[derive(Clone, Copy)]
pub(crate) struct Note<'t> {
    pub(crate) text: &'t str,
    pub(crate) column: Option<usize>,
}

pub(crate) enum Value<'t> {
    Scalar(Cow<'t, str>),
    Array(Vec<Piece<'t>>),
    Table(Vec<Piece<'t>>),
}

/// The content of a list in brackets or of a table in braces, without the commas.
pub(crate) enum Piece<'t> {
    Element(Value<'t>),
    Pair(Entry<'t>),
    Comment(Note<'t>),
    Break,
}

/// Reads a text without syntax errors.
pub(crate) fn read(text: &str) -> File<'_> {
    let mut reader =
        Reader { text, tokens: Source::new(text).lex().into_vec(), at: 0, above: None };
    let mut file =
        File { root: Vec::new(), blocks: Vec::new(), tail: Vec::new(), head: Vec::new() };
    let mut first = true;
    loop {
        let mut lead = reader.lead();
        if std::mem::take(&mut first) {
            // These comments are about the file, so they do not move with its first key.
            file.head = std::mem::take(&mut lead);
        }
        match reader.kind() {
            TokenKind::Eof => {
                file.tail = lead;
                return file;
            }
            TokenKind::LeftSquareBracket => file.blocks.push(reader.block(lead)),
            _ => {
                let mut entry = reader.entry(lead);
                entry.note = reader.note();
                match file.blocks.last_mut() {
                    Some(block) => {
                        block.entries.push(entry);
                        block.span.end = reader.start();
                    }
                    None => file.root.push(entry),
                }
            }
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    /// The start of the comments directly above the next key or header.
    above: Option<usize>,
}

impl<'t> Reader<'t> {
    fn kind(&self) -> TokenKind {
        self.tokens.get(self.at).map_or(TokenKind::Eof, Token::kind)
    }

    fn start(&self) -> usize {
        self.tokens.get(self.at).map_or(self.text.len(), |token| token.span().start())
    }

    fn next(&mut self) -> &'t str {
        let text = self.text;
        let span = self.tokens.get(self.at).map(Token::span);
        self.at += 1;
        span.and_then(|span| text.get(span.start()..span.end())).unwrap_or_default()
    }

    fn blanks(&mut self) {
        while self.kind() == TokenKind::Whitespace {
            self.at += 1;
        }
    }

    /// Reads comments and blank lines up to the next key or header.
    fn lead(&mut self) -> Vec<Lead<'t>> {
        let mut lead = Vec::new();
        self.above = None;
        loop {
            let line = self.start();
            self.blanks();
            match self.kind() {
                TokenKind::Comment => {
                    self.above.get_or_insert(line);
                    lead.push(Lead::Comment(self.next().trim_end()));
                    self.end_of_line();
                }
                TokenKind::Newline => {
                    self.at += 1;
                    // A blank line separates comments from what follows, so a fix does not remove them with it.
                    self.above = None;
                    if lead.last() != Some(&Lead::Blank) {
                        lead.push(Lead::Blank);
                    }
                }
                _ => return lead,
            }
        }
    }

    fn end_of_line(&mut self) {
        self.blanks();
        if self.kind() == TokenKind::Newline {
            self.at += 1;
        }
    }

    /// Reads the comment at the end of this line, if there is one, and the line break.
    fn note(&mut self) -> Option<Note<'t>> {
        self.blanks();
        let note = (self.kind() == TokenKind::Comment).then(|| self.comment());
        self.end_of_line();
        note
    }

    fn comment(&mut self) -> Note<'t> {
        let start = self.start();
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line..start];
        let column = (!before.contains('\t')).then(|| before.chars().count());
        Note { text: self.next().trim_end(), column }
    }

    fn block(&mut self, lead: Vec<Lead<'t>>) -> Block<'t> {
        let start = self.above.unwrap_or(self.start());
        self.at += 1;
        let many = self.kind() == TokenKind::LeftSquareBracket;
        self.at += usize::from(many);
        let (key, path) = self.key();
        self.at += if many { 2 } else { 1 };
        let header = if many { format!("[[{key}]]") } else { format!("[{key}]") };
        let note = self.note();
        let span = start..self.start();
        Block { lead, header, path, note, entries: Vec::new(), span }
    }

    fn entry(&mut self, lead: Vec<Lead<'t>>) -> Entry<'t> {
        let (key, path) = self.key();
        self.at += 1;
        self.blanks();
        let value = self.value();
        Entry { lead, key, path, value, note: None }
    }

    /// Reads a key up to its equals sign or bracket. Returns it as it is written, and its parts.
    fn key(&mut self) -> (String, Vec<Cow<'t, str>>) {
        let (mut written, mut path) = (String::new(), Vec::new());
        loop {
            match self.kind() {
                TokenKind::Equals | TokenKind::RightSquareBracket | TokenKind::Eof => break,
                // TOML allows space around the points of a key.
                TokenKind::Whitespace => self.at += 1,
                TokenKind::Dot => written.push_str(self.next()),
                _ => {
                    let part = self.next();
                    written.push_str(part);
                    path.push(bare(part));
                }
            }
        }
        (written, path)
    }

    fn value(&mut self) -> Value<'t> {
        match self.kind() {
            TokenKind::LeftSquareBracket => Value::Array(
                self.pieces(TokenKind::RightSquareBracket, |reader| Piece::Element(reader.value())),
            ),
            TokenKind::LeftCurlyBracket => {
                Value::Table(self.pieces(TokenKind::RightCurlyBracket, |reader| {
                    Piece::Pair(reader.entry(Vec::new()))
                }))
            }
            TokenKind::LiteralString => Value::Scalar(quoted(self.next())),
            TokenKind::BasicString | TokenKind::MlBasicString | TokenKind::MlLiteralString => {
                Value::Scalar(Cow::Borrowed(self.next()))
            }
            _ => Value::Scalar(Cow::Borrowed(self.plain())),
        }
    }

    /// Reads a number, a date or a word. It may be several tokens, since a date may contain a space.
    fn plain(&mut self) -> &'t str {
        let start = self.start();
        while matches!(self.kind(), TokenKind::Atom | TokenKind::Dot | TokenKind::Whitespace) {
            self.at += 1;
        }
        self.text[start..self.start()].trim_end()
    }

    fn pieces(
        &mut self,
        close: TokenKind,
        mut piece: impl FnMut(&mut Self) -> Piece<'t>,
    ) -> Vec<Piece<'t>> {
        self.at += 1;
        let mut pieces = Vec::new();
        loop {
            match self.kind() {
                // A text without syntax errors does not end here, but without this a bug would become an endless loop.
                kind if kind == close || kind == TokenKind::Eof => break,
                TokenKind::Whitespace | TokenKind::Comma => self.at += 1,
                TokenKind::Newline => {
                    self.at += 1;
                    pieces.push(Piece::Break);
                }
                TokenKind::Comment => pieces.push(Piece::Comment(self.comment())),
                _ => pieces.push(piece(self)),
            }
        }
        self.at += 1;
        pieces
    }
}

/// Removes the quotes of a part of a key if it could be a key of the schema.
fn bare(part: &str) -> Cow<'_, str> {
    let inner = part.strip_prefix(['"', '\'']).and_then(|part| part.strip_suffix(['"', '\'']));
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match inner {
        Some(inner) if !inner.is_empty() && inner.chars().all(plain) => Cow::Borrowed(inner),
        _ => Cow::Borrowed(part),
    }
}

/// Changes single quotes around a text to double quotes, if nothing in it needs escaping.
fn quoted(text: &str) -> Cow<'_, str> {
    let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match inner {
        Some(inner) if !inner.contains(['"', '\\']) => Cow::Owned(format!("\"{inner}\"")),
        _ => Cow::Borrowed(text),
    }
}
