//! `--map FILE`: maps items to columns that do not have the id of the item. For FHIR, it also names the forms to score,
//! sets the values of codes, and names the link ids of stated scores.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use scalewright_check::MAX_BYTES;
use scalewright_model::text::plain;
use scalewright_model::{Instrument, did_you_mean};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Note, NoteKind, Stop};
use scalewright_check::kinds::{Kind, kind};

use super::fhir_canonical::Canonical;
use super::hints;
use super::input::Input;

/// The keys of a map.
const KEYS: [&str; 5] = ["columns", "codes", "stated", "questionnaire", "sessions"];

/// The message for a `questionnaire` that is not an address.
const NO_ADDRESS: &str =
    "`questionnaire` must be the address of a form in quotation marks, or a list of such addresses";

/// The values of the codes of a response scale.
pub(super) type Codes = BTreeMap<String, f64>;

/// The content of a map.
#[derive(Default)]
pub(crate) struct Map {
    /// The name of the file in messages.
    name: String,
    /// For each item, its column, and the position of the entry in the file.
    columns: BTreeMap<String, (String, String)>,
    /// The values of codes for each response scale.
    codes: BTreeMap<String, Codes>,
    /// The link id or the column of the stated score for each scale.
    stated: BTreeMap<String, String>,
    /// The number of each label of a session, for courses.
    sessions: BTreeMap<String, i32>,
    /// The FHIR forms whose responses are scored.
    forms: Vec<Canonical>,
    /// The items whose columns are named for this instrument and no other: `[columns.<instrument>]`.
    apart: BTreeSet<String>,
    /// The instruments that the map has columns for but that are not scored.
    of_others: Vec<String>,
    /// The errors in the file, reported together with missing columns.
    wrong: Vec<String>,
    /// The items that the map does not name a column for.
    unnamed: BTreeSet<String>,
}

impl Map {
    /// Reads a map. Errors in its entries are reported later, by [`check`](Self::check).
    ///
    /// The table may have answers to several instruments, `all`: then the map may have entries of each.
    pub(crate) fn read(
        path: &Path,
        (instrument, all): (&Instrument, &[&Instrument]),
        cwd: &Path,
    ) -> Result<Self, Stop> {
        let name = path.display().to_string();
        let text = text(&name, &cwd.join(path))?;
        let mut reading = Reading { name, text: &text, wrong: Vec::new(), all };
        let mut map = reading.map(instrument);
        let ids = instrument.items.iter().map(|item| item.id.clone());
        map.unnamed = ids.filter(|id| !map.names(id)).collect();
        map.name = reading.name;
        map.wrong = reading.wrong;
        Ok(map)
    }

    /// Whether the map names a column for `item`.
    pub(super) fn names(&self, item: &str) -> bool {
        self.columns.contains_key(item)
    }

    /// Whether the map names a column for `item` of this instrument, and of no other.
    pub(super) fn names_apart(&self, item: &str) -> bool {
        self.apart.contains(item)
    }

    /// Whether the map uses the column `name`.
    fn is_column(&self, name: &str) -> bool {
        self.columns.values().any(|(column, _)| column == name)
    }

    /// Adds the columns of items and scales, each with its position in a file. Existing entries take precedence.
    pub(super) fn add(
        &mut self,
        columns: BTreeMap<String, (String, String)>,
        instrument: &Instrument,
    ) {
        for (id, column) in columns {
            match instrument.items.iter().any(|item| item.id == id) {
                true => _ = self.columns.entry(id).or_insert(column),
                false => _ = self.stated.entry(id).or_insert(column.0),
            }
        }
    }

    /// Whether the map has entries that apply only to FHIR responses.
    pub(crate) fn is_of_fhir(&self) -> bool {
        !self.codes.is_empty() || !self.forms.is_empty()
    }

    /// Whether the map names stated scores, which only FHIR responses and REDCap exports have.
    pub(crate) fn has_stated(&self) -> bool {
        !self.stated.is_empty()
    }

    /// The number of each label of a session.
    pub(super) fn sessions(&self) -> &BTreeMap<String, i32> {
        &self.sessions
    }

    /// The column or link id that the map names for the stated score of `scale`.
    pub(super) fn named_stated(&self, scale: &str) -> Option<&str> {
        self.stated.get(scale).map(String::as_str)
    }

