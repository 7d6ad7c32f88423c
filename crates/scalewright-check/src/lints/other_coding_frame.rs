//! Bands and stated ranges that fit answers coded one higher or lower.

use scalewright_model::file::ScoreKind;
use scalewright_model::{Pointer, Scale, Severity, TOLERANCE, Transform};
use scalewright_scoring::Reach;

use super::{Context, Group, Hit, Lint, shown};

/// Bands or a stated range that would fit if every answer were coded one higher or one lower.
pub(super) static LINT: Lint = Lint {
    name: "other-coding-frame",
    summary: "bands or a stated range that fit answers coded one higher or lower",
    explain: include_str!("other_coding_frame.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        // With weights, a conversion or a recoding, one step of every answer is another step of the score.
        let plain = scale.weights.is_none()
            && scale.transform == Transform::None
            && items.iter().all(|entry| entry.recode.is_none());
        let index = score_of(context, scale);
        let (true, Some(range)) = (plain, index.map(|index| &context.ranges[index])) else {
            continue;
        };
        // Reversed items move in the same direction as others, because lowest and highest answer move too.
        let step = match scale.score {
            ScoreKind::Sum => size(items.len()),
            ScoreKind::Mean | ScoreKind::Min | ScoreKind::Max => 1.0,
            ScoreKind::Formula => continue,
        };
        for (low, high, place, what) in written(scale) {
            let Some(shift) = shift(&range.complete, low, high, step) else { continue };
            let message = format!("{what} of `{}` fit answers coded one {shift}", scale.id);
            let help = format!(
                "they range from {} to {}, the key gives {} to {}: is the response scale coded as in the source?",
                shown(low),
                shown(high),
                shown(range.complete.low),
                shown(range.complete.high)
            );
            hits.push(lint.hit(&scale.id, message, |d| d.at_key(place, "").help(help)));
        }
    }
}

fn score_of(context: &Context<'_>, scale: &Scale) -> Option<usize> {
    context
        .program
        .scores
        .iter()
        .position(|score| context.instrument.scales[score.scale.0].id == scale.id)
}

/// The lowest and highest score according to the bands and to the stated range, each with its location and its name.
fn written(scale: &Scale) -> Vec<(f64, f64, Pointer, &'static str)> {
    let mut written = Vec::new();
    let low = scale.bands.iter().map(|band| band.lower.value()).fold(f64::INFINITY, f64::min);
    let high = scale.bands.iter().map(|band| band.upper.value()).fold(f64::NEG_INFINITY, f64::max);
    // A single band, such as one above a cut score, need not state the range.
    if scale.bands.len() > 1 {
        written.push((low, high, scale.pointer().key("bands"), "the bands"));
    }
    if let Some(stated) = scale.stated_range {
        let place = scale.pointer().key("stated-range");
        written.push((stated.low, stated.high, place, "the stated range"));
    }
    written
}

fn shift(reach: &Reach, low: f64, high: f64, step: f64) -> Option<&'static str> {
    let off = |by: f64| {
        (low - reach.low - by).abs() <= TOLERANCE && (high - reach.high - by).abs() <= TOLERANCE
    };
    if off(step) {
        Some("higher")
    } else if off(-step) {
        Some("lower")
    } else {
        None
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of items")]
fn size(count: usize) -> f64 {
    count as f64
}
