//! Compares two versions of an instrument: what changed, whether old scores are comparable with new ones, and which
//! version number the changes require.
//!
//! The comparison uses resolved instruments and compiled programs, never text: items are compared by their ids,
//! response scales and sections by the items that use them, scores by what they compute. Each category of change has a
//! file here. Each file destructures the structs of the model completely, so that a new field fails to compile until
//! somebody decides what a change of it means.

mod bands;
mod both;
mod canonical;
mod cases;
mod change;
mod comparability;
mod findings;
mod forms;
mod items;
mod kinds;
mod labels;
mod metadata;
mod norms;
mod notes;
mod pairs;
mod responses;
mod rights;
mod same_words;
mod scales;
mod settings;
mod side;
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
pub use comparability::{Comparability, Verdict};
pub use findings::removed;
pub use forms::forms;
pub use kinds::{Bump, Category, Effect, Kind};
pub use settings::settings;

/// What changed between two versions of an instrument.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The changes, by category and place.
    pub changes: Vec<Change>,
    /// Whether old scores are comparable with new ones, for each score of either version.
    pub standings: Vec<Comparability>,
    /// The part of the version number that must be raised.
    pub demands: Bump,
    /// The lowest version number that agrees with the changes.
    pub needed: String,
    /// An error about the new version number; `None` if it agrees with the changes.
    pub finding: Option<Finding>,
}

impl Comparison {
    /// Returns the number of changes of keys, of rules and of the scales themselves.
    #[must_use]
    pub fn of_scores(&self) -> usize {
        let categories =
            [Category::Keying, Category::Formula, Category::MissingRule, Category::Scale];
        let changes = self.changes.iter().map(|change| change.kind.category());
        changes.filter(|category| categories.contains(category)).count()
    }
}

/// Compares two versions of an instrument. Returns `None` if an error leaves the meaning of one of them open; findings
/// of lints and about cases never do.
#[must_use]
pub fn compare(old: &Checked, new: &Checked) -> Option<Comparison> {
    let (old, new) = (Side::of(old)?, Side::of(new)?);
    let pairs = Pairs::of(&old, &new);
    let labels_moved = labels::moved(&old, &new, &pairs);
    let both = Both { old, new, pairs, labels_moved };
    let mut changes = Vec::new();
    items::compare(&both, &mut changes);
    notes::compare(&both, &mut changes);
    words::compare(&both, &mut changes);
    responses::compare(&both, &mut changes);
    let equal = scales::compare(&both, &mut changes);
    bands::compare(&both, &mut changes);
    norms::compare(&both, &equal, &mut changes);
    // After all others that report changes of scores, because it reports only scores that none of them explains.
    scales::unexplained(&both, &equal, &mut changes);
    rights::compare(&both, &mut changes);
    cases::compare(&both, &mut changes);
    metadata::compare(&both, &mut changes);
    for change in &mut changes {
        change.place = both.place(&change.at);
    }
    // Before the verdicts, whose reasons are in the order of the changes.
    changes.sort_by_key(Change::order);
    let standings = comparability::all(&both, &changes, &equal);
    let bumps = changes.iter().map(|change| change.kind.bump());
    // The verdicts count too: a score may be new, gone or not comparable although each change is small.
    let demands =
        bumps.chain(standings.iter().map(Comparability::bump)).max().unwrap_or(Bump::None);
    let (before, after) = (&both.old.instrument.version, &both.new.instrument.version);
    let finding = version::finding(before, after, demands);
    let documents = &both.new.checked.documents;
    let finding = documents
        .first()
        .and_then(|document| locate(finding.into_iter().collect(), 0, document).pop());
    let needed = version::needed(before, demands);
    Some(Comparison { changes, standings, demands, needed, finding })
}
