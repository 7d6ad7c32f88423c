//! A table of a description, and its forms for narrow and for long pages.

/// A table. All rows have as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTable {
    /// The label of the table.
    pub title: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// What a reader must know to use the table.
    pub notes: Vec<String>,
}

/// A table with more columns is turned over, if it then has fewer.
const MOST_COLUMNS: usize = 12;

impl AccountTable {
    /// The table with rows and columns exchanged if it is too wide otherwise.
    pub(super) fn upright(self) -> Self {
        if self.columns.len() <= MOST_COLUMNS || self.rows.len() + 1 >= self.columns.len() {
            return self;
        }
        let lines: Vec<&[String]> =
            std::iter::once(&*self.columns).chain(self.rows.iter().map(|row| &**row)).collect();
        let turned = |at: usize| lines.iter().map(|line| line[at].clone()).collect();
        let rows = (1..self.columns.len()).map(turned).collect();
        Self { columns: turned(0), rows, title: self.title, notes: self.notes }
    }

    /// In how many blocks side by side the rows fit best, of which at most `most` are as wide as the page.
    #[must_use]
    pub fn blocks(&self, most: usize) -> usize {
        const SHORT: usize = 10;
        self.rows.len().div_ceil(SHORT).clamp(1, most.max(1))
    }

    /// The rows of each of `blocks` blocks side by side: the first block has the first rows.
    pub fn side_by_side(&self, blocks: usize) -> impl Iterator<Item = &[Vec<String>]> {
        self.rows.chunks(self.rows.len().div_ceil(blocks.max(1)).max(1))
    }

    /// Each row as a sentence: `sex = 1: mean 12, SD 4`.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let sentence = |row: &Vec<String>| {
            let cells = self.columns.iter().zip(row).skip(1);
            let cells: Vec<String> =
                cells.map(|(column, cell)| format!("{column} {cell}")).collect();
            format!("{}: {}", row.first().map_or("", String::as_str), cells.join(", "))
        };
        self.rows.iter().map(sentence).chain(self.notes.iter().cloned()).collect()
    }
}
