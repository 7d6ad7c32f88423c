//! Comments that a caller adds to a file, by location, and the order of names.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Pointer, Segment};

/// Comments, as lines that begin with `#`, and the order of names.
#[derive(Debug, Clone, Default)]
pub(super) struct Comments {
    pub(super) head: Vec<String>,
    above: BTreeMap<Pointer, Vec<String>>,
    beside: BTreeMap<Pointer, String>,
    /// The column of comments at the ends of lines, in characters from 0.
    pub(super) column: Option<usize>,
    order: BTreeMap<Pointer, Vec<String>>,
}

impl Comments {
    pub(super) fn schema(&mut self, path: &str) {
        self.head.push(format!("#:schema {}", one_line(path).trim_end()));
    }

    pub(super) fn head(&mut self, text: &str) {
        self.head.extend(lines(text));
    }

    pub(super) fn above(&mut self, at: Pointer, text: &str) {
        self.above.entry(at).or_default().extend(lines(text));
    }

    pub(super) fn beside(&mut self, at: Pointer, text: &str) {
        self.beside.insert(at, comment(&one_line(text)));
    }

    pub(super) fn order(&mut self, at: Pointer, names: Vec<String>) {
        self.order.insert(at, names);
    }

    /// Returns the ranks of the names whose order is set.
    pub(super) fn ranks(&self, at: &Pointer) -> BTreeMap<&str, usize> {
        let names = self.order.get(at).into_iter().flatten();
        names.enumerate().map(|(rank, name)| (name.as_str(), rank)).collect()
    }

    /// Returns the comment lines above `at`.
    pub(super) fn lines_above(&self, at: &Pointer) -> impl Iterator<Item = &str> {
        self.above.get(at).into_iter().flatten().map(String::as_str)
    }

    /// Returns the comment at the end of the line of `at`.
    pub(super) fn beside_line(&self, at: &Pointer) -> Option<&str> {
        self.beside.get(at).map(String::as_str)
    }

    /// Returns the comment lines about locations inside `at` that do not have their own line.
    pub(super) fn lines_inside(&self, at: &Pointer) -> Vec<&str> {
        let above = inside(&self.above, at).flat_map(|(_, lines)| lines).map(String::as_str);
        above.chain(inside(&self.beside, at).map(|(_, line)| line.as_str())).collect()
    }

    /// Returns the keys directly below `at` that have comments, or that have comments inside.
    pub(super) fn keys(&self, at: &Pointer) -> BTreeSet<&str> {
        let depth = at.segments().len();
        let above = inside(&self.above, at).map(|(place, _)| place);
        let places = above.chain(inside(&self.beside, at).map(|(place, _)| place));
        let keys = places.filter_map(|place| match place.segments().get(depth) {
            Some(Segment::Key(key)) => Some(key.as_str()),
            Some(Segment::Index(_)) | None => None,
        });
        keys.collect()
    }
}

/// Returns the entries of a map for locations inside `at`. In the order of pointers, they directly follow `at`.
fn inside<'m, T>(
    map: &'m BTreeMap<Pointer, T>,
    at: &Pointer,
) -> impl Iterator<Item = (&'m Pointer, &'m T)> {
    let from = map.range(at.clone()..).take_while(move |(place, _)| is_inside(place, at));
    from.filter(move |(place, _)| *place != at)
}

fn is_inside(place: &Pointer, at: &Pointer) -> bool {
    place.segments().starts_with(at.segments())
}

/// Returns a text as lines of a comment.
fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| comment(&one_line(line)))
}

/// Returns a comment without spaces at its end, which `fmt` would remove.
fn comment(line: &str) -> String {
    format!("# {line}").trim_end().to_owned()
}

/// Replaces control characters with spaces: TOML does not allow them in comments, and a line break would end the
/// comment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
