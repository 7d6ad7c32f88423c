//! The entries of a map that concern columns, codes, stated scores, sessions and forms.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes::Codes;
use super::fhir_canonical::Canonical;
use super::hints;
use super::map_file::Map;
use super::map_reading::{MapReading, whole};

/// The message for a `questionnaire` that is not an address.
const NO_ADDRESS: &str =
    "`questionnaire` must be the address of a form in quotation marks, or a list of such addresses";

impl MapReading<'_> {
    /// Reads `questionnaire = "address"`, or a list of addresses. Each may have a version: `address|1.0`.
    pub(super) fn forms(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Canonical> {
        let mut forms = Vec::new();
        for (address, at) in self.texts(value, NO_ADDRESS) {
            match Canonical::parse(&address) {
                Some(canonical) => forms.push(canonical),
                None => self.report(at, NO_ADDRESS),
            }
        }
        forms
    }

    /// Reads `[codes.<response scale or item>]`: `"Not-at-all" = 0`.
    pub(super) fn codes(
        &mut self,
        table: &DeTable<'_>,
        instrument: &Instrument,
    ) -> BTreeMap<String, Codes> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let scale = coded_by(name, instrument);
            if self.is_of_another(instrument, |one| coded_by(name, one).is_some()) {
                continue;
            }
            let (Some(scale), DeValue::Table(entries)) = (scale, value.get_ref()) else {
                let what =
                    format!("`{name}` must be a response scale or an item, with a table of codes");
                self.report(key.span().start, &what);
                continue;
            };
            let mut codes = Codes::new();
            for (code, value) in entries {
                let number = match value.get_ref() {
                    DeValue::Integer(number) => whole(number).map(f64::from),
                    // Options may have values such as 0.5.
                    DeValue::Float(number) => number.as_str().parse().ok(),
                    _ => None,
                };
                let refused = match number {
                    None => Some("the value of a code must be a number".to_owned()),
                    Some(_) if scale.kind == ResponseKind::Date => Some(
                        "dates have no codes: `date-format` says how they are written".to_owned(),
                    ),
                    Some(number) => {
                        codes.insert(code.get_ref().to_string(), number);
                        scale.accepts(number).err()
                    }
                };
                if let Some(why) = refused {
                    self.report(value.span().start, &why);
                }
            }
            found.insert(name.to_owned(), codes);
        }
        found
    }

    /// Reads `[sessions]`: `"follow-up 1" = 20`.
    pub(super) fn sessions(&mut self, table: &DeTable<'_>) -> BTreeMap<String, i32> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let number = match value.get_ref() {
                DeValue::Integer(number) => whole(number),
                _ => None,
            };
            match number.filter(|number| *number >= 0) {
                Some(number) => _ = found.insert(key.get_ref().to_string(), number),
                None => self
                    .report(value.span().start, "the number of a session is a whole number from 0"),
            }
        }
        found
    }

    /// Reads `[stated]`: `scale_id = "link id"`.
    pub(super) fn stated(
        &mut self,
        table: &DeTable<'_>,
        instrument: &Instrument,
    ) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let scale = key.get_ref().as_ref();
            let has = |one: &Instrument| one.scales.iter().any(|known| known.id == scale);
            if self.is_of_another(instrument, has) {
                continue;
            }
            if !has(instrument) {
                self.report(key.span().start, &format!("there is no scale `{scale}`"));
            }
            match value.get_ref() {
                DeValue::String(link) => {
                    found.insert(scale.to_owned(), link.to_string());
                }
                _ => self.report(value.span().start, "a link id must be a text in quotation marks"),
            }
        }
        found
    }

    /// Reads `[columns]`: `item_id = "column"`, and `[columns.<instrument>]`, whose entries are for one instrument.
    pub(super) fn columns(&mut self, table: &DeTable<'_>, instrument: &Instrument, map: &mut Map) {
        map.columns = self.entries(table, instrument);
        for (key, value) in table {
            let DeValue::Table(entries) = value.get_ref() else { continue };
            let id = key.get_ref().as_ref();
            if id == instrument.id {
                let own = self.entries(entries, instrument);
                map.apart = own.keys().cloned().collect();
                map.columns.extend(own);
            } else if !self.is_of_another(instrument, |other| other.id == id) {
                map.of_others.push(id.to_owned());
            }
        }
        let mut taken = BTreeMap::new();
        for (item, (column, place)) in &map.columns {
            if let Some(other) = taken.insert(column, item)
                && map.apart.contains(item) != map.apart.contains(other)
            {
                self.wrong.push(format!("{place}: column `{column}` is also mapped to `{other}`"));
            }
        }
    }

    /// Reads the columns of items, without the tables of single instruments.
    fn entries(
        &mut self,
        table: &DeTable<'_>,
        instrument: &Instrument,
    ) -> BTreeMap<String, (String, String)> {
        let mut found = BTreeMap::new();
        let ids = || instrument.items.iter().map(|item| item.id.as_str());
        // In the order of the file, so that errors are reported in that order.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in entries {
            let item = key.get_ref().as_ref();
            let at = key.span().start;
            let has = |one: &Instrument| one.items.iter().any(|known| known.id == item);
            let is_table = matches!(value.get_ref(), DeValue::Table(_));
            if is_table || self.is_of_another(instrument, has) {
                continue;
            }
            if !has(instrument) {
                let near = hints::nearest(item, ids().filter(|id| table.get(*id).is_none()));
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.report(at, &format!("there is no item `{item}`{help}"));
            }
            let DeValue::String(column) = value.get_ref() else {
                self.report(
                    value.span().start,
                    "the name of a column must be a text in quotation marks",
                );
                continue;
            };
            if let Some(other) = taken.insert(column.to_string(), item.to_owned()) {
                let what = format!("column `{column}` is already mapped to `{other}`");
                self.report(value.span().start, &what);
            }
            let place = self.place(value.span().start);
            found.insert(item.to_owned(), (column.to_string(), place));
        }
        for id in ids().filter(|id| !found.contains_key(*id)) {
            if let Some(other) = taken.get(id) {
                let at = found.get(other).map_or(String::new(), |(_, place)| place.clone());
                self.wrong.push(format!(
                    "{at}: column `{id}` is that of item `{id}` by default; map `{id}` to another column too"
                ));
            }
        }
        found
    }
}

/// The response scale that a table under `[codes]` is about. A response scale precedes an item with the same name.
fn coded_by<'i>(name: &str, instrument: &'i Instrument) -> Option<&'i ResponseScale> {
    let scale = instrument.response_scales.iter().find(|scale| scale.name == name);
    let item = || instrument.items.iter().position(|item| item.id == name);
    scale.or_else(|| item().map(|at| instrument.response(ItemIx(at))))
}
