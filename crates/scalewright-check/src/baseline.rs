//! Baselines: the findings that a library had when it adopted the check. Only other findings count.
//!
//! A finding is known if the baseline has an entry with its instrument, file, kind, place and message. The place names
//! the entries of lists by their ids and not by their positions, so that an edited, added or moved line elsewhere makes
//! no finding new, and a finding on another item is never known. Errors that leave the meaning of a definition open are
//! never known.

mod file;
mod places;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::text::line;
use scalewright_model::{Diagnostic, Pointer, Severity};

use crate::levels::{self, Level, Levels};
use crate::outside::plugin_of;
use crate::typed::read_toml_up_to;
use crate::{Checked, Document, Finding, Source, id_of, locate};

pub use file::{BaselineFile, KnownFile};
use places::StablePlaces;

/// The most bytes of a baseline.
pub const MOST_BASELINE_BYTES: usize = 16 << 20;

/// The kind of the findings of `check --mutants`.
const MUTANT: &str = "unnoticed-mutant";

/// Known findings, with what a check has found of them.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
    /// The file, if the baseline was read.
    document: Option<Document>,
    /// Whether findings without an entry are added.
    adopts: bool,
    /// The ids of the instruments that were checked.
    seen: BTreeSet<String>,
}

/// What identifies a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    instrument: String,
    file: String,
    code: String,
    at: String,
    message: String,
}

#[derive(Debug, Default)]
struct Entry {
    /// How many findings with this key are known.
    count: usize,
    /// How many of them were found.
    found: usize,
    /// Whether the check would have found them.
    judged: bool,
    /// The position in the file.
    position: Option<usize>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// Returns the text and all findings about it if it is not a baseline.
    pub fn read(source: Source) -> Result<Self, (Document, Vec<Finding>)> {
        let (file, document) = read_toml_up_to::<BaselineFile>(source, MOST_BASELINE_BYTES)?;
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        for (position, known) in file.known.into_iter().enumerate() {
            let KnownFile { instrument, file, lint: code, at, message, count } = known;
            let entry = entries.entry(Key { instrument, file, code, at, message }).or_default();
            entry.count += count.map_or(1, |count| count as usize);
            entry.position.get_or_insert(position);
        }
        Ok(Self { entries, document: Some(document), ..Self::default() })
    }

    /// Returns the same baseline, which takes in every finding that can be known and is not. [`Self::text`] writes it.
    #[must_use]
    pub fn adopting(self) -> Self {
        Self { adopts: true, ..self }
    }

    /// Moves the known findings of `checked` to its `known`, and those of `mutants` too. `levels` are those of the
    /// check. Without `mutants`, no mutants were tried.
    pub fn take(
        &mut self,
        checked: &mut Checked,
        mutants: Option<&mut Vec<Finding>>,
        levels: &Levels,
    ) {
        let text = checked.documents.first().map_or(&[][..], |document| document.text.as_bytes());
        let id = checked.instrument.as_ref().map(|instrument| instrument.id.clone());
        let id = id.or_else(|| id_of(text).map(|id| line(&id))).unwrap_or_default();
        let all = checked.uncut();
        let is_whole = checked.instrument.is_some() && !all.iter().any(|one| checked.is_hard(one));
        let tried = mutants.is_some();
        let (mut known, mut new) = (Vec::new(), Vec::new());
        {
            let places = StablePlaces::new(&checked.documents);
            let mut divide = |finding: Finding, new: &mut Vec<Finding>| match !checked
                .is_hard(&finding)
                && self.has(key(&id, &finding, checked, &places))
            {
                true => known.push(finding),
                false => new.push(finding),
            };
            all.into_iter().for_each(|finding| divide(finding, &mut new));
            if let Some(mutants) = mutants {
                let all = std::mem::take(mutants);
                all.into_iter().for_each(|finding| divide(finding, mutants));
            }
        }
        if is_whole {
            self.judge(&id, checked, levels, tried);
        }
        self.seen.insert(id);
        known.sort_by_key(Finding::order);
        checked.put_back(new, known);
    }

