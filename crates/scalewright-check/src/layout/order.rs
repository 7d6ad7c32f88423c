//! Sorts keys and tables into the order of the schema, which is the order of the fields of the types that read the
//! file.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value as Json;
use toml::de::DeTable;

use super::read::{Block, Entry, File, Lead, Piece, Value};
use crate::{SchemaKind, schema};

/// A location in the schema of a kind of file. Both fields are `None` if the schema does not know the location.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    root: Option<&'static Json>,
    node: Option<&'static Json>,
}

impl Place {
    pub(crate) fn root(kind: Option<SchemaKind>) -> Self {
        let root = kind.map(known);
        Self { root, node: root }
    }

    /// The location below a key. For a list, this is the location of its entries.
    pub(crate) fn key(self, key: &str) -> Self {
        let node = self.node.and_then(|node| {
            let own = node.get("properties").and_then(|own| own.get(key));
            own.or_else(|| node.get("additionalProperties"))
        });
        let mut place = Self { root: self.root, node };
        // References and lists are resolved; none is nested deeper than this.
        for _ in 0..4 {
            let inner = place.node.and_then(|node| {
                let refers = node.get("$ref").and_then(Json::as_str);
                let target = refers.and_then(|to| to.strip_prefix('#'));
                target
                    .and_then(|to| place.root.and_then(|root| root.pointer(to)))
                    .or_else(|| node.get("items"))
            });
            match inner {
                Some(inner) => place.node = Some(inner),
                None => break,
            }
        }
        place
    }

    fn path(self, path: &[Cow<'_, str>]) -> Self {
        path.iter().fold(self, |place, key| place.key(key))
    }

    /// The rank of a key among those of a table. Unknown keys come last, in their own order.
    pub(crate) fn rank(self, key: Option<&str>) -> usize {
        let own = self.node.and_then(|node| node.get("properties")).and_then(Json::as_object);
        let rank = own.zip(key).and_then(|(own, key)| own.keys().position(|known| known == key));
        rank.unwrap_or(usize::MAX)
    }

    /// Whether a missing switch is off.
    pub(crate) fn is_off_by_default(self) -> bool {
        self.node.and_then(|node| node.get("default")) == Some(&Json::Bool(false))
    }

    /// Whether the keys of a table are names chosen by its author.
    pub(crate) fn is_named(self) -> bool {
        let node = self.node.filter(|node| node.get("properties").is_none());
        node.is_some_and(|node| node.get("additionalProperties").is_some_and(Json::is_object))
    }
}

fn known(kind: SchemaKind) -> &'static Json {
    static KNOWN: [OnceLock<Json>; 6] = [const { OnceLock::new() }; 6];
    let index = match kind {
        SchemaKind::Instrument => 0,
        SchemaKind::Wording => 1,
        SchemaKind::Cases => 2,
        SchemaKind::Config => 3,
        SchemaKind::Pack => 4,
        SchemaKind::Key => 5,
    };
    KNOWN[index].get_or_init(|| schema(kind))
}

/// Returns the kind of a file, judged by its keys.
#[must_use]
pub fn kind_of(bytes: &[u8]) -> SchemaKind {
    let text = String::from_utf8_lossy(bytes);
    let (root, _) = DeTable::parse_recoverable(text.trim_start_matches('\u{feff}'));
    let has = |key: &str| root.get_ref().contains_key(key);
    match (has("instrument"), has("language")) {
        // Each of these keys is in one kind of file only, so it decides even if required keys are missing.
        _ if has("may-appear-in") => SchemaKind::Key,
        _ if has("cases") => SchemaKind::Cases,
        _ if has("exporters")
            || has("importers")
            || has("formats")
            || (has("name") && has("rights")) =>
        {
            SchemaKind::Pack
        }
        _ if has("lints") || has("library") || has("overrides") => SchemaKind::Config,
        (true, true) => SchemaKind::Wording,
        (true, false) => SchemaKind::Cases,
        (false, _) => SchemaKind::Instrument,
    }
}

