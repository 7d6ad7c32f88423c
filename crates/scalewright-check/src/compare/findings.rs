//! Changes as findings, for reports that programs read.

use scalewright_model::{Diagnostic, Pointer, Severity};

use super::{Bump, Change, Comparison, Version};
use crate::{Checked, Document, Finding, Levels, Mark, locate};

/// Returns a warning that the instrument `id` was removed, as the check of its old definition.
#[must_use]
pub fn removed(id: &str, old: &Checked) -> Checked {
    let none = || Document { name: String::new(), text: String::new() };
    let document = old.documents.first().cloned().unwrap_or_else(none);
    let message = format!("the instrument `{id}` is gone");
    let removed =
        Diagnostic::warning("instrument-removed", message).at(Pointer::top("id"), "").help(
            "restore it if data or publications refer to it: `status = \"retired\"` ends its use",
        );
    let findings = locate(vec![removed], 0, &document);
    Checked::of_file(document, findings, &Levels::default())
}

impl Comparison {
    /// Returns the new version with one finding for each change, and the error about the version number: a warning for
    /// a change that requires a new major version, a hint for any other. What was removed is reported at the beginning
    /// of the new definition.
    #[must_use]
    pub fn as_checked(&self, new: &Checked) -> Checked {
        let changes = self.changes.iter().map(finding);
        let findings = self.finding.clone().into_iter().chain(changes);
        let mut checked = new.clone();
        checked.put_back(findings.collect(), Vec::new());
        checked.silenced.clear();
        checked
    }
}

fn finding(change: &Change) -> Finding {
    let (category, bump) = (change.kind.category().name(), change.kind.bump());
    let language = change.language.as_ref().map(|tag| format!(" ({tag})")).unwrap_or_default();
    let value = |what: &str, value: &Option<String>| {
        let value = value.as_deref().unwrap_or("nothing");
        (change.old.is_some() || change.new.is_some()).then(|| format!("; {what}: {value}"))
    };
    let values = [value("was", &change.old), value("now", &change.new)];
    let values: String = values.into_iter().flatten().collect();
    Finding {
        code: change.kind.name().into(),
        severity: if bump == Bump::Major { Severity::Warning } else { Severity::Hint },
        message: format!("{category}{language}, {}: {}{values}", bump.name(), change.what),
        marks: vec![match change.place.version {
            Version::New => change.place.mark.clone(),
            Version::Old => Mark::at(0, 0..0),
        }],
        help: Vec::new(),
        fix: None,
    }
}
