//! Scores that a platform cannot work out.

use scalewright_model::Severity;
use scalewright_model::file::ScoreKind;
use scalewright_scoring::Score;
use scalewright_scoring::emit::redcap;

use super::{Context, Group, Hit, Lint};

/// A score that a platform cannot compute.
pub(super) static LINT: Lint = Lint {
    name: "unportable-score",
    summary: "a score that a platform cannot compute",
    explain: include_str!("unportable_score.md"),
    group: Group::Portability,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // Sums and means of answers go everywhere; what is rare is asked of the emitters.
    let rare = |score: &Score| {
        !matches!(context.instrument.scales[score.scale.0].score, ScoreKind::Sum | ScoreKind::Mean)
    };
    if !context.program.scores.iter().any(rare) {
        return;
    }
    let emitted = redcap::emit(context.program, context.instrument);
    for (score, printed) in context.program.scores.iter().zip(emitted.scores) {
        let Err(unsupported) = printed else { continue };
        let scale = &context.instrument.scales[score.scale.0];
        let message = format!("REDCap cannot compute `{}`: {}", scale.id, unsupported.because);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "")
                .help("its export is refused, or leaves the score out with `--leave-out-scores`")
        }));
    }
}
