//! Two versions of an instrument: what changed, whether old scores can be put beside new ones, and which version
//! that demands.
//!
//! Resolved instruments and compiled programs are compared, never text: items by their ids, response scales and
//! sections by the items that use them, scores by what they compute. Each category of change is a file here, and
//! each takes the structs of the model apart completely, so that a new field stops the comparison at compile time
//! until somebody decides what a change of it means.

mod bands;
mod cases;
mod form;
mod items;
mod kinds;
mod labels;
mod metadata;
mod norms;
mod pairs;
mod responses;
mod rights;
mod scales;
mod standing;
mod tried;
mod version;
mod words;

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Instrument, ItemIx, Part, Pointer, ScaleIx};
use scalewright_scoring::Program;

pub use kinds::{Bump, Category, Effect, Kind};
pub use standing::{Standing, Verdict};

use crate::document::Tree;
use crate::{Checked, Finding, Mark, locate};
use pairs::Pairs;

/// What changed between two versions of an instrument.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The changes, by category and place.
    pub changes: Vec<Change>,
    /// Whether old scores can be put beside new ones, for each score there is or was.
    pub standings: Vec<Standing>,
    /// The part of the version that the changes demand to be raised.
    pub demands: Bump,
    /// The lowest version that agrees with the changes.
    pub needed: String,
    /// What is wrong with the new version; nothing when it agrees with the changes.
    pub finding: Option<Finding>,
}

/// A change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// What is changed: ``the stem of `a2` ``.
    pub what: String,
    /// As it was, in words.
    pub old: Option<String>,
    /// As it is, in words.
    pub new: Option<String>,
    /// The language of the words, for a change of words that are not the source's.
    pub language: Option<String>,
    /// Where it is to be seen.
    pub place: Place,
    touches: Touches,
    at: (Version, usize, Pointer, Part),
}

/// A place in one of the two versions.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which of the two.
    pub version: Version,
    /// Where in its documents.
    pub mark: Mark,
}

/// One of the two that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The new one: where a change is to be seen, if it can.
    New,
    /// The old one: for what is gone.
    Old,
}

/// Which scores a change is about, by the positions of the new version.
#[derive(Debug, Clone)]
enum Touches {
    Nothing,
    Everything,
    Items(Vec<ItemIx>),
    Scale(ScaleIx),
}

impl Change {
    fn new(kind: Kind, what: impl Into<String>) -> Self {
        let at = (Version::New, 0, Pointer::root(), Part::Key);
        let mark = Mark { document: 0, span: 0..0, text: String::new() };
        let place = Place { version: Version::New, mark };
        Self {
            kind,
            what: what.into(),
            old: None,
            new: None,
            language: None,
            place,
            touches: Touches::Nothing,
            at,
        }
    }

    fn was(self, old: impl Into<String>) -> Self {
        Self { old: Some(old.into()), ..self }
    }

    fn is(self, new: impl Into<String>) -> Self {
        Self { new: Some(new.into()), ..self }
    }

    fn turns(self, old: Option<String>, new: Option<String>) -> Self {
        Self { old, new, ..self }
    }

    /// At a place of the new definition.
    fn at(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Value), ..self }
    }

    /// At a key, or the header of a table, of the new definition.
    fn at_key(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Key), ..self }
    }

    /// At a place of another document of the new version.
    fn inside(self, document: usize, place: Pointer) -> Self {
        Self { at: (Version::New, document, place, Part::Value), ..self }
    }

    /// At a place of the old definition: it is gone.
    fn gone(self, place: Pointer) -> Self {
        Self { at: (Version::Old, 0, place, Part::Key), ..self }
    }

    /// At a place of another document of the old version.
    fn gone_inside(self, document: usize, place: Pointer) -> Self {
        Self { at: (Version::Old, document, place, Part::Key), ..self }
    }

    fn touching(self, touches: Touches) -> Self {
        Self { touches, ..self }
    }

    fn in_language(self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self }
    }
}

/// One of the two versions, with all that is known of it.
struct Side<'a> {
    checked: &'a Checked,
    file: &'a InstrumentFile,
    instrument: &'a Instrument,
    program: &'a Program,
    trees: Vec<Tree<'a>>,
}

