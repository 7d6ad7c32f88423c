//! Norms whose mean or standard deviation is impossible for the scale.

use scalewright_model::file::ScoreKind;
use scalewright_model::{Pointer, Severity, Transform};

use super::{Context, Group, Hit, Lint, shown};

/// A norm whose mean or standard deviation is impossible given the range of the raw score.
pub(super) static LINT: Lint = Lint {
    name: "norm-out-of-range",
    summary: "a norm whose mean or standard deviation is impossible for its scale",
    explain: include_str!("norm_out_of_range.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let score = context
            .program
            .scores
            .iter()
            .position(|score| context.instrument.scales[score.scale.0].id == norm.scale);
        let Some(reach) = score.map(|score| &context.ranges[score].complete) else { continue };
        let unit = item_unit(context, &norm.scale);
        for (at, group) in norm.groups.iter().enumerate() {
            let (Some(mean), Some(sd)) = (group.mean, group.sd) else { continue };
            let place = Pointer::norm(index).key("groups").index(at);
            let within = (reach.low..=reach.high).contains(&mean);
            // The greatest standard deviation within bounds (Bhatia and Davis 2000). The margin allows for rounding and
            // for the sample estimate, which divides by n − 1.
            let most = ((mean - reach.low) * (reach.high - mean)).max(0.0).sqrt();
            let (key, what) = if !within {
                ("mean", format!("the mean {}", shown(mean)))
            } else if sd > most * 1.1 + 0.1 {
                ("sd", format!("the standard deviation {}", shown(sd)))
            } else if unit
                .is_some_and(|(low, high)| (low..=high).contains(&mean) && sd < (high - low) * 0.55)
            {
                ("mean", format!("the mean {}, like that of a single answer,", shown(mean)))
            } else {
                continue;
            };
            let message =
                format!("{what} of `{}` does not fit the range of `{}`", norm.id, norm.scale);
            let label =
                format!("the score ranges from {} to {}", shown(reach.low), shown(reach.high));
            hits.push(lint.hit(&norm.id, message, |d| {
                d.at(place.key(key), label)
                    .help("a norm belongs to one way of scoring: is this one of a mean, of another coding, or of another form?")
            }));
        }
    }
}

/// The range of the answers to each item of a sum of at least four items, unless most sums are within it.
fn item_unit(context: &Context<'_>, id: &str) -> Option<(f64, f64)> {
    let lists = context.keyed();
    let (scale, items) = lists.into_iter().find(|(scale, _)| scale.id == id)?;
    let plain = scale.score == ScoreKind::Sum && scale.transform == Transform::None;
    if items.len() < 4 || !plain || scale.weights.is_some() {
        return None;
    }
    let bounds: Vec<(f64, f64)> =
        items.iter().map(|entry| context.bounds(entry)).collect::<Option<_>>()?;
    let low = bounds.iter().map(|bounds| bounds.0).fold(f64::MAX, f64::min);
    let high = bounds.iter().map(|bounds| bounds.1).fold(f64::MIN, f64::max);
    // The mean and standard deviation of a sum of rarely affirmed 0/1 items may both be below 1.
    (high - low > 1.0).then_some((low, high))
}
