//! Compact storage for many short texts.

/// Memory beyond this size is released when the texts are cleared, in bytes.
const LONG: usize = 8 << 20;

/// Many short texts in one piece of memory.
#[derive(Default)]
pub struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text at a position.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        // A huge text must not keep its memory for the rest of the table.
        self.text.shrink_to(LONG);
    }

    /// The size of all texts, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }
}
