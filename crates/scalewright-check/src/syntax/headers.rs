//! Headers of lists with single brackets: `[items]` for `[[items]]`. The parser reports every other header of the list,
//! and not the one that is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

/// The keys whose values are lists of tables.
const LISTS: [&str; 16] = [
    "items",
    "notes",
    "scales",
    "sections",
    "references",
    "allow",
    "evidence",
    "cases",
    "flags",
    "norms",
    "groups",
    "recode",
    "bands",
    "band-sets",
    "options",
    "codes",
];

/// The lists that a text gives with single brackets, each with the place of the first such header.
pub(super) struct Headers<'t>(Vec<(&'t str, Range<usize>)>);

impl<'t> Headers<'t> {
    /// Finds the headers with single brackets among those that the errors mark.
    pub(super) fn of(text: &'t str, repeated: &BTreeSet<&str>) -> Self {
        let mut found: Vec<(&str, Range<usize>)> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let begin = start + (line.len() - line.trim_start().len());
            start += line.len();
            let Some((name, length)) = single(line.trim_start()) else { continue };
            let last = name.rsplit('.').next().unwrap_or_default();
            let known = found.iter().any(|(other, _)| *other == name);
            if !known && LISTS.contains(&last) && repeated.contains(name) {
                found.push((name, begin..begin + length));
            }
        }
        Self(found)
    }

    /// Returns the header that causes the errors about a list.
    pub(super) fn of_list(&self, name: &str) -> Option<&Range<usize>> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, span)| span)
    }
}

/// Returns the name in a line that is a header, and whether it has double brackets.
pub(super) fn name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let inner = line.strip_prefix("[[").or_else(|| line.strip_prefix('['))?;
    Some(inner.split(']').next()?.trim())
}

/// Returns the name in a header with single brackets, and the length of the header.
fn single(line: &str) -> Option<(&str, usize)> {
    let inner = line.strip_prefix('[')?;
    let (name, _) = inner.split_once(']')?;
    (!name.starts_with('[')).then(|| (name.trim(), name.len() + 2))
}
