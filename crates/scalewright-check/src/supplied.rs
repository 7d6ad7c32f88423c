//! A key that somebody supplies for a definition without one: applied before the definition is resolved, so that
//! everything after that treats it like a key of the definition. Findings about it are placed in its own file.

use std::collections::BTreeSet;
use std::fmt::Write;

use scalewright_model::file::{
    CasesFile, FORMAT, InstrumentFile, KeyDisclosure, KeyFile, KeyScaleFile, ReferenceFile,
    ScaleFile,
};
use scalewright_model::{Diagnostic, KeyStatus, MissingKind, Pointer, Segment, did_you_mean};
use sha2::{Digest, Sha256};

/// The id of the reference that a supplied key adds to the definition.
const REFERENCE: &str = "supplied-key";

/// A key that was supplied, for messages and for the decision what may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppliedKey {
    /// The index of the document that contains it.
    pub document: usize,
    /// The digest of the key: `sha256:` and 64 hexadecimal digits. It does not depend on comments, on the order of the
    /// scales or on the source.
    pub digest: String,
    /// The citation of the source, with the page.
    pub source: String,
    /// Which outputs may contain the key.
    pub may_appear_in: KeyDisclosure,
}

/// A definition with the key that was supplied for it.
pub(crate) struct Keyed {
    pub(crate) file: InstrumentFile,
    pub(crate) places: KeyPlaces,
    pub(crate) supplied: SuppliedKey,
    /// The cases of the key file, as a file of their own.
    pub(crate) cases: Option<CasesFile>,
    /// Findings, with their places in the key file.
    pub(crate) found: Vec<Diagnostic>,
}

/// The places of the parts of a definition that come from a key file.
#[derive(Debug, Clone)]
pub(crate) struct KeyPlaces {
    /// The index of the key file among the documents.
    pub(crate) document: usize,
    /// For each scale of the definition, the position of its key.
    scales: Vec<Option<usize>>,
    /// The number of references that the definition itself has.
    references: usize,
    /// The number of cases that `cases.toml` has. The lints number the cases of the key file after them.
    pub(crate) cases: usize,
}

impl KeyPlaces {
    /// Returns the place in the key file of a place in the definition; `None` if it is in the definition itself.
    pub(crate) fn of_definition(&self, place: &Pointer) -> Option<Pointer> {
        let (list, index, rest) = entry(place)?;
        match list {
            "references" => (index >= self.references).then(|| Pointer::top("source")),
            "scales" => {
                let at = (*self.scales.get(index)?)?;
                let of_key = match rest.first() {
                    Some(Segment::Key(key)) => KEYS.contains(&key.as_str()),
                    _ => true,
                };
                of_key.then(|| joined(Pointer::entry("scales", at), rest))
            }
            _ => None,
        }
    }

    /// Returns the place in the key file of a place in the cases; `None` if it is in `cases.toml`.
    fn of_cases(&self, place: &Pointer) -> Option<Pointer> {
        let (list, index, rest) = entry(place)?;
        let at = index.checked_sub(self.cases).filter(|_| list == "cases")?;
        Some(joined(Pointer::entry("cases", at), rest))
    }

    /// Moves a finding about the definition, or about its cases, to the key file if its place is there.
    pub(crate) fn moved(&self, found: &Diagnostic, in_cases: bool) -> Option<Diagnostic> {
        let place = |place: &Pointer| match in_cases {
            true => self.of_cases(place),
            false => self.of_definition(place),
        };
        place(&found.labels.first()?.pointer)?;
        // Only marks in the key file: the message is complete without the others.
        let labels = found.labels.iter().filter_map(|label| {
            Some(scalewright_model::Label { pointer: place(&label.pointer)?, ..label.clone() })
        });
        Some(Diagnostic { labels: labels.collect(), remedy: None, ..found.clone() })
    }
}

/// The keys of `[[scales]]` that a key file contains.
const KEYS: &[&str] = &[
    "id",
    "items",
    "scales",
    "weights",
    "score",
    "multiply",
    "round",
    "missing",
    "min-answered",
    "min-proportion",
    "max-missing",
    "mandatory",
    "substitute",
    "stated-range",
    "key-status",
    "key-source",
    "missing-source",
];

/// Splits a place into a list of the top level, an index, and the rest.
fn entry(place: &Pointer) -> Option<(&str, usize, &[Segment])> {
    match place.segments() {
        [Segment::Key(list), Segment::Index(index), rest @ ..] => Some((list, *index, rest)),
        _ => None,
    }
}

fn joined(place: Pointer, rest: &[Segment]) -> Pointer {
    rest.iter().fold(place, |place, segment| place.join(segment.clone()))
}

/// Returns the definition with the key of `key`, which is the document at `document`.
pub(crate) fn apply(file: &InstrumentFile, key: &KeyFile, document: usize) -> Keyed {
    let mut found = Vec::new();
    let mut keyed = file.clone();
    header(file, key, &mut found);
    let mut scales = vec![None; file.scales.len()];
    let mut seen = BTreeSet::new();
    for (at, of) in key.scales.iter().enumerate() {
        let place = Pointer::entry("scales", at).key("id");
        if !seen.insert(&of.id) {
            let message = format!("the key of `{}` is given twice", of.id);
            found.push(
                Diagnostic::error("duplicate-id", message)
                    .at(place, "given again here")
                    .help("keep one of the two"),
            );
            continue;
        }
        let Some(index) = file.scales.iter().position(|scale| scale.id == of.id) else {
            found.push(unknown(file, &of.id, place));
            continue;
        };
        if let Some(refused) = not_needed(&file.scales[index], &place) {
            found.push(refused);
            continue;
        }
        scales[index] = Some(at);
        fill(&mut keyed.scales[index], of, key.key_status);
    }
    let digest = digest(key);
    keyed.references.push(reference(key, &digest));
    let supplied = SuppliedKey {
        document,
        digest,
        source: format!("{}, {}", key.source.citation.trim_end_matches('.'), key.source.page),
        may_appear_in: key.may_appear_in,
    };
    let places = KeyPlaces { document, scales, references: file.references.len(), cases: 0 };
    Keyed { file: keyed, places, supplied, cases: cases(key), found }
}

