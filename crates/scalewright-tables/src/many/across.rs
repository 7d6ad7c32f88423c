//! Respondents who appear in more than one table.

use std::hash::RandomState;
use std::sync::{Mutex, PoisonError};

use crate::Note;
use crate::run::Respondents;

/// At most this many respondents are compared between tables, 8 bytes each.
const MOST: usize = 1_000_000;

/// The respondents of the tables so far.
#[derive(Default)]
pub(super) struct Across {
    seen: Mutex<Seen>,
}

struct Seen {
    /// The respondents of each table, and how many there are.
    tables: Vec<Respondents>,
    respondents: usize,
    /// Whether `tables` contains all respondents.
    is_complete: bool,
    /// The first and the last respondent of each table, while all tables are in ascending order.
    ranges: Option<Vec<[String; 2]>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { tables: Vec::new(), respondents: 0, is_complete: true, ranges: Some(Vec::new()) }
    }
}

impl Across {
    pub(super) fn add(&self, mut table: Respondents) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match (&mut seen.ranges, table.range.take()) {
            (Some(ranges), Some(range)) => ranges.push(range),
            (ranges, _) => *ranges = None,
        }
        seen.respondents += table.count();
        seen.is_complete &= table.is_complete && seen.respondents <= MOST;
        match seen.is_complete {
            true => seen.tables.push(table),
            false => seen.tables = Vec::new(),
        }
    }

    /// A note on respondents of several tables, or on the missing comparison. `hashes` must be those of all tables.
    pub(super) fn note(self, hashes: &RandomState) -> Option<Note> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        if seen.ranges.is_some_and(are_apart) {
            return None;
        }
        if !seen.is_complete {
            return Some(Note::info(format!(
                "respondents were not compared between tables, because there are more than {MOST}"
            )));
        }
        let marks = seen.tables.into_iter().map(|table| table.into_marks(hashes));
        let text = match repeated(marks.flatten().collect()) {
            0 => return None,
            1 => "1 respondent appears in more than one table".to_owned(),
            more => format!("{more} respondents appear in more than one table"),
        };
        Some(Note::info(text))
    }
}

/// Whether no table has a respondent between the first and the last of another one.
fn are_apart(mut ranges: Vec<[String; 2]>) -> bool {
    // The order in which `run::repeats` compares respondents.
    fn key(id: &str) -> (usize, &str) {
        (id.len(), id)
    }
    // A table without respondents has no range.
    ranges.retain(|[first, _]| !first.is_empty());
    ranges.sort_unstable_by(|[one, _], [other, _]| key(one).cmp(&key(other)));
    ranges.is_sorted_by(|[_, last], [first, _]| key(last) < key(first))
}

/// The number of marks that occur more than once.
fn repeated(mut marks: Vec<u64>) -> usize {
    marks.sort_unstable();
    marks.chunk_by(|one, other| one == other).filter(|equal| equal.len() > 1).count()
}

#[cfg(test)]
mod tests {
    use super::{Across, MOST};
    use crate::run::Respondents;

    fn note(tables: &[(&[u64], Option<[&str; 2]>)]) -> Option<String> {
        let across = Across::default();
        for (marks, range) in tables {
            let range = range.map(|range| range.map(str::to_owned));
            let (marks, numbers) = (marks.to_vec(), Default::default());
            across.add(Respondents { marks, numbers, is_complete: true, range });
        }
        across.note(&Default::default()).map(|note| note.text)
    }

    #[test]
    fn respondents_are_compared_unless_the_tables_are_apart() {
        let (low, high) = (Some(["p2", "p9"]), Some(["p10", "p20"]));
        assert_eq!(note(&[(&[2, 4], high), (&[2, 6], low), (&[], Some(["", ""]))]), None);
        let one = Some("1 respondent appears in more than one table".to_owned());
        assert_eq!(note(&[(&[2, 4], None), (&[2, 6], low)]), one);
        assert_eq!(note(&[(&[2, 4], low), (&[2, 6], Some(["p9", "p9"]))]), one);
        assert_eq!(note(&[(&[2, 4], low), (&[6], low)]), None);
    }

    #[test]
    fn too_many_respondents_are_only_compared_by_their_order() {
        let many = vec![2; MOST];
        let text = note(&[(&many, Some(["a", "b"])), (&[4], Some(["b", "c"]))]);
        assert!(text.expect("a note").contains("were not compared"));
        assert_eq!(note(&[(&many, Some(["a", "b"])), (&[4], Some(["c", "d"]))]), None);
    }
}
