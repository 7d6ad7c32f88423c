//! The columns that are no items: which of them go out beside the scores, and their cells.

use std::collections::BTreeSet;

use scalewright_model::did_you_mean;
use scalewright_model::text::line;

use crate::{Note, Stop};

use super::texts::Texts;

/// A column of the responses that goes out with the scores.
pub(crate) struct Beside {
    /// Where it is; nothing where no row that has been read has it.
    pub(crate) column: Option<usize>,
    /// What it is called.
    pub(crate) name: String,
}

/// Its cells.
#[derive(Default)]
pub struct Kept {
    texts: Texts,
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Missing,
    Text,
    /// A number, truth value, list or object as JSON writes it.
    Literal,
}

/// A cell that is not missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptCell<'a> {
    /// A text.
    Text(&'a str),
    /// What JSON writes without quotation marks.
    Literal(&'a str),
}

impl Kept {
    fn add(&mut self, text: &str, kind: Kind) {
        self.texts.push(text);
        self.kinds.push(kind);
    }

    /// Adds a cell of a table of text, where an empty one is missing.
    pub(crate) fn push(&mut self, text: &str) {
        self.add(text, if text.is_empty() { Kind::Missing } else { Kind::Text });
    }

    /// Adds a text, which may be empty.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.add(text, Kind::Text);
    }

    /// Adds what JSON writes without quotation marks.
    pub(crate) fn push_literal(&mut self, text: &str) {
        self.add(text, Kind::Literal);
    }

    /// Adds a text, or a literal, that `push` writes where it belongs.
    #[cfg(feature = "columnar")]
    pub(crate) fn push_by(&mut self, is_literal: bool, push: impl FnOnce(&mut Texts)) {
        push(&mut self.texts);
        self.kinds.push(if is_literal { Kind::Literal } else { Kind::Text });
    }

    pub(crate) fn push_missing(&mut self) {
        self.add("", Kind::Missing);
    }

    /// The text of a cell that is not missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.texts.get(row).filter(|_| self.kinds[row] != Kind::Missing)
    }

    /// A cell as what it is.
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<KeptCell<'_>> {
        let text = self.get(row)?;
        Some(match self.kinds[row] {
            Kind::Literal => KeptCell::Literal(text),
            Kind::Text | Kind::Missing => KeptCell::Text(text),
        })
    }

    /// How many bytes of text there are.
    pub(crate) fn size(&self) -> usize {
        self.texts.size()
    }

    pub(crate) fn clear(&mut self) {
        self.texts.clear();
        self.kinds.clear();
    }
}

/// The columns that are chosen to go out beside the scores, or not to.
#[derive(Debug, Clone, Default)]
pub struct Keep {
    /// Only these, where there are any.
    pub keep: Vec<String>,
    /// All but these.
    pub drop: Vec<String>,
    /// None at all.
    pub drop_all: bool,
}

/// Which columns are wanted beside the scores.
#[derive(Debug, Clone, Copy)]
pub enum Wish<'a> {
    /// Those that are chosen.
    Of(&'a Keep),
    /// None: nothing is written that could hold them.
    Nothing,
    /// None, and nobody wants to hear of it.
    Quiet,
}

impl Wish<'_> {
    pub(crate) fn wants(self, name: &str) -> bool {
        let Self::Of(chosen) = self else { return false };
        let is_it = |other: &String| other == name;
        match chosen.keep.is_empty() {
            true => !chosen.drop_all && !chosen.drop.iter().any(is_it),
            false => chosen.keep.iter().any(is_it),
        }
    }

    /// The names that the options hold, in their order.
    fn named(self) -> impl Iterator<Item = (&'static str, &'static str, String)> {
        let (keep, drop) = match self {
            Self::Of(chosen) => (chosen.keep.clone(), chosen.drop.clone()),
            Self::Nothing | Self::Quiet => Default::default(),
        };
        let keep = keep.into_iter().map(|name| ("--keep", "is written", name));
        keep.chain(drop.into_iter().map(|name| ("--drop", "is left out", name)))
    }
}

