//! Where the parts of a definition without abbreviations are in the definition as written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::file::InstrumentFile;
use crate::{Change, Diagnostic, Label, Pointer, Remedy, Segment};

/// A definition without abbreviations.
#[derive(Debug, Clone)]
pub struct Expanded<'f> {
    /// The definition. It is borrowed if it has no abbreviations.
    pub file: Cow<'f, InstrumentFile>,
    /// Where the parts of `file` are in the definition as written.
    pub written: Written,
    /// Errors, with their places in the definition as written. An abbreviation with an error stays as it is.
    pub found: Vec<Diagnostic>,
}

/// Where the parts of a definition without abbreviations are in the definition as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// For each list with ranges, the written entry of each entry.
    lists: BTreeMap<Pointer, Vec<usize>>,
    /// Tables that are written elsewhere.
    tables: BTreeMap<Pointer, Pointer>,
}

impl Written {
    /// Whether every part is where it is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.tables.is_empty()
    }

    pub(super) fn list(&mut self, place: Pointer, entries: Vec<usize>) {
        self.lists.insert(place, entries);
    }

    pub(super) fn table(&mut self, place: Pointer, written: Pointer) {
        self.tables.insert(place, written);
    }

    /// Returns where a part is written.
    #[must_use]
    pub fn place(&self, place: &Pointer) -> Pointer {
        place.segments().iter().fold(Pointer::root(), |at, segment| {
            let next = match (segment, self.lists.get(&at)) {
                (Segment::Index(index), Some(entries)) => {
                    at.index(entries.get(*index).copied().unwrap_or(*index))
                }
                _ => at.join(segment.clone()),
            };
            self.tables.get(&next).cloned().unwrap_or(next)
        })
    }

    /// Returns the first part that is written at a place.
    #[must_use]
    pub fn part(&self, place: &Pointer) -> Pointer {
        place.segments().iter().fold(Pointer::root(), |at, segment| {
            match (segment, self.lists.get(&at)) {
                (Segment::Index(index), Some(entries)) => {
                    at.index(entries.iter().position(|entry| entry == index).unwrap_or(*index))
                }
                _ => at.join(segment.clone()),
            }
        })
    }

    /// Returns a finding with its places in the definition as written. A fix of an abbreviated part is left out.
    #[must_use]
    pub fn moved(&self, finding: Diagnostic) -> Diagnostic {
        if self.is_empty() {
            return finding;
        }
        let Diagnostic { labels, remedy, .. } = &finding;
        let labels = labels
            .iter()
            .map(|label| Label { pointer: self.place(&label.pointer), ..label.clone() })
            .collect();
        let remedy = remedy.as_ref().and_then(|remedy| self.remedy(remedy));
        Diagnostic { labels, remedy, ..finding }
    }

    /// Returns findings without those that repeat the one before them at the same written places: of the items that two
    /// ranges share, one is enough.
    #[must_use]
    pub fn without_echoes(&self, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if !self.is_empty() {
            let places = |one: &Diagnostic| -> Vec<Pointer> {
                one.labels.iter().map(|label| self.place(&label.pointer)).collect()
            };
            findings.dedup_by(|next, last| {
                next.code == "item-twice" && next.code == last.code && places(next) == places(last)
            });
        }
        findings
    }

    fn remedy(&self, remedy: &Remedy) -> Option<Remedy> {
        let change = |change: &Change| {
            Some(match change {
                Change::Remove(place) => Change::Remove(self.only(place)?),
                Change::Replace(place, text) => Change::Replace(self.only(place)?, text.clone()),
            })
        };
        let changes = remedy.changes.iter().map(change).collect::<Option<_>>()?;
        Some(Remedy { message: remedy.message.clone(), changes })
    }

    /// Returns where a part is written, if nothing else is written there.
    fn only(&self, place: &Pointer) -> Option<Pointer> {
        let mut at = Pointer::root();
        for segment in place.segments() {
            at = match (segment, self.lists.get(&at)) {
                (Segment::Index(index), Some(entries)) => {
                    let entry = *entries.get(*index)?;
                    let shared = entries.iter().filter(|other| **other == entry).count() > 1;
                    (!shared).then(|| at.index(entry))?
                }
                _ => at.join(segment.clone()),
            };
            if self.tables.contains_key(&at) {
                return None;
            }
        }
        Some(at)
    }
}
