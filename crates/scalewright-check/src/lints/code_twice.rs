//! Codes of terminologies that two items or two scales share.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Segment, Severity};

use super::malformed_code::all;
use super::{Context, Group, Hit, Lint};

/// A code of a terminology that two items or two scales share.
pub(super) static LINT: Lint = Lint {
    name: "code-twice",
    summary: "a code of a terminology that two items or two scales share",
    explain: include_str!("code_twice.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut first: BTreeMap<(String, &str), Pointer> = BTreeMap::new();
    for (place, code) in all(context) {
        // A scale of one item may have the code of the item.
        let kind = match place.segments().first() {
            Some(Segment::Key(key)) if key == "scales" => "scale",
            _ => "item",
        };
        let Some(before) = first.insert((code.text(), kind), place.clone()) else { continue };
        let message = format!("the code `{}` is given twice", code.code);
        hits.push(lint.hit(&context.file.id, message, |d| {
            d.at(place.key("code"), "").at(before.key("code"), "also here").help(
                "look both up: a code names one thing, and data of two items would be mixed up",
            )
        }));
    }
}
