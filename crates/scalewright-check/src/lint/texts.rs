//! Findings about texts, one after the other.

use std::ops::Range;

use super::context::{Context, Hit};
use super::rule::Lint;
use crate::words::{Text, Words};

/// The number of texts of a file that are reported one by one.
const MOST: usize = 8;

/// A defect of a text.
pub(crate) struct Defect {
    /// The bytes that are wrong. `None` means the whole text.
    pub(crate) within: Option<Range<usize>>,
    /// What is wrong, as a clause.
    pub(crate) message: String,
}

impl Lint {
    /// Reports the texts in which `find` finds a defect, and gives the same help for each.
    pub(crate) fn on_texts<'a>(
        &self,
        context: &'a Context<'a>,
        hits: &mut Vec<Hit>,
        help: &str,
        find: impl Fn(&Text<'a>, &Words<'a>) -> Option<Defect>,
    ) {
        for words in context.words {
            let mut count = 0;
            let first = hits.len();
            for text in words.all() {
                let Some(Defect { within, message }) = find(text, words) else { continue };
                count += 1;
                if count > MOST {
                    continue;
                }
                let hit = self.hit(words.language, message, |d| {
                    let d = match within {
                        Some(within) => d.within(text.place.clone(), within, ""),
                        None => d.at(text.place.clone(), ""),
                    };
                    d.help(help)
                });
                hits.push(hit.inside(words.file));
            }
            // One reason, such as a wrong encoding, often spoils every text of a file.
            if let (Some(last), 1..) = (hits[first..].last_mut(), count.saturating_sub(MOST)) {
                last.diagnostic
                    .help
                    .push(format!("{} more texts have such a defect", count - MOST));
            }
        }
    }
}
