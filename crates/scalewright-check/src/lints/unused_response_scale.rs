//! Response scales that no item uses.

use scalewright_model::{Change, Pointer, ResponseScaleIx, Severity};

use super::{Context, Group, Hit, Lint};

/// A response scale that no item uses.
pub(super) static LINT: Lint = Lint {
    name: "unused-response-scale",
    summary: "a response scale that no item uses",
    explain: include_str!("unused_response_scale.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let instrument = context.instrument;
    for (index, scale) in instrument.response_scales.iter().enumerate() {
        let used = instrument.items.iter().any(|item| item.response == ResponseScaleIx(index));
        if !used {
            let message = format!("no item uses the response scale `{}`", scale.name);
            let place = Pointer::response_scale(&scale.name);
            hits.push(lint.hit(&scale.name, message, |d| {
                d.at_key(place.clone(), "")
                    .help("remove it, or name it in the `response` of an item")
                    .fix("remove the response scale", vec![Change::Remove(place)])
            }));
        }
    }
}