    /// The FHIR forms whose responses are scored.
    pub(super) fn forms(&self) -> &[Canonical] {
        &self.forms
    }

    /// The values of the codes of a response scale.
    pub(super) fn codes(&self, response_scale: &str) -> Option<&Codes> {
        self.codes.get(response_scale)
    }

    /// The link id of the stated score of `scale`; by default the id of the scale.
    pub(super) fn stated<'a>(&'a self, scale: &'a str) -> &'a str {
        self.stated.get(scale).map_or(scale, String::as_str)
    }

    /// The column that answers `item`; by default its id.
    pub(crate) fn column<'a>(&'a self, item: &'a str) -> &'a str {
        self.columns.get(item).map_or(item, |(column, _)| column)
    }

    /// Reports the errors in the map, and its columns that are not among `columns`, if those are known.
    ///
    /// # Errors
    ///
    /// When there are any. Each is a note; the error contains their number.
    pub(crate) fn check(
        &self,
        columns: Option<&[String]>,
        table: &str,
        notes: &mut Vec<Note>,
    ) -> Result<(), Stop> {
        let mut wrong = self.wrong.clone();
        for (column, place) in self.columns.values() {
            let Some(columns) = columns.filter(|columns| !columns.contains(column)) else {
                continue;
            };
            // Columns in use are not suggested.
            let in_use = |name: &str| self.unnamed.contains(name) || self.is_column(name);
            let free = columns.iter().map(String::as_str).filter(|name| !in_use(name));
            let near = hints::nearest(column, free);
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            wrong.push(format!("{place}: `{table}` has no column `{column}`{help}"));
        }
        let (name, count) = (&self.name, wrong.len());
        if !self.of_others.is_empty() {
            let ids: Vec<String> = self.of_others.iter().map(|id| format!("`{id}`")).collect();
            let text = format!("columns of other instruments, so not used: {}", ids.join(", "));
            notes.push(Note::info(text).about(name));
        }
        notes.extend(wrong.into_iter().map(|text| Note::new(NoteKind::Error, text)));
        match count {
            0 => Ok(()),
            1 => Err(Stop::wrong(format!("{name}: 1 entry is wrong; nothing was scored"))),
            more => {
                Err(Stop::wrong(format!("{name}: {more} entries are wrong; nothing was scored")))
            }
        }
    }
}

/// Reads the text of a file. The size limit is that of definitions.
fn text(name: &str, path: &Path) -> Result<String, Stop> {
    let (input, _) = Input::open(name, path)?;
    let mut bytes = Vec::new();
    let mut start = input.reader().take(MAX_BYTES as u64 + 1);
    start
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    let help = "give a TOML file with `[columns]` and entries such as `item_id = \"column\"`";
    // Before the length is checked: a large spreadsheet is refused as a spreadsheet.
    if let Kind::Foreign(foreign) = kind(&bytes, &bytes) {
        let message = format!("{name}: this is {}, not a TOML file", foreign.what);
        return Err(Stop::usage(message).help(help));
    }
    if bytes.len() > MAX_BYTES {
        let most = MAX_BYTES >> 20;
        return Err(Stop::usage(format!("{name}: the file is longer than {most} MiB")).help(help));
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes)
        .map_err(|_| Stop::usage(format!("{name}: this is not UTF-8 text")).help(help))
}

/// A file being read.
struct Reading<'t> {
    name: String,
    text: &'t str,
    wrong: Vec<String>,
    /// The instruments that the table has answers to.
    all: &'t [&'t Instrument],
}