/// Sorts keys and tables within the groups that the author made: a blank line divides groups of keys, and a comment
/// that is followed by a blank line divides groups of tables.
pub(super) fn ordered(mut file: File<'_>, kind: Option<SchemaKind>) -> File<'_> {
    let place = Place::root(kind);
    sort_entries(&mut file.root, place);
    for block in &mut file.blocks {
        let place = place.path(&block.path);
        sort_entries(&mut block.entries, place);
    }
    sort_blocks(&mut file.blocks, place);
    file
}

fn sort_entries(entries: &mut [Entry<'_>], place: Place) {
    for entry in entries.iter_mut() {
        unquote(entry, place);
        sort_value(&mut entry.value, place.path(&entry.path));
    }
    let starts = |entry: &Entry<'_>| entry.lead.contains(&Lead::Blank);
    for group in entries.chunk_by_mut(|_, next| !starts(next)) {
        // The divider stays above the group, whichever key comes first.
        let (divider, own) = split(std::mem::take(&mut group[0].lead));
        group[0].lead = own;
        group.sort_by_key(|entry| place.rank(first(&entry.path)));
        group[0].lead.splice(0..0, divider);
    }
}

/// Removes the quotes of a key that the schema defines. Names chosen by the author, such as the values of options in a
/// wording file, keep their quotes: `"1"` is a word there, not a number.
fn unquote(entry: &mut Entry<'_>, place: Place) {
    if entry.path.len() == 1 && place.rank(first(&entry.path)) != usize::MAX {
        entry.key = entry.path[0].to_string();
    }
}

fn sort_blocks(blocks: &mut [Block<'_>], place: Place) {
    let starts = |block: &Block<'_>| divides(&block.lead);
    for group in blocks.chunk_by_mut(|_, next| !starts(next)) {
        let (divider, own) = split(std::mem::take(&mut group[0].lead));
        group[0].lead = own;
        // By the first part of the name alone, because a table inside an entry of a list must stay behind that entry.
        group.sort_by_key(|block| place.rank(first(&block.path)));
        group[0].lead.splice(0..0, divider);
    }
}

fn sort_value(value: &mut Value<'_>, place: Place) {
    let (Value::Array(pieces) | Value::Table(pieces)) = value else { return };
    let mut commented = false;
    for piece in pieces.iter_mut() {
        match piece {
            Piece::Element(value) => sort_value(value, place),
            Piece::Pair(entry) => {
                unquote(entry, place);
                sort_value(&mut entry.value, place.path(&entry.path));
            }
            Piece::Comment(_) => commented = true,
            Piece::Break => {}
        }
    }
    // Pairs are not sorted if there is a comment between the braces: it is unclear which pair it is about.
    if !commented && pieces.iter().any(|piece| matches!(piece, Piece::Pair(_))) {
        pieces.retain(|piece| !matches!(piece, Piece::Break));
        pieces.sort_by_key(|piece| match piece {
            Piece::Pair(entry) => place.rank(first(&entry.path)),
            _ => usize::MAX,
        });
    }
}

/// Whether a group ends here: there is a comment, followed by a blank line.
fn divides(lead: &[Lead<'_>]) -> bool {
    let blank = lead.iter().rposition(|line| *line == Lead::Blank).unwrap_or(0);
    lead[..blank].iter().any(|line| matches!(line, Lead::Comment(_)))
}

/// Splits lines after the last blank one: the divider of a group, and the comments that belong to what follows.
fn split(mut lead: Vec<Lead<'_>>) -> (Vec<Lead<'_>>, Vec<Lead<'_>>) {
    let at = lead.iter().rposition(|line| *line == Lead::Blank).map_or(0, |at| at + 1);
    let own = lead.split_off(at);
    (lead, own)
}

/// The first part of a key.
fn first<'p>(path: &'p [Cow<'_, str>]) -> Option<&'p str> {
    path.first().map(AsRef::as_ref)
}
