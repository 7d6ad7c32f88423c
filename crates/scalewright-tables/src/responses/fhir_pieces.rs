//! Splits a JSON text of any length into its resources: the elements of a list, the entries of a Bundle, or consecutive
//! values. Only one resource at a time is in memory.
//!
//! This module only finds where a resource begins and ends. Its reader checks that it is valid JSON.

use std::collections::BTreeSet;
use std::io::Read;

use crate::Stop;

use super::blocks::{Blocks, LONGEST_ROW};

/// The maximum number of keys of an object that may contain resources.
const MOST_KEYS: usize = 1000;

/// A JSON text being split into resources.
pub(super) struct Pieces {
    name: String,
    blocks: Blocks,
    /// The number of bytes in front that were returned as a piece, and are skipped next.
    pending: usize,
    /// The line and the column of the first byte in memory, from 1.
    line: u64,
    column: u64,
    within: Within,
}

/// What contains the next piece.
enum Within {
    /// Nothing: the text is a sequence of values.
    Nothing,
    /// A list. Whether the next element is the first.
    List(bool),
    /// The entries of a Bundle. Whether the next entry is the first, and the keys of the Bundle before its entries.
    Entries(bool, Keys),
}

/// What is known about an object whose keys are being read.
#[derive(Default)]
struct Keys {
    seen: BTreeSet<String>,
    kind: Option<String>,
}

/// A resource, or a Bundle entry that contains one, as bytes.
pub(super) struct Piece<'p> {
    /// The bytes.
    pub(super) bytes: &'p [u8],
    /// Whether it is an entry of a Bundle.
    pub(super) is_entry: bool,
    line: u64,
    column: u64,
}

/// Where reading the keys of an object ended.
enum Ended {
    /// After the object.
    Object(usize),
    /// After the bracket that opens the entries.
    Entries(usize),
}

impl Piece<'_> {
    /// The line and the column of an error within the piece.
    pub(super) fn place(&self, error: &serde_json::Error) -> (u64, u64) {
        let (line, column) = (error.line() as u64, error.column() as u64);
        let column = if line <= 1 { self.column + column.saturating_sub(1) } else { column };
        (self.line + line.saturating_sub(1), column)
    }

    /// The line that the piece begins on.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

impl Pieces {
    pub(super) fn open(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        let mut blocks = Blocks::new(name, input);
        blocks.more()?;
        // Some programs begin a file with a byte order mark, which is not JSON.
        if blocks.rest().starts_with(b"\xef\xbb\xbf") {
            blocks.take(3);
        }
        let name = name.to_owned();
        Ok(Self { name, blocks, pending: 0, line: 1, column: 1, within: Within::Nothing })
    }

    /// The number of bytes used so far.
    pub(super) fn used(&self) -> u64 {
        self.blocks.used()
    }

