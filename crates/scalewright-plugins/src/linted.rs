//! Turns the lints of a plug-in and their findings into those of a check.

use scalewright_check::Document;
use scalewright_check::outside::{OutsideChange, OutsideFix, OutsideHit, OutsideLint};
use scalewright_model::Severity;
use scalewright_wire::{self as wire, LintDescription};

use crate::formats;

/// Returns a lint under its full name, `PLUGIN/NAME`.
#[must_use]
pub fn lint(plugin: &str, lint: &LintDescription) -> OutsideLint {
    let LintDescription { name, summary, explain, level } = lint;
    OutsideLint {
        name: format!("{plugin}/{name}"),
        summary: summary.clone(),
        explain: explain.clone(),
        level: match level {
            wire::Severity::Hint => Severity::Hint,
            wire::Severity::Warning => Severity::Warning,
            wire::Severity::Error => Severity::Error,
        },
    }
}

/// Returns a finding of a lint about these documents.
#[must_use]
pub fn hit(plugin: &str, found: wire::Finding, documents: &[&Document]) -> OutsideHit {
    // The severity is that of the lint: an answer with another one is refused before.
    let wire::Finding {
        code,
        severity: _,
        message,
        at,
        at_key,
        file,
        label,
        about,
        related,
        help,
        fix,
    } = found;
    OutsideHit {
        lint: format!("{plugin}/{code}"),
        message,
        file: file.map(|file| whole_name(file, documents)),
        at,
        at_key,
        label,
        related: related.into_iter().map(|wire::Mark { at, label }| (at, label)).collect(),
        help,
        about,
        fix: fix.map(|wire::Fix { message, changes }| OutsideFix {
            message,
            changes: changes.into_iter().map(change).collect(),
        }),
    }
}

/// Returns the name of the document that the plug-in knows by its name without folder.
fn whole_name(file: String, documents: &[&Document]) -> String {
    let found = documents.iter().find(|document| formats::name(&document.name) == file);
    found.map_or(file, |document| document.name.clone())
}

fn change(change: wire::Change) -> OutsideChange {
    match change {
        wire::Change::Remove { at } => OutsideChange::Remove(at),
        wire::Change::Replace { at, with } => OutsideChange::Replace(at, with),
    }
}
