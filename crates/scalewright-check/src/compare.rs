//! Two versions of an instrument: what changed, whether old scores can be put beside new ones, and which version
//! that demands.
//!
//! Resolved instruments and compiled programs are compared, never text: items by their ids, response scales and
//! sections by the items that use them, scores by what they compute. Each category of change is a file here, and
//! each takes the structs of the model apart completely, so that a new field stops the comparison at compile time
//! until somebody decides what a change of it means.

mod bands;
mod both;
mod cases;
mod change;
mod form;
mod items;
mod kinds;
mod labels;
mod metadata;
mod norms;
mod pairs;
mod responses;
mod rights;
mod same_words;
mod scales;
mod side;
mod standing;
mod text;
mod tried;
mod version;
mod words;

use crate::finding::Finding;
use crate::{Checked, locate};
use both::Both;
use change::Touches;
use pairs::Pairs;
use side::Side;
use text::{listed, shown, word};

pub use change::{Change, Place, Version};
pub use kinds::{Bump, Category, Effect, Kind};
pub use standing::{Standing, Verdict};

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
