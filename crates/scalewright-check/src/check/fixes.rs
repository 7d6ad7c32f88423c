//! Fixes that remove a part of the definition: its words in the wording files are removed with it, because a wording
//! file must not have words for what does not exist.

use std::ops::Range;

use scalewright_model::{Change, Diagnostic, Pointer, Segment};
use toml::de::DeValue;

use crate::places::Places;
use crate::{Document, Edit, Finding};

/// Returns what the fix of each finding removes.
pub(super) fn removed(found: &[Diagnostic]) -> Vec<Vec<Pointer>> {
    let of_change = |change: &Change| match change {
        Change::Remove(place) => Some(place.clone()),
        Change::Replace(..) => None,
    };
    let of = |finding: &Diagnostic| {
        let changes = finding.remedy.iter().flat_map(|remedy| &remedy.changes);
        changes.filter_map(of_change).collect()
    };
    found.iter().map(of).collect()
}

/// The wording files of a definition, among its documents.
pub(super) struct Wordings<'d> {
    pub(super) documents: &'d [Document],
    /// The indices of the wording files.
    pub(super) all: Range<usize>,
    /// The index of the first one that is supplied, and must not be changed.
    pub(super) supplied: usize,
}

impl Wordings<'_> {
    /// Completes the fixes of findings about the definition. A fix that would need a change of a supplied wording file
    /// is not offered.
    pub(super) fn complete(&self, removed: &[Vec<Pointer>], findings: &mut [Finding]) {
        for (finding, places) in findings.iter_mut().zip(removed) {
            let Some(fix) = finding.fix.as_mut().filter(|_| !places.is_empty()) else { continue };
            match self.words(places) {
                Some(edits) => fix.edits.extend(edits),
                None => finding.fix = None,
            }
        }
    }

    /// Returns the edits that remove the words of parts of the definition, or `None` if these cannot be removed.
    fn words(&self, places: &[Pointer]) -> Option<Vec<Edit>> {
        let (definition, _) = self.documents.first()?.tree(0);
        let named = |place: &Pointer| match place.segments() {
            [Segment::Key(_), Segment::Key(_)] => Some(place.clone()),
            [Segment::Key(list), Segment::Index(_)] => {
                let id = definition.value(&place.key("id")).and_then(DeValue::as_str)?;
                Some(Pointer::top(list).key(id))
            }
            _ => None,
        };
        let names: Vec<Pointer> = places.iter().filter_map(named).collect();
        let mut edits = Vec::new();
        for document in self.all.clone() {
            let own = &self.documents[document];
            let (tree, _) = own.tree(document);
            let there = names.iter().filter(|name| tree.value(name).is_some());
            let changes: Vec<Change> = there.cloned().map(Change::Remove).collect();
            if changes.is_empty() {
                continue;
            }
            if document >= self.supplied {
                return None;
            }
            let spans = Places::new(&own.text, &tree).edits(&changes)?;
            edits.extend(spans.into_iter().map(|(span, text)| Edit { document, span, text }));
        }
        Some(edits)
    }
}
