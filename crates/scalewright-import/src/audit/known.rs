//! The names and words of the items of a form, to find items quickly.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use crate::alike::{keys, words};
use crate::form::{Form, Item};

/// The positions of items, by a name or by their words.
type Positions = HashMap<String, Vec<usize>>;

/// The items of a form. Words are indexed when they are first looked for: most forms are found by names.
pub(super) struct Known<'f> {
    pub(super) form: &'f Form,
    names: Positions,
    /// The tags of the languages of the form, each with the items by their words.
    languages: Vec<(&'f str, OnceCell<Positions>)>,
}

impl<'f> Known<'f> {
    pub(super) fn of(form: &'f Form) -> Self {
        let mut languages: Vec<(&str, OnceCell<Positions>)> = Vec::new();
        for (tag, _) in form.items.iter().flat_map(|item| item.stem.iter()) {
            if !languages.iter().any(|(known, _)| *known == tag) {
                languages.push((tag, OnceCell::new()));
            }
        }
        Self { form, names: positions(form, |item| keys(item).into_iter()), languages }
    }

    /// The tags of the languages, in the order in which they first occur.
    pub(super) fn tags(&self) -> impl Iterator<Item = &'f str> {
        self.languages.iter().map(|(tag, _)| *tag)
    }

    /// The first item that is not taken and has one of these names, without case and signs.
    pub(super) fn named(&self, wanted: &[String], taken: &[bool]) -> Option<usize> {
        let first = |key: &String| self.names.get(key)?.iter().copied().find(|at| !taken[*at]);
        wanted.iter().filter_map(first).min()
    }

    /// The items with words that are alike to `text` in a language of the form.
    fn worded(&self, tag: &str, text: &str) -> &[usize] {
        let text = words(text);
        let language = self.languages.iter().find(|(known, _)| *known == tag);
        let Some((tag, all)) = language.filter(|_| !text.is_empty()) else { return &[] };
        let own = |item: &Item| item.stem.of(tag).map(words).into_iter();
        all.get_or_init(|| positions(self.form, own)).get(&text).map_or(&[], Vec::as_slice)
    }

    /// The only item that is not taken and has the same words as one of `texts`, each with the tag of its language.
    pub(super) fn only<'t>(
        &self,
        texts: impl Iterator<Item = (&'t str, &'t str)>,
        taken: &[bool],
    ) -> Option<usize> {
        let same = texts.flat_map(|(tag, text)| self.worded(tag, text));
        let same: BTreeSet<usize> = same.copied().filter(|at| !taken[*at]).collect();
        same.first().copied().filter(|_| same.len() == 1)
    }
}

/// The positions of the items by their texts.
fn positions<I: Iterator<Item = String>>(form: &Form, texts: impl Fn(&Item) -> I) -> Positions {
    let mut positions = Positions::new();
    for (at, item) in form.items.iter().enumerate() {
        for text in texts(item) {
            let known = positions.entry(text).or_default();
            // Two names of an item may be the same.
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    positions
}