    /// The next resource, or the next entry of a Bundle.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'_>>, Stop> {
        self.take(self.pending);
        self.pending = 0;
        let is_entry = loop {
            // After the end of a list or a Bundle, `Nothing` remains, so that a further value may follow.
            match std::mem::replace(&mut self.within, Within::Nothing) {
                Within::Nothing => match self.outermost()? {
                    None => return Ok(None),
                    Some(true) => break false,
                    Some(false) => {}
                },
                Within::List(first) => {
                    if self.element(first)? {
                        self.within = Within::List(false);
                        break false;
                    }
                }
                Within::Entries(first, keys) => {
                    if self.element(first)? {
                        self.within = Within::Entries(false, keys);
                        break true;
                    }
                    self.rest_of_bundle(keys)?;
                }
            }
        };
        // `more` checks the length only before it reads, so a longer resource may already be in memory.
        if self.pending > LONGEST_ROW {
            return Err(self.wrong(0, "the resource is longer than 16 MiB"));
        }
        let bytes = &self.blocks.rest()[..self.pending];
        Ok(Some(Piece { bytes, is_entry, line: self.line, column: self.column }))
    }

    /// Begins the next outermost value. Returns whether it is itself a piece; otherwise it contains pieces. Returns
    /// `None` at the end.
    fn outermost(&mut self) -> Result<Option<bool>, Stop> {
        let at = self.blank(0)?;
        self.take(at);
        match self.byte(0)? {
            None => return Ok(None),
            Some(b'[') => {
                self.take(1);
                self.within = Within::List(true);
                return Ok(Some(false));
            }
            Some(b'{') => {}
            Some(_) => {
                self.pending = self.value(0)?;
                return Ok(Some(true));
            }
        }
        let mut keys = Keys::default();
        match self.keys(1, true, &mut keys)? {
            Ended::Object(end) => {
                self.pending = end;
                Ok(Some(true))
            }
            Ended::Entries(at) => {
                self.take(at);
                self.within = Within::Entries(true, keys);
                Ok(Some(false))
            }
        }
    }

    /// Moves to the next element of a list. Returns `false` after the end of the list.
    fn element(&mut self, first: bool) -> Result<bool, Stop> {
        let mut at = self.blank(0)?;
        match self.byte(at)? {
            Some(b']') => {
                self.take(at + 1);
                return Ok(false);
            }
            Some(b',') if !first => at = self.blank(at + 1)?,
            Some(_) if first => {}
            _ => return Err(self.not_json(at)),
        }
        self.take(at);
        self.pending = self.value(0)?;
        Ok(true)
    }

    /// Reads the keys after the entries of a Bundle.
    fn rest_of_bundle(&mut self, mut keys: Keys) -> Result<(), Stop> {
        // `Entries` cannot occur here: a second key `entry` is refused as repeated.
        let end = match self.keys(0, false, &mut keys)? {
            Ended::Object(end) | Ended::Entries(end) => end,
        };
        if keys.kind.as_deref() != Some("Bundle") {
            let (line, column) = self.place(end);
            let name = &self.name;
            return Err(Stop::wrong(format!(
                "{name}: line {line}, column {column}: the object has entries, but is not a Bundle"
            )));
        }
        self.take(end);
        Ok(())
    }

    /// Reads the keys of an object from `at` to its end, or to the entries if it is a Bundle.
    fn keys(&mut self, mut at: usize, mut first: bool, keys: &mut Keys) -> Result<Ended, Stop> {
        loop {
            at = self.blank(at)?;
            match self.byte(at)? {
                Some(b'}') => return Ok(Ended::Object(at + 1)),
                Some(b',') if !first => at = self.blank(at + 1)?,
                Some(_) if first => {}
                _ => return Err(self.not_json(at)),
            }
            first = false;
            let (key, end) = self.text(at)?;
            at = self.blank(end)?;
            if self.byte(at)? != Some(b':') {
                return Err(self.not_json(at));
            }
            at = self.blank(at + 1)?;
            // `resourceType` may follow the entries. Until then the object is taken for a Bundle; `rest_of_bundle`
            // checks it.
            let is_bundle = keys.kind.as_ref().is_none_or(|kind| kind == "Bundle");
            let has_entries = key == "entry" && is_bundle && self.byte(at)? == Some(b'[');
            let is_kind = key == "resourceType";
            if !keys.seen.insert(key) {
                return Err(self.wrong(at, "an object has the same key twice"));
            }
            if keys.seen.len() > MOST_KEYS {
                return Err(self.wrong(at, "an object has more keys than a resource can have"));
            }
            if has_entries {
                return Ok(Ended::Entries(at + 1));
            }
            let end = self.value(at)?;
            if is_kind {
                keys.kind = serde_json::from_slice(&self.blocks.rest()[at..end]).ok();
            }
            at = end;
        }
    }

    /// Reads a string, and returns it with its end.
    fn text(&mut self, at: usize) -> Result<(String, usize), Stop> {
        if self.byte(at)? != Some(b'"') {
            return Err(self.not_json(at));
        }
        let end = self.value(at)?;
        match serde_json::from_slice(&self.blocks.rest()[at..end]) {
            Ok(text) => Ok((text, end)),
            Err(_) => Err(self.not_json(at)),
        }
    }

    /// Returns the end of the value that begins at `from`.
    fn value(&mut self, from: usize) -> Result<usize, Stop> {
        let (mut at, mut depth, mut in_text) = (from, 0_usize, false);
        loop {
            let rest = self.blocks.rest();
            while at < rest.len() {
                if in_text {
                    match memchr::memchr2(b'"', b'\\', &rest[at..]) {
                        None => at = rest.len(),
                        Some(found) if rest[at + found] == b'"' => {
                            (in_text, at) = (false, at + found + 1);
                            if depth == 0 {
                                return Ok(at);
                            }
                        }
                        // The escaped character after a backslash is skipped. It may not have been read yet.
                        Some(found) if at + found + 1 < rest.len() => at += found + 2,
                        Some(found) => {
                            at += found;
                            break;
                        }
                    }
                    continue;
                }
                match rest[at] {
                    b'"' => in_text = true,
                    // Brackets of both kinds count alike. The parser of the resource refuses a pair of different kinds.
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 1 => depth -= 1,
                    b'}' | b']' if depth == 1 => return Ok(at + 1),
                    b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                        return if at > from { Ok(at) } else { Err(self.not_json(at)) };
                    }
                    _ => {}
                }
                at += 1;
            }
            if self.blocks.at_end() {
                let is_whole = depth == 0 && !in_text && at > from;
                return if is_whole { Ok(at) } else { Err(self.not_json(at)) };
            }
            self.more()?;
        }
    }

    /// The byte at `at`; `None` after the end.
    fn byte(&mut self, at: usize) -> Result<Option<u8>, Stop> {
        while at >= self.blocks.rest().len() {
            if self.blocks.at_end() {
                return Ok(None);
            }
            self.more()?;
        }
        Ok(Some(self.blocks.rest()[at]))
    }

    /// The first position from `at` that is not white space.
    fn blank(&mut self, mut at: usize) -> Result<usize, Stop> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.byte(at)? {
            at += 1;
            // White space may have any length, so it is dropped unless other bytes in front are still needed.
            if at == 1 << 16 && self.blocks.rest()[..at].trim_ascii().is_empty() {
                self.take(at);
                at = 0;
            }
        }
        Ok(at)
    }

    fn more(&mut self) -> Result<(), Stop> {
        if self.blocks.rest().len() > LONGEST_ROW {
            return Err(self.wrong(0, "the resource is longer than 16 MiB"));
        }
        self.blocks.more()
    }

    fn take(&mut self, count: usize) {
        (self.line, self.column) = self.place(count);
        self.blocks.take(count);
    }

    /// The line and the column of the byte at `at`.
    fn place(&self, at: usize) -> (u64, u64) {
        let rest = self.blocks.rest();
        let before = &rest[..at.min(rest.len())];
        match memchr::memrchr(b'\n', before) {
            None => (self.line, self.column + before.len() as u64),
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', before).count() as u64;
                (self.line + lines, (before.len() - last) as u64)
            }
        }
    }

    fn not_json(&self, at: usize) -> Stop {
        // An error at the end points at the last byte.
        let at = at.min(self.blocks.rest().len().saturating_sub(1));
        self.wrong(at, "this is not JSON, or it is nested too deeply")
    }

    fn wrong(&self, at: usize, what: &str) -> Stop {
        let (line, column) = self.place(at);
        Stop::wrong(format!("{}: line {line}, column {column}: {what}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    /// Splits a text.
    fn pieces(text: &str) -> Result<Vec<String>, String> {
        let mut all = Vec::new();
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut pieces = Pieces::open("x", input).map_err(|stop| stop.message)?;
        while let Some(piece) = pieces.next().map_err(|stop| stop.message)? {
            let mark = if piece.is_entry { "entry " } else { "" };
            all.push(format!("{mark}{}", String::from_utf8_lossy(piece.bytes)));
        }
        Ok(all)
    }

    #[test]
    fn resources_are_found_in_lists_bundles_and_sequences() {
        let one = r#"{"a": "}]\"\\", "b": [1, {"c": 2}]}"#;
        let bundle = format!(
            r#" {{"type": "x", "entry": [ {one} , {one}], "resourceType": "Bundle", "z": []}} 3 "#
        );
        let entry = format!("entry {one}");
        let list = format!("\u{feff}[{one},\n{one}]");
        for (text, expected) in [
            (one, vec![one]),
            (bundle.as_str(), vec![&entry, &entry, "3"]),
            (list.as_str(), vec![one, one]),
            (
                r#"{"resourceType": "List", "entry": [1]}"#,
                vec![r#"{"resourceType": "List", "entry": [1]}"#],
            ),
            ("[] []", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(
                pieces(text),
                Ok(expected.iter().map(|s| (*s).to_owned()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn malformed_json_is_refused_with_its_position() {
        for (text, place) in [
            ("{", "line 1, column 1"),
            ("[1 2]", "line 1, column 4"),
            ("[1,\n,]", "line 2, column 1"),
            ("{\"a\" 1}", "line 1, column 6"),
            ("{\"a\": 1,\n\"a\": 2}", "line 2, column 6: an object has the same key twice"),
            ("{\"entry\": [1]}", "line 1, column 15: the object has entries, but is not a Bundle"),
            ("[\"", "line 1, column 2"),
        ] {
            let why = pieces(text).expect_err(text);
            assert!(why.contains(place), "{text}: {why}");
        }
    }
}
