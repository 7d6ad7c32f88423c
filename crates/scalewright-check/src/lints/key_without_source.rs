//! Keys with a status but without a source.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Origin, Severity};

use super::{Context, Group, Hit, Lint};

/// A key that is marked as verified or read in a source, but names no source.
pub(super) static LINT: Lint = Lint {
    name: "key-without-source",
    summary: "a key marked as verified or read in a source, without naming the source",
    explain: include_str!("key_without_source.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let Some(status @ (KeyStatus::Verified | KeyStatus::SingleSource)) = scale.key_status
        else {
            continue;
        };
        // A derived score has the status of its raw score, and a source of its own.
        if !scale.key_source.is_empty() || matches!(scale.origin, Origin::Norm(..)) {
            continue;
        }
        let said = match status {
            KeyStatus::Verified => "verified",
            _ => "read in one source",
        };
        let key = match scale.origin {
            Origin::Flag(_) => "source",
            _ => "key-source",
        };
        let message = format!("the key of `{}` is {said}, but no source is named", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("key-status"), "").help(format!(
                "name the source: `{key} = [\"…\"]`, with the id of an entry under `[[references]]`"
            ))
        }));
    }
}
