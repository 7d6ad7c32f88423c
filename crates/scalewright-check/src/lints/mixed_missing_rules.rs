//! Totals of scales with different rules for missing answers.

use scalewright_model::{Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// A total of scales whose rules for missing answers differ.
pub(super) static LINT: Lint = Lint {
    name: "mixed-missing-rules",
    summary: "a total of scales with different rules for missing answers",
    explain: include_str!("mixed_missing_rules.md"),
    group: Group::Missing,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for scale in scales {
        let Terms::Scales(parts) = &scale.terms else { continue };
        // The rule of a scale of scales is about scores, not about answers.
        let keyed = |index: &usize| matches!(scales[parts[*index].scale.0].terms, Terms::Items(_));
        let positions: Vec<usize> = (0..parts.len()).filter(keyed).collect();
        let kind = |index: usize| scales[parts[index].scale.0].missing.kind;
        let Some(&first) = positions.first() else { continue };
        let Some(&other) = positions.iter().find(|&&index| kind(index) != kind(first)) else {
            continue;
        };
        let (one, two) = (&scales[parts[first].scale.0], &scales[parts[other].scale.0]);
        let message = format!(
            "`{}` is computed from scales with different rules for missing answers",
            scale.id
        );
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("scales").index(other), "")
                .at(two.pointer().key("missing"), format!("the rule of `{}`", two.id))
                .at(one.pointer().key("missing"), format!("the rule of `{}`", one.id))
                .help(
                    "manuals usually state one rule for all subscales: compare both with the source",
                )
        }));
    }
}
