//! The entries of a map that declare what cells mean: labels, marks in numbers, words for yes and no, the order of dates, codes
//! of missing answers, and answers that are already reversed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use scalewright_model::{Choice, Instrument, ItemIx, ResponseScaleIx};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::hints;
use super::map_reading::MapReading;
use super::meaning::Meaning;
use super::missing::{MissingCode, MissingOf};
use super::reversed::cannot_be_reversed;

impl MapReading<'_> {
    /// Reads one of the keys of [`Meaning`]. Returns `false` if `key` is none of them.
    pub(super) fn meaning(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        meaning: &mut Meaning,
    ) -> bool {
        match key {
            "labels" => match value.get_ref() {
                DeValue::Boolean(labels) => meaning.labels = *labels,
                _ => self.report(value.span().start, "`labels` is `true` or `false`"),
            },
            "decimal" => meaning.decimal = self.choice(key, value),
            "thousands" => meaning.thousands = self.choice(key, value),
            "date-format" => meaning.dates = self.choice(key, value),
            "yes" => meaning.yes = self.words(key, value),
            "no" => meaning.no = self.words(key, value),
            _ => return false,
        }
        true
    }

    /// Reads a choice by its name.
    fn choice<C: Choice>(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<C> {
        let name = value.get_ref().as_str();
        let choice = C::ALL.iter().copied().find(|choice| Some(choice.name()) == name);
        if choice.is_none() {
            let names: Vec<String> =
                C::ALL.iter().map(|choice| format!("\"{}\"", choice.name())).collect();
            let what = format!("`{key}` is one of {}", names.join(", "));
            self.report(value.span().start, &what);
        }
        choice
    }

    /// Reads a word, or a list of words.
    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let what = format!("`{key}` is a word in quotation marks, or a list of words");
        self.texts(value, &what).into_iter().map(|(word, _)| word).collect()
    }

    /// Reads `reversed = ["item_id"]`.
    pub(super) fn reversed(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        instrument: &Instrument,
    ) -> BTreeSet<ItemIx> {
        let mut found = BTreeSet::new();
        let ids = || instrument.items.iter().map(|item| item.id.as_str());
        let what = "`reversed` is a list of item ids in quotation marks";
        for (id, at) in self.texts(value, what) {
            if self.is_of_another(instrument, |one| one.items.iter().any(|item| item.id == id)) {
                continue;
            }
            let Some(item) = ids().position(|known| known == id).map(ItemIx) else {
                let near = hints::nearest(&id, ids());
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.report(at, &format!("there is no item `{id}`{help}"));
                continue;
            };
            if let Some(why) = cannot_be_reversed(instrument, item) {
                self.report(at, &format!("answers to `{id}` cannot be reversed: {why}"));
            }
            found.insert(item);
        }
        found
    }

    /// Reads `[missing]`: `98 = "refused"`; and `[missing.<response scale or item>]`.
    pub(super) fn missing(
        &mut self,
        table: &DeTable<'_>,
        instrument: &Instrument,
    ) -> Vec<MissingCode> {
        let mut codes = Vec::new();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let DeValue::Table(own) = value.get_ref() else {
                codes.extend(self.missing_code((key, value), MissingOf::All));
                continue;
            };
            if self.is_of_another(instrument, |one| missing_of(name, one).is_some()) {
                continue;
            }
            let Some(of) = missing_of(name, instrument) else {
                let what = format!("`{name}` is neither a response scale nor an item");
                self.report(key.span().start, &what);
                continue;
            };
            let mut own: Vec<_> = own.iter().collect();
            own.sort_by_key(|(key, _)| key.span().start);
            codes.extend(own.into_iter().filter_map(|entry| self.missing_code(entry, of)));
        }
        codes
    }

    fn missing_code(
        &mut self,
        (key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>),
        of: MissingOf,
    ) -> Option<MissingCode> {
        let code = key.get_ref().trim().to_owned();
        if code.is_empty() {
            self.report(key.span().start, "an empty cell is missing anyway, and has no reason");
            return None;
        }
        let reason = value.get_ref().as_str().map(str::trim).filter(|reason| !reason.is_empty());
        let Some(reason) = reason else {
            let what = "the reason for a missing answer must be a text in quotation marks";
            self.report(value.span().start, what);
            return None;
        };
        let place = Some(self.place(key.span().start));
        Some(MissingCode { code, reason: Rc::from(reason), of, place })
    }
}

/// The items that a table under `[missing]` is about. A response scale precedes an item with the same name.
fn missing_of(name: &str, instrument: &Instrument) -> Option<MissingOf> {
    let scale = instrument.response_scales.iter().position(|scale| scale.name == name);
    let item = || instrument.items.iter().position(|item| item.id == name);
    let scale = scale.map(|at| MissingOf::Scale(ResponseScaleIx(at)));
    scale.or_else(|| item().map(|at| MissingOf::Item(ItemIx(at))))
}
