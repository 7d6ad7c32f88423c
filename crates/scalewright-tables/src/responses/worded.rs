//! Columns whose names are the words of questions: each is the item with exactly these words, in any language of the
//! definition.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Instrument;
use scalewright_model::text::line;

use super::abbreviated::Abbreviated;
use super::labels::fold;
use super::map_file::Map;
use crate::Stop;

/// The items by their words.
pub(super) struct Wordings<'a> {
    instrument: &'a Instrument,
    map: &'a Map,
    /// The items with each folded wording.
    items: BTreeMap<String, Vec<usize>>,
}

impl<'a> Wordings<'a> {
    pub(super) fn new(instrument: &'a Instrument, map: &'a Map) -> Self {
        let mut items: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for wording in &instrument.wordings {
            for (item, stem) in wording.stems.iter().enumerate() {
                let folded = fold(stem);
                let same = items.entry(folded).or_default();
                if !same.contains(&item) {
                    same.push(item);
                }
            }
        }
        items.remove("");
        Self { instrument, map, items }
    }

    /// The items that a header may be: the one that the map gives it to, those with its words, or those with the words in
    /// its brackets, which is how rows of a matrix are headed.
    fn of(&self, header: &str) -> Vec<usize> {
        let items = self.instrument.items.iter();
        let mapped = items
            .enumerate()
            .find(|(_, item)| self.map.names(&item.id) && self.map.column(&item.id) == header);
        if let Some((at, _)) = mapped {
            return vec![at];
        }
        let row = header.strip_suffix(']').and_then(|open| open.rsplit_once('['));
        let texts = std::iter::once(header).chain(row.map(|(_, row)| row));
        let found = texts.map(fold).find_map(|text| self.items.get(&text));
        let is_mapped = |item: &usize| self.map.names(&self.instrument.items[*item].id);
        let found = found.into_iter().flatten().copied();
        found.filter(|item| !is_mapped(item)).collect()
    }

    /// The items whose words a cut header may be made of.
    fn cut(&self, header: &str) -> Vec<usize> {
        let Some(cut) = Abbreviated::of(header) else { return Vec::new() };
        let fitting = self.items.iter().filter(|(words, _)| cut.fits(words));
        let items: BTreeSet<usize> = fitting.flat_map(|(_, items)| items).copied().collect();
        let is_mapped = |item: &usize| self.map.names(&self.instrument.items[*item].id);
        items.into_iter().filter(|item| !is_mapped(item)).collect()
    }

    /// The only item whose words a cut header may be made of.
    pub(super) fn only_cut(&self, header: &str) -> Option<usize> {
        match self.cut(header)[..] {
            [item] => Some(item),
            _ => None,
        }
    }

    /// Whether a cut header may be made of the words of an item.
    pub(super) fn is_cut_of(&self, header: &str, item: usize) -> bool {
        self.cut(header).contains(&item)
    }

    /// Whether a header has the words of an item.
    pub(super) fn has(&self, header: &str) -> bool {
        !self.of(header).is_empty()
    }

    /// The words of an item that no other item has.
    pub(super) fn whole(&self, item: usize) -> Option<String> {
        let own = self.items.iter().find(|(_, items)| items[..] == [item]);
        own.map(|(words, _)| words.clone())
    }

    /// The only item with the words of a header.
    pub(super) fn only(&self, header: &str) -> Option<usize> {
        match self.of(header)[..] {
            [item] => Some(item),
            _ => None,
        }
    }

    /// The item of each header.
    ///
    /// # Errors
    ///
    /// When a header has the words of two items, or two headers have the words of one.
    pub(super) fn items(&self, name: &str, headers: &[String]) -> Result<Vec<Option<usize>>, Stop> {
        self.items_of(name, headers, false)
    }

    /// The same, also of headers that a program has cut.
    ///
    /// # Errors
    ///
    /// The same, and when a cut header may have been made of the words of two items.
    pub(super) fn items_with_cut(
        &self,
        name: &str,
        headers: &[String],
    ) -> Result<Vec<Option<usize>>, Stop> {
        self.items_of(name, headers, true)
    }

    fn items_of(
        &self,
        name: &str,
        headers: &[String],
        takes_cut: bool,
    ) -> Result<Vec<Option<usize>>, Stop> {
        let mut taken: BTreeMap<usize, &str> = BTreeMap::new();
        let mut items = Vec::new();
        for header in headers {
            let mut found = self.of(header);
            if found.is_empty() && takes_cut {
                found = self.cut(header);
            }
            items.push(found.first().copied());
            match found[..] {
                [] => {}
                [item] => {
                    if taken.insert(item, header).is_some() {
                        return Err(self.two_columns(name, item, header));
                    }
                }
                [one, other, ..] => return Err(self.two_items(name, header, one, other)),
            }
        }
        Ok(items)
    }

    /// Whether every item is that of exactly one header.
    pub(super) fn are_all_in(&self, headers: &[String]) -> bool {
        let Ok(items) = self.items("", headers) else { return false };
        items.iter().flatten().count() == self.instrument.items.len()
    }

    fn two_columns(&self, name: &str, item: usize, header: &str) -> Stop {
        let id = &self.instrument.items[item].id;
        Stop::wrong(format!("{name}: two columns have the words of `{id}`: `{}`", line(header)))
            .help("give each column another name in the header, and map them to items with `--map`")
    }

    fn two_items(&self, name: &str, header: &str, one: usize, other: usize) -> Stop {
        let id = |item: usize| &self.instrument.items[item].id;
        Stop::wrong(format!(
            "{name}: the column `{}` may be `{}` or `{}`: both have these words",
            line(header),
            id(one),
            id(other)
        ))
        .help("export codes as headers, or give the columns different names and map them to items with `--map`")
    }

    /// The names of the columns: the items' own, and the headers of the others, each of them once.
    pub(super) fn names(&self, headers: &[String], items: &[Option<usize>]) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let ids: Vec<&str> =
            self.instrument.items.iter().map(|item| self.map.column(&item.id)).collect();
        let names = headers.iter().zip(items).map(|(header, item)| {
            if let Some(item) = item {
                return ids[*item].to_owned();
            }
            let header = if header.is_empty() { "(no name)" } else { header.as_str() };
            // Not the name of an item: its words would have made it one.
            let header = match ids.contains(&header) {
                true => format!("{header} (not an item)"),
                false => header.to_owned(),
            };
            let count = seen.entry(header.clone()).or_default();
            *count += 1;
            if *count == 1 { header } else { format!("{header} ({count})") }
        });
        names.collect()
    }
}
