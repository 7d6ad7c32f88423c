//! How the columns of a wide table are named.

use std::collections::BTreeSet;

/// How columns are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Item,
    Session,
    Form,
}

impl std::str::FromStr for Pattern {
    type Err = String;

    /// Reads a pattern. It needs `{item}` and `{session}`, and may have `{form}`, each once.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (name, after) = after.split_once('}').ok_or("a `{` has no `}`")?;
            parts.push(match name {
                "item" => Part::Item,
                "session" => Part::Session,
                "form" => Part::Form,
                _ => {
                    return Err(format!("`{{{name}}}` is none of {{item}}, {{session}}, {{form}}"));
                }
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let count = |part: Part| parts.iter().filter(|one| **one == part).count();
        match (count(Part::Item), count(Part::Session), count(Part::Form)) {
            (1, 1, 0 | 1) => Ok(Self(parts)),
            _ => {
                Err("{item} and {session} are needed, and {form} is possible, each once".to_owned())
            }
        }
    }
}

/// What the parts of a column's name may be.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownNames {
    /// Ids of items, columns that a map gives for them, and columns such as the date.
    pub(super) items: BTreeSet<String>,
    /// Labels of sessions.
    pub(super) labels: BTreeSet<String>,
}

/// The session, the form and the item of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) session: String,
    pub(super) form: String,
    pub(super) item: String,
}

impl Pattern {
    /// All readings of a column's name.
    pub(super) fn readings(&self, column: &str, known: &KnownNames) -> Vec<Place> {
        let mut found = Vec::new();
        let none = || Place { session: String::new(), form: String::new(), item: String::new() };
        read(&self.0, column, &none(), known, &mut found);
        found
    }

    pub(super) fn has_form(&self) -> bool {
        self.0.contains(&Part::Form)
    }
}

fn read(parts: &[Part], rest: &str, so_far: &Place, known: &KnownNames, found: &mut Vec<Place>) {
    let Some((part, later)) = parts.split_first() else {
        if rest.is_empty() {
            found.push(so_far.clone());
        }
        return;
    };
    if let Part::Text(text) = part {
        if let Some(rest) = rest.strip_prefix(text.as_str()) {
            read(later, rest, so_far, known, found);
        }
        return;
    }
    let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
    for end in ends {
        let (name, rest) = rest.split_at(end);
        let mut place = so_far.clone();
        let fits = match part {
            Part::Item => known.items.contains(name),
            Part::Session => is_session(name, known),
            _ => name.chars().all(char::is_alphabetic),
        };
        if fits {
            match part {
                Part::Item => name.clone_into(&mut place.item),
                Part::Session => name.clone_into(&mut place.session),
                _ => name.clone_into(&mut place.form),
            }
            read(later, rest, &place, known, found);
        }
    }
}

fn is_session(name: &str, known: &KnownNames) -> bool {
    name.len() <= 9 && name.bytes().all(|byte| byte.is_ascii_digit()) || known.labels.contains(name)
}

/// The columns that a map gives for items. A map that cannot be read is reported where it is used.
fn mapped_columns(map: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let map: toml::Table = map.parse().unwrap_or_default();
    let table = |name: &str| map.get(name).and_then(toml::Value::as_table);
    let columns = table("columns").into_iter().flat_map(toml::Table::values);
    let columns = columns.filter_map(|column| column.as_str().map(str::to_owned)).collect();
    let labels = table("sessions").into_iter().flat_map(toml::Table::keys).cloned().collect();
    (columns, labels)
}

impl KnownNames {
    /// What the names of a table's columns may have: the items of an instrument, `more`, and the columns and labels of
    /// the texts of a map and of criteria.
    pub(super) fn of<'n>(
        items: impl Iterator<Item = &'n str>,
        more: &[&'n str],
        maps: [&str; 2],
    ) -> Self {
        let more = more.iter().copied();
        let mut known =
            Self { items: items.chain(more).map(str::to_owned).collect(), ..Self::default() };
        for (columns, labels) in maps.map(mapped_columns) {
            known.items.extend(columns);
            known.labels.extend(labels);
        }
        known
    }
}
