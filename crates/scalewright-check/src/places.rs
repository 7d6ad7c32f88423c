//! Converts changes of a definition to edits of bytes, which leave comments and layout elsewhere unchanged.

use std::ops::Range;

use scalewright_model::{Change, Part, Pointer, Segment};

use crate::document::Tree;
use crate::layout::read::{self, Block};

/// Finds the parts of a text that can be removed or replaced.
pub(crate) struct Places<'t> {
    text: &'t str,
    tree: &'t Tree<'t>,
    blocks: Vec<Block<'t>>,
}

impl<'t> Places<'t> {
    /// Reads a text without syntax errors.
    pub(crate) fn new(text: &'t str, tree: &'t Tree<'t>) -> Self {
        Self { text, tree, blocks: read::read(text).blocks }
    }

    /// Returns the byte ranges to replace, with their replacements, or `None` if one of the changes cannot be made
    /// cleanly.
    pub(crate) fn edits(&self, changes: &[Change]) -> Option<Vec<(Range<usize>, String)>> {
        let mut edits = Vec::new();
        for change in changes {
            match change {
                Change::Remove(pointer) => {
                    let spans = self.removed(pointer)?;
                    edits.extend(spans.into_iter().map(|span| (span, String::new())));
                }
                Change::Replace(pointer, text) => {
                    // The replacement is written in quotes, so only texts can be replaced.
                    self.tree.value(pointer)?.as_str()?;
                    edits.push((self.tree.span(pointer, Part::Value), quoted(text)?));
                }
            }
        }
        Some(edits)
    }

    fn removed(&self, pointer: &Pointer) -> Option<Vec<Range<usize>>> {
        self.tree.value(pointer)?;
        let tables = self.tables(pointer);
        if !tables.is_empty() {
            return Some(tables);
        }
        match pointer.segments().last()? {
            Segment::Index(_) => self.element(pointer),
            Segment::Key(_) => self.line(pointer),
        }
        .map(|span| vec![span])
    }

    /// Returns the byte ranges of the tables with headers that together are the value at `pointer`; empty if it has
    /// none.
    fn tables(&self, pointer: &Pointer) -> Vec<Range<usize>> {
        let (name, nth) = match pointer.segments() {
            [Segment::Key(name), Segment::Index(nth)] => (vec![name], Some(*nth)),
            [Segment::Key(name)] => (vec![name], None),
            [Segment::Key(outer), Segment::Key(name)] => (vec![outer, name], None),
            _ => return Vec::new(),
        };
        let below = |block: &&Block<'_>| {
            block.path.len() >= name.len()
                && block.path.iter().zip(&name).all(|(one, other)| one.as_ref() == other.as_str())
        };
        let mut count = 0;
        let mut spans: Vec<Range<usize>> = Vec::new();
        for block in self.blocks.iter().filter(below) {
            // Tables inside an entry follow its header, so they belong to the entry counted last.
            count += usize::from(block.header.starts_with("[[") && block.path.len() == name.len());
            if nth.is_some_and(|nth| count != nth + 1) {
                continue;
            }
            let start = self.text[..block.span.start].trim_end().len();
            // The blank lines above a table are removed with it; at the top of a file, those below.
            let line_end = self.text[start..].find('\n').map_or(start, |at| start + at + 1);
            spans.push(if start == 0 { 0..block.span.end } else { line_end..block.span.end });
        }
        spans
    }

    /// Returns the byte range of an entry of a list in brackets, with its comma.
    fn element(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let span = self.tree.full_span(pointer)?;
        let after = &self.text[span.end..];
        let rest = after.trim_start();
        if let Some(rest) = rest.strip_prefix(',') {
            let rest = rest.trim_start_matches([' ', '\t']);
            let end = self.text.len() - rest.len();
            let start = self.text[..span.start].trim_end_matches([' ', '\t']).len();
            // An entry that is alone on its line is removed with the line.
            let alone = self.text[..start].ends_with('\n') && rest.starts_with('\n');
            return Some(if alone { start..end + 1 } else { span.start..end });
        }
        // The last entry has no comma behind it, so the comma before it is removed. If something else is between them,
        // such as a comment, the entry cannot be removed cleanly.
        let before = self.text[..span.start].trim_end();
        let last = rest.starts_with(']');
        match before.strip_suffix(',') {
            Some(before) if last => Some(before.len()..span.end),
            None if last && before.ends_with('[') => Some(span),
            _ => None,
        }
    }

    /// Returns the lines of a key with its value, or `None` if something other than a comment shares them.
    fn line(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let key = self.tree.span(pointer, Part::Key);
        let value = self.tree.full_span(pointer)?;
        let start = self.text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let end =
            self.text[value.end..].find('\n').map_or(self.text.len(), |at| value.end + at + 1);
        let behind = self.text[value.end..end].trim();
        let own = self.text[start..key.start].trim().is_empty()
            && (behind.is_empty() || behind.starts_with('#'));
        own.then_some(start..end)
    }
}

/// Returns a text as a TOML string, or `None` if it would need escaping.
fn quoted(text: &str) -> Option<String> {
    let plain = text.chars().all(|c| !c.is_control() && c != '"' && c != '\\');
    plain.then(|| format!("\"{text}\""))
}
