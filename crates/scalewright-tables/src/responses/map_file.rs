//! `--map FILE`: which column answers which item, where they are not called by the item's id; of FHIR also which form it
//! is about, what codes stand for, and where a response states a score.

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

/// What a map can hold.
const KEYS: [&str; 4] = ["columns", "codes", "stated", "questionnaire"];

/// What is wrong with what is no address of a form.
const NO_ADDRESS: &str =
    "`questionnaire` is the address of a form in quotation marks, or a list of them";

/// What the codes of a response scale stand for.
pub(super) type Codes = BTreeMap<String, f64>;

/// The columns of items, as far as they are named otherwise.
#[derive(Default)]
pub(crate) struct Map {
    name: String,
    /// For an item, its column and where the file says so.
    columns: BTreeMap<String, (String, String)>,
    /// For a response scale, what its codes stand for.
    codes: BTreeMap<String, Codes>,
    /// For a scale, the link id or the column under which its score is stated.
    stated: BTreeMap<String, String>,
    /// The forms of FHIR that it is about.
    forms: Vec<Canonical>,
    /// What is wrong in it, to be told with what the table lacks.
    wrong: Vec<String>,
    /// The items whose columns it does not name.
    unnamed: BTreeSet<String>,
}

impl Map {
    /// Reads `[columns]`; what is wrong is told by `check`.
    pub(crate) fn read(path: &Path, instrument: &Instrument, cwd: &Path) -> Result<Self, Stop> {
        let name = path.display().to_string();
        let text = text(&name, &cwd.join(path))?;
        let mut reading = Reading { name, text: &text, wrong: Vec::new() };
        let mut map = reading.map(instrument);
        let ids = instrument.items.iter().map(|item| item.id.clone());
        map.unnamed = ids.filter(|id| !map.names(id)).collect();
        map.name = reading.name;
        map.wrong = reading.wrong;
        Ok(map)
    }

    /// Whether it names a column for `item`.
    pub(super) fn names(&self, item: &str) -> bool {
        self.columns.contains_key(item)
    }

    /// Whether some item's column is called so.
    fn is_column(&self, name: &str) -> bool {
        self.columns.values().any(|(column, _)| column == name)
    }

    /// Adds columns of items and scales, each with the place in a file that says so, but for those that are named already.
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

    /// Whether it says something that concerns responses in FHIR only.
    pub(crate) fn is_of_fhir(&self) -> bool {
        !self.codes.is_empty() || !self.forms.is_empty()
    }

    /// Whether it says where scores are stated, which tables of answers alone do not do.
    pub(crate) fn has_stated(&self) -> bool {
        !self.stated.is_empty()
    }

    /// The column or link id that it names for the score of `scale`.
    pub(super) fn named_stated(&self, scale: &str) -> Option<&str> {
        self.stated.get(scale).map(String::as_str)
    }

    /// The forms of FHIR whose responses it says how to read.
    pub(super) fn forms(&self) -> &[Canonical] {
        &self.forms
    }

    /// What the codes of this response scale stand for.
    pub(super) fn codes(&self, response_scale: &str) -> Option<&Codes> {
        self.codes.get(response_scale)
    }

    /// The link id under which the score of `scale` is stated.
    pub(super) fn stated<'a>(&'a self, scale: &'a str) -> &'a str {
        self.stated.get(scale).map_or(scale, String::as_str)
    }

    /// The column that answers `item`.
    pub(crate) fn column<'a>(&'a self, item: &'a str) -> &'a str {
        self.columns.get(item).map_or(item, |(column, _)| column)
    }

    /// Whether all is right here and, if they are known, among the columns of the table.
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
            // A column that is in use is not what was meant.
            let in_use = |name: &str| self.unnamed.contains(name) || self.is_column(name);
            let free = columns.iter().map(String::as_str).filter(|name| !in_use(name));
            let near = hints::nearest(column, free);
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            wrong.push(format!("{place}: `{table}` has no column `{column}`{help}"));
        }
        let (name, count) = (&self.name, wrong.len());
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

/// The text of a file that is no longer than a definition may be.
fn text(name: &str, path: &Path) -> Result<String, Stop> {
    let (input, _) = Input::open(name, path)?;
    let mut bytes = Vec::new();
    let mut start = input.reader().take(MAX_BYTES as u64 + 1);
    start
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    let help = "give a TOML file with `[columns]` and entries such as `item_id = \"column\"`";
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
}

