//! Sums that are lower if answers are missing.

use scalewright_model::file::ScoreKind;
use scalewright_model::{AggregateKind, Fill, Severity};

use super::{Context, Group, Hit, Lint};

/// A sum of only the given answers.
pub(super) static LINT: Lint = Lint {
    name: "shrinking-sum",
    summary: "a sum of only the given answers",
    explain: include_str!("shrinking_sum.md"),
    group: Group::Missing,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let open = scale.missing.need < scale.terms.len() && scale.missing.fill == Fill::Nothing;
        if scale.score != ScoreKind::Sum || !open {
            continue;
        }
        let message = format!("missing answers count as 0 in the sum of `{}`", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("missing"), "the fewer answers, the lower the score")
                .help("if the source intends this, write `missing = \"substitute\"` and `substitute = 0`; if not, use `prorate`, or a mean")
        }));
    }
    for list in context.combined_in_formulas() {
        let open = list.need < list.all && list.fill == Some(&Fill::Nothing);
        if list.kind != AggregateKind::Sum || !open || list.answers.len() < 2 {
            continue;
        }
        let message = format!("missing answers count as 0 in {}", list.name());
        hits.push(lint.hit(&list.scale.id, message, |d| {
            list.mark_rule(d, "the fewer answers, the lower the sum")
                .help("if the source intends this, write `substitute 0` in the list; if not, `prorate`, or a mean")
        }));
    }
}
