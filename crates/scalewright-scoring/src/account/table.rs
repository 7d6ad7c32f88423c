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

    /// The table in aligned columns, a long one in blocks side by side on a page of so many characters, and then its notes.
    #[must_use]
    pub fn aligned(&self, width_of_page: usize) -> Vec<String> {
        const APART: &str = "   |   ";
        let columns = self.columns.len();
        let lines = || std::iter::once(&self.columns).chain(&self.rows);
        let size = |cell: &String| cell.chars().count();
        let widths: Vec<usize> =
            (0..columns).map(|at| lines().map(|row| size(&row[at])).max().unwrap_or(0)).collect();
        let number = |cell: &str| cell.parse::<f64>().is_ok() || cell.starts_with(['−', '–']);
        let numeric = |at: usize| self.rows.iter().all(|row| number(&row[at]));
        let right: Vec<bool> = (0..columns).map(numeric).collect();
        let written = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(at, cell)| match right[at] {
                true => format!("{cell:>width$}", width = widths[at]),
                false => format!("{cell:width$}", width = widths[at]),
            });
            cells.collect::<Vec<String>>().join("  ")
        };
        let width = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
        let blocks = self.blocks(width_of_page / (width + APART.len()).max(1));
        let blocks: Vec<Vec<String>> = self
            .side_by_side(blocks)
            .map(|rows| std::iter::once(&self.columns).chain(rows).map(written).collect())
            .collect();
        let height = blocks.first().map_or(0, Vec::len);
        let across = |at: usize| {
            let cells = blocks.iter().filter_map(|block| block.get(at).map(String::as_str));
            cells.collect::<Vec<&str>>().join(APART).trim_end().to_owned()
        };
        (0..height).map(across).chain(self.notes.iter().cloned()).collect()
    }
}
