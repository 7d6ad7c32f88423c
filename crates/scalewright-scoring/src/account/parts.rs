//! The terms and the bands of a score, as they are described.

/// An item or scale of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The number of the item on the form; empty if it has none.
    pub number: String,
    /// The id of the item or scale.
    pub id: String,
    /// The title of a scale; empty for an item.
    pub title: String,
    /// The keying of an item: `+` or `−`. `None` for a scale.
    pub sign: Option<char>,
    /// How it counts: `answer`, `8 − answer`.
    pub counts: String,
    /// Whether the plain value counts, so that `counts` says nothing new.
    pub is_plain: bool,
    /// The answers to a recoded item, each with what it counts as: `1 → 6, 2 → 5`. `None` if it is not recoded.
    pub recoded: Option<String>,
}

impl Term {
    /// The term as one line: `− 3 arm5_3: 8 − answer`. If it is recoded, all its answers are listed.
    #[must_use]
    pub fn text(&self) -> String {
        let pairs = self.recoded.iter().map(|pairs| format!(": {pairs}")).collect::<String>();
        self.aligned(0) + &pairs
    }

    /// The term without its number, under the name `id`.
    #[must_use]
    pub fn named(&self, id: &str) -> String {
        Self { number: String::new(), id: id.to_owned(), ..self.clone() }.text()
    }

    /// The term as one line, with its number in a column of `width` characters.
    #[must_use]
    pub fn aligned(&self, width: usize) -> String {
        let mut text = self.sign.map_or(String::new(), |sign| format!("{sign} "));
        match (width, self.number.is_empty()) {
            (0, true) => {}
            (0, false) => text.push_str(&format!("{} ", self.number)),
            (width, _) => text.push_str(&format!("{:>width$} ", self.number)),
        }
        text.push_str(&self.id);
        if !self.title.is_empty() {
            text.push_str(&format!(" ({})", self.title));
        }
        if !self.is_plain {
            text.push_str(&format!(": {}", self.counts));
        }
        text
    }
}

/// A set of bands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsAccount {
    /// The name of the set; `None` for the scale's own bands.
    pub set: Option<String>,
    /// For each band, its label and its limits in words.
    pub bands: Vec<(String, String)>,
}
