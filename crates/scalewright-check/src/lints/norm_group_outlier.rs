//! Norm groups whose mean or standard deviation is unlike the others.

use scalewright_model::file::NormFile;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A norm group whose mean or standard deviation is unlike those of the other groups.
pub(super) static LINT: Lint = Lint {
    name: "norm-group-outlier",
    summary: "a norm group whose mean or standard deviation is unlike the others",
    explain: include_str!("norm_group_outlier.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let Some((at, key, value, others)) = outlier(norm) else { continue };
        let what = if key == "mean" { "mean" } else { "standard deviation" };
        let message = format!(
            "the {what} {} of group {} of `{}` is unlike the others",
            shown(value),
            at + 1,
            norm.id
        );
        let place = Pointer::norm(index).key("groups").index(at).key(key);
        hits.push(lint.hit(&norm.id, message, |d| {
            d.at(place, format!("the others are about {}", shown(others)))
                .help("compare it with the source: a decimal point or a digit may be wrong, or it is of another score")
        }));
    }
}

/// The group whose standard deviation or mean is far from those of the others, which are near one another: its position,
/// the key, its value and the middle one of the others.
fn outlier(norm: &NormFile) -> Option<(usize, &'static str, f64, f64)> {
    let groups: Vec<(usize, f64, f64)> = norm
        .groups
        .iter()
        .enumerate()
        .filter_map(|(at, group)| Some((at, group.mean?, group.sd?)))
        .collect();
    // Of two groups, nobody knows which is right.
    if groups.len() < 3 {
        return None;
    }
    let sd_of_others =
        |at: usize| middle(groups.iter().filter(|group| group.0 != at).map(|group| group.2));
    let odd_sd = groups.iter().find_map(|&(at, _, own)| {
        let others = sd_of_others(at);
        (own > others * 2.2 || own < others / 2.2).then_some((at, "sd", own, others))
    });
    if odd_sd.is_some() {
        return odd_sd;
    }
    let sd = middle(groups.iter().map(|group| group.2));
    groups.iter().find_map(|&(at, mean, _)| {
        let others = || groups.iter().filter(|group| group.0 != at).map(|group| group.1);
        let spread = others().fold(f64::MIN, f64::max) - others().fold(f64::MAX, f64::min);
        let center = middle(others());
        // Means of groups by age may rise from group to group, so the others must be near one another.
        ((mean - center).abs() > sd * 1.4 && spread < sd).then_some((at, "mean", mean, center))
    })
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
