//! Writes JSON entry by entry: entries in a list, or one entry per line.

use std::io::Write;

use serde_json::Value;

use super::sink::Out;

/// Text is written in pieces of about this many bytes.
const PIECE: usize = 1 << 20;

/// The text around and between the entries of a list.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Before the first entry.
    pub(super) head: &'static str,
    /// The line break with the indentation of entries, used between entries and within them.
    pub(super) line_break: &'static str,
    /// After the last entry.
    pub(super) tail: &'static str,
    /// The whole text if there are no entries.
    pub(super) no_entries: &'static str,
}

/// Entries being written.
pub(super) struct Entries {
    out: Out,
    /// The text around a list of entries. `None` if each entry is a line.
    frame: Option<Frame>,
    text: String,
    empty: bool,
}

impl Entries {
    pub(super) fn new(out: Out, frame: Option<Frame>) -> Self {
        Self { out, frame, text: String::new(), empty: true }
    }

    /// Whether each entry is a line.
    pub(super) fn are_lines(&self) -> bool {
        self.frame.is_none()
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, entry: &Value) -> std::io::Result<()> {
        match self.frame {
            None => self.text.push_str(&format!("{entry}\n")),
            Some(Frame { head, line_break, tail: _, no_entries: _ }) => {
                match self.empty {
                    true => self.text.push_str(head),
                    false => self.text.extend([",", line_break]),
                }
                // JSON escapes line breaks within strings, so every other line break can be indented.
                self.text.push_str(&format!("{entry:#}").replace('\n', line_break));
            }
        }
        self.empty = false;
        if self.text.len() > PIECE { self.flush() } else { Ok(()) }
    }

    /// Writes the pending text.
    pub(super) fn flush(&mut self) -> std::io::Result<()> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// Writes the end of the list.
    pub(super) fn finish(mut self) -> std::io::Result<()> {
        let Some(frame) = self.frame else { return Ok(()) };
        let end = if self.empty { frame.no_entries } else { frame.tail };
        self.out.write_all(end.as_bytes())
    }
}