fn header(file: &InstrumentFile, key: &KeyFile, found: &mut Vec<Diagnostic>) {
    if key.instrument != file.id {
        let message = format!("this is the key of `{}`, not of `{}`", key.instrument, file.id);
        found.push(
            Diagnostic::error("wrong-instrument", message)
                .at(Pointer::top("instrument"), "")
                .help(format!("write `instrument = \"{}\"`, or supply the other key", file.id)),
        );
    }
    if matches!(key.key_status, KeyStatus::Recalled | KeyStatus::Unverified) {
        found.push(
            Diagnostic::error("unread-key", "a key from memory cannot be supplied")
                .at(Pointer::top("key-status"), "")
                .help("read it in a source and name that: `single-source`, or `verified` if it is the instrument's own publication"),
        );
    }
    if !scalewright_model::is_date(&key.source.read) {
        let message = format!("`{}` is not a date", key.source.read);
        found.push(
            Diagnostic::error("no-such-date", message)
                .at(Pointer::top("source").key("read"), "")
                .help("write the day on which the key was read: `2026-01-05`"),
        );
    }
}

fn unknown(file: &InstrumentFile, id: &str, place: Pointer) -> Diagnostic {
    let ids = file.scales.iter().map(|scale| scale.id.as_str());
    Diagnostic::error("unknown-scale", format!("`{}` has no scale `{id}`", file.id))
        .at(place, "not in the definition")
        .help(did_you_mean(id, ids).unwrap_or_else(|| {
            format!("`scalewright key {}` lists the scales that need a key", file.id)
        }))
}

/// Whether a key file may supply the key of a scale with this status.
#[must_use]
pub fn needs_key(status: Option<KeyStatus>) -> bool {
    matches!(status, Some(KeyStatus::Unverified | KeyStatus::Recalled))
}

fn not_needed(scale: &ScaleFile, place: &Pointer) -> Option<Diagnostic> {
    if needs_key(scale.key_status) {
        return None;
    }
    let message = format!("the definition already has the key of `{}`, from a source", scale.id);
    Some(
        Diagnostic::error("superfluous-key", message)
            .at(place.clone(), "")
            .help("remove it here; if the definition is wrong, correct the definition"),
    )
}

/// Replaces the key of a scale.
fn fill(scale: &mut ScaleFile, key: &KeyScaleFile, status: KeyStatus) {
    let KeyScaleFile {
        id: _,
        items,
        scales,
        weights,
        score,
        multiply,
        round,
        missing,
        min_answered,
        min_proportion,
        max_missing,
        mandatory,
        substitute,
        stated_range,
    } = key;
    scale.items.clone_from(items);
    scale.scales.clone_from(scales);
    scale.weights.clone_from(weights);
    scale.score = score.unwrap_or(scale.score);
    scale.multiply = multiply.or(scale.multiply);
    scale.round = round.or(scale.round);
    scale.missing = *missing;
    scale.min_answered = *min_answered;
    scale.min_proportion.clone_from(min_proportion);
    // These limits belong to the rule of the definition, which the key replaces.
    (scale.more_than_answered, scale.more_than_proportion) = (None, None);
    scale.max_missing = *max_missing;
    scale.mandatory.clone_from(mandatory);
    scale.substitute = *substitute;
    scale.substitutes.clear();
    scale.stated_range = stated_range.or(scale.stated_range);
    scale.key_status = Some(status);
    scale.key_source = vec![REFERENCE.to_owned()];
    // `no-score` may mean that the source states no rule.
    scale.missing_source = match missing {
        MissingKind::NoScore => Vec::new(),
        _ => vec![REFERENCE.to_owned()],
    };
}

/// The reference that states the source of the key wherever the references of the definition are published.
fn reference(key: &KeyFile, digest: &str) -> ReferenceFile {
    let source = &key.source;
    let mut note = format!(
        "The key, supplied from a file: {digest}. {}, read on {}.",
        source.page, source.read
    );
    if let Some(more) = &source.note {
        note.push_str(&format!(" {more}"));
    }
    ReferenceFile {
        id: REFERENCE.to_owned(),
        citation: source.citation.clone(),
        doi: None,
        url: None,
        note: Some(note),
    }
}

fn cases(key: &KeyFile) -> Option<CasesFile> {
    let source = format!("{}, {}", key.source.citation, key.source.page);
    (!key.cases.is_empty()).then(|| CasesFile {
        format: FORMAT,
        instrument: key.instrument.clone(),
        source,
        tolerance: None,
        tolerance_reason: None,
        cases: key.cases.clone(),
    })
}

/// Returns the digest of what the key says about scores, by scale.
fn digest(key: &KeyFile) -> String {
    let mut scales: Vec<&KeyScaleFile> = key.scales.iter().collect();
    scales.sort_by(|a, b| a.id.cmp(&b.id));
    // The number of this notation: digests of another notation can never be equal to these.
    let mut text = format!("key 1\n{}\n", key.instrument);
    for scale in scales {
        let line = serde_json::to_string(scale).expect("internal: a scale can be written as JSON");
        text.push_str(&line);
        text.push('\n');
    }
    let mut digest = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
