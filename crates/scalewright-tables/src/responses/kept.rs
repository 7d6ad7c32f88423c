//! The columns that are not items: which of them are written beside the scores, and their cells.

use std::collections::BTreeSet;

use scalewright_model::did_you_mean;
use scalewright_model::text::line;

use crate::{Note, Stop};

use super::texts::Texts;

/// A column of the responses that is written beside the scores.
pub(crate) struct ExtraColumn {
    /// The index of the column; `None` if no row read so far has it.
    pub(crate) column: Option<usize>,
    /// The name of the column.
    pub(crate) name: String,
}

/// The cells of a column that is written beside the scores.
#[derive(Default)]
pub struct Kept {
    texts: Texts,
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Missing,
    Text,
    /// A number, a truth value or a list, as JSON.
    Literal,
}

/// A cell that is not missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptCell<'a> {
    /// A text.
    Text(&'a str),
    /// A number, a truth value or a list, as JSON.
    Literal(&'a str),
}

impl Kept {
    fn add(&mut self, text: &str, kind: Kind) {
        self.texts.push(text);
        self.kinds.push(kind);
    }

    /// Adds a cell of a text table, in which empty cells are missing.
    pub(crate) fn push(&mut self, text: &str) {
        self.add(text, if text.is_empty() { Kind::Missing } else { Kind::Text });
    }

    /// Adds a text, which may be empty.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.add(text, Kind::Text);
    }

    /// Adds a number, a truth value or a list, as JSON.
    pub(crate) fn push_literal(&mut self, text: &str) {
        self.add(text, Kind::Literal);
    }

    /// Adds a text or a literal that `push` writes to the texts.
    #[cfg(feature = "columnar")]
    pub(crate) fn push_by(&mut self, is_literal: bool, push: impl FnOnce(&mut Texts)) {
        push(&mut self.texts);
        self.kinds.push(if is_literal { Kind::Literal } else { Kind::Text });
    }

    pub(crate) fn push_missing(&mut self) {
        self.add("", Kind::Missing);
    }

    /// The text of a cell; `None` if it is missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.texts.get(row).filter(|_| self.kinds[row] != Kind::Missing)
    }

    /// A cell with its type; `None` if it is missing.
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<KeptCell<'_>> {
        let text = self.get(row)?;
        Some(match self.kinds[row] {
            Kind::Literal => KeptCell::Literal(text),
            Kind::Text | Kind::Missing => KeptCell::Text(text),
        })
    }

    /// Only some rows, in this order.
    pub(super) fn only(&self, rows: &[usize]) -> Self {
        let mut rest = Self::default();
        for &row in rows {
            rest.add(self.texts.get(row).unwrap_or_default(), self.kinds[row]);
        }
        rest
    }

    /// The size of the texts, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.texts.size()
    }

    pub(crate) fn clear(&mut self) {
        self.texts.clear();
        self.kinds.clear();
    }
}

/// The options that select the columns written beside the scores.
#[derive(Debug, Clone, Default)]
pub struct Keep {
    /// Only these columns, unless empty: `--keep`.
    pub keep: Vec<String>,
    /// All columns except these: `--drop`.
    pub drop: Vec<String>,
    /// No columns: `--drop-all`.
    pub drop_all: bool,
}

/// Which columns are written beside the scores.
#[derive(Debug, Clone, Copy)]
pub enum KeptColumns<'a> {
    /// The columns that the options select.
    Chosen(&'a Keep),
    /// Those that the options select, for a caller that reads them. A note lists the others as not used.
    Read(&'a Keep),
    /// None, because the output has no place for them. A note lists them as not used.
    Unused,
    /// None, and without a note.
    Silent,
}

impl KeptColumns<'_> {
    /// Whether the column `name` is written.
    pub(crate) fn wants(self, name: &str) -> bool {
        let (Self::Chosen(chosen) | Self::Read(chosen)) = self else { return false };
        let is_named = |other: &String| other == name;
        match chosen.keep.is_empty() {
            true => !chosen.drop_all && !chosen.drop.iter().any(is_named),
            false => chosen.keep.iter().any(is_named),
        }
    }

    /// The columns that the options name, in order: the option and the name.
    fn named(self) -> impl Iterator<Item = (&'static str, String)> {
        let (keep, drop) = match self {
            Self::Chosen(chosen) | Self::Read(chosen) => (chosen.keep.clone(), chosen.drop.clone()),
            Self::Unused | Self::Silent => Default::default(),
        };
        let keep = keep.into_iter().map(|name| ("--keep", name));
        keep.chain(drop.into_iter().map(|name| ("--drop", name)))
    }
}

