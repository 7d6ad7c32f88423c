//! Keys from memory.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Origin, Scale, Severity};

use super::{Context, Group, Hit, Lint};

/// A scale whose key is recalled, not read in a source.
pub(super) static LINT: Lint = Lint {
    name: "recalled-key",
    summary: "a scale whose key is recalled, not read in a source",
    explain: include_str!("recalled_key.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let recalled: Vec<&Scale> = context
        .instrument
        .scales
        .iter()
        .filter(|scale| scale.key_status == Some(KeyStatus::Recalled))
        // A derived score has the status of its raw score, which is reported.
        .filter(|scale| matches!(scale.origin, Origin::Scale(_)))
        .collect();
    let Some(first) = recalled.first() else { return };
    let ids: Vec<String> =
        recalled.iter().take(MOST).map(|scale| format!("`{}`", scale.id)).collect();
    let message = format!("the key of {} is recalled, not read in a source", ids.join(", "));
    hits.push(lint.hit(&first.id, message, |mut d| {
        for scale in recalled.iter().take(MOST) {
            d = d.at(scale.pointer().key("key-status"), "");
        }
        d.help("read the key in the publication of the instrument before anybody is scored with it")
    }));
}

/// The number of scales that are named and marked.
const MOST: usize = 5;
