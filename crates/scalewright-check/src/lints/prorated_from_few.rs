//! Scores that are prorated from fewer than half of the answers.

use scalewright_model::{Fill, Origin, Scale, Severity};

use super::{Context, Group, Hit, Lint};

/// A rule that may replace more answers than were given.
pub(super) static LINT: Lint = Lint {
    name: "prorated-from-few",
    summary: "a score prorated from fewer than half of its answers",
    explain: include_str!("prorated_from_few.md"),
    group: Group::Missing,
    level: Severity::Hint,
    since: "0.1",
    run,
};

const HELP: &str =
    "the usual rule requires at least half of the answers: compare it with the source";

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let (need, all) = (scale.missing.need, scale.terms.len());
        if scale.missing.fill != Fill::PersonMean {
            small_share(lint, context, scale, hits);
            continue;
        }
        // Doubled, because half of an odd number would be rounded down.
        if need * 2 >= all {
            continue;
        }
        let message = format!("`{}` is prorated from as few as {need} of {all} answers", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("missing"), "fewer than half").help(HELP)
        }));
    }
    for list in context.combined_in_formulas() {
        let (need, all) = (list.need, list.all);
        if list.fill != Some(&Fill::PersonMean) || need * 2 >= all {
            continue;
        }
        let message = format!("{} is prorated from as few as {need} of {all} answers", list.name());
        hits.push(
            lint.hit(&list.scale.id, message, |d| list.mark_rule(d, "fewer than half").help(HELP)),
        );
    }
}

/// Reports a share of the answers that is written for a score and so small that it may lack a digit: 5 % for 50 %.
fn small_share(lint: &Lint, context: &Context<'_>, scale: &Scale, hits: &mut Vec<Hit>) {
    let Origin::Scale(at) = scale.origin else { return };
    let file = &context.file.scales[at];
    let shares = [
        ("min-proportion", &file.min_proportion),
        ("more-than-proportion", &file.more_than_proportion),
    ];
    for (key, share) in shares {
        let percent = share.as_deref().and_then(|share| share.strip_suffix('%'));
        let Some(percent) = percent.and_then(|number| number.parse::<f64>().ok()) else { continue };
        if percent > 10.0 || percent <= 0.0 {
            continue;
        }
        let message = format!("{percent} % of the answers are enough for `{}`", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key(key), "is a digit lost?").help(HELP)
        }));
    }
}