/// A table's columns that are no items.
pub(crate) struct Others<'a> {
    /// What messages call the table.
    pub(crate) table: &'a str,
    /// Those that the source of itself keeps: an event, a date.
    pub(crate) own: &'a [String],
    /// All others, with their places.
    pub(crate) rest: Vec<(usize, &'a str)>,
    /// Those that cannot be written as text.
    pub(crate) textless: Vec<(usize, &'a str)>,
    /// The names of the items' columns.
    pub(crate) items: BTreeSet<&'a str>,
    /// The column that names the respondent.
    pub(crate) id: Option<&'a str>,
    /// Whether later rows may bring further columns.
    pub(crate) grows: bool,
}

impl<'a> Others<'a> {
    /// Those that go out beside the scores, and the names that no row has yet.
    pub(crate) fn choose(&self, wish: Wish<'_>) -> Result<(Vec<Beside>, Vec<String>), Stop> {
        let wanted = self.rest.iter().filter(|(_, name)| wish.wants(name));
        let beside = |(column, name): &(usize, &str)| Beside {
            column: Some(*column),
            name: (*name).to_owned(),
        };
        let mut chosen: Vec<Beside> = wanted.map(beside).collect();
        let mut unseen = Vec::new();
        for (option, what, name) in wish.named() {
            if self.names().any(|known| known == name) || unseen.contains(&name) {
                continue;
            }
            if !self.grows || self.items.contains(&*name) || self.id == Some(&*name) {
                return Err(self.refuse(option, what, &name));
            }
            if option == "--keep" {
                chosen.push(Beside { column: None, name: name.clone() });
            }
            unseen.push(name);
        }
        Ok((chosen, unseen))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(String::as_str).chain(self.rest.iter().map(|(_, name)| *name))
    }

    fn refuse(&self, option: &str, what: &str, name: &str) -> Stop {
        let at = format!("`{option} {name}`");
        if self.items.contains(name) {
            return Stop::usage(format!("{at}: the column answers an item"))
                .help("answers are never written beside the scores: leave the option out");
        }
        if self.id == Some(name) {
            return Stop::usage(format!("{at}: the column names the respondent")).help(format!(
                "no other column than those beside it {what}: leave the option out"
            ));
        }
        if self.textless.iter().any(|(_, known)| *known == name) {
            return Stop::usage(format!("{at}: the column is of a type that has no text"))
                .help("it is left out in any case: leave the option out");
        }
        let stop = Stop::usage(format!("{at}: {} has no such column", self.table));
        let known: Vec<&str> = self.names().collect();
        match did_you_mean(name, known.iter().copied()) {
            Some(help) => stop.help(help),
            None => stop,
        }
    }

    /// What goes out and what does not: nothing is ignored in silence.
    pub(crate) fn notes(&self, wish: Wish<'_>) -> Vec<Note> {
        let rest = || self.rest.iter().map(|(_, name)| *name);
        let textless = || self.textless.iter().map(|(_, name)| *name);
        let all = match wish {
            Wish::Quiet => Vec::new(),
            Wish::Nothing => vec![note("not items, so not used", rest().chain(textless()))],
            Wish::Of(_) => {
                let kept = rest().filter(|name| wish.wants(name));
                let left_out = self.names().filter(|name| !wish.wants(name));
                let what = "not items, and of a type that has no text, so left out";
                vec![
                    note("not items, written beside the scores", kept),
                    note("not items, left out", left_out),
                    note(what, textless()),
                ]
            }
        };
        all.into_iter().flatten().collect()
    }
}

/// More names than this are counted, not shown.
const SHOWN: usize = 8;

fn note<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Option<Note> {
    let names: Vec<&str> = names.collect();
    let shown = if names.len() > SHOWN { SHOWN - 1 } else { names.len() };
    let list: Vec<String> = names[..shown].iter().map(|name| format!("`{}`", line(name))).collect();
    let more = match names.len() - shown {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| Note::info(format!("{what}: {}{more}", list.join(", "))))
}
