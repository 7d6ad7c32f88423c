//! `--map FILE`: maps items to columns that do not have the id of the item, and declares what their cells mean. It also sets
//! the values of codes, names stated scores, and for FHIR the forms to score.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use scalewright_check::MAX_BYTES;
use scalewright_model::text::plain;
use scalewright_model::{Instrument, ItemIx};

use crate::{Note, NoteKind, Stop};
use scalewright_check::kinds::kind;

use super::age_columns::AgeColumns;
use super::background_from::BackgroundFrom;
use super::codes::Codes;
use super::fhir_canonical::Canonical;
use super::hints;
use super::input::Input;
use super::map_reading::MapReading;
use super::meaning::Meaning;
use super::missing::MissingCode;

/// The content of a map.
#[derive(Default)]
pub(crate) struct Map {
    /// The name of the file in messages.
    name: String,
    /// For each item, its column, and the position of the entry in the file.
    pub(super) columns: BTreeMap<String, (String, String)>,
    /// The values of codes for each response scale or item.
    pub(super) codes: BTreeMap<String, Codes>,
    /// The link id or the column of the stated score for each scale.
    pub(super) stated: BTreeMap<String, String>,
    /// The number of each label of a session, for courses.
    pub(super) sessions: BTreeMap<String, i32>,
    /// The FHIR forms whose responses are scored.
    pub(super) forms: Vec<Canonical>,
    /// The items whose columns are named for this instrument and no other: `[columns.<instrument>]`.
    pub(super) apart: BTreeSet<String>,
    /// The instruments that the map has columns for but that are not scored.
    pub(super) of_others: Vec<String>,
    /// What the cells mean.
    pub(super) meaning: Meaning,
    /// The codes that mark missing answers.
    pub(super) missing: Vec<MissingCode>,
    /// The items whose answers are already reversed.
    pub(super) reversed: BTreeSet<ItemIx>,
    /// The columns that the age is computed from.
    pub(super) age: AgeColumns,
    /// Where facts about respondents are that the rows do not state.
    pub(super) background: Option<BackgroundFrom>,
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
        let (mut map, wrong) = MapReading::new((&name, &text), all).map(instrument);
        let ids = instrument.items.iter().map(|item| item.id.clone());
        map.unnamed = ids.filter(|id| !map.names(id)).collect();
        map.name = name;
        if let Some(BackgroundFrom::Table { path, .. }) = &mut map.background {
            *path = cwd.join(&*path);
        }
        map.wrong = wrong;
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
        !self.forms.is_empty()
    }

    /// The name of the file in messages.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What the cells mean.
    pub(super) fn meaning(&self) -> &Meaning {
        &self.meaning
    }

    /// The codes that mark missing answers.
    pub(super) fn missing(&self) -> &[MissingCode] {
        &self.missing
    }

    /// The items whose answers are already reversed, in the order of the definition.
    pub(super) fn reversed(&self) -> impl Iterator<Item = ItemIx> {
        self.reversed.iter().copied()
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

    /// The values of the codes of an item: its own, or those of its response scale.
    pub(super) fn codes(&self, instrument: &Instrument, item: ItemIx) -> Option<&Codes> {
        let scale = |name: &String| instrument.response_scales.iter().any(|s| s.name == *name);
        let id = &instrument.items[item.0].id;
        // A table that has the name of a response scale is about that.
        let own = self.codes.get(id).filter(|_| !scale(id));
        own.or_else(|| self.codes.get(&instrument.response(item).name))
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
pub(super) fn text(name: &str, path: &Path) -> Result<String, Stop> {
    let (input, _) = Input::open(name, path)?;
    let mut bytes = Vec::new();
    let mut start = input.reader().take(MAX_BYTES as u64 + 1);
    start
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    let help = "give a TOML file with `[columns]` and entries such as `item_id = \"column\"`";
    // Before the length is checked: a large spreadsheet is refused as a spreadsheet.
    if let Some(foreign) = kind(&bytes, &bytes).foreign() {
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
