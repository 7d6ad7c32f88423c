//! Substitutes for missing answers that are outside the range of the keyed answers.

use scalewright_model::{Fill, Pointer, Severity, TOLERANCE};

use super::{Context, Group, Hit, Lint, shown};

/// A substitute that is outside the range of the keyed answers of its item.
pub(super) static LINT: Lint = Lint {
    name: "substitute-out-of-range",
    summary: "a substitute that is lower or higher than every answer",
    explain: include_str!("substitute_out_of_range.md"),
    group: Group::Missing,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        for (index, entry) in items.iter().enumerate() {
            let item = &context.instrument.items[entry.item.0].id;
            let (value, place): (f64, Pointer) = match &scale.missing.fill {
                Fill::Constant(value) => (*value, scale.pointer().key("substitute")),
                Fill::Each(values) => (values[index], scale.pointer().key("substitutes").key(item)),
                Fill::Nothing | Fill::PersonMean => break,
            };
            let Some((low, high)) = context.bounds(entry) else { continue };
            if (low - TOLERANCE..=high + TOLERANCE).contains(&value) {
                continue;
            }
            let message = format!(
                "a missing answer to `{item}` counts as {}, outside the range of its answers",
                shown(value)
            );
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(place, format!("answers count {} to {}", shown(low), shown(high)))
                    .help("a substitute replaces the keyed answer: compare it with the source and the coding")
            }));
            // One substitute for all items is written once, so it is reported once.
            if matches!(scale.missing.fill, Fill::Constant(_)) {
                break;
            }
        }
    }
    for list in context.combined_in_formulas() {
        let Some(Fill::Constant(value)) = list.fill else { continue };
        let outside = list.answers.iter().find_map(|answer| {
            let (low, high) = answer.bounds?;
            let is_inside = (low - TOLERANCE..=high + TOLERANCE).contains(value);
            (!is_inside).then_some((answer, low, high))
        });
        let Some((answer, low, high)) = outside else { continue };
        let item = &context.instrument.items[answer.item.0].id;
        let message = format!(
            "a missing answer to `{item}` counts as {}, outside the range of its answers",
            shown(*value)
        );
        hits.push(lint.hit(&list.scale.id, message, |d| {
            list.mark_rule(d, format!("answers count {} to {}", shown(low), shown(high))).help(
                "a substitute replaces the keyed answer: compare it with the source and the coding",
            )
        }));
    }
}
