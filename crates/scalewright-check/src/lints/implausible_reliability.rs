//! Reliabilities and their standard deviations that are implausible.

use scalewright_model::{Reliability, Scale, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A reliability, or its standard deviation, that is implausible for the score.
pub(super) static LINT: Lint = Lint {
    name: "implausible-reliability",
    summary: "a reliability or its standard deviation that is implausible for the score",
    explain: include_str!("implausible_reliability.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let Some(reliability) = &scale.reliability else { continue };
        for (key, what, help) in implausible(context, scale, reliability) {
            let place = scale.pointer().key("reliability").key(key);
            let message = format!("{what} of `{}`", scale.id);
            hits.push(lint.hit(&scale.id, message, |d| d.at(place, "").help(help)));
        }
    }
}

fn implausible(
    context: &Context<'_>,
    scale: &Scale,
    reliability: &Reliability,
) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    // Few scores are in use with a coefficient below 0.4, and none is without error.
    if reliability.value < 0.4 || reliability.value >= 0.995 {
        let what = format!("the reliability {}", shown(reliability.value));
        found.push((
            "value",
            what,
            "compare it with the source: is a digit or the decimal point wrong?".to_owned(),
        ));
    }
    let Some(sd) = reliability.sd else { return found };
    let score = context
        .program
        .scores
        .iter()
        .position(|score| context.instrument.scales[score.scale.0].id == scale.id);
    let reach = score.map(|score| &context.ranges[score].complete);
    let width = reach.filter(|reach| !reach.is_empty()).map(|reach| reach.high - reach.low);
    let what = format!("the standard deviation {} with the reliability", shown(sd));
    // No standard deviation exceeds half the range (Popoviciu); the margin allows for the sample estimate.
    if let Some(width) = width.filter(|width| sd > width * 0.55 || sd < width / 60.0) {
        let help = format!(
            "the range of the score is only {} wide, or as much: compare the two with the source",
            shown(width)
        );
        found.push(("sd", what, help));
    } else if let Some(other) = of_norms(context, scale)
        && (sd > other * 1.8 || sd < other / 1.8)
    {
        let help = format!(
            "the norms of the same score have standard deviations of about {}: compare both with their sources",
            shown(other)
        );
        found.push(("sd", what, help));
    }
    found
}

/// The middle one of the standard deviations of the norm groups for a scale.
fn of_norms(context: &Context<'_>, scale: &Scale) -> Option<f64> {
    let norms = context.file.norms.iter().filter(|norm| norm.scale == scale.id);
    let mut sds: Vec<f64> =
        norms.flat_map(|norm| norm.groups.iter().filter_map(|group| group.sd)).collect();
    sds.sort_by(f64::total_cmp);
    sds.get(sds.len() / 2).copied()
}