impl Reading<'_> {
    fn place(&self, at: usize) -> String {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    fn say(&mut self, at: usize, what: &str) {
        let place = self.place(at);
        self.wrong.push(format!("{place}: {what}"));
    }

    fn map(&mut self, instrument: &Instrument) -> Map {
        let text = self.text;
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.say(error.span().map_or(0, |span| span.start), "this is not TOML");
        }
        let mut map = Map::default();
        for (key, value) in root.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("columns", DeValue::Table(table)) => map.columns = self.entries(table, instrument),
                ("codes", DeValue::Table(table)) => map.codes = self.codes(table, instrument),
                ("stated", DeValue::Table(table)) => map.stated = self.stated(table, instrument),
                ("questionnaire", DeValue::String(_)) => {
                    map.forms = self.forms(std::slice::from_ref(value));
                }
                ("questionnaire", DeValue::Array(list)) => map.forms = self.forms(list),
                ("questionnaire", _) => self.say(value.span().start, NO_ADDRESS),
                (known @ ("columns" | "codes" | "stated"), _) => {
                    self.say(value.span().start, &format!("`{known}` is not a table"));
                }
                (other, _) => {
                    let help = did_you_mean(other, KEYS);
                    let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                    self.say(key.span().start, &format!("unknown key `{other}`{help}"));
                }
            }
        }
        if map.columns.is_empty() && !map.is_of_fhir() && !map.has_stated() && self.wrong.is_empty()
        {
            self.say(0, "there is no `[columns]` with entries such as `item_id = \"column\"`");
        }
        map
    }

    /// `questionnaire = "address"`, or a list of addresses; each may have a version, as `address|1.0`.
    fn forms(&mut self, list: &[Spanned<DeValue<'_>>]) -> Vec<Canonical> {
        let mut forms = Vec::new();
        for value in list {
            let canonical = value.get_ref().as_str().and_then(Canonical::parse);
            match canonical {
                Some(canonical) => forms.push(canonical),
                None => self.say(value.span().start, NO_ADDRESS),
            }
        }
        forms
    }

    /// `[codes.<response scale>]`: `"Not-at-all" = 0`.
    fn codes(&mut self, table: &DeTable<'_>, instrument: &Instrument) -> BTreeMap<String, Codes> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let scale = instrument.response_scales.iter().find(|scale| scale.name == name);
            let (Some(scale), DeValue::Table(entries)) = (scale, value.get_ref()) else {
                let what = format!("`{name}` is no response scale with a table of codes");
                self.say(key.span().start, &what);
                continue;
            };
            let mut codes = Codes::new();
            for (code, value) in entries {
                let number = match value.get_ref() {
                    DeValue::Integer(number) => {
                        i32::from_str_radix(number.as_str(), number.radix()).ok()
                    }
                    _ => None,
                };
                let refused = match number.map(f64::from) {
                    None => Some("a code stands for a whole number".to_owned()),
                    Some(number) => {
                        codes.insert(code.get_ref().to_string(), number);
                        scale.accepts(number).err()
                    }
                };
                if let Some(why) = refused {
                    self.say(value.span().start, &why);
                }
            }
            found.insert(name.to_owned(), codes);
        }
        found
    }

    /// `[stated]`: `scale_id = "link id"`.
    fn stated(&mut self, table: &DeTable<'_>, instrument: &Instrument) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let scale = key.get_ref().as_ref();
            if !instrument.scales.iter().any(|known| known.id == scale) {
                self.say(key.span().start, &format!("there is no scale `{scale}`"));
            }
            match value.get_ref() {
                DeValue::String(link) => {
                    found.insert(scale.to_owned(), link.to_string());
                }
                _ => self.say(value.span().start, "a link id is a text in quotation marks"),
            }
        }
        found
    }

    fn entries(
        &mut self,
        table: &DeTable<'_>,
        instrument: &Instrument,
    ) -> BTreeMap<String, (String, String)> {
        let mut found = BTreeMap::new();
        let ids = || instrument.items.iter().map(|item| item.id.as_str());
        // In the order of the file, so that what is wrong is told in that order.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in entries {
            let item = key.get_ref().as_ref();
            let at = key.span().start;
            if !ids().any(|id| id == item) {
                let near = hints::nearest(item, ids().filter(|id| table.get(*id).is_none()));
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.say(at, &format!("there is no item `{item}`{help}"));
            }
            let DeValue::String(column) = value.get_ref() else {
                self.say(value.span().start, "the name of a column is a text in quotation marks");
                continue;
            };
            if let Some(other) = taken.insert(column.to_string(), item.to_owned()) {
                let what = format!("column `{column}` is that of `{other}` already");
                self.say(value.span().start, &what);
            }
            let place = self.place(value.span().start);
            found.insert(item.to_owned(), (column.to_string(), place));
        }
        for id in ids().filter(|id| !found.contains_key(*id)) {
            if let Some(other) = taken.get(id) {
                let at = found.get(other).map_or(String::new(), |(_, place)| place.clone());
                self.wrong.push(format!(
                    "{at}: column `{id}` is that of item `{id}`; name another column for that item too"
                ));
            }
        }
        found
    }
}
