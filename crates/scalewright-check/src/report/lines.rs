//! Converts byte positions in a text to lines and columns.

use std::cell::OnceCell;
use std::ops::Range;

use super::types::Position;

/// A text that positions are looked up in.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The start of each line; computed on first use, since most files have no findings.
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    /// Returns the marked text.
    pub(super) fn text(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Returns the positions of the start and the end of a range.
    pub(super) fn range(&self, span: &Range<usize>) -> (Position, Position) {
        (self.position(span.start), self.position(span.end.max(span.start)))
    }

    fn position(&self, at: usize) -> Position {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let starts = self.starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        });
        let line = starts.partition_point(|&start| start <= at);
        let start = starts[line - 1];
        Position { line, column: self.text[start..at].chars().count() + 1, byte: at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_a_line_ends_with_its_newline() {
        let lines = Lines::new("a\nüb\r\n\nd");
        let place = |at: usize| {
            let position = lines.range(&(at..at)).0;
            (position.line, position.column)
        };
        assert_eq!([0, 1, 2, 4, 5].map(place), [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)]);
        // In the middle of a character, and after the end.
        assert_eq!([3, 7, 8, 9, 99].map(place), [(2, 1), (3, 1), (4, 1), (4, 2), (4, 2)]);
    }
}