impl Reading<'_> {
    /// Whether an id is known to one of the instruments, so that it may be left to that one.
    fn is_of_any(&self, has: impl Fn(&Instrument) -> bool) -> bool {
        self.all.iter().any(|instrument| has(instrument))
    }

    /// The position of a byte, as `file:line:column`.
    fn place(&self, at: usize) -> String {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    /// Adds an error at a byte.
    fn report(&mut self, at: usize, what: &str) {
        let place = self.place(at);
        self.wrong.push(format!("{place}: {what}"));
    }

    fn map(&mut self, instrument: &Instrument) -> Map {
        let text = self.text;
        // The parser recovers from errors, so that all of them are reported.
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.report(error.span().map_or(0, |span| span.start), "this is not TOML");
        }
        let mut map = Map::default();
        for (key, value) in root.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("columns", DeValue::Table(table)) => self.columns(table, instrument, &mut map),
                ("codes", DeValue::Table(table)) => map.codes = self.codes(table, instrument),
                ("stated", DeValue::Table(table)) => map.stated = self.stated(table, instrument),
                ("questionnaire", DeValue::String(_)) => {
                    map.forms = self.forms(std::slice::from_ref(value));
                }
                ("questionnaire", DeValue::Array(list)) => map.forms = self.forms(list),
                ("questionnaire", _) => self.report(value.span().start, NO_ADDRESS),
                ("sessions", DeValue::Table(table)) => map.sessions = self.sessions(table),
                (known @ ("columns" | "codes" | "stated" | "sessions"), _) => {
                    self.report(value.span().start, &format!("`{known}` is not a table"));
                }
                (other, _) => {
                    let help = did_you_mean(other, KEYS);
                    let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                    self.report(key.span().start, &format!("unknown key `{other}`{help}"));
                }
            }
        }
        // After another error the entries may only seem to be missing.
        let has_other = map.is_of_fhir() || map.has_stated() || !map.sessions.is_empty();
        let has_other = has_other || self.all.len() > 1 || !map.of_others.is_empty();
        if map.columns.is_empty() && !has_other && self.wrong.is_empty() {
            self.report(
                0,
                "the file has no `[columns]` with entries such as `item_id = \"column\"`",
            );
        }
        map
    }

    /// Reads `questionnaire = "address"`, or a list of addresses. Each may have a version: `address|1.0`.
    fn forms(&mut self, list: &[Spanned<DeValue<'_>>]) -> Vec<Canonical> {
        let mut forms = Vec::new();
        for value in list {
            let canonical = value.get_ref().as_str().and_then(Canonical::parse);
            match canonical {
                Some(canonical) => forms.push(canonical),
                None => self.report(value.span().start, NO_ADDRESS),
            }
        }
        forms
    }

    /// Reads `[codes.<response scale>]`: `"Not-at-all" = 0`.
    fn codes(&mut self, table: &DeTable<'_>, instrument: &Instrument) -> BTreeMap<String, Codes> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let scale = instrument.response_scales.iter().find(|scale| scale.name == name);
            let is_known =
                |other: &Instrument| other.response_scales.iter().any(|scale| scale.name == name);
            if scale.is_none() && self.is_of_any(is_known) {
                continue;
            }
            let (Some(scale), DeValue::Table(entries)) = (scale, value.get_ref()) else {
                let what =
                    format!("`{name}` must be the name of a response scale, with a table of codes");
                self.report(key.span().start, &what);
                continue;
            };
            let mut codes = Codes::new();
            for (code, value) in entries {
                let number = match value.get_ref() {
                    DeValue::Integer(number) => {
                        // TOML also has hexadecimal, octal and binary integers.
                        i32::from_str_radix(number.as_str(), number.radix()).ok()
                    }
                    _ => None,
                };
                let refused = match number.map(f64::from) {
                    None => Some("the value of a code must be a whole number".to_owned()),
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
    fn sessions(&mut self, table: &DeTable<'_>) -> BTreeMap<String, i32> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let number = match value.get_ref() {
                DeValue::Integer(number) => {
                    i32::from_str_radix(number.as_str(), number.radix()).ok()
                }
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
    fn stated(&mut self, table: &DeTable<'_>, instrument: &Instrument) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let scale = key.get_ref().as_ref();
            let has = |instrument: &Instrument| instrument.scales.iter().any(|s| s.id == scale);
            if !has(instrument) && self.is_of_any(has) {
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
    fn columns(&mut self, table: &DeTable<'_>, instrument: &Instrument, map: &mut Map) {
        map.columns = self.entries(table, instrument);
        for (key, value) in table {
            let DeValue::Table(entries) = value.get_ref() else { continue };
            let id = key.get_ref().as_ref();
            if id == instrument.id {
                let own = self.entries(entries, instrument);
                map.apart = own.keys().cloned().collect();
                map.columns.extend(own);
            } else if !self.is_of_any(|other| other.id == id) {
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
            if matches!(value.get_ref(), DeValue::Table(_)) {
                continue;
            }
            let has = |instrument: &Instrument| instrument.items.iter().any(|one| one.id == item);
            if !has(instrument) && self.is_of_any(has) {
                continue;
            }
            if !ids().any(|id| id == item) {
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