    /// Whether one more finding with this key is known.
    fn has(&mut self, key: Key) -> bool {
        if self.adopts {
            self.entries.entry(key).or_default().found += 1;
            return true;
        }
        let entry = self.entries.get_mut(&key).filter(|entry| entry.found < entry.count);
        entry.map(|entry| entry.found += 1).is_some()
    }

    /// Marks the entries of an instrument that this check would have found.
    fn judge(&mut self, id: &str, checked: &Checked, levels: &Levels, tried: bool) {
        let ran = |code: &str| match plugin_of(code) {
            Some(plugin) => {
                checked.outside.iter().any(|lint| lint.name == code)
                    && checked.problems.iter().all(|problem| problem.plugin != plugin)
            }
            None => code != MUTANT || tried,
        };
        let first = Key { instrument: id.to_owned(), ..Key::default() };
        for (key, entry) in
            self.entries.range_mut(first..).take_while(|(key, _)| key.instrument == id)
        {
            entry.judged |= ran(&key.code) && levels.given_outside(&key.code) != Some(Level::Allow);
        }
    }

    /// Returns hints about the entries whose findings are gone, as the check of the file; `None` if there are none.
    /// `whole` says that the whole library was checked, so that an instrument that was not seen does not exist.
    #[must_use]
    pub fn stale(&self, whole: bool) -> Option<Checked> {
        let document = self.document.clone()?;
        let stale = self.entries.iter().filter(|(key, entry)| {
            let is_gone = whole && !self.seen.contains(&key.instrument);
            is_gone || (entry.judged && entry.found < entry.count)
        });
        let stale: Vec<Diagnostic> = stale.map(|(key, entry)| stale_entry(key, entry)).collect();
        if stale.is_empty() {
            return None;
        }
        let findings = locate(stale, 0, &document);
        Some(Checked::of_file(document, findings, &Levels::default()))
    }

    /// Returns the text of the file, and the number of findings in it. Entries about instruments that were not checked
    /// are kept, unless the `whole` library was checked.
    #[must_use]
    pub fn text(&self, whole: bool) -> (String, usize) {
        let kept = self.entries.iter().filter_map(|(key, entry)| {
            let count = match entry.judged || entry.found > entry.count {
                true => entry.found,
                false if whole && !self.seen.contains(&key.instrument) => 0,
                false => entry.count,
            };
            (count > 0).then_some((key, count))
        });
        text::written(kept)
    }
}

fn stale_entry(key: &Key, entry: &Entry) -> Diagnostic {
    let (code, instrument) = (&key.code, &key.instrument);
    let message = match entry.found {
        0 => format!("`{code}` in `{instrument}` is no longer found: {}", key.message),
        found => format!(
            "`{code}` in `{instrument}` is found {found} of {} times: {}",
            entry.count, key.message
        ),
    };
    let place = Pointer::entry("known", entry.position.unwrap_or_default());
    Diagnostic::new("stale-baseline", Severity::Hint, message)
        .at(place.key("message"), "")
        .help("remove the entry, or write the file again: `--write-baseline`")
}

/// What identifies a finding about the instrument with this id.
fn key(id: &str, finding: &Finding, checked: &Checked, places: &StablePlaces<'_>) -> Key {
    let mark = finding.marks.first();
    let name = mark.and_then(|mark| checked.documents.get(mark.document)).map(|one| &*one.name);
    let file = name.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    Key {
        instrument: id.to_owned(),
        // A library may be moved, so only the name of the file counts.
        file: line(file),
        code: finding.code.to_string(),
        at: mark.map(|mark| places.of(mark.document, &mark.pointer)).unwrap_or_default(),
        message: line(&finding.message),
    }
}

impl Checked {
    /// Whether a finding is an error that no baseline and no level can take away.
    fn is_hard(&self, finding: &Finding) -> bool {
        let is_soft = levels::is_lint(&finding.code)
            || finding.code == MUTANT
            || self.raised.contains(&finding.code);
        finding.is_error() && !is_soft
    }
}
