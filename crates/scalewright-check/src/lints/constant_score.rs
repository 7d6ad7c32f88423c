//! Scores that are the same for every respondent.

use scalewright_model::{Origin, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A score with only one possible value.
pub(super) static LINT: Lint = Lint {
    name: "constant-score",
    summary: "a score that is the same for every respondent",
    explain: include_str!("constant_score.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (score, range) in context.program.scores.iter().zip(context.ranges) {
        let scale = &context.instrument.scales[score.scale.0];
        // For flags, `condition-always-true` and `condition-never-true` report this.
        let own = matches!(scale.origin, Origin::Scale(_));
        let [only] = range.any.values.as_deref().unwrap_or_default() else { continue };
        if !own || !score.is_number() {
            continue;
        }
        let message = format!("the score of `{}` is always {}", scale.id, shown(*only));
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "for all answers")
                .help("compare its items, weights, recoding or formula with the source")
        }));
    }
}
