//! Converts the values of a file to tables, keys and lines, in the form that `fmt` reads.

use std::borrow::Cow;

use scalewright_model::{Pointer, Segment};
use toml::{Table, Value};

use super::comments::Comments;
use super::scalar;
use crate::layout::order::Place;
use crate::layout::print::{WIDTH, flat};
use crate::layout::read::{Block, Entry, File, Lead, Note, Piece, Value as Written};
use crate::schema::SchemaKind;

/// The lists at the top level that are written as values rather than sections: they describe the instrument as a whole.
const VALUES: &[&str] = &["codes"];

/// The spaces before a comment at the end of a line that reaches the column of comments.
const GAP: usize = 3;

/// Converts the top-level table of a file.
pub(super) fn tree<'c>(table: &Table, kind: SchemaKind, comments: &'c Comments) -> File<'c> {
    let mut tree = Tree { comments, blocks: Vec::new(), carried: Vec::new() };
    let root = Section {
        table,
        place: Place::root(Some(kind)),
        at: Pointer::root(),
        within: Within::Root,
    };
    let (entries, below) = tree.entries(&root);
    tree.sections(&root, below, &[]);
    let head = comments.head.iter().map(String::as_str);
    let head = head.chain(comments.lines_above(&Pointer::root())).map(Lead::Comment).collect();
    File { root: entries, blocks: tree.blocks, tail: tree.carried, head }
}

/// The kind of table that a section is.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    /// The top level of the file.
    Root,
    /// A table with a header that occurs once.
    Table,
    /// A table with names chosen by its author.
    Names,
    /// An entry of a list, or a table in one.
    List,
}

/// A table that is written as lines, below a header or at the top of the file.
struct Section<'t> {
    table: &'t Table,
    place: Place,
    at: Pointer,
    within: Within,
}

struct Tree<'c> {
    comments: &'c Comments,
    blocks: Vec<Block<'c>>,
    /// Comments at the end of a section, to be written before the next header.
    carried: Vec<Lead<'c>>,
}

