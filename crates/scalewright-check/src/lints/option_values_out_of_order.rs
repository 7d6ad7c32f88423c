//! Response options whose values both rise and fall.

use scalewright_model::{OptionValue, Pointer, ResponseKind, ResponseScaleIx, Severity};

use super::{Context, Group, Hit, Lint};

/// Response options whose values both rise and fall in printed order.
pub(super) static LINT: Lint = Lint {
    name: "option-values-out-of-order",
    summary: "response options whose values both rise and fall",
    explain: include_str!("option_values_out_of_order.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut scored = vec![false; context.instrument.response_scales.len()];
    for (_, items) in context.keyed() {
        for entry in items {
            let ResponseScaleIx(response) = context.instrument.items[entry.item.0].response;
            // With a recoding, the order of the codes does not matter.
            scored[response] |= entry.recode.is_none();
        }
    }
    for (response, _) in context.instrument.response_scales.iter().zip(scored).filter(|(_, s)| *s) {
        let ResponseKind::Coded { options } = &response.kind else { continue };
        let values: Vec<(usize, OptionValue)> = options
            .iter()
            .enumerate()
            // The values of non-responses, such as 99, are not part of the order.
            .filter(|(_, option)| !option.non_response)
            .map(|(index, option)| (index, option.value))
            .collect();
        let Some(rises) = values.first().zip(values.last()).map(|(a, b)| a.1 < b.1) else {
            continue;
        };
        let Some(turn) = values.windows(2).find(|pair| (pair[0].1 < pair[1].1) != rises) else {
            continue;
        };
        let message = format!(
            "the values of `{}` both rise and fall: {} follows {}",
            response.name, turn[1].1, turn[0].1
        );
        let options = Pointer::response_scale(&response.name).key("options");
        hits.push(lint.hit(&response.name, message, |d| {
            d.at(options.index(turn[1].0).key("value"), "")
                .help("compare values and labels with the source, and list the options as they are printed")
        }));
    }
}
