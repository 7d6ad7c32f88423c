//! Reads JSON objects one at a time, from a list or from lines. Only one of them is in memory.

use crate::Stop;

use super::blocks::Blocks;
use super::json_row::{Row, parse};

/// A reader of JSON objects.
pub(super) struct Rows {
    name: String,
    blocks: Blocks,
    state: ReadState,
    /// The next line and column, from 1.
    line: u64,
    column: usize,
}

/// What is read next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadState {
    /// A line with an object.
    Lines,
    /// The beginning of a list.
    Begin,
    /// The next element of a list, or its end.
    Within,
    /// Nothing: the list has ended.
    End,
}

impl Rows {
    /// Reads one object per line.
    pub(super) fn lines(name: &str, blocks: Blocks) -> Self {
        Self { name: name.to_owned(), blocks, state: ReadState::Lines, line: 1, column: 1 }
    }

    /// Reads a list of objects.
    pub(super) fn list(name: &str, blocks: Blocks) -> Self {
        Self { state: ReadState::Begin, ..Self::lines(name, blocks) }
    }

    /// The number of bytes used so far.
    pub(super) fn used(&self) -> u64 {
        self.blocks.used()
    }

    pub(super) fn next(&mut self) -> Result<Option<Row>, Stop> {
        match self.state {
            ReadState::Lines => self.next_line(),
            ReadState::Begin => self.begin(),
            ReadState::Within => self.next_entry(),
            ReadState::End => Ok(None),
        }
    }

    fn next_line(&mut self) -> Result<Option<Row>, Stop> {
        loop {
            let rest = self.blocks.rest();
            let end = memchr::memchr(b'\n', rest);
            if end.is_none() && !self.blocks.at_end() {
                self.blocks.more()?;
                continue;
            }
            if rest.is_empty() {
                return Ok(None);
            }
            let length = end.map_or(rest.len(), |end| end + 1);
            let text = rest[..length].trim_ascii();
            let row = (!text.is_empty()).then(|| {
                let cells = parse(text).unwrap_or(Err("is not JSON"));
                Row { line: Some(self.line), cells }
            });
            self.line += 1;
            self.blocks.take(length);
            if row.is_some() {
                return Ok(row);
            }
        }
    }

    fn begin(&mut self) -> Result<Option<Row>, Stop> {
        match self.peek()? {
            Some(b'[') => {}
            Some(b'{') => return Err(self.not_a_list()),
            _ => return Err(self.not_json()),
        }
        self.take(1);
        self.state = ReadState::Within;
        match self.peek()? {
            Some(b']') => self.end(),
            _ => self.entry().map(Some),
        }
    }

    fn next_entry(&mut self) -> Result<Option<Row>, Stop> {
        match self.peek()? {
            Some(b']') => self.end(),
            Some(b',') => {
                self.take(1);
                self.peek()?;
                self.entry().map(Some)
            }
            _ => Err(self.not_json()),
        }
    }

    /// Ends the list, and checks that nothing follows it.
    fn end(&mut self) -> Result<Option<Row>, Stop> {
        self.take(1);
        self.state = ReadState::End;
        match self.peek()? {
            None => Ok(None),
            Some(_) => Err(self.not_json()),
        }
    }

    /// Reads the value that begins here.
    fn entry(&mut self) -> Result<Row, Stop> {
        let mut scan = Scan::default();
        let length = loop {
            if let Some(length) = scan.end(self.blocks.rest()) {
                break length;
            }
            if self.blocks.at_end() {
                // The value is not closed. The parser finds out where.
                break self.blocks.rest().len();
            }
            self.blocks.more()?;
        };
        let text = &self.blocks.rest()[..length];
        let cells = match parse(text) {
            Ok(cells) => cells,
            Err(error) => {
                let (lines, column) = (error.line().saturating_sub(1), error.column());
                let column = if lines == 0 { self.column + column.max(1) - 1 } else { column };
                return Err(not_json(&self.name, self.line + lines as u64, column));
            }
        };
        self.take(length);
        Ok(Row { line: None, cells })
    }

    /// Skips white space, and returns the next byte.
    fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            let rest = self.blocks.rest();
            let spaces =
                rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
            let next = rest.get(spaces).copied();
            self.take(spaces);
            if next.is_some() || self.blocks.at_end() {
                return Ok(next);
            }
            self.blocks.more()?;
        }
    }

    fn take(&mut self, count: usize) {
        let taken = &self.blocks.rest()[..count];
        match memchr::memrchr(b'\n', taken) {
            Some(last) => {
                self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
                self.column = count - last;
            }
            None => self.column += count,
        }
        self.blocks.take(count);
    }

    fn not_json(&self) -> Stop {
        not_json(&self.name, self.line, self.column)
    }

    fn not_a_list(&self) -> Stop {
        let name = &self.name;
        let rest = self.blocks.rest();
        if memchr::memmem::find(rest, b"\"resourceType\"").is_some() {
            return of_fhir(name);
        }
        let scan = Scan::default().end(rest).unwrap_or(rest.len());
        // An error is certain only if the whole value has been read.
        if let Err(error) = parse(&rest[..scan])
            && (scan < rest.len() || self.blocks.at_end())
        {
            let column = if error.line() == 1 {
                self.column + error.column().max(1) - 1
            } else {
                error.column()
            };
            return not_json(name, self.line + error.line().saturating_sub(1) as u64, column);
        }
        Stop::wrong(format!("{name}: the file is not a list")).help(
            "write one object per respondent: `[{\"respondent\": \"p1\", \"item1\": 3}]`; pandas does so with \
             `orient=\"records\"`",
        )
    }
}

/// The error for FHIR responses that are read without `--from fhir`.
pub(super) fn of_fhir(name: &str) -> Stop {
    Stop::wrong(format!("{name}: this is a FHIR resource, not a list of rows"))
        .help("to score QuestionnaireResponses, use `--from fhir`")
}

fn not_json(name: &str, line: u64, column: usize) -> Stop {
    Stop::wrong(format!("{name}: line {line}, column {column}: this is not JSON"))
}

/// Finds the end of a value. It continues where it stopped when more bytes have been read.
#[derive(Default)]
struct Scan {
    at: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// The length of the value at the beginning of `bytes`; `None` if it does not end in them.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(&byte) = bytes.get(self.at) {
            if self.in_text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
            } else {
                match byte {
                    b'"' => self.in_text = true,
                    b'{' | b'[' => self.depth += 1,
                    b',' | b'}' | b']' if self.depth == 0 => return Some(self.at),
                    b'}' | b']' => {
                        self.depth -= 1;
                        if self.depth == 0 {
                            return Some(self.at + 1);
                        }
                    }
                    _ => {}
                }
            }
            self.at += 1;
        }
        None
    }
}