impl<'c> Tree<'c> {
    /// Returns the keys of a section that are written as lines, and those that are written as sections below it.
    fn entries<'t>(
        &mut self,
        section: &Section<'t>,
    ) -> (Vec<Entry<'c>>, Vec<(&'t str, &'t Value)>) {
        let (mut entries, mut below) = (Vec::new(), Vec::new());
        for (name, value) in self.ordered(section.table, section.place, &section.at) {
            if is_off(value, section.place.key(name)) {
                continue;
            }
            let at = section.at.key(name);
            match self.line(name, value, section, &at) {
                Some(entry) => entries.push(entry),
                None => below.push((name, value)),
            }
        }
        self.carried.extend(self.absent(section));
        (entries, below)
    }

    /// Returns the comments about keys that a section does not have.
    fn absent(&self, section: &Section<'_>) -> Vec<Lead<'c>> {
        let mut keys: Vec<&str> = self.comments.keys(&section.at).into_iter().collect();
        let is_left_out = |key: &str| match section.table.get(key) {
            Some(value) => is_off(value, section.place.key(key)),
            None => true,
        };
        keys.retain(|key| is_left_out(key));
        keys.sort_by_key(|key| section.place.rank(Some(*key)));
        keys.into_iter().flat_map(|key| self.all_lines(&section.at.key(key))).collect()
    }

    /// Returns all comments about a location and about locations inside it.
    fn all_lines(&self, at: &Pointer) -> Vec<Lead<'c>> {
        let own = self.comments.lines_above(at).chain(self.comments.beside_line(at));
        own.chain(self.comments.lines_inside(at)).map(Lead::Comment).collect()
    }

    /// Returns a key as a line, or `None` if its value is written as sections.
    fn line(
        &self,
        name: &str,
        value: &Value,
        section: &Section<'_>,
        at: &Pointer,
    ) -> Option<Entry<'c>> {
        let place = section.place.key(name);
        let key = scalar::key(name);
        let column = key.chars().count() + 3;
        let written = match value {
            Value::String(text) => scalar_line(text, column),
            other => self.inline(other, place, at),
        };
        let is_line = match value {
            Value::Table(table) => self.is_line(table, &written, place, column, section, at),
            Value::Array(list) if list.iter().any(Value::is_table) => {
                self.is_list_line(name, &written, section, at)
            }
            _ => true,
        };
        is_line.then(|| {
            let lead = self.comments.lines_above(at).chain(self.comments.lines_inside(at));
            let lead = lead.map(Lead::Comment).collect();
            let note = self.note(at, column + width(&written));
            let path = vec![Cow::Owned(name.to_owned())];
            Entry { lead, key, path, value: written, note }
        })
    }

    /// Whether a table is written on the line of its key: if it fits or contains only numbers and switches, and if it
    /// is not a section by its kind or because of comments inside.
    fn is_line(
        &self,
        table: &Table,
        written: &Written<'_>,
        place: Place,
        column: usize,
        section: &Section<'_>,
        at: &Pointer,
    ) -> bool {
        let has_lines = !self.comments.keys(at).is_empty();
        let is_section = match section.within {
            Within::Root | Within::Names => true,
            Within::Table => place.is_named(),
            Within::List => false,
        };
        let fits = flat(written).is_some_and(|text| column + text.chars().count() <= WIDTH);
        let is_row =
            !table.values().any(|value| value.is_table() || value.is_array() || value.is_str());
        !has_lines && !is_section && (fits || is_row)
    }

    /// Whether a list of tables is written as the value of its key: if each of them fits on a line.
    fn is_list_line(
        &self,
        name: &str,
        written: &Written<'_>,
        section: &Section<'_>,
        at: &Pointer,
    ) -> bool {
        let Written::Array(pieces) = written else { return true };
        let fits = pieces.iter().all(|piece| match piece {
            Piece::Element(value) => {
                flat(value).is_some_and(|text| text.chars().count() + 3 <= WIDTH)
            }
            _ => true,
        });
        let has_lines = !self.comments.lines_inside(at).is_empty();
        let is_section = section.within == Within::Root && !VALUES.contains(&name);
        fits && !has_lines && !is_section
    }

    /// Writes the sections below a section, each with the sections below it.
    fn sections(&mut self, section: &Section<'_>, below: Vec<(&str, &Value)>, path: &[String]) {
        for (name, value) in below {
            let (place, at) = (section.place.key(name), section.at.key(name));
            let path = [path, &[name.to_owned()]].concat();
            let within = match section.within {
                Within::List => Within::List,
                _ if place.is_named() => Within::Names,
                _ => Within::Table,
            };
            match value {
                Value::Table(table) => self.section(&Section { table, place, at, within }, &path),
                Value::Array(list) => {
                    let within = Within::List;
                    for (index, table) in list.iter().enumerate() {
                        let Value::Table(table) = table else { continue };
                        let at = at.index(index);
                        self.section(&Section { table, place, at, within }, &path);
                    }
                }
                _ => {}
            }
        }
    }

    /// Writes a header with its keys, and the sections below.
    fn section(&mut self, section: &Section<'_>, path: &[String]) {
        let mut lead = std::mem::take(&mut self.carried);
        if !lead.is_empty() {
            // Directly above the header, these comments would belong to the wrong section.
            lead.push(Lead::Blank);
        }
        let (entries, below) = self.entries(section);
        let own = self.above(&section.at);
        let is_entry = matches!(section.at.segments().last(), Some(Segment::Index(_)));
        let header = header(path, is_entry);
        let note = self.note(&section.at, header.chars().count());
        let has_lines = !entries.is_empty() || !self.carried.is_empty();
        let has_comments = !own.is_empty() || note.is_some();
        // A table that has only sections needs no header of its own.
        if is_entry || has_lines || has_comments || below.is_empty() {
            lead.extend(own);
            let path = path.iter().map(|name| Cow::Owned(name.clone())).collect();
            self.blocks.push(Block { lead, header, path, note, entries, span: 0..0 });
        } else {
            // Without the blank line, because the next section adds one.
            lead.retain(|line| *line != Lead::Blank);
            self.carried = lead;
        }
        self.sections(section, below, path);
    }

    /// Returns the comments above a header. Comments about a list are above its first entry.
    fn above(&self, at: &Pointer) -> Vec<Lead<'c>> {
        let is_first = at.segments().last() == Some(&Segment::Index(0));
        let list = is_first.then(|| at.parent());
        let of_list = list.iter().flat_map(|list| {
            self.comments.lines_above(list).chain(self.comments.beside_line(list))
        });
        of_list.chain(self.comments.lines_above(at)).map(Lead::Comment).collect()
    }

    /// Returns the comment at the end of a line of `width` characters: in the column of comments, or after three
    /// spaces.
    fn note(&self, at: &Pointer, width: usize) -> Option<Note<'c>> {
        let text = self.comments.beside_line(at)?;
        let column = self.comments.column.unwrap_or(0).max(width + GAP);
        Some(Note { text, column: Some(column) })
    }

    /// Returns a value as it is written after a key: in brackets, in braces, or plain.
    fn inline(&self, value: &Value, place: Place, at: &Pointer) -> Written<'c> {
        match value {
            Value::String(text) => Written::Scalar(Cow::Owned(scalar::text(text))),
            Value::Float(number) => Written::Scalar(Cow::Owned(scalar::number(*number))),
            Value::Array(list) => {
                let element =
                    |(index, value)| self.inline(value, place, &Pointer::index(at, index));
                Written::Array(list.iter().enumerate().map(element).map(Piece::Element).collect())
            }
            Value::Table(table) => {
                let ordered = self.ordered(table, place, at).into_iter();
                let kept = ordered.filter(|(name, value)| !is_off(value, place.key(name)));
                let pair = |(name, value): (&str, &Value)| {
                    let value = self.inline(value, place.key(name), &at.key(name));
                    let (key, path) = (scalar::key(name), vec![Cow::Owned(name.to_owned())]);
                    Piece::Pair(Entry { lead: Vec::new(), key, path, value, note: None })
                };
                Written::Table(kept.map(pair).collect())
            }
            Value::Integer(number) => Written::Scalar(Cow::Owned(number.to_string())),
            Value::Boolean(truth) => Written::Scalar(Cow::Owned(truth.to_string())),
            Value::Datetime(date) => Written::Scalar(Cow::Owned(date.to_string())),
        }
    }

    /// Returns the keys of a table: in the order of the schema, then in that of the caller, then in natural order.
    fn ordered<'t>(
        &self,
        table: &'t Table,
        place: Place,
        at: &Pointer,
    ) -> Vec<(&'t str, &'t Value)> {
        let asked = self.comments.ranks(at);
        let mut keys: Vec<(&str, &Value)> =
            table.iter().map(|(name, value)| (name.as_str(), value)).collect();
        keys.sort_by_cached_key(|(name, _)| {
            let known = place.rank(Some(name));
            let rank = asked.get(name).copied().unwrap_or(usize::MAX);
            (known, rank, (known == usize::MAX).then(|| natural(name)))
        });
        keys
    }
}

