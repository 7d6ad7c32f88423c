//! Reads a map: its keys, with the position of each error.

use std::borrow::Cow;
use std::path::Path;

use scalewright_model::{Instrument, did_you_mean};
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::map_file::Map;

/// The keys of a map.
pub(super) const KEYS: [&str; 17] = [
    "age",
    "background",
    "codes",
    "columns",
    "date-format",
    "decimal",
    "instruments",
    "labels",
    "missing",
    "no",
    "open",
    "questionnaire",
    "reversed",
    "sessions",
    "stated",
    "thousands",
    "yes",
];

/// What `instruments` must be.
pub(super) const INSTRUMENTS: &str =
    "`instruments` is a list of ids, files or folders in quotation marks";

/// A map being read.
pub(super) struct MapReading<'t> {
    name: &'t str,
    text: &'t str,
    /// The instruments that the table has answers to.
    all: &'t [&'t Instrument],
    pub(super) wrong: Vec<String>,
}

impl<'t> MapReading<'t> {
    /// Begins to read the text of the file `name`. The table may have answers to several instruments, `all`.
    pub(super) fn new((name, text): (&'t str, &'t str), all: &'t [&'t Instrument]) -> Self {
        Self { name, text, all, wrong: Vec::new() }
    }

    /// Whether an entry is for another instrument, which reads it: `has` tells whether an instrument has what it names.
    pub(super) fn is_of_another(
        &self,
        instrument: &Instrument,
        has: impl Fn(&Instrument) -> bool,
    ) -> bool {
        !has(instrument) && self.all.iter().any(|other| has(other))
    }

    /// The position of a byte, as `file:line:column`.
    pub(super) fn place(&self, at: usize) -> String {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    /// Adds an error at a byte.
    pub(super) fn report(&mut self, at: usize, what: &str) {
        let place = self.place(at);
        self.wrong.push(format!("{place}: {what}"));
    }

    /// Reads the map. Also returns its errors, each with its position.
    pub(super) fn map(mut self, instrument: &Instrument) -> (Map, Vec<String>) {
        let text = self.text;
        // The parser recovers from errors, so that all of them are reported.
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.report(error.span().map_or(0, |span| span.start), "this is not TOML");
        }
        let mut map = Map::default();
        // In the order of the file, so that errors are reported in that order.
        let mut entries: Vec<_> = root.get_ref().iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in &entries {
            self.entry((key, value), &mut map, instrument);
        }
        if let Some((key, stop)) = map.meaning.contradiction() {
            let value = entries.iter().find(|(known, _)| known.get_ref() == key);
            self.report(value.map_or(0, |(_, value)| value.span().start), &stop.message);
        }
        // After another error the entries may only seem to be missing.
        let says_nothing = |value: &Spanned<DeValue<'_>>| matches!(value.get_ref(), DeValue::Table(table) if table.is_empty());
        if entries.iter().all(|(_, value)| says_nothing(value)) && self.wrong.is_empty() {
            self.report(
                0,
                "the file has no `[columns]` with entries such as `item_id = \"column\"`",
            );
        }
        (map, self.wrong)
    }

    fn entry(
        &mut self,
        (key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>),
        map: &mut Map,
        instrument: &Instrument,
    ) {
        let at = value.span().start;
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("age", DeValue::Table(table)) => map.age = self.age(table),
            ("background", DeValue::Table(table)) => {
                let folder = Path::new(self.name).parent().unwrap_or(Path::new(""));
                map.background = self.background(table, (key.span().start, folder));
            }
            ("columns", DeValue::Table(table)) => self.columns(table, instrument, map),
            ("codes", DeValue::Table(table)) => map.codes = self.codes(table, instrument),
            ("stated", DeValue::Table(table)) => map.stated = self.stated(table, instrument),
            ("sessions", DeValue::Table(table)) => map.sessions = self.sessions(table),
            ("missing", DeValue::Table(table)) => map.missing = self.missing(table, instrument),
            // `score --study` takes the instruments from it before the map is read.
            ("instruments", _) => _ = self.texts(value, INSTRUMENTS),
            ("questionnaire", _) => map.forms = self.forms(value),
            ("reversed", _) => map.reversed = self.reversed(value, instrument),
            ("open", DeValue::Array(list)) => self.open(list.len(), key.span().start),
            (
                known @ ("age" | "background" | "columns" | "codes" | "stated" | "sessions"
                | "missing"),
                _,
            ) => {
                self.report(at, &format!("`{known}` is not a table"));
            }
            ("open", _) => self.report(at, "`open` is not a list of questions"),
            (name, _) if self.meaning(name, value, &mut map.meaning) => {}
            (other, _) => {
                let help = did_you_mean(other, KEYS);
                let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                self.report(key.span().start, &format!("unknown key `{other}`{help}"));
            }
        }
    }

    /// Refuses a map with open questions.
    fn open(&mut self, count: usize, at: usize) {
        match count {
            0 => {}
            1 => self.report(at, "the map has 1 open question; decide it and remove `open`"),
            more => {
                let what =
                    format!("the map has {more} open questions; decide them and remove `open`");
                self.report(at, &what);
            }
        }
    }

    /// Reads a text, or a list of texts, each with its position. `what` states what it must be.
    pub(super) fn texts(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        what: &str,
    ) -> Vec<(String, usize)> {
        let list = match value.get_ref() {
            DeValue::Array(list) => &list[..],
            _ => std::slice::from_ref(value),
        };
        let mut texts = Vec::new();
        for entry in list {
            match entry.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), entry.span().start)),
                _ => self.report(entry.span().start, what),
            }
        }
        texts
    }
}

/// A whole number. TOML also has hexadecimal, octal and binary ones.
pub(super) fn whole(integer: &DeInteger<'_>) -> Option<i32> {
    i32::from_str_radix(integer.as_str(), integer.radix()).ok()
}
