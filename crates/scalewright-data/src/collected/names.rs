//! The names of the first rows, in one text.

use super::people::Name;

/// Longer names are cut.
const LONGEST: usize = 80;

/// The table and the respondent of each row.
#[derive(Debug, Default)]
pub(crate) struct Names {
    text: String,
    /// The end of each name in the text.
    ends: Vec<u32>,
    /// The first row of each table.
    tables: Vec<(u32, usize)>,
}

impl Names {
    pub(crate) fn push(&mut self, table: u32, name: &str) {
        if self.tables.last().is_none_or(|(last, _)| *last != table) {
            self.tables.push((table, self.ends.len()));
        }
        match name.char_indices().nth(LONGEST) {
            None => self.text.push_str(name),
            Some((end, _)) => {
                self.text.push_str(&name[..end]);
                self.text.push('…');
            }
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    pub(crate) fn get(&self, row: usize) -> Name {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        let name = self.text.get(start as usize..self.ends[row] as usize).unwrap_or_default();
        let of = self.tables.partition_point(|(_, first)| *first <= row);
        (self.tables[of - 1].0, name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_those_of_their_rows() {
        let mut names = Names::default();
        let long = "ä".repeat(90);
        for (table, name) in [(0, "a"), (0, ""), (1, "b"), (1, &*long)] {
            names.push(table, name);
        }
        let cut = format!("{}…", "ä".repeat(80));
        let expected = [(0, "a"), (0, ""), (1, "b"), (1, &*cut)];
        let all: Vec<_> = (0..4).map(|row| names.get(row)).collect();
        assert_eq!(all, expected.map(|(table, name)| (table, name.to_owned())));
    }
}
