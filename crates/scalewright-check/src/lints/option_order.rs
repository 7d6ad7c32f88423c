//! Response options that a translation lists in another order than the source.

use scalewright_model::{ResponseScale, Severity};

use super::{Context, Group, Hit, Lint};

/// Response options that a translation lists in another order than the source.
pub(super) static LINT: Lint = Lint {
    name: "option-order",
    summary: "options that a translation lists in another order than the source",
    explain: include_str!("option_order.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for order in context.option_orders {
        let named = |scale: &&ResponseScale| scale.name == order.response_scale;
        let Some(scale) = context.instrument.response_scales.iter().find(named) else { continue };
        let source: Vec<String> =
            scale.options().iter().map(|option| option.value.to_string()).collect();
        // An unknown or missing value has its own error; only the order of the others is compared.
        let known = |value: &&String| source.contains(value);
        let here: Vec<&String> = order.values.iter().filter(known).collect();
        let there: Vec<&String> = source.iter().filter(|value| here.contains(value)).collect();
        let Some(at) = here.iter().zip(&there).position(|(here, there)| here != there) else {
            continue;
        };
        let message =
            format!("the options of `{}` are in another order than in the source", scale.name);
        let hit = lint.hit(&scale.name, message, |d| {
            d.at_key(order.place.key(here[at]), format!("the source has `{}` here", there[at])).help(
                "compare each label with its value: labels that were typed in printed order may belong to other values",
            )
        });
        hits.push(hit.inside(order.file));
    }
}