/// The columns of a table that are not items.
pub(crate) struct OtherColumns<'a> {
    /// The name of the table in messages.
    pub(crate) table: &'a str,
    /// The columns that the reader always keeps, such as an event or a date.
    pub(crate) own: &'a [String],
    /// All other columns that have a text form, with their indices.
    pub(crate) rest: Vec<(usize, &'a str)>,
    /// The columns that cannot be written as text, with their indices.
    pub(crate) textless: Vec<(usize, &'a str)>,
    /// The names of the columns that answer items.
    pub(crate) items: BTreeSet<&'a str>,
    /// The column that names the respondent.
    pub(crate) id: Option<&'a str>,
    /// Whether later rows may add columns.
    pub(crate) grows: bool,
}

impl<'a> OtherColumns<'a> {
    /// Returns the columns that are written beside the scores, and the names in the options that no row has yet.
    ///
    /// # Errors
    ///
    /// When an option names a column that does not exist, or that cannot be written beside the scores.
    pub(crate) fn choose(
        &self,
        wish: KeptColumns<'_>,
    ) -> Result<(Vec<ExtraColumn>, Vec<String>), Stop> {
        let wanted = self.rest.iter().filter(|(_, name)| wish.wants(name));
        let beside = |(column, name): &(usize, &str)| ExtraColumn {
            column: Some(*column),
            name: (*name).to_owned(),
        };
        let mut chosen: Vec<ExtraColumn> = wanted.map(beside).collect();
        let mut unseen = Vec::new();
        for (option, name) in wish.named() {
            if self.names().any(|known| known == name) || unseen.contains(&name) {
                continue;
            }
            // Later rows may add any column except those that are in use already.
            if !self.grows || self.items.contains(&*name) || self.id == Some(&*name) {
                return Err(self.refuse(option, &name));
            }
            if option == "--keep" {
                chosen.push(ExtraColumn { column: None, name: name.clone() });
            }
            unseen.push(name);
        }
        Ok((chosen, unseen))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(String::as_str).chain(self.rest.iter().map(|(_, name)| *name))
    }

    fn refuse(&self, option: &str, name: &str) -> Stop {
        let at = format!("`{option} {name}`");
        if self.items.contains(name) {
            return Stop::usage(format!("{at}: the column answers an item"))
                .help("answers are never written beside the scores: leave out the option");
        }
        if self.id == Some(name) {
            return Stop::usage(format!("{at}: the column names the respondent"))
                .help("it is always written: leave out the option, which selects other columns");
        }
        if self.textless.iter().any(|(_, known)| *known == name) {
            return Stop::usage(format!("{at}: the type of the column has no text form"))
                .help("the column is always left out: leave out the option");
        }
        let stop = Stop::usage(format!("{at}: {} has no such column", self.table));
        let known: Vec<&str> = self.names().collect();
        match did_you_mean(name, known.iter().copied()) {
            Some(help) => stop.help(help),
            None => stop,
        }
    }

    /// Notes on the columns that are written and on those that are not, so that no column is ignored silently.
    pub(crate) fn notes(&self, wish: KeptColumns<'_>) -> Vec<Note> {
        let rest = || self.rest.iter().map(|(_, name)| *name);
        let textless = || self.textless.iter().map(|(_, name)| *name);
        let all = match wish {
            KeptColumns::Silent => Vec::new(),
            KeptColumns::Unused => {
                vec![note("columns that are not items, so not used", rest().chain(textless()))]
            }
            KeptColumns::Read(_) => {
                let unused = rest().filter(|name| !wish.wants(name));
                vec![note("columns that are not items, so not used", unused.chain(textless()))]
            }
            KeptColumns::Chosen(_) => {
                let kept = rest().filter(|name| wish.wants(name));
                let left_out = self.names().filter(|name| !wish.wants(name));
                let what = "columns that are not items and have no text form, so left out";
                vec![
                    note("columns that are not items, written beside the scores", kept),
                    note("columns that are not items, left out", left_out),
                    note(what, textless()),
                ]
            }
        };
        all.into_iter().flatten().collect()
    }
}

/// At most this many names are shown; the others are counted.
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