/// Whether a value is a switch that is off and can be left out, because that is the default.
fn is_off(value: &Value, place: Place) -> bool {
    *value == Value::Boolean(false) && place.is_off_by_default()
}

/// Writes a text on the line of its key, or on several lines if it has several or is too long.
fn scalar_line(text: &str, column: usize) -> Written<'static> {
    let line = scalar::text(text);
    // A text without a space cannot be wrapped.
    let is_long = column + line.chars().count() > WIDTH && text.contains(' ');
    let written =
        if text.contains('\n') || is_long { scalar::paragraphs(text, WIDTH) } else { line };
    Written::Scalar(Cow::Owned(written))
}

fn header(path: &[String], is_entry: bool) -> String {
    let keys: Vec<String> = path.iter().map(|name| scalar::key(name)).collect();
    let key = keys.join(".");
    if is_entry { format!("[[{key}]]") } else { format!("[{key}]") }
}

/// Returns the width of a value that is written on one line, or 0 for lists of tables and long texts, which are not.
fn width(value: &Written<'_>) -> usize {
    match value {
        Written::Array(pieces)
            if pieces.iter().any(|piece| matches!(piece, Piece::Element(Written::Table(_)))) =>
        {
            0
        }
        _ => flat(value).map_or(0, |text| text.chars().count()),
    }
}

/// Returns a key for sorting names in natural order: `q2` before `q10`, `-1` before `0`.
fn natural(name: &str) -> (Option<i64>, Vec<(String, u128)>) {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (digits, after) = after.split_at(digits);
        // Parsing fails if there are no digits, or more than 38, whose order does not matter.
        parts.push((word.to_owned(), digits.parse().unwrap_or(0)));
        rest = after;
    }
    (name.parse().ok(), parts)
}
