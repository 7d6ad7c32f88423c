//! Converts the locations of diagnostics to positions in the texts.

use scalewright_model::Diagnostic;

use crate::document::{Document, Tree};
use crate::finding::{Edit, Finding, Fix, Mark};
use crate::places::Places;

/// Converts diagnostics about the document at `index` to findings with positions.
#[must_use]
pub fn locate(diagnostics: Vec<Diagnostic>, index: usize, document: &Document) -> Vec<Finding> {
    let written = diagnostics.into_iter().map(|one| document.written.moved(one)).collect();
    locate_written(written, index, document)
}

/// Like [`locate`], for diagnostics whose places are those of the definition as written.
pub(crate) fn locate_written(
    diagnostics: Vec<Diagnostic>,
    index: usize,
    document: &Document,
) -> Vec<Finding> {
    // The text is parsed again instead of storing the tree, because few documents have findings.
    if diagnostics.is_empty() {
        return Vec::new();
    }
    let (tree, _) = document.tree(index);
    // Fixes are rare, and reading the layout for them needs another pass over the text.
    let remedied = diagnostics.iter().any(|diagnostic| diagnostic.remedy.is_some());
    let places = remedied.then(|| Places::new(&document.text, &tree));
    let placed = |diagnostic| placed(diagnostic, index, &tree, places.as_ref());
    diagnostics.into_iter().map(placed).collect()
}

fn placed(
    diagnostic: Diagnostic,
    index: usize,
    tree: &Tree<'_>,
    places: Option<&Places<'_>>,
) -> Finding {
    let Diagnostic { code, severity, message, labels, help, remedy } = diagnostic;
    let marks = labels.into_iter().map(|label| Mark {
        document: index,
        span: match &label.within {
            Some(within) => tree.span_within(&label.pointer, within),
            None => tree.span(&label.pointer, label.part),
        },
        pointer: label.pointer,
        text: label.text,
    });
    let fix = remedy.zip(places).and_then(|(remedy, places)| {
        let edits = places.edits(&remedy.changes)?;
        let edits = edits.into_iter().map(|(span, text)| Edit { document: index, span, text });
        Some(Fix { message: remedy.message, edits: edits.collect() })
    });
    Finding { code, severity, message, marks: marks.collect(), help, fix }
}
