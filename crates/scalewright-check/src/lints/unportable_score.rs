//! Scores that a platform cannot work out.

use scalewright_model::file::ScoreKind;
use scalewright_model::{ItemIx, Pointer, Severity};
use scalewright_scoring::Score;
use scalewright_scoring::emit::fhirpath::{self, Style};
use scalewright_scoring::emit::{Unsupported, redcap};

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
        let kind = context.instrument.scales[score.scale.0].score;
        !matches!(kind, ScoreKind::Sum | ScoreKind::Mean)
    };
    let conditional = context.instrument.items.iter().any(|item| item.ask.is_some());
    let wanted: Vec<bool> = context.program.scores.iter().map(rare).collect();
    if !conditional && !wanted.contains(&true) {
        return;
    }
    let names = redcap::item_names(context.instrument);
    let redcap = redcap::emit(context.program, context.instrument, &names);
    scores(lint, context, ("REDCap", &redcap.scores), hits);
    shown(lint, context, &redcap.shown, hits);
    let fhir = fhirpath::emit(context.program, context.instrument, &wanted, Style::Portable);
    scores(lint, context, ("FHIR", &fhir.scores), hits);
}

/// The scores that a platform cannot compute.
fn scores(
    lint: &Lint,
    context: &Context<'_>,
    (platform, printed): (&str, &[Result<String, Unsupported>]),
    hits: &mut Vec<Hit>,
) {
    for (score, printed) in context.program.scores.iter().zip(printed) {
        let Err(unsupported) = printed else { continue };
        let scale = &context.instrument.scales[score.scale.0];
        let message = format!("{platform} cannot compute `{}`: {}", scale.id, unsupported.because);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "")
                .help("its export is refused, or leaves the score out with `--leave-out-scores`")
        }));
    }
}

/// The conditions that REDCap cannot show an item by.
fn shown(
    lint: &Lint,
    context: &Context<'_>,
    shown: &[Option<Result<String, Unsupported>>],
    hits: &mut Vec<Hit>,
) {
    for (index, (item, printed)) in context.instrument.items.iter().zip(shown).enumerate() {
        let Some(Err(unsupported)) = printed else { continue };
        let place = Pointer::item(ItemIx(index)).key("ask-if");
        let message =
            format!("REDCap cannot ask `{}` on a condition: {}", item.id, unsupported.because);
        hits.push(lint.hit(&item.id, message, |d| {
            d.at(place, "").help("write the condition with comparisons of answers alone")
        }));
    }
}