impl<'a> Side<'a> {
    fn of(checked: &'a Checked) -> Option<Self> {
        if checked.findings.iter().any(|finding| checked.obscures(finding)) {
            return None;
        }
        let instrument = checked.instrument.as_ref()?;
        let file = checked.file.as_ref()?;
        let documents = checked.documents.iter().enumerate();
        let trees = documents.map(|(index, document)| document.tree(index).0).collect();
        Some(Self { checked, file, instrument, program: &checked.program, trees })
    }

    /// The document that holds the words of `language`: a wording file, or the definition itself.
    fn document(&self, language: &str) -> usize {
        let key = Pointer::top("language");
        let said = |tree: &Tree<'_>| {
            tree.value(&key)
                .and_then(|value| value.as_str())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(language))
        };
        self.trees.iter().skip(1).position(said).map_or(0, |position| position + 1)
    }

    fn item(&self, item: ItemIx) -> &'a str {
        &self.instrument.items[item.0].id
    }

    fn scale(&self, scale: ScaleIx) -> &'a str {
        &self.instrument.scales[scale.0].id
    }
}

/// Both versions, and which parts of them belong together.
struct Both<'a> {
    old: Side<'a>,
    new: Side<'a>,
    pairs: Pairs,
    /// For each new item whether the labels of its answers stand at other values.
    turned: Vec<bool>,
}

/// Compares two versions of an instrument; nothing when an error leaves open what one of them says. What lints and
/// cases have against them leaves nothing open.
#[must_use]
pub fn compare(old: &Checked, new: &Checked) -> Option<Comparison> {
    let (old, new) = (Side::of(old)?, Side::of(new)?);
    let pairs = Pairs::of(&old, &new);
    let turned = labels::turned(&old, &new, &pairs);
    let both = Both { old, new, pairs, turned };
    let mut changes = Vec::new();
    items::compare(&both, &mut changes);
    words::compare(&both, &mut changes);
    responses::compare(&both, &mut changes);
    let equal = scales::compare(&both, &mut changes);
    bands::compare(&both, &mut changes);
    norms::compare(&both, &equal, &mut changes);
    scales::unexplained(&both, &equal, &mut changes);
    rights::compare(&both, &mut changes);
    cases::compare(&both, &mut changes);
    metadata::compare(&both, &mut changes);
    for change in &mut changes {
        change.place = both.place(&change.at);
    }
    changes.sort_by_key(Change::order);
    let standings = standing::all(&both, &changes, &equal);
    let told = changes.iter().map(|change| change.kind.bump());
    let demands = told.chain(standings.iter().map(Standing::bump)).max().unwrap_or(Bump::None);
    let (before, after) = (&both.old.instrument.version, &both.new.instrument.version);
    let finding = version::finding(before, after, demands);
    let documents = &both.new.checked.documents;
    let finding = documents
        .first()
        .and_then(|document| locate(finding.into_iter().collect(), 0, document).pop());
    let needed = version::needed(before, demands);
    Some(Comparison { changes, standings, demands, needed, finding })
}

impl Change {
    fn order(&self) -> (Category, Version, usize, usize) {
        let Place { version, mark } = &self.place;
        (self.kind.category(), *version, mark.document, mark.span.start)
    }
}

impl Both<'_> {
    fn place(&self, (version, document, pointer, part): &(Version, usize, Pointer, Part)) -> Place {
        let side = match version {
            Version::New => &self.new,
            Version::Old => &self.old,
        };
        let span = side.trees.get(*document).map_or(0..0, |tree| tree.span(pointer, *part));
        let mark = Mark { document: *document, span, text: String::new() };
        Place { version: *version, mark }
    }
}

/// The name of a variant as it is written in files: `SingleSource` is `single-source`.
fn word(value: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// A number in a message.
fn shown(value: f64) -> String {
    scalewright_scoring::emit::number(value)
}

/// A list in a message; long ones are cut.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let names: Vec<&str> = names.into_iter().collect();
    let some: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}
