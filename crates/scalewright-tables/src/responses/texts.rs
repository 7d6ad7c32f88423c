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

    /// Adds texts that follow each other in `text`, each up to one of `ends`.
    pub(crate) fn extend(&mut self, text: &str, ends: &[usize]) {
        let before = self.text.len();
        self.text.push_str(text);
        self.ends.extend(ends.iter().map(|end| before + end));
    }

    /// All texts from the position `first` on, as bytes.
    pub(crate) fn bytes_from(&self, first: usize) -> impl Iterator<Item = &[u8]> {
        let mut start = first.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends[first..].iter().map(move |&end| {
            let text = &self.text.as_bytes()[start..end];
            start = end;
            text
        })
    }

    /// The number of texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The end of each text in [`joined`](Self::joined).
    #[cfg(feature = "columnar")]
    pub(crate) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// All texts, one directly after the other.
    pub(crate) fn joined(&self) -> &str {
        &self.text
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
