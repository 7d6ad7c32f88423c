//! Scores and conditions that a platform cannot compute.

use scalewright_model::file::ScoreKind;
use scalewright_model::{ItemIx, NoteIx, Pointer, Severity};
use scalewright_scoring::Score;

use super::{Context, Group, Hit, Lint};
use crate::Refusals;

/// A score or condition that a platform cannot compute.
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
    // Every platform supports sums and means of answers; the target is queried only for other scores.
    let rare = |score: &Score| {
        let kind = context.instrument.scales[score.scale.0].score;
        !matches!(kind, ScoreKind::Sum | ScoreKind::Mean)
    };
    let conditional = context.instrument.items.iter().any(|item| item.ask.is_some())
        || context.instrument.notes.iter().any(|note| note.ask.is_some());
    let wanted: Vec<bool> = context.program.scores.iter().map(rare).collect();
    if !conditional && !wanted.contains(&true) {
        return;
    }
    for target in context.targets {
        let Some(refusals) = target.refusals else { continue };
        let Refusals { scores, conditions } =
            refusals(context.instrument, context.program, &wanted);
        refused_scores(lint, context, (target.platform, &scores), hits);
        refused_conditions(lint, context, (target.platform, &conditions), hits);
    }
}

/// Reports the scores that a platform cannot compute.
fn refused_scores(
    lint: &Lint,
    context: &Context<'_>,
    (platform, refused): (&str, &[Option<String>]),
    hits: &mut Vec<Hit>,
) {
    for (score, because) in context.program.scores.iter().zip(refused) {
        let Some(because) = because else { continue };
        let scale = &context.instrument.scales[score.scale.0];
        let message = format!("{platform} cannot compute `{}`: {because}", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "")
                .help("an export to it fails, or omits the score with `--leave-out-scores`")
        }));
    }
}

/// Reports the conditions that a platform cannot evaluate.
fn refused_conditions(
    lint: &Lint,
    context: &Context<'_>,
    (platform, refused): (&str, &[Option<String>]),
    hits: &mut Vec<Hit>,
) {
    let items = context.instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (&item.id, Pointer::item(ItemIx(index))));
    let notes = context.instrument.notes.iter().enumerate();
    let notes = notes.map(|(index, note)| (&note.id, Pointer::note(NoteIx(index))));
    for ((id, place), because) in items.chain(notes).zip(refused) {
        let Some(because) = because else { continue };
        let place = place.key("ask-if");
        let message = format!("{platform} cannot evaluate the condition of `{id}`: {because}");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "").help("write the condition using only comparisons of answers")
        }));
    }
}
