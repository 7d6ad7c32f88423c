//! Keys for the package psych, for its analyses of items. Its own scores have other rules for missing answers.

use scalewright_model::{Instrument, Keying, Scale, Terms};
use scalewright_scoring::Program;

use crate::code::head::{commented, wrapped};
use crate::code::script::Script;

/// The key list of the scales that are sums or means of items without weights and recoded answers. Empty if there is
/// none.
pub(super) fn keys(
    instrument: &Instrument,
    program: &Program,
    script: &Script,
    id: &str,
) -> String {
    let scales = script.blocks.iter().map(|block| &instrument.scales[block.scale.0]);
    let keys: Vec<String> = scales.filter_map(|scale| key(instrument, scale)).collect();
    if keys.is_empty() {
        return String::new();
    }
    let why = "Keys for the package psych, for alpha, omega and factor analyses. Score with the function above: psych \
               replaces missing answers by medians, and reverses by the lowest and highest answer that occurs, unless you \
               set `impute = \"none\"`, `min` and `max`.";
    let _ = program;
    let comment = commented(&wrapped(why, 100), "#");
    format!("\n{comment}psych_keys_{id} <- list(\n{}\n)\n", keys.join(",\n"))
}

fn key(instrument: &Instrument, scale: &Scale) -> Option<String> {
    let Terms::Items(items) = &scale.terms else { return None };
    if scale.weights.is_some() || items.iter().any(|item| item.recode.is_some()) {
        return None;
    }
    let items: Vec<String> = items
        .iter()
        .map(|item| {
            let sign = if item.keying == Keying::Negative { "-" } else { "" };
            format!("\"{sign}{}\"", instrument.items[item.item.0].id)
        })
        .collect();
    let lines = wrapped(&items.join(", "), 90).join("\n    ");
    Some(format!("  {} = c({lines})", super::spelling::name(&scale.id)))
}
