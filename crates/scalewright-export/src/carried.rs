//! What each target does with each key of the format, from its keys and losses.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;

use crate::loss::NOT_EMBEDDED;
use crate::{Platform, listed};

/// What a target does with a key of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carried {
    /// Its files contain the key in an element of their own.
    Yes,
    /// They do, except in cases that are reported or refused.
    Partly,
    /// Only the definition that its files embed contains the key.
    Embedded,
    /// What the key states is not exported.
    No,
}

impl Carried {
    const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::Embedded => "embedded",
            Self::No => "no",
        }
    }
}

/// What every listed target does with a key.
#[derive(Debug, Serialize)]
pub struct KeyRow {
    /// The key, as a path.
    pub key: &'static str,
    /// What each target does with it, by the name of the target.
    pub targets: BTreeMap<&'static str, Carried>,
}

/// Returns what every listed target does with every key of the format. A test checks that no target lacks a key.
#[must_use]
pub fn keys_by_target() -> Vec<KeyRow> {
    let platforms = listed().map(|(platform, _)| platform);
    let keys: BTreeSet<&'static str> = platforms.flat_map(keys_of).collect();
    let row = |key| {
        let cells = listed().filter_map(|(platform, exporter)| {
            carried(platform, key).map(|carried| (exporter.name, carried))
        });
        KeyRow { key, targets: cells.collect() }
    };
    keys.into_iter().map(row).collect()
}

/// The keys that a platform contains or loses.
fn keys_of(platform: &'static Platform) -> impl Iterator<Item = &'static str> {
    let contained = platform.keys.iter().flat_map(|row| row.keys);
    contained.chain(platform.losses.iter().flat_map(|loss| loss.keys)).copied()
}

/// What a platform does with a key; `None` if it declares nothing about it.
fn carried(platform: &Platform, key: &str) -> Option<Carried> {
    let row = platform.keys.iter().find(|row| row.keys.contains(&key));
    let mut losses = platform.losses.iter().filter(|loss| loss.keys.contains(&key)).peekable();
    let is_lost = losses.peek().is_some();
    match (row, is_lost) {
        (Some(row), _) if row.elements.is_empty() => Some(Carried::Embedded),
        (Some(_), false) => Some(Carried::Yes),
        (Some(_), true) => Some(Carried::Partly),
        (None, true) if losses.all(|loss| loss.when == NOT_EMBEDDED) => Some(Carried::Embedded),
        (None, true) => Some(Carried::No),
        (None, false) => None,
    }
}

/// Returns the table as a page of the book.
#[must_use]
pub fn keys_page() -> String {
    let targets: Vec<&str> = listed().map(|(_, exporter)| exporter.name).collect();
    let mut page = HEAD.to_owned();
    let names = targets.iter().map(|name| format!("[`{name}`](targets/{name}.md)"));
    let _ = writeln!(page, "| key | {} |", names.collect::<Vec<_>>().join(" | "));
    let _ = writeln!(page, "|---|{}", "---|".repeat(targets.len()));
    for row in keys_by_target() {
        let cells = targets.iter().map(|name| row.targets.get(name).map_or("", |cell| cell.word()));
        let _ = writeln!(page, "| `{}` | {} |", row.key, cells.collect::<Vec<_>>().join(" | "));
    }
    page
}

const HEAD: &str = "\
# Keys by target

What each target does with each key of `instrument.toml`. The page of a target names the element that contains the key, and the reason
for each loss.

- **yes**: the exported files contain it in an element of their own;
- **partly**: they do, except in the cases that the page of the target names, which are reported or refused;
- **embedded**: only the definition that the files embed contains it; without that definition, its loss is reported;
- **no**: it is not exported. The page of the target says why.

";
