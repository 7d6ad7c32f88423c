//! Respondents that differ only by leading zeros, such as `7` and `007`: a program that took the texts for numbers may have
//! made two of one.

use std::collections::{HashMap, HashSet};

use crate::responses::Batch;
use crate::{Note, NoteKind};

/// At most this many respondents are compared, so that long tables cost no more.
const MOST: usize = 100_000;

/// The respondents so far that are numbers.
#[derive(Default)]
pub(super) struct Zeros {
    /// Those without leading zeros.
    plain: HashSet<u64>,
    /// Those with leading zeros, as they are written.
    padded: HashMap<u64, String>,
    count: u64,
    first: Option<(u64, String)>,
}

impl Zeros {
    pub(super) fn add(&mut self, batch: &Batch) {
        for row in 0..batch.responses.rows {
            if self.plain.len() + self.padded.len() >= MOST {
                return;
            }
            if let Some(id) = batch.ids.get(row) {
                self.see(id.trim());
            }
        }
    }

    fn see(&mut self, id: &str) {
        let is_digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let Some(number) = id.parse::<u64>().ok().filter(|_| is_digits) else { return };
        let is_padded = id.len() > 1 && id.starts_with('0');
        let is_new = match is_padded {
            true => self.padded.insert(number, id.to_owned()).is_none(),
            false => self.plain.insert(number),
        };
        if is_new
            && self.plain.contains(&number)
            && let Some(padded) = self.padded.get(&number)
        {
            self.count += 1;
            self.first.get_or_insert_with(|| (number, padded.clone()));
        }
    }

    /// The warning, if there are such respondents.
    pub(super) fn note(&self) -> Option<Note> {
        let (plain, padded) = self.first.as_ref()?;
        let more = match self.count {
            1 => String::new(),
            more => format!(", and {} more such pairs", more - 1),
        };
        let text = format!(
            "the respondents `{plain}` and `{padded}` differ only by leading zeros{more}: they count as different"
        );
        Some(Note::new(NoteKind::Warning, text))
    }
}

#[cfg(test)]
mod tests {
    use super::Zeros;

    #[test]
    fn leading_zeros_are_reported_once_for_each_pair() {
        let note = |ids: &[&str]| {
            let mut zeros = Zeros::default();
            ids.iter().for_each(|id| zeros.see(id));
            zeros.note().map(|note| note.text).unwrap_or_default()
        };
        assert_eq!(note(&["007", "8", "a7", "0", "07a", "", "99999999999999999999"]), "");
        assert!(note(&["007", "7", "7", "007"]).contains("`7` and `007`"));
        assert!(
            note(&["7", "0010", "007", "10", "10"])
                .contains("`7` and `007` differ only by leading zeros, and 1 more")
        );
    }
}
