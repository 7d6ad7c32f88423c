//! Headers that are the words of a question, cut in the middle or at the end: `Over the la..k, how often`, `Over the last w..`.

use super::labels::fold;

/// What a program puts in the place of the words that it cuts.
const CUTS: [&str; 3] = ["\u{2026}", "...", ".."];
/// The fewest letters that must be left.
const FEWEST: usize = 4;

/// A header that was cut.
pub(super) struct Abbreviated {
    /// What is left before and after the cut, folded.
    start: String,
    end: String,
}

impl Abbreviated {
    /// The parts of a cut header; `None` if nothing shows that it was cut. Of a row of a matrix, which is in brackets after the
    /// question, the row counts.
    pub(super) fn of(header: &str) -> Option<Self> {
        let header = header.trim();
        let row = header.strip_suffix(']').and_then(|open| open.rsplit_once('['));
        let text = row.map_or(header, |(_, row)| row);
        let (start, end) = CUTS.iter().find_map(|cut| text.split_once(cut))?;
        let (start, end) = (fold(start), fold(end.trim_start_matches('.')));
        let left = start.chars().count() + end.chars().count();
        (left >= FEWEST).then_some(Self { start, end })
    }

    /// Whether the header may be made of these words, which are folded.
    pub(super) fn fits(&self, words: &str) -> bool {
        words.len() >= self.start.len() + self.end.len()
            && words.starts_with(&self.start)
            && words.ends_with(&self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Abbreviated;

    #[test]
    fn what_is_left_must_fit() {
        let words = "how often did you sleep well";
        for (header, expected) in [
            ("How often did y.. ", Some(true)),
            ("How often.. well", Some(true)),
            ("Your sleep.. [How o..p well]", Some(true)),
            ("How often.. bad", Some(false)),
            ("How often did you sleep well", None),
            ("Ho..", None),
        ] {
            let fits = Abbreviated::of(header).map(|header| header.fits(words));
            assert_eq!(fits, expected, "{header}");
        }
    }
}
